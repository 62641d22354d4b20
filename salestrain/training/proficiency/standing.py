"""How far somebody has come in a competency, against what the role asks, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from salestrain.training.proficiency.belief import Belief, belief

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from salestrain.training.proficiency.belief import Prior
    from salestrain.training.proficiency.observation import Observation, Weighing

Light = Literal["green", "red", "open"]
"""There, not there, or not to be told yet."""
MOST_NEEDED = 30
APART = 2
"""Levels between one's own view and what was seen, from which both are talked about."""


@dataclass(frozen=True)
class Standing:
    """Where a person stands in one competency.

    Attributes:
        target: The level the role asks for, from 1.
        levels: How many there are.
        observations: All that was seen, in the order of time.
        seen: How many things were seen lately by others or in figures.
        assessed: The level they gave themselves; None if they haven't.
    """

    competency: str
    target: int
    levels: int
    observations: tuple[Observation, ...]
    belief: Belief
    prior: Prior
    seen: int
    assessed: int | None
    weighing: Weighing
    now: datetime

    @property
    def cut(self) -> float:
        """The share at which the target level begins: levels part the scale evenly."""
        return (self.target - 1) / self.levels

    @property
    def level(self) -> int:
        """The level on which the share expected lies."""
        return level_at(self.belief.mean, self.levels)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """From where to where the share may lie, in nine of ten."""
        sure = self.weighing.sure
        return self.belief.quantile(1 - sure), self.belief.quantile(sure)

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest level that the interval reaches."""
        low, high = self.interval
        return level_at(low, self.levels), level_at(high, self.levels)

    @property
    def few(self) -> bool:
        """Whether fewer things were seen than a level needs."""
        return self.seen < self.weighing.least_seen

    @cached_property
    def light(self) -> Light:
        """Green or red only where few would be wrong: the interval lies on one side of the cut."""
        if self.few:
            return "open"
        there = self.belief.above(self.cut)
        if there >= self.weighing.sure:
            return "green"
        return "red" if there <= 1 - self.weighing.sure else "open"

    @property
    def gap(self) -> float:
        """How many levels the share expected is short of the target (0 if none)."""
        return max(self.cut - self.belief.mean, 0.0) * self.levels

    @property
    def views_differ(self) -> bool:
        """Whether they see themselves two levels or more from what was seen."""
        return self.assessed is not None and abs(self.assessed - self.level) >= APART

    @cached_property
    def needed(self) -> int | None:
        """How many more things like those seen so far it would take to tell; None if over 30.

        At least as many as are missing to the least.
        """
        least = max(self.weighing.least_seen - self.seen, 0)
        share = self.belief.mean
        for more in range(least, MOST_NEEDED + 1):
            good, poor = self.belief.good + more * share, self.belief.poor + more * (1 - share)
            there = Belief(good, poor, self.belief.n + more).above(self.cut)
            if not 1 - self.weighing.sure < there < self.weighing.sure:
                return more
        return None


def level_at(share: float, levels: int) -> int:
    """Return the level on which a share lies.

    >>> [level_at(share, 4) for share in (0.0, 0.24, 0.25, 0.7, 1.0)]
    [1, 1, 2, 3, 4]
    """
    return min(int(share * levels) + 1, levels)


def share_of(level: int, levels: int) -> float:
    """Return the share that a level given by somebody stands for; it lies on that level.

    >>> [round(share_of(level, 4), 2) for level in (1, 2, 3, 4)]
    [0.0, 0.33, 0.67, 1.0]
    """
    return (level - 1) / (levels - 1)


def standing_of(
    asked: tuple[str, int, int],
    observations: Iterable[Observation],
    prior: Prior,
    now: datetime,
    weighing: Weighing,
) -> Standing:
    """Return where somebody stands in a competency.

    Args:
        asked: The competency, the level the role asks for, and how many levels there are.
        observations: All that was seen of this person; other competencies are left out.
        prior: What others in the role let one expect.
        now: The time (aware).
        weighing: How evidence is weighed.
    """
    competency, target, levels = asked
    own = tuple(sorted((o for o in observations if o.competency == competency), key=_when))
    assessed = [level_at(one.share, levels) for one in own if one.kind == "assessed"]
    found = belief(own, prior, now, weighing)
    seen, view = weighing.seen(own, now), assessed[-1] if assessed else None
    return Standing(competency, target, levels, own, found, prior, seen, view, weighing, now)


def widest_first(standings: Iterable[Standing]) -> Sequence[Standing]:
    """Return those that aren't green, the widest gap first; then what is least known."""
    rest = (one for one in standings if one.light != "green")
    return sorted(rest, key=lambda one: (-one.gap, one.belief.n, one.competency))


def _when(one: Observation) -> tuple[datetime, str, str, float]:
    return one.at, one.kind, one.source, one.share
