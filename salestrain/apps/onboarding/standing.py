"""Where people stand on their paths: by their role, what they did, what others signed, the CRM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.crm.store import open_crm
from salestrain.errors import SalestrainError
from salestrain.playbook.paths import Measured, Quiz, Read
from salestrain.records import MYSELF
from salestrain.records.shared import everybodys, of_kinds
from salestrain.records.steps import ABOUT
from salestrain.sales.reached import reached
from salestrain.training.exams.exam import FINISHED, attempts, closings
from salestrain.training.mentoring.cohorts import COHORTS, cohorts
from salestrain.training.mentoring.mentors import TRAINER
from salestrain.training.paths.path import Beside, Counted, Deed, Progress, progress
from salestrain.training.paths.phases import finished
from salestrain.training.paths.rounds import counts_since, round_begun
from salestrain.training.paths.signing import ONBOARDING, SIGNED, Signature, signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.crm.store import Crm
    from salestrain.playbook.paths import Path
    from salestrain.records import Person

CRM, NEW = "crm of paths", timedelta(days=120)
AS_ROLE = {"learner": "rep", "manager": "manager", "trainer": "trainer", "admin": "director"}
"""The role in the CRM of somebody who isn't in it, by their role in the records."""


@dataclass(frozen=True)
class Standings:
    """What it takes to say where anybody stands; read once for all who are asked about."""

    visit: Visit

    @cached_property
    def signed(self) -> dict[str, list[Signature]]:
        """What was said of each person's steps."""
        return signatures(of_kinds(self.visit.records, ONBOARDING, SIGNED))

    @property
    def _crm(self) -> Crm | None:
        """The CRM, opened once for as long as the page is."""
        kept = self.visit.kept
        if CRM not in kept:
            try:
                kept[CRM] = open_crm(self.visit.workspace)
            except SalestrainError:
                kept[CRM] = None  # what is wrong with it is said where reviews are made
        found: Crm | None = kept[CRM]
        return found

    @cached_property
    def _in_crm(self) -> dict[str, tuple[str, date | None]]:
        """Role and first day of everybody in the CRM."""
        crm = self._crm
        if crm is None:
            return {}
        asked = "SELECT person_id, coalesce(role, 'rep'), joined_on FROM people"
        return {id_: (role, day) for id_, role, day in crm.connection.execute(asked).fetchall()}

    @cached_property
    def starts(self) -> Mapping[str, date]:
        """The first day of everybody in a cohort: that of the one they joined last."""
        every = cohorts(everybodys(self.visit.records, TRAINER, COHORTS))
        found: dict[str, date] = {}
        for one in every:
            for person in one.people:
                found[person] = max(one.start, found.get(person, one.start))
        return found

    def role_of(self, person: Person) -> str:
        """Return somebody's role as the CRM has it, else as their part in the app suggests."""
        if person.id == MYSELF.id:
            return "rep"
        return self._in_crm.get(person.id, (AS_ROLE[person.role], None))[0]

    def joined(self, person: Person) -> date | None:
        """Return somebody's first day, if the CRM knows it."""
        return self._in_crm.get(person.id, ("", None))[1]

    def joined_lately(self, person: Person) -> bool:
        """Return whether somebody's first days are still to be gone, by the CRM."""
        joined = self.joined(person)
        return joined is not None and self.visit.now().astimezone().date() - joined < NEW

    def paths_of(self, person: Person) -> tuple[Path, ...]:
        """Return the paths of a person's role in their order, those that repeat last."""
        role = self.role_of(person)
        own = [path for path in self.visit.playbook.paths.values() if role in path.roles]
        return tuple(sorted(own, key=_turn))

    def all_of(self, person: Person, deeds: Iterable[Deed]) -> tuple[Progress, ...]:
        """Return where somebody stands on each of their paths; one that repeats has to be due."""
        return tuple(self._each(person, deeds))

    def of(self, person: Person, deeds: Iterable[Deed]) -> Progress | None:
        """Return where somebody stands on the path they are on: the first with anything left."""
        one = None
        for one in self._each(person, deeds):
            if not finished(one, self.signed.get(person.id, ())):
                break
        return one

    def _each(self, person: Person, deeds: Iterable[Deed]) -> Iterator[Progress]:
        every = with_exams(self.visit, own_work(deeds))
        found = (self._on(person, path, every) for path in self.paths_of(person))
        return (one for one in found if one)

    def _on(self, person: Person, path: Path, deeds: Sequence[Deed]) -> Progress | None:
        now = self.visit.now().astimezone()
        signed, counted = self.signed.get(person.id, []), self._counted(person, path)
        if path.repeats_every_months is None:
            return progress(path, deeds, now, self.starts.get(person.id), Beside(signed, counted))
        first = self.joined(person) or (deeds[0][2].at.astimezone().date() if deeds else now.date())
        begun = round_begun(first, path.repeats_every_months, now.date())
        since = counts_since(path, now, self._changed(path))
        beside = Beside(signed, counted, since)
        return progress(path, deeds, now, begun, beside) if begun else None

    def _counted(self, person: Person, path: Path) -> dict[str, Counted]:
        found: dict[str, Counted] = {}
        for step in path.steps:
            if isinstance(step, Measured):
                crm = self._crm
                shown = reached(crm.connection, crm.present, step, person.id) if crm else None
                found[step.id] = Counted(*shown) if shown else Counted(missing=step.table)
        return found

    def _changed(self, path: Path) -> Mapping[str, date]:
        """Return by step the day on which a rule of what it reads or asks last changed."""
        found: dict[str, date] = {}
        for step in path.steps:
            section = {Read: "section", Quiz: "set"}.get(type(step))
            begins = f"{getattr(step, section)}." if section else None
            rules = [
                day
                for rule, day in self.visit.news.changed.items()
                if rule in step.cites or (begins and rule.startswith(begins))
            ]
            found |= {step.id: max(rules)} if rules else {}
        return found


def standing(visit: Visit, deeds: Iterable[Deed], person: Person | None = None) -> Progress | None:
    """Return where somebody, else the visitor, stands by what they did; none without a path."""
    return Standings(visit).of(person or visit.person, deeds)


def own_work(deeds: Iterable[Deed]) -> list[Deed]:
    """Return what somebody did for themselves: signing, talking and pairing are about others."""
    return [deed for deed in deeds if ABOUT not in deed[2].data]


def with_exams(visit: Visit, deeds: Iterable[Deed]) -> list[Deed]:
    """Return what somebody did, and how each exam ended: where time ran out no step says it."""
    every, items = list(deeds), visit.playbook.items
    ended: list[Deed] = []
    for exam in visit.playbook.exams.values():
        steps = [step for app, thread, step in every if (app, thread) == ("quiz", exam.id)]
        ends = closings(attempts(exam, steps, items), visit.now())
        ended += [("quiz", exam.id, step) for step in ends]
    kept = [one for one in every if one[1] not in visit.playbook.exams or one[2].kind != FINISHED]
    return sorted([*kept, *ended], key=lambda deed: deed[2].at)


def _turn(path: Path) -> tuple[bool, int, int, str]:
    days = [step.due_day for step in path.steps]
    return path.repeats_every_months is not None, min(days), max(days), path.id
