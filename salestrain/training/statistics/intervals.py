"""Intervals for what a few answers show (95 %), from the normal distribution alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.normal import Z95, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

GRID = (np.arange(2000) + 0.5) / 2000


class Interval(NamedTuple):
    """From where to where a value may lie; NaN twice where nothing can be said."""

    low: float
    high: float


UNKNOWN = Interval(math.nan, math.nan)


def of_share(share: float, n: float) -> Interval:
    """Return the interval of a mean of values from 0 to 1.

    Partial credit varies no more than right and wrong with the same mean, so it is never too
    narrow.

    >>> tuple(round(end, 3) for end in of_share(0.75, 12))
    (0.468, 0.911)

    Source: Wilson (1927), the score interval.
    """
    if n <= 0 or math.isnan(share):
        return UNKNOWN
    low, high = wilson(share, n)
    return Interval(float(low), float(high))


def of_correlation(r: float, n: int) -> Interval:
    """Return the interval of a correlation over ``n`` pairs.

    Source: Fisher (1921), artanh r is about normal with variance 1/(n - 3).
    """
    if n <= 3 or math.isnan(r):
        return UNKNOWN
    middle, half = math.atanh(min(max(r, -0.999999), 0.999999)), Z95 / math.sqrt(n - 3)
    return Interval(math.tanh(middle - half), math.tanh(middle + half))


def share_above(bound: float, right: float, wrong: float) -> float:
    """Return how likely a share lies above a bound, after so many right and wrong answers.

    Both may be fractions and include what was thought before; the Beta distribution, on a grid.

    >>> round(share_above(0.5, 3, 3), 3)
    0.5
    """
    density = (right - 1) * np.log(GRID) + (wrong - 1) * np.log1p(-GRID)
    weight = np.exp(density - density.max())
    return float(weight[bound < GRID].sum() / weight.sum())


def normal_tail(z: float) -> float:
    """Return how likely a normal deviate is above z."""
    return math.erfc(z / math.sqrt(2)) / 2


def discoveries(chances: Sequence[float], rate: float) -> list[bool]:
    """Return which of many findings stand if at most that share of those named may be chance.

    Args:
        chances: How likely each would be by chance alone (p values).
        rate: The false discovery rate allowed (0–1).

    Source: Benjamini and Hochberg (1995).
    """
    order = sorted(chances)
    held = [p for rank, p in enumerate(order, 1) if p <= rate * rank / len(order)]
    return [bool(held) and p <= held[-1] for p in chances]
