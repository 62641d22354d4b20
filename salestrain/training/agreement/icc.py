"""Intraclass correlation: how much of what ratings differ by lies in what is rated.

The models of Shrout and Fleiss (1979), each for one rater's score and for the mean of all:

1. Every target has raters of its own; all they differ by is error.
2. The same raters rate every target and stand for others like them: a lenient one is in error.
3. These raters and no others are meant, and only the order they put the targets in: that one is
   lenient doesn't count.

McGraw and Wong (1996) call them ICC(1), ICC(A,1) and ICC(C,1), and for means ICC(k), ICC(A,k) and
ICC(C,k).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from salestrain.training.statistics.beta import f_quantile
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Model = Literal[1, 2, 3]
SURE = 0.975
NOTHING = 1e-12
"""What is under this share of the whole is rounding."""


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The analysis of variance of a table of ratings.

    Attributes:
        targets: How many were rated, by so many ``raters`` each.
        between: Mean square between targets (Shrout and Fleiss's BMS).
        within: Within targets (WMS).
        among: Among raters (JMS).
        residual: What is left of ``within`` without ``among`` (EMS).
    """

    targets: int
    raters: int
    between: float
    within: float
    among: float
    residual: float

    def error(self, model: Model) -> float:
        """Return the mean square that F divides by."""
        return self.within if model == 1 else self.residual


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """How far ratings tell targets apart.

    Attributes:
        targets: How many were rated by everybody, and by how many ``raters``.
        value: At most 1; below 0 if targets differ less than chance would have it; NaN if nothing
            differs.
        interval: Where it may lie (95 %); unknown where the raters agree on every target, or give
            all targets the same mean: then there is no spread to reckon it from.
    """

    targets: int
    raters: int
    value: float
    interval: Interval


def icc(ratings: npt.ArrayLike, model: Model, *, of_mean: bool = False) -> IntraclassCorrelation:
    """Return the intraclass correlation of one rater's scores, or of the mean of all raters.

    The intervals rest on errors like the normal distribution; on five levels they are a good guide.

    Args:
        ratings: Targets × raters; a target with a NaN is left out.
        model: 1, 2 or 3, as above.
        of_mean: Whether the mean of these raters is meant, not one of them.

    Raises:
        ValueError: If fewer than two targets were rated by everybody, or there is one rater.

    Source: Shrout and Fleiss (1979); McGraw and Wong (1996), tables 4 and 7. What holds of one
    rater holds of the mean by Spearman and Brown, the ends of the interval too.

    >>> found = icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9],
    ...              [6, 2, 4, 7]], 2)
    >>> round(found.value, 2), [round(end, 2) for end in found.interval]
    (0.29, [0.02, 0.76])
    """
    squares = mean_squares(ratings)
    value = _value(squares, model)
    low, high = _interval(squares, model, value)
    if of_mean:
        value, low, high = (_of_mean(one, squares.raters) for one in (value, low, high))
    return IntraclassCorrelation(squares.targets, squares.raters, value, Interval(low, high))


def mean_squares(ratings: npt.ArrayLike) -> MeanSquares:
    """Return the analysis of variance of the targets that everybody rated.

    Args:
        ratings: Targets × raters, NaN where there is none.

    Raises:
        ValueError: If fewer than two targets were rated by everybody, or there is one rater.
    """
    table = _whole(np.asarray(ratings, dtype=np.float64))
    n, k = table.shape
    apart = table - table.mean()
    total = float((apart**2).sum())
    between = k * float((apart.mean(axis=1) ** 2).sum())
    among = n * float((apart.mean(axis=0) ** 2).sum())
    within, residual = total - between, total - between - among
    kept = [one if one > NOTHING * total else 0.0 for one in (between, within, among, residual)]
    degrees = n - 1, n * (k - 1), k - 1, (n - 1) * (k - 1)
    return MeanSquares(n, k, *(one / each for one, each in zip(kept, degrees, strict=True)))


def _whole(table: Floats) -> Floats:
    if table.ndim != 2:
        raise ValueError(f"ratings of shape {table.shape}; give a row for each target")
    if table.shape[1] < 2:
        raise ValueError(f"ratings by {table.shape[1]} rater; give two or more a column each")
    kept = table[~np.isnan(table).any(axis=1)]
    if len(kept) < 2:
        raise ValueError(
            f"{len(kept)} of {len(table)} targets rated by all {table.shape[1]} raters; "
            "it takes two, so leave out raters who rated few"
        )
    return kept


def _value(squares: MeanSquares, model: Model) -> float:
    n, k, error = squares.targets, squares.raters, squares.error(model)
    spread = squares.between + (k - 1) * error
    if model == 2:
        spread += k * (squares.among - error) / n
    return (squares.between - error) / spread if spread > 0 else math.nan


def _interval(squares: MeanSquares, model: Model, value: float) -> Interval:
    n, k, error = squares.targets, squares.raters, squares.error(model)
    if squares.between == 0 or math.isnan(value) or value == 1:
        return UNKNOWN
    if model == 2:
        return _of_agreement(squares, value)
    if error == 0:
        return UNKNOWN
    above, below = n - 1, n * (k - 1) if model == 1 else (n - 1) * (k - 1)
    ratio = squares.between / error
    low = ratio / f_quantile(SURE, (above, below))
    high = ratio * f_quantile(SURE, (below, above))
    return Interval((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))


def _of_agreement(squares: MeanSquares, value: float) -> Interval:
    """Return the interval of model 2: what F divides by is a sum, its degrees Satterthwaite's.

    Those hold for sums and not for differences, so an estimate below 0 counts as 0 there.
    """
    n, k, between, error = squares.targets, squares.raters, squares.between, squares.residual
    held = max(value, 0.0)
    among = k * held / n * squares.among
    rest = (1 - held + k * held * (n - 1) / n) * error
    spread = among**2 / (k - 1) + rest**2 / ((n - 1) * (k - 1))
    freedom = (among + rest) ** 2 / spread
    low, high = f_quantile(SURE, (n - 1, freedom)), f_quantile(SURE, (freedom, n - 1))
    of_raters = k * squares.among + (k * n - k - n) * error
    return Interval(
        n * (between - low * error) / (low * of_raters + n * between),
        n * (high * between - error) / (of_raters + n * high * between),
    )


def _of_mean(value: float, raters: int) -> float:
    """Step one rater's correlation up to that of a mean. Source: Spearman, and Brown (1910)."""
    shrink = 1 + (raters - 1) * value
    return -math.inf if shrink < NOTHING else raters * value / shrink
