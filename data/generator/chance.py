"""Seeded chance: every part of the books draws from a stream of its own name.

A story taken out, or a table tuned, then leaves the draws of all others as they were.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")
SEED = 11


def stream(*key: object) -> Random:
    """A random source that depends on the seed and these words only."""
    return Random(":".join(map(str, (SEED, *key))))


def poisson(rng: Random, mean: float) -> int:
    """A count with that mean (Knuth's method; fit for means below 50)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def around(rng: Random, median: float, spread: float) -> float:
    """A positive value with that median; ``spread`` is the sigma of its logarithm."""
    return median * math.exp(rng.gauss(0, spread))


def pick(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


class Evenly:
    """Draws from 0 to 1 that fill the range evenly, so that small groups keep their rate."""

    def __init__(self, *key: object) -> None:
        self._rng = stream("evenly", *key)
        self._at = self._rng.random()

    def draw(self) -> float:
        """The next draw: a golden-ratio step with some jitter."""
        self._at = (self._at + 0.6180339887) % 1
        return (self._at + self._rng.uniform(0, 0.12)) % 1
