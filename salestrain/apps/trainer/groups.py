"""Cohorts: which there are, a new one, who mentors whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.trainer import waves
from salestrain.apps.trainer.acting import WHOLE
from salestrain.apps.trainer.forms import ASSIGN, assign_form
from salestrain.language import Text, day
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import Option, field, form, pick_list, select
from salestrain.views.components.ground import some, tag
from salestrain.views.components.layout import card, page_head, two_columns
from salestrain.views.components.scorecard import Row

if TYPE_CHECKING:
    from salestrain.apps.trainer.desk import Desk
    from salestrain.training.mentoring.cohorts import Cohort

TITLE, NONE = Text("一批批的人", "Cohorts"), Text("还没有分批。", "There is no cohort yet.")
LEAD = Text(
    "同一天到岗的人编成一批，一起指派、一起看。",
    "Put those who begin on one day together, to assign to them and look at them as one.",
)
THERE, NEW = Text("已有的", "Cohorts there are"), Text("编一批", "Build a cohort")
NAME, START = Text("名称", "Name"), Text("第一天", "First day")
WHO, BUILD = Text("有谁", "Who is in it"), Text("编好", "Build it")
FACTS = Text("{start} 到岗 · {n} 人 · {stuck} 人卡住", "{start} · {n} people · {stuck} stuck")
PAIRING, NEWCOMER = Text("谁带谁", "Mentors"), Text("新人", "Newcomer")
BY_WHOM, PAIR = Text("由谁带", "Mentored by"), Text("定下", "Pair them")
NO_MENTOR = Text("还没有师傅：{}", "without a mentor: {}")
JOIN = Text("、", ", ")


def shown(desk: Desk) -> tuple[str, str]:
    """Return the page and its title."""
    say, title = desk.visit.language, TITLE.in_(desk.visit.language)
    rows = [_row(desk, one) for one in desk.cohorts]
    listed = scorecard.talk_list(rows) if rows else some("p", NONE.in_(say), "note")
    there = card(THERE.in_(say), listed)
    forms = card(NEW.in_(say), _build(desk)) + card(PAIRING.in_(say), _pair(desk))
    return page_head(title, say, lead=LEAD.in_(say)) + two_columns(there, forms), title


def _row(desk: Desk, one: Cohort) -> Row:
    say = desk.visit.language
    held = sum(bool(desk.stuck(who)) for who in one.people)
    facts = FACTS.in_(say).format(start=day(one.start, say), n=len(one.people), stuck=held)
    names = JOIN.in_(say).join(map(desk.named, one.people))
    alone = [desk.named(who) for who in one.people if who not in desk.mentors]
    words = NO_MENTOR.in_(say).format(JOIN.in_(say).join(alone))
    more = some("p", names) + scorecard.folded(
        ASSIGN.in_(say), assign_form(desk, f"{WHOLE}{one.id}")
    )
    more += waves.folded(desk, one)
    return Row(some("strong", one.name), facts, tag(words, "warn") if alone else "", more)


def _build(desk: Desk) -> str:
    say = desk.visit.language
    options = [Option(who, desk.named(who), _cohort_of(desk, who)) for who in desk.led]
    return form(
        "build",
        field(NAME.in_(say), "name", maxlength=60, required=True),
        field(START.in_(say), "start", type="date", required=True),
        pick_list(WHO.in_(say), "people", options),
        button(BUILD.in_(say), look="main"),
    )


def _cohort_of(desk: Desk, who: str) -> str:
    return next((one.name for one in desk.cohorts if who in one.people), "")


def _pair(desk: Desk) -> str:
    say = desk.visit.language
    first = sorted(desk.led, key=lambda who: who in desk.mentors)
    newcomers = [Option(who, desk.named(who)) for who in first]
    there = [one for one in desk.scope.people.values() if one.active]
    mentors = [Option(one.id, desk.named(one.id)) for one in there]
    return form(
        "pair",
        select(NEWCOMER.in_(say), "newcomer", newcomers),
        select(BY_WHOM.in_(say), "mentor", mentors),
        button(PAIR.in_(say)),
    )
