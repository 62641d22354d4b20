"""How far somebody's conversion in a stage lies below the others', chance taken out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from salestrain.normal import Z95

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_ALIKE, MOST_ALIKE = 5.0, 200.0
"""Bounds of how many deals of others' a person's own are mixed with; people are never taken for
quite the same, nor for having nothing in common."""
MOST_AHEAD = 40


class Counts(NamedTuple):
    """Of so many deals that left a stage, how many moved on."""

    moved: float
    left: float

    @property
    def rate(self) -> float:
        """The share that moved on (0–1); NaN of none."""
        return self.moved / self.left if self.left > 0 else math.nan


@dataclass(frozen=True, slots=True)
class StageGap:
    """The others' conversion less one person's, the latter shrunk towards the former.

    Attributes:
        own: What was counted.
        others: The same of everybody else.
        alike: How many deals at the others' rate the own ones are mixed with.
        least: So many of one's own it takes to say anything.
    """

    own: Counts
    others: Counts
    alike: float
    least: int

    @property
    def rate(self) -> float:
        """The own conversion, shrunk (0–1)."""
        return (self.own.moved + self.alike * self.others.rate) / (self.own.left + self.alike)

    @property
    def gap(self) -> float:
        """How far it lies below the others'; negative where it is above."""
        return self.others.rate - self.rate

    @property
    def deviation(self) -> float:
        """The standard deviation of the gap: both are Beta distributed."""
        own = _variance(self.rate, self.own.left + self.alike)
        return math.sqrt(own + _variance(self.others.rate, self.others.left))

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the gap may lie (95 %)."""
        half = Z95 * self.deviation
        return self.gap - half, self.gap + half

    @property
    def few(self) -> bool:
        """Whether too few deals have left the stage to say anything."""
        return self.own.left < self.least or not self.others.left > 0

    @property
    def told(self) -> bool:
        """Whether chance alone is an unlikely explanation of a gap."""
        return not self.few and self.interval[0] > 0

    @property
    def shortfall(self) -> float:
        """The gap expected, where none counts as none: E[max(gap, 0)] of a normal gap."""
        z = self.gap / self.deviation
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        return self.gap * math.erfc(-z / math.sqrt(2)) / 2 + self.deviation * density

    @property
    def undone_by(self) -> int | None:
        """How many further deals in a row would have to move on for this no longer to be told."""
        for more in range(1, MOST_AHEAD + 1):
            own = Counts(self.own.moved + more, self.own.left + more)
            if not StageGap(own, self.others, self.alike, self.least).told:
                return more
        return None


def stage_gap(own: Counts, whole: Counts, alike: float, least: int) -> StageGap:
    """Return somebody's gap to all others of a whole that they are part of."""
    others = Counts(whole.moved - own.moved, whole.left - own.left)
    return StageGap(own, others, alike, least)


def alikeness(every: Iterable[Counts]) -> float:
    """Return how alike people are in a stage: with how many deals one's own are mixed (5 to 200).

    Where people differ by no more than chance brings about, what sets one apart is mostly chance,
    and is shrunk to little; where they differ much, their own figures count.

    Source: the beta–binomial model by moments, Kleinman (1973): from the variance of the rates
    between people, less what a binomial of their size would vary.
    """
    kept = [one for one in every if one.left > 0]
    if len(kept) < 3:  # two rates have no spread to speak of
        return MOST_ALIKE
    moved, left = summed(kept)
    mean = moved / left
    spread = sum(one.left * (one.rate - mean) ** 2 for one in kept)
    size = left - sum(one.left**2 for one in kept) / left
    chance = mean * (1 - mean)
    if not chance:
        return MOST_ALIKE
    within = (spread / chance - (len(kept) - 1)) / (size - (len(kept) - 1))
    between = min(max(within, 1e-9), 1.0)
    return min(max((1 - between) / between, LEAST_ALIKE), MOST_ALIKE)


def summed(every: Iterable[Counts]) -> Counts:
    """Return several counts together."""
    moved = left = 0.0
    for one in every:
        moved, left = moved + one.moved, left + one.left
    return Counts(moved, left)


def _variance(mean: float, size: float) -> float:
    return mean * (1 - mean) / (size + 1)
