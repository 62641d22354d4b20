"""Who the new hires are, who mentors them, and what the lot gave them when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from data.generator.naming import person_name

FIRST, DAYS = date(2026, 7, 1), 91
"""Their first day, and how many days are simulated."""
STRETCH, STARTS = 28, 7
"""Behaviour is looked at in stretches of so many days, from day ``STARTS`` on."""
TEAMS = ("E1", "E2", "S1", "S2", "N1", "N2")
TEACHER = "T1"
USEFUL, USELESS, SENT = "4.2", "6.2", "2.1"
"""The module that changes what they do, the one that doesn't, the one only the weak were sent to
(which doesn't either)."""
STUCK_MENTOR, IDLE, FEW_CUSTOMERS = 3, 13, 20
"""The mentor who lets signatures wait; who stops practising; who gets hardly any customers."""


class Hire(NamedTuple):
    """A new hire.

    Attributes:
        able: How good they are at what can be practised (logits).
        share: Of their visits, how many end with a confirmed next step before any training.
        busy: Visits in four weeks.
    """

    number: int
    id: str
    name: str
    name_en: str
    team: str
    mentor: str
    able: float
    share: float
    busy: float


@dataclass(frozen=True)
class Plan:
    """A class.

    Attributes:
        waves: For each module by lot the stretch (from 0) in which each hire begins it.
    """

    seed: int
    hires: tuple[Hire, ...]
    mentors: tuple[tuple[str, str, str, str], ...]
    waves: dict[str, tuple[int, ...]]

    def rng(self, *key: object) -> Random:
        """Return a random source that depends on the seed and these words only."""
        return Random(":".join(map(str, (self.seed, *key))))

    def begins(self, module: str, hire: Hire) -> date:
        """Return the day on which somebody begins a module that the lot gave them."""
        return day_of(self.waves[module][hire.number])


def planned(seed: int, size: int = 24, waves: int = 2) -> Plan:
    """Return a class of so many, in so many waves of equal size for each module by lot."""
    rng = Random(f"{seed}:plan")
    known = set[str]()
    mentors = tuple(
        (f"P{n + 1:02d}", *_named(rng, known), TEAMS[n % len(TEAMS)]) for n in range(size // 2)
    )
    hires = []
    for number in range(size):
        mentor = mentors[number // 2]
        busy = 5.0 if number == FEW_CUSTOMERS else rng.uniform(18.0, 24.0)
        hires.append(
            Hire(
                number,
                f"N{number + 1:02d}",
                *_named(rng, known),
                mentor[3],
                mentor[0],
                rng.gauss(0, 0.7),
                rng.uniform(0.2, 0.4),
                busy,
            )
        )
    drawn = {}
    for module in (USEFUL, USELESS):
        each = [1 + n * waves // size for n in range(size)]
        rng.shuffle(each)
        drawn[module] = tuple(each)
    return Plan(seed, tuple(hires), mentors, drawn)


def day_of(stretch: int) -> date:
    """Return the first day of a stretch."""
    return FIRST + timedelta(days=STARTS + STRETCH * stretch)


def at(day: date, hour: int = 2, minute: int = 0) -> datetime:
    """Return a time on a day (UTC; they work eight hours ahead)."""
    return datetime.combine(day, time(hour, minute), UTC)


def _named(rng: Random, known: set[str]) -> tuple[str, str]:
    name = person_name(rng)
    while name[0] in known:
        name = person_name(rng)
    known.add(name[0])
    return name
