"""95 % intervals for the figures a review shows, and for the difference of two of them.

All functions are vectorised: arrays (or floats) in, a ``(low, high)`` pair of arrays out; NaN where
the interval means nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salestrain import normal
from salestrain.normal import Z95, student

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]
    Pair = tuple[Numbers, Numbers]


def wilson(successes: npt.ArrayLike, trials: npt.ArrayLike) -> Pair:
    """Return the interval of a share (0–1).

    Source: Wilson (1927), the score interval without continuity correction.
    """
    k, n = _floats(successes), _floats(trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        return normal.wilson(k / n, n)


def of_mean(mean: npt.ArrayLike, deviation: npt.ArrayLike, n: npt.ArrayLike) -> Pair:
    """Return the interval of a mean from the sample's standard deviation; needs ``n`` of 2.

    The normal quantile is widened for small ``n`` by Cornish and Fisher's first two terms, which
    stay within 2 % of Student's t from five degrees of freedom on.
    """
    m, s, size = _floats(mean), _floats(deviation), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = student(size - 1) * s / np.sqrt(size)
    half = np.where(size >= 2, half, np.nan)
    return m - half, m + half


def of_median(median: npt.ArrayLike, quartile_range: npt.ArrayLike, n: npt.ArrayLike) -> Pair:
    """Return the interval of a median from the distance between the quartiles.

    Source: asymptotic standard error 1.2533 s/√n with s = IQR/1.349, as in the notches of
    McGill, Tukey and Larsen (1978).
    """
    m, iqr, size = _floats(median), _floats(quartile_range), _floats(n)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = Z95 * 1.2533 / 1.349 * iqr / np.sqrt(size)
    return m - half, m + half


def of_sum(total: npt.ArrayLike, squares: npt.ArrayLike) -> Pair:
    """Return the interval of a sum over a chance number of rows, from its sum of squares.

    A count is the sum of ones, so ``squares`` is then the count itself. Never below zero for a sum
    of positive values. Source: compound Poisson, variance = Σx².
    """
    s, q = _floats(total), _floats(squares)
    half = Z95 * np.sqrt(q)
    return np.where(s >= 0, np.maximum(s - half, 0), s - half), s + half


def of_difference(
    now: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    then: npt.ArrayLike,
    then_low: npt.ArrayLike,
    then_high: npt.ArrayLike,
) -> Pair:
    """Return the interval of ``now − then`` from the two figures' own intervals.

    Source: MOVER, Zou and Donner (2008); for two Wilson intervals this is Newcombe's method 10.
    """
    a, al, ah = _floats(now), _floats(low), _floats(high)
    b, bl, bh = _floats(then), _floats(then_low), _floats(then_high)
    difference = a - b
    return (
        difference - np.sqrt((a - al) ** 2 + (bh - b) ** 2),
        difference + np.sqrt((ah - a) ** 2 + (b - bl) ** 2),
    )


def _floats(values: npt.ArrayLike) -> Numbers:
    return np.asarray(values, dtype=np.float64)
