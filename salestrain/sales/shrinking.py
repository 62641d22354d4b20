"""Figures of few people side by side: shrunk to what they have in common, and who differs at all.

With eight reps the best figure is best partly by luck. How much of the spread is luck can be told
from the errors; the figures are pulled together by that much, and ranks that luck could swap are
no ranks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.normal import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

FEWEST = 4
"""With fewer, so little is known of the spread that nothing may be pulled (Morris's k - 3)."""
ROUNDS, CLOSE = 200, 1e-10


@dataclass(frozen=True)
class Shrunk:
    """Figures pulled together; arrays of one figure each, in the order given.

    Attributes:
        value: The figure pulled towards what they have in common.
        error: Its standard error, with that of the mean.
        low: Lower end of its 95 % interval.
        high: Upper end.
        mean: What they have in common.
        spread: Standard deviation between people beyond luck; 0: luck alone would do it.
    """

    value: Numbers
    error: Numbers
    low: Numbers
    high: Numbers
    mean: float
    spread: float

    def differ(self, one: int, other: int) -> bool:
        """Return whether two can be told apart: their difference's 95 % interval holds no zero."""
        apart = abs(float(self.value[one] - self.value[other]))
        return apart > Z95 * math.hypot(float(self.error[one]), float(self.error[other]))


def shrunk(values: npt.ArrayLike, errors: npt.ArrayLike) -> Shrunk:
    """Return figures pulled together by as much of their spread as is luck.

    Args:
        values: A figure each, at least four.
        errors: Its standard error each, above zero.

    Raises:
        ValueError: For fewer than four, or an error that isn't above zero.

    Source: Efron and Morris (1975); the spread by Paule and Mandel (1982), the errors with Morris's
        (1983) term for what isn't known of mean and spread.
    """
    x, s2 = np.asarray(values, dtype=np.float64), np.asarray(errors, dtype=np.float64) ** 2
    if x.size < FEWEST or not bool((s2 > 0).all()) or not bool(np.isfinite(x + s2).all()):
        raise ValueError("shrinking takes four figures or more, each with an error above zero")
    between = _between(x, s2)
    weight = 1 / (s2 + between)
    mean = float((weight * x).sum() / weight.sum())
    # (k - 3) / (k - 1): with a spread estimated from so few, a little less is taken for luck.
    pulled = (x.size - 3) / (x.size - 1) * s2 * weight
    value = pulled * mean + (1 - pulled) * x
    of_mean = weight / weight.sum()
    unsure = 2 / (x.size - 3) * pulled**2 * (x - mean) ** 2
    error = np.sqrt(s2 * (1 - pulled * (1 - of_mean)) + unsure)
    return Shrunk(value, error, value - Z95 * error, value + Z95 * error, mean, math.sqrt(between))


def shrunk_shares(hits: npt.ArrayLike, trials: npt.ArrayLike) -> Shrunk:
    """Return shares (0–1) pulled together, such as win rates.

    Worked out as arcsines of square roots, whose error hangs on the number of trials alone.

    Args:
        hits: How many of each one's trials came off.
        trials: How many there were, at least one each.

    Source: Freeman and Tukey (1950) for the transform; ``shrunk`` for the rest.
    """
    k, n = np.asarray(hits, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    if not bool(((n >= 1) & (k >= 0) & (k <= n)).all()):
        raise ValueError("a share takes trials, and no more hits than trials")
    angle = (np.arcsin(np.sqrt(k / (n + 1))) + np.arcsin(np.sqrt((k + 1) / (n + 1)))) / 2
    found = shrunk(angle, 0.5 / np.sqrt(n + 0.5))
    share, low, high = (_share(each) for each in (found.value, found.low, found.high))
    slope = 2 * np.sin(found.value) * np.cos(found.value)
    return Shrunk(
        share, np.abs(slope) * found.error, low, high,
        float(_share(np.array(found.mean))), found.spread * abs(math.sin(2 * found.mean)),
    )  # fmt: skip


def groups(found: Shrunk, *, highest_first: bool = True) -> list[list[int]]:
    """Return everybody in order, in groups that can't be told apart from their first.

    >>> groups(shrunk([1.0, 1.1, 9.0, 1.2], [0.1] * 4))
    [[2], [3, 1, 0]]
    """
    order: Sequence[int] = np.argsort(-found.value if highest_first else found.value).tolist()
    bands: list[list[int]] = []
    for one in order:
        if bands and not found.differ(bands[-1][0], one):
            bands[-1].append(one)
        else:
            bands.append([one])
    return bands


def _between(x: Numbers, s2: Numbers) -> float:
    """Return the variance between people at which their spread is just what is expected."""
    low, high = 0.0, float(10 * x.var() + s2.max())
    if _heterogeneity(x, s2, 0.0) <= x.size - 1:
        return 0.0
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if _heterogeneity(x, s2, middle) > x.size - 1 else (low, middle)
        if high - low < CLOSE * high:
            break
    return (low + high) / 2


def _heterogeneity(x: Numbers, s2: Numbers, between: float) -> float:
    weight = 1 / (s2 + between)
    mean = (weight * x).sum() / weight.sum()
    return float((weight * (x - mean) ** 2).sum())


def _share(angle: Numbers) -> Numbers:
    return np.asarray(np.sin(np.clip(angle, 0, math.pi / 2)) ** 2, dtype=np.float64)
