"""Whose talks somebody may see and rate; what a page or an action asks for is checked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.registry import MANAGER, TEACHES
from salestrain.records.shared import everybodys, of_kinds
from salestrain.training.talks.runs import BEGAN, ENDED, runs_of
from salestrain.training.talks.scorecards import RATINGS, RunName, calibrating, ratings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from salestrain.apps.visit import Visit
    from salestrain.playbook.scenarios import Scenario
    from salestrain.records import Person
    from salestrain.training.steps import Step
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run
    from salestrain.training.talks.scorecards import Rating

RATES = TEACHES | {MANAGER}
RECENT = timedelta(days=14)
"""How long a talk that nobody has rated is said to wait."""


@dataclass(frozen=True)
class Seen:
    """A run that has ended, as others look at it; ``runs`` are that person's, this one last."""

    name: RunName
    scenario: Scenario
    runs: tuple[Run, ...]

    @property
    def run(self) -> Run:
        """The run itself."""
        return self.runs[-1]

    @property
    def ended(self) -> datetime:
        """When it ended."""
        return self.run.ended or self.run.began

    @cached_property
    def play(self) -> Play | None:
        """The talk; None if the scenario has changed since and no longer allows it."""
        return self.run.play(self.scenario)


@dataclass(frozen=True)
class Scope:
    """What one person may see of the others' talks: the records say so, not the page."""

    visit: Visit

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by id."""
        return {one.id: one for one in self.visit.records.people.all()}

    @property
    def me(self) -> Person | None:
        """Who looks, as the records have them now."""
        return self.people.get(self.visit.person.id)

    @property
    def teaches(self) -> bool:
        """Whether they see everybody, put readings right and mark runs for calibration."""
        return self.me is not None and self.me.role in TEACHES

    @property
    def rates(self) -> bool:
        """Whether they rate others' talks."""
        return self.me is not None and self.me.role in RATES

    def sees(self, person_id: str) -> bool:
        """Whether they see somebody's talks: their own, a manager's team, a trainer all."""
        me, one = self.me, self.people.get(person_id)
        if me is None or one is None:
            return False
        leads = me.role == MANAGER and bool(me.team) and one.team == me.team
        return self.teaches or one.id == me.id or leads

    def may_rate(self, person_id: str) -> bool:
        """Whether they rate somebody's talks: never their own."""
        return self.rates and self.sees(person_id) and person_id != self.visit.person.id

    def may_rate_run(self, name: RunName) -> bool:
        """Whether they rate a run: one for calibration is rated by everybody who rates at all."""
        calibrated = self.rates and str(name) in self.calibrating
        return self.may_rate(name.person) or (calibrated and name.person != self.visit.person.id)

    @cached_property
    def _threads(self) -> Mapping[str, Sequence[Step]]:
        return everybodys(self.visit.records, "roleplay", RATINGS)

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """Everybody's ratings, whoever may read them, the oldest first; none of who was erased."""
        return tuple(one for one in ratings(self._threads) if one.person in self.people)

    @cached_property
    def calibrating(self) -> tuple[str, ...]:
        """The runs marked for calibration."""
        return calibrating(self._threads)

    def mine(self, *talk: str) -> Rating | None:
        """Return the rating this person gave a talk."""
        me = self.visit.person.id
        return next((one for one in self.ratings if (one.rater, one.talk) == (me, talk)), None)

    def reads(self, one: Rating) -> bool:
        """Whether they read a rating: of their own talks, else only once they have rated it too."""
        me = self.visit.person.id
        if me in {one.person, one.rater}:
            return True
        return self.rates and self.mine(*one.talk) is not None

    def find(self, text: str) -> Seen | None:
        """Return a run that has ended, None if there is none or it is not theirs to see."""
        name = RunName.of(text)
        scenario = self.visit.playbook.scenarios.get(name.scenario) if name else None
        if name is None or scenario is None:
            return None
        if not self.sees(name.person) and not self.may_rate_run(name):
            return None
        steps = self.visit.records.steps.of(name.person, "roleplay", name.scenario)
        runs = runs_of(steps)[: name.number]
        there = len(runs) == name.number and runs[-1].ended is not None
        return Seen(name, scenario, runs) if there else None

    def recent(self, scenarios: Collection[str], most: int) -> list[Seen]:
        """Return the runs of these scenarios that they see, the latest first, so many at most."""
        found = (self.find(str(name)) for name, _ in self._ended(scenarios)[:most])
        return [one for one in found if one]

    def _ended(self, scenarios: Collection[str]) -> list[tuple[RunName, Run]]:
        """Return the runs that have ended, without what was said in them, the latest first."""
        kept = of_kinds(self.visit.records, "roleplay", BEGAN, ENDED)
        found = [
            (RunName(scenario, person, run.number), run)
            for (person, scenario), steps in kept.items()
            if scenario in scenarios and self.sees(person)
            for run in runs_of(steps)
            if run.ended
        ]
        return sorted(found, key=lambda one: one[1].ended or one[1].began, reverse=True)

    def waiting(self) -> int:
        """Return how many recent talks of others nobody has rated; exploring is left alone."""
        rated, since = {one.about for one in self.ratings}, self.visit.now() - RECENT
        return sum(
            bool(run.ended and run.ended >= since)
            and run.mode != "explore"
            and str(name) not in rated
            and self.may_rate(name.person)
            for name, run in self._ended(self.visit.playbook.scenarios)
        )

    def named(self, person_id: str) -> str:
        """Return somebody's name in the reader's language, their id if it is all that is known."""
        one = self.people.get(person_id)
        return one.called.in_(self.visit.language) if one else person_id
