"""One group alone: before and after, and how much of the gain is still there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.effects.estimate import UPPER, Estimate, added, change_of, mean_of
from salestrain.training.statistics.beta import t_quantile
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    import numpy.typing as npt


def mean_over(values: npt.ArrayLike) -> Estimate:
    """Return the mean of one figure a person, as of what they thought of a lesson.

    Source: Student (1908).
    """
    found = mean_of(values)
    return added([(1.0, found)], (found.n,))


def before_after(before: npt.ArrayLike, after: npt.ArrayLike) -> Estimate:
    """Return by how much the same people are higher after than before.

    Args:
        before: One figure a person.
        after: The same people in the same order; NaN where there is none, as in ``before``.

    Source: Student (1908), paired differences.

    >>> before_after([0.7, -1.6, -0.2, -1.2], [1.9, 0.8, 1.1, 0.1]).value
    1.55
    """
    found = change_of(before, after)
    return added([(1.0, found)], (found.n,))


def retained(before: npt.ArrayLike, after: npt.ArrayLike, later: npt.ArrayLike) -> Estimate:
    """Return the share of the gain that is still there later: 1 if all, 0 if none, NaN if no gain.

    The same people in the same order in all three; who lacks one is left out. Nothing is said
    where the gain itself isn't sure: a share of what may be nothing has no interval.

    Source: Fieller (1954), the interval of a ratio of two means measured on the same people.
    """
    three = np.array([before, after, later], np.float64)
    first, second, third = three[:, ~np.isnan(three).any(axis=0)]
    gain, kept, n = second - first, third - first, len(first)
    if n < 2 or not gain.mean():
        return Estimate(math.nan, UNKNOWN, (n,))
    share = float(kept.mean() / gain.mean())
    spread = t_quantile(UPPER, n - 1) ** 2 * np.cov(gain, kept) / n
    a, b, c = (
        float(one)
        for one in (
            gain.mean() ** 2 - spread[0, 0],
            gain.mean() * kept.mean() - spread[0, 1],
            kept.mean() ** 2 - spread[1, 1],
        )
    )
    if a <= 0:
        return Estimate(share, UNKNOWN, (n,))
    half = math.sqrt(max(b * b - a * c, 0.0))
    return Estimate(share, Interval((b - half) / a, (b + half) / a), (n,))
