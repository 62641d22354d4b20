"""Kappa: how far raters agree beyond what their own habits would bring about by chance.

Scores are levels, so disagreements weigh by how far they are apart. With more than two raters it is
the mean over all pairs (Light 1971) and not Fleiss's (1971): that one takes 1 beside 5 for no worse
than 3 beside 4, wants as many ratings of every target, and counts what raters' habits differ by as
if they all had the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from salestrain.normal import Z95
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Weights = Literal["none", "linear", "quadratic"]
POWER: dict[Weights, int] = {"none": 0, "linear": 1, "quadratic": 2}
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far raters agree beyond chance.

    Attributes:
        targets: How many were rated by two or more.
        pairs: Over how many pairs of raters it is the mean; a pair that gave one and the same level
            throughout is not among them, for there chance explains everything.
        value: From -1 to 1, 0 by chance; NaN if no pair is left.
        error: Its standard error.
        interval: Where it may lie (95 %); unknown where the error comes out as 0, as it does where
            all agree: then there is no spread to reckon it from.
    """

    targets: int
    pairs: int
    value: float
    error: float
    interval: Interval


def weighted_kappa(
    one: npt.ArrayLike, other: npt.ArrayLike, weights: Weights = "quadratic"
) -> Kappa:
    """Return the kappa of two raters.

    Args:
        one: The levels one rater gave, NaN where none: numbers whose distances mean something,
            unless ``weights`` is none.
        other: The other's, of the same targets.
        weights: How a disagreement weighs: all the same, by its distance, or by its square.

    Raises:
        ValueError: If the raters have fewer than two targets in common.

    Source: Cohen (1960, 1968); the error Fleiss, Cohen and Everitt (1969), for large samples.

    >>> found = weighted_kappa([1, 1, 2, 2, 3, 3], [1, 2, 2, 2, 3, 2], "linear")
    >>> round(found.value, 2), round(found.error, 2)
    (0.57, 0.25)
    """
    first, second = (np.asarray(each, dtype=np.float64) for each in (one, other))
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(
            f"one rater's levels have shape {first.shape}, the other's {second.shape}; "
            "give both a level, or NaN, for each target"
        )
    return light_kappa(np.column_stack([first, second]), weights)


def light_kappa(ratings: npt.ArrayLike, weights: Weights = "quadratic") -> Kappa:
    """Return the mean kappa of all pairs of raters; of two it is theirs.

    Pairs share raters and targets, so their errors go together: what each target does to the mean
    is added up over the pairs before it is squared. Of two raters that is the error of Fleiss,
    Cohen and Everitt.

    Args:
        ratings: Targets × raters, NaN where there is none; each pair is taken on the targets that
            both rated.
        weights: As in ``weighted_kappa``.

    Raises:
        ValueError: If no two raters have two targets in common.

    Source: Light (1971); the error by the delta method.
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"ratings of shape {table.shape}; give a row for each target")
    there = ~np.isnan(table)
    common = [
        pair
        for pair in combinations(range(table.shape[1]), 2)
        if there[:, pair].all(axis=1).sum() > 1
    ]
    if not common:
        raise ValueError(
            f"no two of {table.shape[1]} raters have two targets in common; let two rate the same"
        )
    found = [_pair(table[:, one], table[:, other], weights) for one, other in common]
    targets = int((there.sum(axis=1) > 1).sum())
    return _mean([each for each in found if not math.isnan(each[0])], targets)


def _mean(found: list[tuple[float, Floats]], targets: int) -> Kappa:
    if not found:
        return Kappa(targets, 0, math.nan, math.nan, UNKNOWN)
    value = sum(each for each, _ in found) / len(found)
    influence = np.sum([each for _, each in found], axis=0) / len(found)
    error = float(np.sqrt((influence**2).sum()))
    if error < NOTHING:
        return Kappa(targets, len(found), value, 0.0, UNKNOWN)
    ends = Interval(max(value - Z95 * error, -1.0), min(value + Z95 * error, 1.0))
    return Kappa(targets, len(found), value, error, ends)


def _pair(one: Floats, other: Floats, weights: Weights) -> tuple[float, Floats]:
    """Return the kappa of two raters and what each target does to it; NaN if chance explains all.

    Kappa is 1 - observed/expected disagreement, which needs no greatest distance to divide by, and
    so no levels that nobody gave.
    """
    both = ~(np.isnan(one) | np.isnan(other))
    levels, places = np.unique(np.stack([one[both], other[both]]), return_inverse=True)
    first, second = places.reshape(2, -1)
    n, size = len(first), len(levels)
    apart = np.abs(levels[:, None] - levels[None, :])
    weight = apart ** POWER[weights] * (apart > 0)
    habits = [np.bincount(each, minlength=size) / n for each in (first, second)]
    expected = float(habits[0] @ weight @ habits[1])
    influence = np.zeros(len(one))
    if expected == 0:
        return math.nan, influence
    observed = weight[first, second]
    ratio = float(observed.mean()) / expected
    usual = (weight @ habits[1])[first] + (habits[0] @ weight)[second]
    influence[both] = (ratio * usual - observed - observed.mean()) / (n * expected)
    return 1 - ratio, influence
