"""What was seen of a competency, and how much it counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

Kind = Literal["answer", "exam", "talk", "rated", "figure", "assessed"]
SEEN: frozenset[Kind] = frozenset({"talk", "rated", "figure"})
"""Kinds in which somebody is seen to do something; an answer shows that they know it."""
WORTH: dict[Kind, float] = {
    "answer": 0.025,
    "exam": 0.05,
    "talk": 0.5,
    "rated": 1.0,
    "figure": 1.0,
    "assessed": 0.1,
}
"""How much one counts, fresh: what a colleague saw is the measure. A judgement and no measurement:
a role-play is half of that, twenty answers in an exam are as much as one thing seen, and what
somebody thinks of themselves a tenth."""
MOST_OF_A_SOURCE = 1.0
"""What one source shows counts as one thing at most: forty answers on one page are no forty things,
nor is one role-play played ten times."""
DAY_SECONDS = 86_400


class Observation(NamedTuple):
    """Something seen of one person and competency.

    Attributes:
        source: Which set, scenario, talk or KPI showed it; of one source counts one thing at most.
        at: When (aware).
        share: From 0, nothing of it was there, to 1, all of it.
        by: Who saw it, by id; empty where nobody had to.
    """

    competency: str
    kind: Kind
    source: str
    at: datetime
    share: float
    by: str = ""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How evidence is weighed.

    Attributes:
        half_life_days: The age at which something seen counts half.
        seen_days: How old a thing seen may be to count towards ``least_seen``.
        least_seen: Without so many things seen nothing is told.
        sure: How likely a light must be right; 0.95 means that the interval shown is one of 90 %.
        worth: What each kind counts, fresh.
    """

    half_life_days: float = 182.5
    seen_days: float = 182.5
    least_seen: int = 2
    sure: float = 0.95
    worth: Mapping[Kind, float] = field(default_factory=lambda: dict(WORTH))

    def __post_init__(self) -> None:
        wrong = []
        if not 0 < self.half_life_days < float("inf"):
            wrong.append(f"half_life_days is {self.half_life_days}; give a number over 0")
        if not 0.5 < self.sure < 1:
            wrong.append(f"sure is {self.sure}; give a chance over 0.5 and under 1")
        if wrong:
            raise UsageError("\n".join(wrong))

    def weight(self, one: Observation, now: datetime) -> float:
        """Return what an observation counts: its kind's worth × ½^(age ÷ half-life).

        What lies ahead of ``now`` counts as fresh.
        """
        age = max((now - one.at).total_seconds() / DAY_SECONDS, 0.0)
        return float(self.worth[one.kind] * 0.5 ** (age / self.half_life_days))

    def summed(self, observations: Iterable[Observation], now: datetime) -> tuple[float, float]:
        """Return what was seen that was good and what was not, in things seen.

        The two add up to the effective number of observations: so many things seen today would
        weigh as much. It is not Kish's (Σw)² ÷ Σw², which stays the same however old all is.
        """
        found = defaultdict[tuple[Kind, str], list[tuple[float, float]]](list)
        for one in sorted(observations):  # sums of the same numbers in the same order
            found[one.kind, one.source].append((self.weight(one, now), one.share))
        good = poor = 0.0
        for each in found.values():
            total = sum(weight for weight, _ in each)
            fits = min(1.0, MOST_OF_A_SOURCE / total) if total else 0.0
            good += fits * sum(weight * share for weight, share in each)
            poor += fits * sum(weight * (1 - share) for weight, share in each)
        return good, poor

    def seen(self, observations: Iterable[Observation], now: datetime) -> int:
        """Return how many things were seen lately, each source once."""
        return len(
            {
                (one.kind, one.source)
                for one in observations
                if one.kind in SEEN
                and (now - one.at).total_seconds() <= self.seen_days * DAY_SECONDS
            }
        )
