"""What each of the class remembers at the end of the period, as the quiz app tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.playbook.history import read_history
from salestrain.playbook.news import news_of
from salestrain.training.exams.exam import ANSWERED
from salestrain.training.memory.knowledge import Ground, Knowledge
from salestrain.training.quizzes.misses import missed_twice
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from datetime import date

    from salestrain.training.memory.knowledge import Weak
    from salestrain.views.quiz_review.study import Study

IDLE = timedelta(days=14)
"""Whoever hasn't answered anything for so long is said not to practise."""


class Recalled(NamedTuple):
    """What one person remembers.

    Attributes:
        met: Of how many topics they have answered something; ``known`` are not due yet.
        due: How many are due; of these ``nearly_forgotten`` are likely gone.
        today: How many the day's review asks, new ones too.
        lost: How many of the topics met they will have forgotten, as far as chances tell.
        weakest: Those due that exams would lose most marks by, the worst first.
        missed: Items wrong at the last two answers, the latest first.
        last: The day of the last answer; ``idle_days`` since then.
    """

    person: str
    met: int
    due: int
    nearly_forgotten: int
    today: int
    lost: float
    weakest: tuple[Weak, ...]
    missed: tuple[str, ...]
    last: date
    idle_days: int

    @property
    def known(self) -> int:
        """Topics met that are not due yet."""
        return self.met - self.due

    @property
    def idle(self) -> bool:
        """Whether they have stopped practising."""
        return self.idle_days >= IDLE.days


@dataclass(frozen=True)
class Recollection:
    """What a class remembers."""

    study: Study

    @cached_property
    def ground(self) -> Ground:
        """What there is to know."""
        playbook = self.study.playbook
        news = news_of(playbook, read_history(playbook.root), self.study.at.date())
        return Ground(playbook.items, playbook.exams, news.stale)

    def knowledge(self, person: str) -> Knowledge:
        """Return what somebody knows at the moment the review speaks of."""
        return Knowledge(self.ground, self.study.deeds.get(person, ()), self.study.at)

    def of(self, person: str) -> Recalled | None:
        """Return what somebody remembers; None if they have answered nothing."""
        study, known = self.study, self.knowledge(person)
        days = _answered_on(study, person)
        if not days:
            return None
        return Recalled(
            person=person,
            met=len(known.met),
            due=len(known.due),
            nearly_forgotten=len(known.nearly_forgotten),
            today=len(known.queue),
            lost=sum(1 - known.recall(topic) for topic in known.met),
            weakest=known.weakest(study.exams_for(person)),
            missed=missed_twice(study.told.get(person, ()), study.fair.items, study.at),
            last=max(days),
            idle_days=(study.at.date() - max(days)).days,
        )

    @cached_property
    def each(self) -> tuple[Recalled, ...]:
        """Everybody of the class who has answered something, who forgot most first."""
        there = (one for one in self.study.people if not self.study.left(one))
        found = [recalled for recalled in map(self.of, there) if recalled]
        return tuple(sorted(found, key=lambda one: (-one.lost, one.person)))

    @property
    def not_begun(self) -> tuple[str, ...]:
        """The reps of the class who have answered nothing."""
        begun = {one.person for one in self.each}
        reps = (one for one in self.study.colleagues if self.study.staff[one].role == "rep")
        return tuple(sorted({*reps} - begun))


def _answered_on(study: Study, person: str) -> set[date]:
    return {
        step.at.astimezone(study.at.tzinfo).date()
        for app, _, step in study.deeds.get(person, ())
        if app == QUIZ and step.kind == ANSWERED
    }
