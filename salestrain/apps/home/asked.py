"""What others have asked of a learner: things assigned, and words they haven't yet put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.practice import section_title
from salestrain.language import Text, day
from salestrain.records.shared import everybodys
from salestrain.training.memory.knowledge import minutes_for
from salestrain.training.mentoring.cohorts import (
    ASSIGNMENTS,
    NUDGES,
    assignments,
    is_done,
    nudges,
    unseen,
)
from salestrain.training.mentoring.mentors import TRAINER
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.ground import some
from salestrain.views.components.layout import notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.visit import Visit
    from salestrain.training.mentoring.cohorts import Assignment, Nudge
    from salestrain.training.paths.path import Deed

BY = Text("{who}请你在 {by} 前做完。{why}", "{who} asks you to do this by {by}. {why}")
LATE = Text(
    "{who}请你在 {by} 前做完，已经过了。{why}", "{who} asked for this by {by}; it is overdue. {why}"
)
SAYS, GOT_IT = Text("{}对你说", "{} says"), Text("知道了", "Got it")
SOMEBODY = Text("带你的人", "Whoever coaches you")


def open_assignments(visit: Visit, deeds: Sequence[Deed]) -> list[Assignment]:
    """Return what this person was asked to do and hasn't done, the soonest due first."""
    every = assignments(everybodys(visit.records, TRAINER, ASSIGNMENTS))
    own = (one for one in every if one.person == visit.person.id)
    return [one for one in own if not is_done(one, deeds) and _there(visit, one)]


def open_nudges(visit: Visit) -> tuple[Nudge, ...]:
    """Return what was said to this person and they haven't put away."""
    every = nudges(everybodys(visit.records, TRAINER, NUDGES))
    return unseen(every, visit.person.id, visit.thread(TRAINER, NUDGES).steps)


def nudge_notices(visit: Visit) -> str:
    """Return each of them, with the button that puts it away."""
    got_it = GOT_IT.in_(visit.language)
    return "".join(
        notice(
            SAYS.in_(visit.language).format(_named(visit, one.given_by)),
            some("p", one.text) + actions(button(got_it, "seen", {"nudge": one.id})),
            "brand",
        )
        for one in open_nudges(visit)
    )


def title(visit: Visit, one: Assignment) -> str:
    """Return what an assignment asks one to do."""
    playbook = visit.playbook
    known = playbook.scenarios.get(one.thread) or playbook.exams.get(one.thread)
    return known.title.in_(visit.language) if known else section_title(visit, one.thread)


def minutes(visit: Visit, one: Assignment) -> int:
    """Return about how long it takes."""
    playbook = visit.playbook
    if one.thread in playbook.scenarios:
        return playbook.scenarios[one.thread].minutes
    if one.thread in playbook.exams:
        return playbook.exams[one.thread].minutes
    return minutes_for(len(playbook.item_sets()[one.thread]))


def why(visit: Visit, one: Assignment) -> str:
    """Return who asks for it, by when and what for."""
    words = LATE if one.by < visit.now().astimezone().date() else BY
    who, by = _named(visit, one.given_by), day(one.by, visit.language)
    return words.in_(visit.language).format(who=who, by=by, why=one.why).strip()


def way(visit: Visit, one: Assignment) -> str:
    """Return the address at which it is done."""
    given = {"scenario" if one.app == "roleplay" else "set": one.thread}
    return visit.link(one.app, **given)


def _there(visit: Visit, one: Assignment) -> bool:
    playbook = visit.playbook
    if one.app == "roleplay":
        return one.thread in playbook.scenarios
    return one.thread in playbook.exams or one.thread in playbook.item_sets()


def _named(visit: Visit, person_id: str) -> str:
    known = {one.id: one for one in visit.records.people.all()}
    one = known.get(person_id)
    if one is None:
        return SOMEBODY.in_(visit.language)
    return one.called.in_(visit.language)
