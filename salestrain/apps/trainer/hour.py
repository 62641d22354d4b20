"""Next coaching hour: what joins training records and sales figures, shown for a stated purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.growth.proficiency import competency_name
from salestrain.apps.growth.selling import figures, pipeline, stages
from salestrain.apps.registry import ADMIN, LEADS, MANAGER
from salestrain.apps.roster import roster
from salestrain.coaching import advice
from salestrain.coaching.words import Names, looks, said, unsure
from salestrain.crm.store import open_crm
from salestrain.errors import SalestrainError
from salestrain.language import Text, day
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import field, form
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, notice, page_head, stack
from salestrain.views.components.scorecard import Row
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.roster import Whom
    from salestrain.apps.trainer.desk import Desk
    from salestrain.coaching import Advice, Lead
    from salestrain.coaching.words import Said
    from salestrain.crm.store import Crm

COACHING, PURPOSE, JOINED = "coaching", "purpose", "joined"
TITLE = Text("下一个小时带谁", "Next coaching hour")
LEAD = Text(
    "把能力差距、阶段转化和手里开着的单放在一起看，哪里一个小时最值。",
    "Skill, conversion and what lies open, looked at together: where is an hour worth most?",
)
ASK = Text("这一次看来做什么", "What you will use it for")
ASK_NOTE = Text(
    "这一页把培训记录和业绩数合在一起，所以每看一次都记下是谁、看了哪个组、为什么。",
    "This page joins training records with sales figures, so each look at it is kept: who, which "
    "team, and what for.",
)
SUGGESTED = Text("准备和组员的一对一", "Preparing one-to-ones with my team")
SHOW = Text("记下，然后看", "Keep this and show it")
WRITE_FIRST = Text("先写来做什么", "Write what for first")
NOT_YOURS = Text("这一页给带组的人", "This page is for those who lead a team")
CLOSED = Text("这一页现在打不开", "This page can’t be shown now")
NO_DATA = Text("手册或 CRM 数据里缺东西：{}", "Something is missing in playbook or CRM data: {}")
NOTHING = Text(
    "说不准：没有一处差得超过偶然",
    "It can’t be told: no gap is larger than chance brings about",
)
NOTHING_LEAD = Text(
    "这不是说谁都好，是这些单还分不出来。先按你自己看见的定；下面写着缺什么。",
    "That doesn’t mean all is well; so few deals can’t tell. Go by what you have seen yourself. "
    "Below is what is missing.",
)
UNSURE = Text("说不准的有哪些，为什么", "What can’t be told, and why")
CHANGES = Text("什么会改变它：{}", "What would change this: {}")
TRY_OUT = Text(
    "这是线索，拿去试，不当结论（4.2.gap_and_stage）；也不是给人排名次（4.2.safe_room）。账到 {}。",
    "A lead to try out and no conclusion (4.2.gap_and_stage), nor a ranking of people "
    "(4.2.safe_room). The books end on {}.",
)
WHOLE_TEAM, EACH = Text("全组", "The team as a whole"), Text("一个一个看", "Person by person")
NONE_HERE = Text("没有说得准的。", "Nothing that can be told.")
MOST = 6


class Purposed(Fields):
    """What the page is looked at for."""

    purpose: Annotated[str, Field(max_length=200)] = ""


def may(desk: Desk) -> bool:
    """Whether this person leads anybody: a manager with a team, or an administrator."""
    me = desk.scope.me
    return me is not None and me.role in LEADS and (me.role != MANAGER or bool(me.team))


def keep(desk: Desk, fields: Purposed) -> None:
    """Keep that this person looks at the page now, and what for.

    Raises:
        Refused: If they lead nobody, or say no purpose.
    """
    if not may(desk):
        raise Refused(NOT_YOURS)
    purpose = " ".join(fields.purpose.split())
    if not purpose:
        raise Refused(WRITE_FIRST)
    me = desk.scope.me
    team = (me.team if me else None) or ""
    desk.visit.saw(desk.led, "joined coaching", purpose)
    desk.visit.thread(COACHING, PURPOSE).save(JOINED, {"purpose": purpose, "team": team})


def asked(desk: Desk) -> tuple[str, str]:
    """Return the question what for, and the page's title; nothing is joined yet."""
    say, title = desk.visit.language, TITLE.in_(desk.visit.language)
    if not may(desk):
        return page_head(title, say, lead=NOT_YOURS.in_(say)), title
    before = desk.visit.thread(COACHING, PURPOSE).steps
    last = before[-1].data["purpose"] if before else SUGGESTED.in_(say)
    words = field(ASK.in_(say), "purpose", value=last, note=ASK_NOTE.in_(say), maxlength=200)
    body = card("", form("join", words, button(SHOW.in_(say), look="main", data_needs="purpose")))
    return page_head(title, say, lead=LEAD.in_(say)) + stack(body), title


