"""An estimate with its interval, as a sum of means of independent groups of people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.statistics.beta import t_quantile
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

FEW = 5
"""Under so many people on any side no figure is shown and nothing is concluded."""
UPPER = 0.975


class Change(NamedTuple):
    """The mean of one figure a person, over a group: its standard error, how many people."""

    mean: float
    error: float
    n: int


class Estimate(NamedTuple):
    """An effect or a mean, and how sure it is (95 %).

    Attributes:
        value: In the unit of what was measured; NaN where nothing can be said.
        interval: NaN twice where there are too few to say.
        n: People on each side: the group alone, or the trained and those they are held against.
    """

    value: float
    interval: Interval
    n: tuple[int, ...]

    @property
    def few(self) -> bool:
        """Whether any side has too few people to show it."""
        return min(self.n, default=0) < FEW

    @property
    def known(self) -> bool:
        """Whether there are a value and an interval."""
        return not math.isnan(self.value + self.interval.low + self.interval.high)

    def covers(self, truth: float) -> bool:
        """Return whether a value lies within the interval."""
        return self.interval.low <= truth <= self.interval.high


NOTHING = Estimate(math.nan, UNKNOWN, (0,))


def change_of(before: npt.ArrayLike, after: npt.ArrayLike) -> Change:
    """Return by how much people changed on average; who lacks either figure is left out.

    Args:
        before: One figure a person.
        after: The same people in the same order; NaN where there is none, as in ``before``.

    >>> change_of([1, 2, 3], [2, 4, 6])
    Change(mean=2.0, error=0.5773502691896258, n=3)
    """
    then, now = (np.asarray(each, np.float64) for each in (before, after))
    return mean_of(now - then)


def mean_of(values: npt.ArrayLike) -> Change:
    """Return the mean of one figure a person; NaN are left out."""
    every = np.asarray(values, np.float64)
    kept = every[~np.isnan(every)]
    n = len(kept)
    error = float(kept.std(ddof=1)) / math.sqrt(n) if n > 1 else math.nan
    return Change(float(kept.mean()) if n else math.nan, error, n)


def added(parts: Sequence[tuple[float, Change]], n: tuple[int, ...]) -> Estimate:
    """Return a weighted sum of the means of independent groups.

    Args:
        parts: Weight and mean of each group.
        n: People on each side, as the estimate is to tell it.

    Source: Welch (1947) and Satterthwaite (1946): variances add up, ν = (Σv)² / Σ(v²/(n−1)).
    """
    value = sum(weight * one.mean for weight, one in parts)
    spread = [weight**2 * one.error**2 for weight, one in parts]
    whole = sum(spread)
    if not parts or math.isnan(value + whole):
        return Estimate(value, UNKNOWN, n)
    if whole == 0:
        return Estimate(value, Interval(value, value), n)
    lost = sum(
        (one / whole) ** 2 / (part.n - 1) for one, (_, part) in zip(spread, parts, strict=True)
    )
    half = t_quantile(UPPER, 1 / lost) * math.sqrt(whole)
    return Estimate(value, Interval(value - half, value + half), n)
