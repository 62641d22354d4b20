"""Scores of several raters who don't all rate the same, each allowed to be lenient or strict.

A score is what the rated one deserves, plus what the rater always adds or takes off, plus chance.
Who happened to sit before a strict rater is not marked down for it. Raters are taken for some of
many: how far one is believed to lean depends on how much they rated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.normal import student

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LEAST_FREEDOM = 3
"""Under so many degrees of freedom nothing is said of chance, and so nothing of anybody."""
NOTHING = 1e-9


class Given(NamedTuple):
    """One rater's score of one who was rated."""

    rated: str
    rater: str
    score: float


@dataclass(frozen=True)
class Adjusted:
    """What the scores come to, once strictness is allowed for.

    Attributes:
        rated: Ids, in the order of ``values`` and of the rows of ``covariance``.
        values: Their scores, in the unit of what was given, as an average rater would score.
        covariance: Of the values.
        raters: Ids, in the order of ``leanings``: by how much each is above (lenient) or below.
        errors: Standard errors of the leanings.
        freedom: Degrees of freedom of the scatter.
        scatter: Standard deviation of one rater's score of one, apart from strictness.
    """

    rated: tuple[str, ...]
    values: Floats
    covariance: Floats
    raters: tuple[str, ...]
    leanings: Floats
    errors: Floats
    freedom: int
    scatter: float

    @property
    def width(self) -> float:
        """How many standard errors an interval reaches to each side; NaN if nothing is known."""
        return float(student(self.freedom)) if self.freedom >= LEAST_FREEDOM else math.nan

    def of(self, rated: str) -> tuple[float, float, float]:
        """Return somebody's score with both ends of its interval (95 %)."""
        at = self.rated.index(rated)
        half = self.width * math.sqrt(max(float(self.covariance[at, at]), 0.0))
        return float(self.values[at]), float(self.values[at]) - half, float(self.values[at]) + half

    def apart(self, one: str, other: str) -> bool:
        """Return whether two differ by more than chance (the interval of the difference)."""
        i, j = self.rated.index(one), self.rated.index(other)
        spread = self.covariance[i, i] + self.covariance[j, j] - 2 * self.covariance[i, j]
        half = self.width * math.sqrt(max(float(spread), 0.0))
        return abs(float(self.values[i] - self.values[j])) > half


def adjusted(given: Sequence[Given], spread: float | None = None) -> Adjusted:
    """Return what scores come to once each rater's strictness is allowed for.

    Args:
        given: At most one score by each rater for each one rated.
        spread: Variance of strictness among raters; estimated if None. ``math.inf`` takes each
            rater's own mean at face value (least squares).

    Raises:
        ValueError: If there is nothing.

    Source: The additive model is Raymond and Viswesvaran's (1993) for ratings; raters at random
    are Yates's (1940) recovery of what lies between blocks, the variances Henderson's (1953)
    third method. Worked example: Montgomery, Design and Analysis of Experiments, balanced
    incomplete blocks (four catalysts in four batches).
    """
    if not given:
        raise ValueError("no scores; give one or more")
    rated = tuple(dict.fromkeys(one.rated for one in given))
    raters = tuple(dict.fromkeys(one.rater for one in given))
    x = _marks([one.rated for one in given], rated)
    z = _marks([one.rater for one in given], raters)
    y = np.array([one.score for one in given], dtype=np.float64)
    error, among, freedom = _variances(x, z, y)
    among = among if spread is None else spread
    shrink = 0.0 if among == math.inf else error / among if among > NOTHING else math.inf
    values, leanings, covariance, errors = _solved(x, z, y, shrink)
    scale = error if freedom > 0 else math.nan
    return Adjusted(
        rated, values, covariance * scale, raters, leanings, np.sqrt(errors * scale),
        freedom, math.sqrt(scale) if scale >= 0 else math.nan,
    )  # fmt: skip


def _marks(names: Sequence[str], known: Sequence[str]) -> Floats:
    place = {name: at for at, name in enumerate(known)}
    marks = np.zeros((len(names), len(known)))
    marks[np.arange(len(names)), [place[name] for name in names]] = 1.0
    return marks


def _variances(x: Floats, z: Floats, y: Floats) -> tuple[float, float, int]:
    """Return the variance of chance, that among raters, and the degrees of freedom of the first."""
    both = np.hstack([x, z])
    rank_x, rank = x.shape[1], int(np.linalg.matrix_rank(both))
    rest = y - both @ np.linalg.lstsq(both, y, rcond=None)[0]
    freedom = len(y) - rank
    error = float(rest @ rest) / freedom if freedom else 0.0
    within = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    ratered = float(within @ within) - float(rest @ rest)
    left = z - x @ np.linalg.lstsq(x, z, rcond=None)[0]
    weight = float((left * left).sum())
    among = (ratered - error * (rank - rank_x)) / weight if weight > NOTHING else 0.0
    return error, max(among, 0.0), freedom


def _solved(
    x: Floats, z: Floats, y: Floats, shrink: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return values, leanings, and what the variance of chance is multiplied by for each.

    Leanings add up to zero, so that a value is what the average of these raters would give.
    """
    n, k = x.shape[1], z.shape[1]
    if math.isinf(shrink):
        each: Floats = np.asarray(1 / x.sum(axis=0), dtype=np.float64)
        return each * (x.T @ y), np.zeros(k), np.diag(each), np.zeros(k)
    both = np.hstack([x, z])
    equations = both.T @ both
    equations[n:, n:] += shrink * np.eye(k)
    inverse: Floats = np.asarray(np.linalg.pinv(equations, hermitian=True), dtype=np.float64)
    found = inverse @ both.T @ y
    turn = np.eye(n + k)  # takes the mean leaning off the raters and gives it to the rated
    turn[n:, n:] -= 1 / k
    turn[:n, n:] = 1 / k
    found = turn @ found
    inverse = np.asarray(turn @ inverse @ turn.T, dtype=np.float64)
    errors: Floats = np.asarray(np.diag(inverse)[n:].clip(0), dtype=np.float64)
    return found[:n], found[n:], inverse[:n, :n], errors