def shown(desk: Desk) -> tuple[str, str]:
    """Return where the next hour is worth most, and the page's title."""
    say, title = desk.visit.language, TITLE.in_(desk.visit.language)
    if not may(desk):
        return asked(desk)
    try:
        crm = open_crm(desk.visit.workspace)
        everybody = roster(crm)
        found = _advice(desk, crm, everybody)
    except SalestrainError as error:
        head = page_head(CLOSED.in_(say), say, kicker=title)
        return head + notice(NO_DATA.in_(say).format(error), tone="warn"), title
    names = {one.entity: one.name.in_(say) for one in everybody}
    first = next((one for each in found for one in each.told), None)
    head, lead = NOTHING.in_(say), NOTHING_LEAD.in_(say)
    if first:
        head = _said(desk, first, names).do
        lead = TRY_OUT.in_(say).format(day(crm.as_of, say))
    cards = [
        _part(desk, word.in_(say), each, names)
        for word, each in zip((WHOLE_TEAM, EACH), found, strict=True)
    ]
    return page_head(head, say, lead=lead) + stack(*cards), title


def _advice(desk: Desk, crm: Crm, everybody: Sequence[Whom]) -> tuple[Advice, Advice]:
    """Return what can be said of their teams as wholes, then person by person."""
    playbook, ready = desk.visit.playbook, desk.readiness
    reps = [one for one in everybody if one.level == "rep"]
    me = desk.scope.me
    lead_all = me is not None and me.role == ADMIN
    team = me.team if me else None
    own = {one.parent for one in reps if one.parent and (lead_all or one.parent == team)}
    here = [one.entity for one in reps if one.parent in own and one.left_on is None]
    seen = figures(crm, playbook, ready.shown, here)
    standings = {who: ready.standings(who, seen[who]) for who in here}
    teams: dict[str, list[str]] = {}
    for one in reps:
        teams.setdefault(one.parent, []).append(one.entity)
    each = {one.entity: (one.entity,) for one in reps}
    given = stages(playbook), pipeline(crm, playbook), standings
    return advice(teams, sorted(own), *given), advice(each, here, *given)


def _part(desk: Desk, title: str, found: Advice, names: dict[str, str]) -> str:
    say = desk.visit.language
    parts = [_lead(desk, one, names) for one in found.told[:MOST]]
    parts = parts or [some("p", NONE_HERE.in_(say))]
    if found.unsure:
        rows = [_unsure(desk, one, names) for one in found.unsure[:MOST]]
        parts.append(scorecard.folded(UNSURE.in_(say), scorecard.talk_list(rows)))
    parts.append(some("p", looks(found, say), "note"))
    return card(title, "".join(parts))


def _lead(desk: Desk, one: Lead, names: dict[str, str]) -> str:
    say, words = desk.visit.language, _said(desk, one, names)
    why = "".join(some("p", sentence) for sentence in words.why)
    change = CHANGES.in_(say).format(words.change)
    return some("h3", words.do) + why + some("p", change, "note")


def _unsure(desk: Desk, one: Lead, names: dict[str, str]) -> Row:
    who = names.get(one.whom, one.whom)
    stage = _stage(desk, one.stage)
    return Row(some("strong", f"{who} · {stage}"), unsure(one, desk.visit.language))


def _said(desk: Desk, one: Lead, names: dict[str, str]) -> Said:
    competency = competency_name(desk.visit, one.skill.competency)
    who = Names(names.get(one.whom, one.whom), _stage(desk, one.stage), competency)
    currency = desk.visit.playbook.company.currency
    return said(one, who, desk.visit.language, currency)


def _stage(desk: Desk, stage: str) -> str:
    named = {one.id: one.name for one in desk.visit.playbook.stages}
    name = named[stage]
    return Text(name.zh, name.en[:1].lower() + name.en[1:]).in_(desk.visit.language)
