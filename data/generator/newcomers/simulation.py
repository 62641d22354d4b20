"""The whole class: everything done in 90 days, kept in the records, and the books of its CRM."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator.newcomers.customers import Books, work
from data.generator.newcomers.lessons import Done, Learning, Matter, first_week
from data.generator.newcomers.plan import (
    FIRST,
    IDLE,
    SENT,
    TEACHER,
    USEFUL,
    USELESS,
    Plan,
    at,
    day_of,
    planned,
)
from data.generator.newcomers.signing import sign, visits_alongside
from salestrain.playbook.items import Numeric, ShortAnswer
from salestrain.playbook.paths import Note
from salestrain.records import Person
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.playbook.items import Item
    from salestrain.playbook.whole import Playbook
    from salestrain.records import Records

TALKED = "2.2.s.first_contact"
WALKED_BY_IDLE = 5
SENT_WEAK, SENT_OTHERS = 0.8, 0.2
"""How likely somebody under the class's middle is sent to the extra practice, and above it."""


@dataclass(frozen=True)
class Simulated:
    """A class and all it did.

    Attributes:
        sent: Who was sent to the module that nobody drew for.
        done: In the order of time.
    """

    plan: Plan
    sent: frozenset[str]
    done: tuple[Done, ...]
    books: Books

    def people(self) -> list[Person]:
        """Return everybody who did anything."""
        learners = [Person(one.id, one.name, one.name_en, team=one.team) for one in self.plan.hires]
        mentors = [Person(*one[:3], role="trainer", team=one[3]) for one in self.plan.mentors]
        return [*learners, *mentors, Person(TEACHER, "培训负责人", "Head of training", "trainer")]

    def keep(self, records: Records) -> None:
        """Keep everything in the records, as the apps would have saved it."""
        for person in self.people():
            records.people.add(person)
        for number, one in enumerate(self.done):
            records.steps.append(one.person, one.app, one.thread, f"n{number}", *one.steps)


def matter_of(playbook: Playbook) -> Matter:
    """Return what there is to practise: no open answers, nothing that reads the CRM's books."""
    sets: dict[str, list[Item]] = {}
    for item in playbook.items.values():
        if not isinstance(item, ShortAnswer) and not (isinstance(item, Numeric) and item.reads):
            sets.setdefault(item.section, []).append(item)
    return Matter(sets, playbook.scenarios, next(iter(playbook.paths.values())))


def simulate(seed: int, matter: Matter, size: int = 24, waves: int = 2) -> Simulated:
    """Return a class of so many new hires, in so many waves."""
    plan = planned(seed, size, waves)
    books = Books()
    for hire in plan.hires:
        work(plan, hire, books)
    sent = _sent(plan, books)
    done = [*_ordered(plan, sent)]
    for hire in plan.hires:
        done += _of(plan, Learning(plan, hire, matter), hire.id in sent)
    done.sort(key=lambda one: (one.steps[0].at, one.person, one.thread))
    return Simulated(plan, sent, tuple(done), books)


def _ordered(plan: Plan, sent: frozenset[str]) -> list[Done]:
    """Return what the head of training laid down: mentors, lots, and who was sent to practise."""
    when, found = at(FIRST, 1), []
    for hire in plan.hires:
        paired = Step("paired", {"person": hire.id, "mentor": hire.mentor}, when)
        found.append(Done(TEACHER, "trainer", "mentors", (paired,)))
        found += [
            _given("drawn", hire.id, module, plan.begins(module, hire), FIRST)
            for module in (USEFUL, USELESS)
        ]
        if hire.id in sent:
            found.append(_given("set", hire.id, SENT, day_of(1), day_of(1)))
    return found


def _given(kind: str, person: str, module: str, begins: date, on: date) -> Done:
    data = {"person": person, "module": module, "on": begins.isoformat()}
    return Done(TEACHER, "trainer", "modules", (Step(kind, data, at(on, 1)),))


def _sent(plan: Plan, books: Books) -> frozenset[str]:
    """Return whom the managers send to practise more: mostly those with few confirmed steps."""
    shares = shares_in(books, 0)
    middle = sorted(shares.values())[len(shares) // 2]
    rng = plan.rng("sent")
    return frozenset(
        hire.id
        for hire in plan.hires
        if rng.random() < (SENT_WEAK if shares.get(hire.id, 0.0) < middle else SENT_OTHERS)
    )


def shares_in(books: Books, stretch: int) -> Mapping[str, float]:
    """Return each hire's share of visits with a confirmed next step in a stretch."""
    seen: dict[str, list[bool]] = {}
    for row in books.rows["activities"]:
        day = row["happened_on"]
        if isinstance(day, date) and day_of(stretch) <= day < day_of(stretch + 1):
            seen.setdefault(str(row["person_id"]), []).append(bool(row["next_step_confirmed_on"]))
    return {who: sum(own) / len(own) for who, own in seen.items()}


def _of(plan: Plan, learning: Learning, sent: bool) -> list[Done]:
    idle = learning.hire.number == IDLE
    notes = [step for step in learning.matter.path.steps if isinstance(step, Note)]
    first_week(learning, WALKED_BY_IDLE if idle else len(learning.matter.path.steps))
    handed = {one.steps[0].data.get("step"): one.steps[0].at for one in learning.done}
    for note in notes:
        if note.id in handed:
            sign(plan, learning, note.id, handed[note.id])
    if not idle:
        visits_alongside(plan, learning)
        learning.module(USEFUL, plan.begins(USEFUL, learning.hire), TALKED)
        learning.module(USELESS, plan.begins(USELESS, learning.hire) + timedelta(days=1))
        if sent:
            learning.module(SENT, day_of(1) + timedelta(days=2))
    return learning.done
