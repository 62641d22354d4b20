"""Cohorts, assignments and nudges: what trainers have set up, folded from the steps they saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from salestrain.training.paths.path import Deed
    from salestrain.training.steps import Step

    Threads = Mapping[str, Sequence[Step]]

COHORTS, ASSIGNMENTS, NUDGES = "cohorts", "assignments", "nudges"
"""The threads of the trainer's app in which all this is done."""
COHORT, ASSIGNED, NUDGED, SEEN = "cohort", "assigned", "nudged", "seen"
"""The kinds of steps; ``seen`` is the learner's own."""
ENDS = {"quiz": "finished", "roleplay": "ended"}


class Cohort(NamedTuple):
    """People who begin together."""

    id: str
    name: str
    people: tuple[str, ...]
    start: date


class Assignment(NamedTuple):
    """A set, exam or scenario that somebody is asked to do by a day.

    Attributes:
        app: ``quiz`` or ``roleplay``; ``thread`` is which set, exam or scenario.
        given_by: Who asks, and ``at`` since when.
    """

    person: str
    app: str
    thread: str
    by: date
    why: str
    given_by: str
    at: datetime


class Nudge(NamedTuple):
    """A word to somebody, which they see until they say that they have."""

    id: str
    person: str
    text: str
    given_by: str
    at: datetime


def cohorts(threads: Threads) -> tuple[Cohort, ...]:
    """Return the cohorts, the one that begins last first; of an id the last step counts.

    Args:
        threads: What each person did in the thread ``cohorts``, in order, by person.
    """
    found: dict[str, Cohort] = {}
    for _, step in _in_order(threads, COHORT):
        data = step.data
        start, people = date.fromisoformat(data["start"]), tuple(data["people"])
        found[data["id"]] = Cohort(data["id"], data["name"], people, start)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.id), reverse=True))


def assignments(threads: Threads) -> tuple[Assignment, ...]:
    """Return what was assigned, the soonest due first; the same assigned again replaces it.

    Args:
        threads: What each person did in the thread ``assignments``, in order, by person.
    """
    found: dict[tuple[str, str, str], Assignment] = {}
    for giver, step in _in_order(threads, ASSIGNED):
        what, by = step.data["what"], date.fromisoformat(step.data["by"])
        key = step.data["person"], what["app"], what["thread"]
        found[key] = Assignment(*key, by, step.data["why"], giver, step.at)
    return tuple(sorted(found.values(), key=lambda one: (one.by, one.person, one.thread)))


def is_done(one: Assignment, deeds: Iterable[Deed]) -> bool:
    """Return whether what was assigned has been done since: a set gone through, a test passed."""
    return any(
        app == one.app
        and thread == one.thread
        and step.kind == ENDS[app]
        and step.data.get("passed", True)
        and step.at >= one.at
        for app, thread, step in deeds
    )


def nudges(threads: Threads) -> tuple[Nudge, ...]:
    """Return what was said, the oldest first.

    Args:
        threads: What each person did in the thread ``nudges``, in order, by person.
    """
    return tuple(
        Nudge(f"{giver}@{step.at.isoformat()}", step.data["person"], step.data["text"], giver,
              step.at)
        for giver, step in _in_order(threads, NUDGED)
    )  # fmt: skip


def unseen(every: Iterable[Nudge], person: str, own: Iterable[Step]) -> tuple[Nudge, ...]:
    """Return the nudges that somebody hasn't said they have seen.

    Args:
        every: All there are.
        person: Whose.
        own: What that person did in the thread ``nudges``.
    """
    seen = {step.data["nudge"] for step in own if step.kind == SEEN}
    return tuple(one for one in every if one.person == person and one.id not in seen)


def _in_order(threads: Threads, kind: str) -> list[tuple[str, Step]]:
    steps = [(who, step) for who, each in threads.items() for step in each if step.kind == kind]
    return sorted(steps, key=lambda one: one[1].at)
