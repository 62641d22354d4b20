"""How an exam went for a class: who holds a pass, who failed, who is missing, what was missed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.training.exams.admission import (
    GRANTS,
    RENEW_DAYS,
    Admission,
    Pass,
    admission,
    grants,
    passed,
)
from salestrain.training.exams.exam import attempts
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.exams.exam import Attempt
    from salestrain.training.paths.path import Deed

State = Literal["passed", "failed", "lapsed", "running", "missing"]


class Lost(NamedTuple):
    """What failed attempts earned in a section, of so many questions."""

    section: str
    earned: float
    asked: int

    @property
    def marks(self) -> float:
        """The marks lost."""
        return self.asked - self.earned


class Missed(NamedTuple):
    """An item that so many of those asked didn't get wholly right."""

    item: str
    wrong: int
    asked: int


@dataclass(frozen=True)
class Candidate:
    """One person and one exam at a time.

    Attributes:
        taken: Every attempt, the one that runs too.
        held: The pass that holds.
        admitted: Whether they may begin another, or when.
    """

    person: str
    taken: tuple[Attempt, ...]
    held: Pass | None
    admitted: Admission
    now: datetime

    @cached_property
    def over(self) -> tuple[Attempt, ...]:
        """The attempts that are over, without those that asked only what had changed."""
        whole = (one for one in self.taken if not one.difference)
        return tuple(one for one in whole if not one.is_open(self.now))

    @property
    def runs(self) -> bool:
        """Whether an attempt runs now."""
        return bool(self.taken) and self.taken[-1].is_open(self.now)

    @property
    def failures(self) -> int:
        """How many attempts failed since the last that passed."""
        last = max((n for n, one in enumerate(self.over, 1) if one.passed), default=0)
        return len(self.over) - last

    @property
    def state(self) -> State:
        """Where they stand; an attempt that runs tells nothing, and counts if it is the only."""
        if self.held:
            return "passed"
        if not self.over:
            return "running" if self.runs else "missing"
        return "failed" if self.failures else "lapsed"

    @property
    def until(self) -> date | None:
        """The last day of the pass that holds or held; None if for good, or if there is none."""
        if self.held:
            return self.held.until
        last = next((one for one in reversed(self.over) if one.passed), None)
        if last is None or not last.exam.valid_days:
            return None
        return self.day(last) + timedelta(days=last.exam.valid_days)

    @property
    def runs_out(self) -> bool:
        """Whether the pass that holds runs out within ``RENEW_DAYS``."""
        until = self.held.until if self.held else None
        return until is not None and (until - self.now.date()).days <= RENEW_DAYS

    def day(self, attempt: Attempt) -> date:
        """Return the day an attempt ended."""
        return attempt.ended_at.astimezone(self.now.tzinfo).date()


@dataclass(frozen=True)
class Results:
    """An exam's results for those it is meant for and those who took it."""

    exam: Exam
    candidates: tuple[Candidate, ...]
    today: date

    def of(self, *states: State) -> tuple[Candidate, ...]:
        """Return those in any of these states."""
        return tuple(one for one in self.candidates if one.state in states)

    @property
    def running(self) -> int:
        """How many attempts run now."""
        return sum(one.runs for one in self.candidates)

    @property
    def sealed(self) -> bool:
        """Whether others may still take it, so that nobody is told which answers were right."""
        return is_sealed(self.exam, self.today)

    @property
    def scores(self) -> tuple[float, ...]:
        """The share (0–1) of each person's last attempt, the highest first."""
        last = (one.over[-1].share for one in self.candidates if one.over)
        return tuple(sorted(last, reverse=True))

    @cached_property
    def failed(self) -> tuple[Attempt, ...]:
        """Every attempt that is over and didn't pass, of those who passed later too."""
        over = (attempt for one in self.candidates for attempt in one.over)
        return tuple(one for one in over if not one.passed)

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """What failed attempts earned by section, that with most marks lost first.

        Nothing of an adaptive exam: it asks each person what they get right about half the time.
        """
        earned: dict[str, list[float]] = defaultdict(list)
        for attempt in self.failed:
            for one in attempt.run.asked if attempt.verdict is None else ():
                earned[one.item.section].append(one.earned)
        found = [Lost(section, sum(marks), len(marks)) for section, marks in earned.items()]
        return tuple(sorted(found, key=lambda one: (-one.marks, one.section)))

    @cached_property
    def missed(self) -> tuple[Missed, ...]:
        """The items missed most often; none while the exam is sealed, or if it is adaptive."""
        earned: dict[str, list[float]] = defaultdict(list)
        if not self.sealed:
            over = (attempt for one in self.candidates for attempt in one.over)
            for attempt in over:
                for one in attempt.run.asked if attempt.verdict is None else ():
                    earned[one.item.id].append(one.earned)
        found = [Missed(id_, sum(e < 1 for e in each), len(each)) for id_, each in earned.items()]
        return tuple(sorted(found, key=lambda one: (-one.wrong, one.asked, one.item)))


def is_sealed(exam: Exam, today: date) -> bool:
    """Return whether an exam is still open to others, as the app asks before it tells answers."""
    return exam.closes is not None and today <= exam.closes


def results(
    exam: Exam,
    deeds: Mapping[str, Iterable[Deed]],
    meant: Collection[str],
    items: Mapping[str, Item],
    now: datetime,
) -> Results:
    """Return how an exam went.

    Args:
        exam: The exam.
        deeds: All that each of the class did, by id.
        meant: Who of the class should take it; who took it all the same is there too.
        items: By id, as the playbook has them today.
        now: The time, aware, in the zone that says where a day begins.
    """
    found = (_candidate(exam, who, deeds.get(who, ()), items, now) for who in {*meant, *deeds})
    there = [one for one in found if one.taken or one.person in meant]
    return Results(exam, tuple(sorted(there, key=lambda one: one.person)), now.date())


def _candidate(
    exam: Exam, person: str, deeds: Iterable[Deed], items: Mapping[str, Item], now: datetime
) -> Candidate:
    quiz = [(thread, step) for app, thread, step in deeds if app == QUIZ]
    taken = attempts(exam, (step for thread, step in quiz if thread == exam.id), items)
    granted = grants((step for thread, step in quiz if thread == GRANTS), exam.id)
    admitted = admission(exam, taken, now, granted=granted)
    return Candidate(person, taken, passed(exam, taken, now), admitted, now)
