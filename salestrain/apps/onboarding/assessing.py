"""How somebody rates themselves against the levels their role should reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from salestrain.apps.app import Fields
from salestrain.language import Text
from salestrain.playbook.standards.team import Roles
from salestrain.training.paths.signing import ONBOARDING
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.forms import Option, form, one_of
from salestrain.views.components.ground import some
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.apps.visit import Visit
    from salestrain.playbook.standards.team import Competency

SELF, ASSESSED = "self", "assessed"
TITLE = Text("我看自己到了哪一级", "How far I think I have come")
LEAD = Text(
    "先自评，组长再评。每一级写着看得见的做法；选你最近半年做到过两次的那一级。",
    "You rate yourself first, then your manager does. Each level says what one sees; choose the "
    "one you have shown twice in the last six months.",
)
LEVEL, TARGET = Text("{} 级", "Level {}"), Text("{} 级 · 岗位目标", "Level {} · your role's target")
KEEP, BACK = Text("存自评", "Keep it"), Text("回到路径", "Back to the path")
KEPT = Text("存好了", "Kept")
GAP = Text("离目标最远的是「{}」：目标 {}，你写 {}。", "The widest gap: {}, target {}, yours {}.")
NO_GAP = Text("都到了岗位的目标。", "All at your role's target.")
NOBODY = Text("手册里没有写你这个岗位的目标。", "The playbook has no targets for your role.")
NO_SUCH = Text("没有这一级，请重新选", "There is no such level; choose again")
CHOOSE = Text("至少选一项", "Choose at least one")


class Levels(Fields):
    """The levels chosen; the form has a field ``level-…`` for each competency."""

    levels: dict[str, int] = Field(default={})

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, given: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in given if name.startswith("level-")]
        levels = {name.removeprefix("level-"): given[name] for name in names}
        rest = {name: value for name, value in given.items() if name not in names}
        return rest | ({"levels": levels} if names else {})


def targets_of(visit: Visit, role: str) -> dict[str, int]:
    """Return competency → level wanted of a role; empty where the playbook has none."""
    standard = visit.playbook.standard(Roles)
    profiles = standard.roles if standard else ()
    return next((dict(one.targets) for one in profiles if one.role == role), {})


def given(visit: Visit) -> Mapping[str, int]:
    """Return the levels somebody gave themselves last."""
    steps = [one for one in visit.thread(ONBOARDING, SELF).steps if one.kind == ASSESSED]
    levels: Mapping[str, int] = steps[-1].data["levels"] if steps else {}
    return levels


def assess(visit: Visit, fields: Levels, role: str) -> None:
    """Keep a self-assessment.

    Raises:
        Refused: If a competency isn't one of the role's, or has no such level.
    """
    known = {one.id: len(one.levels) for one in _competencies(visit, role)}
    if not fields.levels:
        raise Refused(CHOOSE)
    if any(not 1 <= level <= known.get(id_, 0) for id_, level in fields.levels.items()):
        raise Refused(NO_SUCH)
    visit.thread(ONBOARDING, SELF).save(ASSESSED, {"levels": dict(fields.levels)})


def page(visit: Visit, role: str) -> str:
    """Return the page on which somebody rates themselves."""
    language, own, targets = visit.language, given(visit), targets_of(visit, role)
    head = layout.page_head(TITLE.in_(language), language, lead=LEAD.in_(language))
    back = link_button(BACK.in_(language), visit.link(ONBOARDING))
    if not targets:
        return head + layout.card("", some("p", NOBODY.in_(language)) + actions(back))
    groups = [
        _group(visit, one, own.get(one.id), targets[one.id]) for one in _competencies(visit, role)
    ]
    keep = button(KEEP.in_(language), look="main")
    body = form("assess", *groups, actions(keep, back))
    return head + layout.stack(_finding(visit, own, targets), layout.card("", body))


def _competencies(visit: Visit, role: str) -> tuple[Competency, ...]:
    standard, targets = visit.playbook.standard(Roles), targets_of(visit, role)
    return tuple(one for one in standard.competencies if one.id in targets) if standard else ()


def _group(visit: Visit, one: Competency, own: int | None, target: int) -> str:
    language = visit.language
    options = [
        Option(
            str(each.level),
            (TARGET if each.level == target else LEVEL).in_(language).format(each.level),
            each.text.in_(language),
            chosen=own == each.level,
        )
        for each in one.levels
    ]
    legend = f"{one.name.in_(language)}"
    return one_of(legend, f"level-{one.id}", options, note=one.text.in_(language))


def _finding(visit: Visit, own: Mapping[str, int], targets: Mapping[str, int]) -> str:
    """Return what the last self-assessment comes to; nothing before there is one."""
    language = visit.language
    if not own:
        return ""
    gaps = {id_: targets[id_] - level for id_, level in own.items() if id_ in targets}
    widest = max(gaps, key=lambda id_: gaps[id_], default="")
    if not widest or gaps[widest] <= 0:
        return layout.notice(KEPT.in_(language), some("p", NO_GAP.in_(language)), "good")
    name = getattr(visit.playbook.index[widest], "name", Text(widest, widest)).in_(language)
    said = GAP.in_(language).format(name, targets[widest], own[widest])
    return layout.notice(KEPT.in_(language), some("p", said), "good")
