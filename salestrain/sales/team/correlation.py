"""Do two figures of the same people go together: Pearson, Spearman, and how sure that is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.normal import Z95

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LEAST = 4
"""Fisher's interval needs one pair more than three."""


class Correlation(NamedTuple):
    """How two figures go together over ``n`` people; NaN where it can't be said."""

    n: int
    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def pearson(one: npt.ArrayLike, other: npt.ArrayLike) -> Correlation:
    """Return how far two figures lie on a line.

    Args:
        one: A figure for each person.
        other: The other figure, of the same people.

    Source: Fisher (1921), artanh r is about normal with variance 1/(n - 3).

    >>> [round(each, 2) for each in pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])]
    [5, 0.8, -0.28, 0.99]
    """
    x, y = _pairs(one, other)
    r = _product_moment(x, y)
    return _with_interval(r, len(x), 1.0)


def spearman(one: npt.ArrayLike, other: npt.ArrayLike) -> Correlation:
    """Return how far two figures put people in the same order; ties get their mean rank.

    Source: Bonett and Wright (2000), variance (1 + r²/2)/(n - 3) for artanh r.
    """
    x, y = _pairs(one, other)
    r = _product_moment(_ranks(x), _ranks(y))
    return _with_interval(r, len(x), 1 + r * r / 2)


def restriction(kept: npt.ArrayLike, everybody: npt.ArrayLike) -> float:
    """Return how much less those kept differ than everybody: the ratio of standard deviations.

    A correlation seen among those kept alone is smaller than it would be among all, the more so
    the smaller this is. NaN without two of each, or if everybody is alike.

    Source: Thorndike (1949), direct selection on one figure.
    """
    some, every = (np.asarray(each, dtype=np.float64) for each in (kept, everybody))
    if len(some) < 2 or len(every) < 2 or not every.std(ddof=1) > 0:
        return math.nan
    return float(some.std(ddof=1) / every.std(ddof=1))


def _pairs(one: npt.ArrayLike, other: npt.ArrayLike) -> tuple[Floats, Floats]:
    x, y = (np.asarray(each, dtype=np.float64) for each in (one, other))
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(f"figures of shapes {x.shape} and {y.shape}; give both for each person")
    there = ~(np.isnan(x) | np.isnan(y))
    return x[there], y[there]


def _product_moment(x: Floats, y: Floats) -> float:
    if len(x) < 2:
        return math.nan
    a, b = x - x.mean(), y - y.mean()
    spread = math.sqrt(float(a @ a) * float(b @ b))
    return min(max(float(a @ b) / spread, -1.0), 1.0) if spread > 0 else math.nan


def _ranks(values: Floats) -> Floats:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[place], dtype=np.float64)


def _with_interval(r: float, n: int, spread: float) -> Correlation:
    if n < LEAST or math.isnan(r) or abs(r) == 1:  # a straight line leaves no scatter to go by
        return Correlation(n, r, math.nan, math.nan)
    middle, half = math.atanh(r), Z95 * math.sqrt(spread / (n - 3))
    return Correlation(n, r, math.tanh(middle - half), math.tanh(middle + half))
