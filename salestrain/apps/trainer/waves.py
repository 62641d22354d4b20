"""A module in two waves by lot: what lets a review say whether it helped, and not only that."""

from __future__ import annotations

import secrets
from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.apps.practice import section_title
from salestrain.language import Text, day
from salestrain.records.shared import everybodys
from salestrain.training.effects.modules import DRAWN, GIVEN_IN, modules
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import Option, field, form, select
from salestrain.views.components.ground import attributes, some
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.trainer.desk import Desk
    from salestrain.training.mentoring.cohorts import Cohort

TITLE = Text("一课分两批上", "Teach a module in two waves")
WHY = Text(
    "谁先上由抽签定，后上的那批先当对照；这样培训回顾才说得出这一课有没有用。"
    "每批至少 {} 人，才敢说因为什么（4.1.compare）。",
    "A lot says who goes first; the others are what they are held against until their own turn. "
    "Only so can the training review say whether it helped. With fewer than {} in a wave it names "
    "no cause (4.1.compare).",
)
MODULE = Text("哪一节", "Section")
FIRST, SECOND = Text("第一批哪天上", "First wave on"), Text("第二批哪天上", "Second wave on")
DRAW = Text("抽签", "Draw lots")
DRAWN_ALREADY = Text("这一节已经抽过签", "Lots were drawn for that section")
NO_SUCH = Text("没有这一批或这一节，请重新选", "There is no such cohort or section; choose anew")
ORDER = Text(
    "第一批要在今天或以后，第二批要更晚",
    "The first wave begins today or later, the second after it",
)
TOO_FEW = Text("至少要 4 个人才分两批", "It takes 4 people to make two waves")
WAVE = Text("{day}：{names}", "{day}: {names}")
JOIN = Text("、", ", ")
LEAST, COMPARE = 4, 10


class Waves(Fields):
    """Which cohort takes which module on which two days."""

    cohort: Annotated[str, Field(max_length=80)]
    module: Annotated[str, Field(max_length=20)]
    first: date
    second: date


def draw_lots(desk: Desk, fields: Waves) -> None:
    """Keep who of a cohort begins a module when; halves, by lot.

    Raises:
        Refused: If the cohort isn't theirs or too small, there is no such module, lots were drawn
            for it, or the days aren't in order.
    """
    cohort = next((one for one in desk.cohorts if one.id == fields.cohort), None)
    if cohort is None or fields.module not in desk.visit.playbook.item_sets():
        raise Refused(NO_SUCH)
    if len(cohort.people) < LEAST:
        raise Refused(TOO_FEW)
    if fields.module in given_to(desk, cohort):
        raise Refused(DRAWN_ALREADY)
    if not desk.visit.now().astimezone().date() <= fields.first < fields.second:
        raise Refused(ORDER)
    people = sorted(cohort.people)
    secrets.SystemRandom().shuffle(people)
    half = (len(people) + 1) // 2
    days = [fields.first] * half + [fields.second] * (len(people) - half)
    every = [
        (DRAWN, {"person": one, "module": fields.module, "on": on.isoformat()})
        for one, on in zip(people, days, strict=True)
    ]
    desk.visit.thread(*GIVEN_IN).save_all(*every)


def given_to(desk: Desk, cohort: Cohort) -> dict[str, dict[date, list[str]]]:
    """Return by module which people of a cohort begin it on which day."""
    said = everybodys(desk.visit.records, *GIVEN_IN)
    deeds = {by: [(*GIVEN_IN, step) for step in steps] for by, steps in said.items()}
    found: dict[str, dict[date, list[str]]] = {}
    for one in modules(deeds, cohort.people, None):
        for person in one.who:
            days = found.setdefault(one.id, {})
            days.setdefault(one.begins[person], []).append(person)
    return found


def folded(desk: Desk, cohort: Cohort) -> str:
    """Return what was drawn for a cohort, and the form to draw for another module."""
    say, drawn = desk.visit.language, given_to(desk, cohort)
    told = ""
    for module, days in drawn.items():
        waves = "".join(
            some("p", WAVE.in_(say).format(
                day=day(on, say), names=JOIN.in_(say).join(map(desk.named, people))
            ))
            for on, people in sorted(days.items())
        )  # fmt: skip
        told += some("strong", section_title(desk.visit, module)) + waves
    left = [one for one in desk.visit.playbook.item_sets() if one not in drawn]
    if len(cohort.people) < LEAST or not left:
        return told
    options = [Option(one, section_title(desk.visit, one)) for one in left]
    fields = (
        f"<input{attributes(type='hidden', name='cohort', value=cohort.id)}>",
        select(MODULE.in_(say), "module", options),
        field(FIRST.in_(say), "first", type="date", required=True),
        field(SECOND.in_(say), "second", type="date", required=True),
        some("p", WHY.in_(say).format(COMPARE), "note"),
        button(DRAW.in_(say)),
    )
    return told + scorecard.folded(TITLE.in_(say), form("draw_lots", *fields))
