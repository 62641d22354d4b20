"""Whom a trainer or manager looks after, and what has been set up for them: the records say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.growth.readiness import Readiness
from salestrain.apps.onboarding.standing import Standings, own_work
from salestrain.apps.registry import LEARNER
from salestrain.apps.roleplay.scope import Scope
from salestrain.records.shared import everybodys
from salestrain.training.mentoring.cohorts import (
    ASSIGNMENTS,
    COHORTS,
    NUDGES,
    assignments,
    cohorts,
    nudges,
)
from salestrain.training.mentoring.mentors import MENTORS, TRAINER, mentor_of
from salestrain.training.paths.stuck import stuck

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.records import Person
    from salestrain.training.mentoring.cohorts import Assignment, Cohort, Nudge
    from salestrain.training.paths.path import Deed, Progress
    from salestrain.training.paths.stuck import Stuck
    from salestrain.training.steps import Step

LONG_OVER = 4
"""After so many times the days a path takes, who is in no cohort isn't looked for on it."""


@dataclass(frozen=True)
class Desk:
    """What one person who trains or leads has before them."""

    visit: Visit

    @cached_property
    def scope(self) -> Scope:
        """Whom they may see."""
        return Scope(self.visit)

    @cached_property
    def led(self) -> dict[str, Person]:
        """The learners they look after, by id: a manager's team, a trainer's all; else nobody."""
        if not self.scope.rates:
            return {}
        there = (one for one in self.scope.people.values() if one.role == LEARNER and one.active)
        return {one.id: one for one in there if self.scope.sees(one.id)}

    @cached_property
    def readiness(self) -> Readiness:
        """Where everybody stands."""
        return Readiness.of(self.visit)

    @cached_property
    def cohorts(self) -> tuple[Cohort, ...]:
        """The cohorts with anybody of theirs in them, others left out of each."""
        every = cohorts(self._threads(COHORTS))
        own = (one._replace(people=tuple(p for p in one.people if p in self.led)) for one in every)
        return tuple(one for one in own if one.people)

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """What those they look after were asked to do."""
        every = assignments(self._threads(ASSIGNMENTS))
        return tuple(one for one in every if one.person in self.led)

    @cached_property
    def nudges(self) -> tuple[Nudge, ...]:
        """What was said to those they look after."""
        return tuple(one for one in nudges(self._threads(NUDGES)) if one.person in self.led)

    @cached_property
    def mentors(self) -> dict[str, str]:
        """Each newcomer's mentor; the last pairing counts."""
        return mentor_of(step for each in self._threads(MENTORS).values() for step in each)

    @cached_property
    def deeds(self) -> Mapping[str, tuple[Deed, ...]]:
        """All that those they look after did for themselves."""
        every = self.visit.records.steps.of_people(self.led)
        return {person: tuple(own_work(deeds)) for person, deeds in every.items()}

    @cached_property
    def standings(self) -> Standings:
        """Where people stand on their paths."""
        return Standings(self.visit)

    def start(self, person_id: str) -> date | None:
        """Return somebody's first day: that of the cohort they joined last."""
        return self.standings.starts.get(person_id)

    def progress(self, person_id: str) -> Progress | None:
        """Return where somebody stands on the path they are on, None if there is none for them."""
        return self.standings.of(self.led[person_id], self.deeds[person_id])

    def stuck(self, person_id: str) -> tuple[Stuck, ...]:
        """Return why somebody is stuck; nothing of who isn't on a path, or was long ago."""
        deeds, start = self.deeds[person_id], self.start(person_id)
        found = self.progress(person_id)
        if start is None and (not deeds or found is None or _long_over(found)):
            return ()
        now = self.visit.now().astimezone()
        return stuck(found, deeds, now, start)

    def named(self, person_id: str) -> str:
        """Return somebody's name in the reader's language."""
        return self.scope.named(person_id)

    def _threads(self, name: str) -> Mapping[str, Sequence[Step]]:
        return everybodys(self.visit.records, TRAINER, name)


def _long_over(found: Progress) -> bool:
    """Return whether a path should have ended so long ago that nobody is on it any more."""
    return found.day > LONG_OVER * max(one.step.due_day for one in found.steps)
