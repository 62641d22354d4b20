"""FSRS-6 in closed form, for many memories at once; a test holds it equal to the library.

A memory has a stability (days until recall falls to 0.9) and a difficulty (1–10).

Source: Jarrett Ye and others (2022–2025), the free spaced repetition scheduler, version 6.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from fsrs.rating import Rating
from fsrs.scheduler import DEFAULT_PARAMETERS, STABILITY_MIN

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

W = DEFAULT_PARAMETERS
DECAY = W[20]
FACTOR = 0.9 ** (-1 / DECAY) - 1


def recall_after(days: Array | float, stability: Array | float) -> Array:
    """Return the chance to remember (0–1) so many days after an answer.

    >>> recall_after(np.array([0.0, 2.0, 20.0]), 2.0).round(3)
    array([1.   , 0.9  , 0.693])
    """
    return np.asarray((1 + FACTOR * days / stability) ** -DECAY)


def stability_with(recall: Array, days: Array | float) -> Array:
    """Return the stability of which so much is left after so many days (1 or more)."""
    return np.asarray(FACTOR * days / np.maximum(recall ** (-1 / DECAY) - 1, 1e-12))


def first_difficulty(rating: Rating) -> float:
    """Return the difficulty after the first answer."""
    return float(np.clip(_difficulty_at_first(rating), 1, 10))


def first_stability(rating: Rating) -> float:
    """Return the stability after the first answer, in days."""
    return W[rating - 1]


def stability_recalled(stability: Array, difficulty: Array, recall: Array) -> Array:
    """Return the stability after a right answer that had this chance, a day or more later."""
    ease = np.exp(W[8]) * (11 - difficulty) * stability ** -W[9]
    return np.asarray(stability * (1 + ease * np.expm1((1 - recall) * W[10])))


def stability_lapsed(stability: Array, difficulty: Array, recall: Array) -> Array:
    """Return the stability after a wrong answer although it had this chance to be right."""
    left = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1)
    left = np.minimum(left * np.exp((1 - recall) * W[14]), stability / np.exp(W[17] * W[18]))
    return np.asarray(np.maximum(left, STABILITY_MIN))


def difficulty_after(difficulty: Array, rating: Rating) -> Array:
    """Return the difficulty (1–10) after a further answer."""
    moved = difficulty - W[6] * (rating - Rating.Good) * (10 - difficulty) / 9
    easy = _difficulty_at_first(Rating.Easy)
    return np.clip(W[7] * easy + (1 - W[7]) * moved, 1, 10)


def _difficulty_at_first(rating: Rating) -> float:
    return float(W[4] - np.exp(W[5] * (rating - 1)) + 1)
