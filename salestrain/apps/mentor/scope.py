"""Whom somebody mentors or leads, what they may sign, what waits for them: by the records alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.onboarding.agreed import pairs
from salestrain.apps.onboarding.standing import Standings, own_work
from salestrain.apps.registry import ADMIN, MANAGER, TEACHES
from salestrain.training.paths.path import Standing
from salestrain.training.paths.phases import phases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from salestrain.apps.visit import Visit
    from salestrain.language import Text
    from salestrain.playbook.paths import Milestone, PathStep, Signer
    from salestrain.records import Person
    from salestrain.training.paths.path import Deed, Progress
    from salestrain.training.paths.phases import Phase


class Waiting(NamedTuple):
    """A step or a milestone that waits for a signature.

    Attributes:
        person: Whose.
        found: The path it is on.
        one: Where they stand with it.
        since: When the step was handed in, or the last of a milestone's steps was done.
    """

    person: Person
    found: Progress
    one: Standing | Phase
    since: datetime

    @property
    def step(self) -> str:
        """Its id on the path."""
        return self._asked.id

    @property
    def title(self) -> Text:
        """What it is called."""
        return self._asked.title

    @property
    def signer(self) -> Signer:
        """Who signs it."""
        return self._asked.signed_by or "mentor"

    @property
    def key(self) -> str:
        """Its name on the page."""
        return f"{self.person.id} {self.found.path.id} {self.step}"

    @property
    def _asked(self) -> PathStep | Milestone:
        return self.one.step if isinstance(self.one, Standing) else self.one.milestone


@dataclass(frozen=True)
class Scope:
    """What one person may see and sign of others' paths."""

    visit: Visit

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody active, by id, as the records have them now."""
        return {one.id: one for one in self.visit.records.people.all() if one.active}

    @cached_property
    def standings(self) -> Standings:
        """Where everybody stands."""
        return Standings(self.visit)

    @cached_property
    def pairs(self) -> Mapping[str, str]:
        """Everybody's mentor."""
        return pairs(self.visit)

    @property
    def me(self) -> Person | None:
        """Who is here, as the records have them now."""
        return self.people.get(self.visit.person.id)

    @property
    def teaches(self) -> bool:
        """Whether they stand in for any mentor, and see everybody."""
        return self.me is not None and self.me.role in TEACHES

    @cached_property
    def mentees(self) -> tuple[Person, ...]:
        """Whom they mentor."""
        me = self.visit.person.id
        mine = (self.people.get(one) for one, mentor in self.pairs.items() if mentor == me)
        return tuple(sorted((one for one in mine if one), key=lambda one: one.id))

    def leads(self, person: Person) -> bool:
        """Whether they are somebody's manager: a manager has the own team."""
        me = self.me
        own = me is not None and me.role == MANAGER and bool(me.team) and person.team == me.team
        return own and person.id != self.visit.person.id

    def sees(self, person: Person) -> bool:
        """Whether somebody's path is their business."""
        me = self.visit.person.id
        other = self.me is not None and person.id != me
        return other and (self.teaches or self.leads(person) or self.pairs.get(person.id) == me)

    def may_sign(self, person: Person, signer: Signer) -> bool:
        """Whether they may sign what a mentor, manager or trainer signs; never their own.

        A trainer stands in for a mentor, the administrator for everybody.
        """
        if not self.sees(person):
            return False
        me = self.me
        if me is not None and me.role == ADMIN:
            return True
        if signer == "manager":
            return self.leads(person)
        mentors = signer == "mentor" and self.pairs.get(person.id) == self.visit.person.id
        return mentors or self.teaches

    def awaited(self, person: Person, signer: Signer) -> bool:
        """Whether it is they whom a signature waits for, and not somebody nearer."""
        if not self.may_sign(person, signer):
            return False
        if signer == "mentor":
            mentor = self.pairs.get(person.id)
            return mentor == self.visit.person.id or mentor not in self.people
        if signer == "manager":
            return self.leads(person) or not self._led(person)
        return True

    def _led(self, person: Person) -> bool:
        return any(
            one.role == MANAGER and one.team and one.team == person.team and one.id != person.id
            for one in self.people.values()
        )

    def may_pair(self, person: Person) -> bool:
        """Whether they may give somebody a mentor: a manager in the own team, a trainer anybody."""
        return self.teaches or self.leads(person)

    @cached_property
    def deeds(self) -> Mapping[str, tuple[Deed, ...]]:
        """What everybody did whose path they see."""
        seen = [one.id for one in self.people.values() if self.sees(one)]
        return self.visit.records.steps.of_people(seen)

    def has_begun(self, person: Person) -> bool:
        """Whether somebody has done anything for themselves yet."""
        return bool(own_work(self.deeds.get(person.id, ())))

    @cached_property
    def queue(self) -> tuple[Waiting, ...]:
        """What waits for them, the longest waiting first."""
        every = (one for id_ in self.deeds for one in self.waiting(self.people[id_]))
        mine = (one for one in every if self.awaited(one.person, one.signer))
        return tuple(sorted(mine, key=lambda one: (one.since, one.key)))

    def waiting(self, person: Person) -> Iterator[Waiting]:
        """Yield what of somebody's waits for any signature."""
        for found in self.standings.all_of(person, self.deeds.get(person.id, ())):
            for one in found.steps:
                if one.state == "waiting" and one.did.handed_at:
                    yield Waiting(person, found, one, one.did.handed_at)
            for phase in phases(found, self.standings.signed.get(person.id, ())):
                done = [each.done_at for each in phase.steps if each.done_at]
                if phase.state == "waiting" and done:
                    yield Waiting(person, found, phase, max(done))

    def named(self, person: str) -> str:
        """Return somebody's name in the reader's language."""
        one = self.people.get(person)
        return one.called.in_(self.visit.language) if one else person
