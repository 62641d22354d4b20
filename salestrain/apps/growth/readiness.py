"""Where people stand in each competency, worked out from the records once until they change."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.quiz import asking
from salestrain.apps.registry import LEARNER, MANAGER
from salestrain.crm.store import open_crm
from salestrain.errors import SalestrainError
from salestrain.playbook.standards.growing import Skills
from salestrain.playbook.standards.team import Roles
from salestrain.records import MYSELF
from salestrain.records.shared import everybodys
from salestrain.training.memory.knowledge import MINUTES_EACH
from salestrain.training.proficiency import (
    Offer,
    Shown,
    Weighing,
    gathered,
    prior_of,
    standing_of,
)
from salestrain.training.quizzes.responses import given
from salestrain.training.talk_statistics.held import held
from salestrain.training.talks.scorecards import RATINGS, ratings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from salestrain.apps.visit import Visit
    from salestrain.playbook.standards.team import RoleProfile
    from salestrain.records import Person
    from salestrain.training.paths.path import Deed
    from salestrain.training.proficiency import Observation, Standing
    from salestrain.training.talk_statistics.held import Talk

SEEN_BEHAVIOUR = "1.1.seen_behaviour"
LEARNS = {LEARNER, MANAGER}
DAYS_A_MONTH = 365 / 12
MOST_ASKED = 10
"""Items in a row that an offer counts with: as many as one sitting asks."""


@dataclass(frozen=True)
class Readiness:
    """What the records show of everybody, as of a minute."""

    visit: Visit
    newest: int
    now: datetime
    _sums: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, visit: Visit) -> Readiness:
        """Return it; the same again until somebody does something or a minute has gone."""
        newest = visit.records.steps.newest()
        now = visit.now().replace(second=0, microsecond=0)
        kept: Readiness | None = visit.kept.get(cls.__name__)
        if kept is None or (kept.newest, kept.now) != (newest, now):
            visit.kept[cls.__name__] = kept = cls(visit, newest, now)
        return kept

    @cached_property
    def shown(self) -> Shown:
        """Where competencies show themselves."""
        playbook = self.visit.playbook
        return Shown.of(playbook.standard(Roles), playbook.standard(Skills))

    @cached_property
    def weighing(self) -> Weighing:
        """How evidence is weighed: by rule 1.1.seen_behaviour, where it is written."""
        rule = self.visit.playbook.rules.get(SEEN_BEHAVIOUR)
        values = rule.values if rule else {}
        months, examples = values.get("months"), values.get("examples")
        if not isinstance(months, int | float) or not isinstance(examples, int):
            return Weighing()
        days = months * DAYS_A_MONTH
        return Weighing(half_life_days=days, seen_days=days, least_seen=examples)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Who learns or leads, by id."""
        every = self.visit.records.people.all()
        there = (one for one in every if one.active)
        return {one.id: one for one in there if one.role in LEARNS or one.id == MYSELF.id}

    @cached_property
    def deeds(self) -> dict[str, tuple[Deed, ...]]:
        """All that each of them did."""
        return self.visit.records.steps.of_people(self.people)

    @cached_property
    def observed(self) -> dict[str, tuple[Observation, ...]]:
        """What the records show of each of them; figures are not among it."""
        rated = ratings(everybodys(self.visit.records, "roleplay", RATINGS))
        talks: dict[str, list[Talk]] = {}
        for talk in held(self.deeds, self.visit.playbook.scenarios).talks:
            talks.setdefault(talk.person, []).append(talk)
        return {
            who: gathered(
                deeds,
                talks.get(who, ()),
                (one for one in rated if one.person == who),
                self.shown,
                self.visit.playbook.items,
                self.now,
            )
            for who, deeds in self.deeds.items()
        }

    @cached_property
    def _posts(self) -> Mapping[str, str]:
        """Each person's role in the CRM, by id; of whom it doesn't know nothing."""
        try:
            crm = open_crm(self.visit.workspace)
        except SalestrainError:
            return {}
        if not {"person_id", "role"} <= crm.present.get("people", frozenset()):
            return {}
        asked = "SELECT person_id, role FROM people WHERE role IS NOT NULL"
        return dict(crm.connection.execute(asked).fetchall())

    def profile(self, person: Person) -> RoleProfile | None:
        """Return what is asked of somebody: by their role in the CRM, else a rep or a manager."""
        roles = self.visit.playbook.standard(Roles)
        post = self._posts.get(person.id, "manager" if person.role == MANAGER else "rep")
        return next((one for one in roles.roles if one.role == post), None) if roles else None

    def standings(
        self, person_id: str, figures: Iterable[Observation] = ()
    ) -> tuple[Standing, ...]:
        """Return where somebody stands in each competency asked of them; nothing of a stranger.

        Args:
            person_id: Whose.
            figures: What their own figures show, where the reader may see those.
        """
        person = self.people.get(person_id)
        profile = self.profile(person) if person else None
        if profile is None:
            return ()
        every = (*self.observed.get(person_id, ()), *figures)
        others = [one for one in self._alike(profile) if one != person_id]
        return tuple(
            standing_of(
                (competency, target, self.shown.levels[competency]),
                every,
                prior_of(self._summed(other, competency) for other in others),
                self.now,
                self.weighing,
            )
            for competency, target in profile.targets.items()
        )

    def _alike(self, profile: RoleProfile) -> list[str]:
        return [one.id for one in self.people.values() if self.profile(one) == profile]

    def _summed(self, who: str, competency: str) -> tuple[float, float]:
        if (who, competency) not in self._sums:
            own = (one for one in self.observed[who] if one.competency == competency)
            self._sums[who, competency] = self.weighing.summed(own, self.now)
        return self._sums[who, competency]

    def offers(self, person_id: str) -> list[Offer]:
        """Return what somebody can do: role-plays not passed, questions not yet answered right."""
        deeds, profile = self.deeds.get(person_id, ()), self.profile(self.people[person_id])
        return [*self._talks(deeds, profile.role if profile else ""), *self._questions(deeds)]

    def _talks(self, deeds: Collection[Deed], post: str) -> Iterator[Offer]:
        passed = {
            thread
            for app, thread, step in deeds
            if app == "roleplay" and step.kind == "ended" and step.data.get("passed")
        }
        for scenario in self.visit.playbook.decided.values():
            if scenario.id in passed or (scenario.roles and post not in scenario.roles):
                continue
            for competency in {*self.shown.parts.get(scenario.id, {}).values()}:
                yield Offer(competency, "talk", scenario.id, scenario.minutes)

    def _questions(self, deeds: Collection[Deed]) -> Iterator[Offer]:
        last = {one.item: one.step.data["earned"] for one in given(deeds, self.now)}
        for section, items in self.visit.playbook.item_sets().items():
            left = [one for one in items if asking.can_be_asked(one) and last.get(one.id, 0) < 1]
            count = min(len(left), MOST_ASKED)
            for competency in self.shown.sections.get(section, ()) if count else ():
                yield Offer(competency, "answer", section, count * MINUTES_EACH, count)
