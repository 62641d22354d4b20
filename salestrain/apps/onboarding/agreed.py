"""What somebody new is told of their mentor: who it is, what was agreed, what was noted."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.apps.onboarding.words import day_words
from salestrain.language import Text
from salestrain.records.shared import everybodys
from salestrain.training.mentoring.mentors import MENTORS, TRAINER, mentor_of
from salestrain.training.mentoring.talks import MENTOR, TALKS, Coaching, coaching_of
from salestrain.views.components import layout
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.visit import Visit
    from salestrain.training.paths.path import Progress

IS, NOBODY = (
    Text("你的师傅：{}", "Your mentor: {}"),
    Text(
        "还没定师傅，跟组长说一声，入职前就该定好。",
        "No mentor yet. Tell your manager: it should have been settled before your first day.",
    ),
)
AGREED, BY = Text("和师傅谈定的", "Agreed with your mentor"), Text("{} 前", "by {}")
TALKS_HELD = Text("谈话记录（只有你和谈的人看得到）", "Notes of your talks, for the two of you")


def pairs(visit: Visit) -> dict[str, str]:
    """Return everybody's mentor, by newcomer."""
    kept = everybodys(visit.records, TRAINER, MENTORS)
    return mentor_of(step for steps in kept.values() for step in steps)


def coaching(visit: Visit, person: str) -> Coaching:
    """Return all talks with one person."""
    return coaching_of(person, everybodys(visit.records, MENTOR, TALKS))


def names(visit: Visit) -> dict[str, str]:
    """Return everybody's name in the reader's language, by id."""
    return {one.id: one.called.in_(visit.language) for one in visit.records.people.all()}


def mentor_line(visit: Visit, found: Progress) -> str:
    """Return who the mentor is; where nobody is, only on a path on which a mentor signs."""
    mentor = pairs(visit).get(visit.person.id)
    known = names(visit)
    if mentor in known:
        return some("p", IS.in_(visit.language).format(known[mentor]))
    signs = any(step.signed_by == "mentor" for step in found.path.steps)
    return some("p", NOBODY.in_(visit.language), "note") if signs else ""


def card(visit: Visit) -> str:
    """Return what was agreed and is still open, and what was noted; nothing before any talk."""
    language, found, known = visit.language, coaching(visit, visit.person.id), names(visit)
    if not found.talks:
        return ""
    due = {one.number: BY.in_(language).format(day_words(one.by, language)) for one in found.open}
    rows = "".join(
        f"<li>{escape(one.what)} {some('small', due[one.number])}</li>" for one in found.open
    )
    talks = "".join(
        f"<li>{some('strong', day_words(one.at.astimezone(), language))} "
        f"{escape(known.get(one.with_whom, one.with_whom))}{some('p', one.text)}</li>"
        for one in reversed(found.talks)
        if one.text
    )
    label = TALKS_HELD.in_(language)
    folded = f"<details><summary>{label}</summary><ul>{talks}</ul></details>" if talks else ""
    listed = f"<ul>{rows}</ul>" if rows else ""
    return layout.card(AGREED.in_(language), listed + folded)
