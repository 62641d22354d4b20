"""What answers say about a test as a whole: how far another like it would rank people the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.statistics.beta import f_quantile
from salestrain.training.statistics.intervals import UNKNOWN, Interval
from salestrain.training.statistics.item import FEWEST_PEOPLE, facilities

if TYPE_CHECKING:
    from salestrain.training.quizzes.responses import Floats

FEWEST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Reliability:
    """A test of ``items`` items as ``n`` people answered it.

    Attributes:
        n: People who answered two or more of its items.
        items: How many of them somebody answered on average; all, if nobody left any out.
        mean: Mean share earned (0–1).
        alpha: Of a score over that many items; NaN if withheld. With marks of 0 and 1 it is KR-20.
        interval: Where it may lie.
        error: Standard error of measurement of the share earned (0–1): of two scores of one
            person, nothing learned between them, two in three lie within 1.4 times that.
    """

    n: int
    items: float
    mean: float
    alpha: float
    interval: Interval
    error: float


def reliability(earned: Floats) -> Reliability:
    """Return how well a test measures; alpha is withheld under ten people or three items.

    Where people answered different items, variances and covariances are pooled over those who
    answered the item or both items of a pair, each with its own degrees of freedom. Alpha is then
    k c / (v + (k - 1) c) with the mean variance v, the mean covariance c, and k the items that
    somebody answered on average: the same number as the usual formula where nothing is missing.

    Args:
        earned: People × items, 0 to 1, NaN where not answered.

    Source: Cronbach (1951); its interval Feldt (1965): (1 - alpha)/(1 - its estimate) is like F
    with n - 1 and (n - 1)(k - 1) degrees of freedom.
    """
    there = ~np.isnan(earned)
    kept = earned[there.sum(axis=1) >= 2]
    kept = kept[:, (~np.isnan(kept)).sum(axis=0) > 1]
    n, length = len(kept), float((~np.isnan(kept)).sum(axis=1).mean()) if len(kept) else 0.0
    mean = float(np.nanmean(kept)) if kept.size else math.nan
    if n < FEWEST_PEOPLE or length < FEWEST_ITEMS:
        return Reliability(n, length, mean, math.nan, UNKNOWN, math.nan)
    variance, shared = pooled(kept)
    total = variance + (length - 1) * shared  # of the sum, by its length
    if total <= 1e-12:
        return Reliability(n, length, mean, math.nan, UNKNOWN, math.nan)
    alpha = length * shared / total
    error = math.sqrt(max(variance - shared, 0.0) / length)
    return Reliability(n, length, mean, alpha, _feldt(alpha, n, length), error)


def pooled(earned: Floats) -> tuple[float, float]:
    """Return the mean variance of an item and the mean covariance of two.

    Products of distances from the means are summed over people; their degrees of freedom are
    n_ij (1 - 1/n_i - 1/n_j + n_ij/(n_i n_j)), which is n - 1 where nothing is missing.
    """
    there = (~np.isnan(earned)).astype(float)
    apart = np.nan_to_num(earned - facilities(earned))
    both, own = there.T @ there, there.sum(axis=0)
    inverse = 1 / own
    degrees = both * (1 - inverse[:, None] - inverse[None, :] + both * np.outer(inverse, inverse))
    squares, across = (apart**2).sum(), (apart.sum(axis=1) ** 2).sum()
    pairs = degrees.sum() - np.trace(degrees)
    shared = float((across - squares) / pairs) if pairs > 0 else 0.0
    return float(squares / np.trace(degrees)), shared


def _feldt(alpha: float, n: int, length: float) -> Interval:
    degrees = n - 1.0, (n - 1) * (length - 1)
    low, high = (1 - (1 - alpha) * f_quantile(chance, degrees) for chance in (0.975, 0.025))
    return Interval(low, high)
