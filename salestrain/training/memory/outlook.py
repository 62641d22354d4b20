"""What will be remembered on a day if topics are reviewed on given days, in expectation.

Whether a review will go right isn't known when it is planned, and how stable the memory is after
it depends on that. All outcomes of k reviews would be 2^k paths; here two are kept for each topic:
those that went right last and those that went wrong last. Each is taken for one memory, with the
mean difficulty of its paths and the stability that leaves their mean recall after a day. What the
last review leaves isn't merged, so one or two reviews are exact. Against all paths of three to five
reviews the error is below 0.01 for stabilities from 0.2 days, and has no bias (a test holds both).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from fsrs.rating import Rating

from salestrain.training.memory.fsrs6 import (
    Array,
    difficulty_after,
    first_difficulty,
    first_stability,
    recall_after,
    stability_lapsed,
    stability_recalled,
    stability_with,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salestrain.training.memory.reviews import Memory

FIRST_RATING = Rating.Again
"""What a topic never seen is answered with: nothing of it is remembered."""


class Starts(NamedTuple):
    """Where topics stand today; each array is as long as there are topics.

    Attributes:
        stability: In days at most people's pace; any where never seen.
        last: Day of the last review, counted from today, so 0 or less; ``nan`` if never seen.
        pace: The person's.
    """

    stability: Array
    difficulty: Array
    last: Array
    pace: float

    def of(self, rows: Sequence[int]) -> Starts:
        """Return some of them."""
        return Starts(self.stability[rows], self.difficulty[rows], self.last[rows], self.pace)


class _Paths(NamedTuple):
    """Right last and wrong last: the share of each, its stability and difficulty (2 x topics)."""

    share: Array
    stability: Array
    difficulty: Array


def starts(memories: Sequence[Memory | None], today: date) -> Starts:
    """Return where topics stand today, ``None`` for one never seen."""
    pace = next((one.pace for one in memories if one), 1.0)
    rows = [
        (one.stability_days / one.pace, one.difficulty, min((one.last - today).days, 0))
        if one
        else (first_stability(FIRST_RATING), first_difficulty(FIRST_RATING), np.nan)
        for one in memories
    ]
    stability, difficulty, last = np.array(rows, float).reshape(-1, 3).T
    return Starts(stability, difficulty, last, pace)


def unreviewed(start: Starts, horizon: int) -> Array:
    """Return the recall (0–1) of each topic after so many days without review."""
    left = recall_after(horizon - start.last, start.stability * start.pace)
    return np.where(np.isnan(start.last), 0.0, left)


def reviewed(start: Starts, days: Array, horizon: int) -> Array:
    """Return the expected recall (0–1) after so many days with reviews before.

    Args:
        start: Of n topics.
        days: Topics x candidates x reviews: days from today of each review, rising, none on the
            day of the last review before; ``horizon`` stands for no review.
        horizon: Days from today to the day that counts.

    Returns:
        Topics x candidates.
    """
    shape = (2, *days.shape[:2])
    paths = _Paths(
        np.broadcast_to(np.array([1.0, 0.0])[:, None, None], shape),
        *(np.broadcast_to(each[:, None], shape) for each in (start.stability, start.difficulty)),
    )
    last = np.broadcast_to(start.last[:, None], shape[1:])
    expected = np.broadcast_to(unreviewed(start, horizon)[:, None], shape[1:])
    for day in np.moveaxis(days, 2, 0):
        after, left = _after_review(paths, day - last, np.maximum(horizon - day, 1.0), start.pace)
        on, new = day < horizon, np.isnan(last)
        first = recall_after(horizon - day, start.stability[:, None] * start.pace)
        expected = np.where(on, np.where(new, first, left), expected)
        paths = _Paths(*(np.where(on & ~new, a, b) for a, b in zip(after, paths, strict=True)))
        last = np.where(on, day, last)
    return expected


def _after_review(paths: _Paths, days: Array, left: Array, pace: float) -> tuple[_Paths, Array]:
    """Return the paths after a review, and what they leave to recall on the day that counts."""
    share, stability, difficulty = paths
    chance = recall_after(np.maximum(days, 1.0), stability * pace)
    shares = np.stack([share * chance, share * (1 - chance)])
    stabilities = np.stack(
        [
            stability_recalled(stability, difficulty, chance),
            stability_lapsed(stability, difficulty, chance),
        ]
    )
    difficulties = np.stack([difficulty_after(difficulty, r) for r in (Rating.Good, Rating.Again)])
    of_both = _summed(shares)
    mean = shares / of_both[:, None]
    tomorrow = _summed(mean * recall_after(1.0, stabilities * pace))
    expected = _summed(shares * recall_after(left, stabilities * pace))
    merged = stability_with(tomorrow, 1.0) / pace
    return _Paths(of_both, merged, _summed(mean * difficulties)), expected[0] + expected[1]


def _summed(outcomes: Array) -> Array:
    """Return the sum over the two paths before each outcome."""
    return np.asarray(outcomes[:, 0] + outcomes[:, 1])
