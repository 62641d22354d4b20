"""A small classifier: softmax regression, trained in a moment, read with one product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.training.understanding.encoder import Vectors

ROUNDS = 40


@dataclass(frozen=True)
class Classifier:
    """What was learned: one column of weights for each label, the last row is its bias."""

    labels: tuple[str, ...]
    weights: Vectors

    def chances(self, vectors: Vectors) -> Vectors:
        """Return how likely each text has each label, shape (texts, labels); rows add up to 1."""
        return _softmax(vectors @ self.weights[:-1] + self.weights[-1])


def trained(vectors: Vectors, labels: Sequence[str], *, penalty: float) -> Classifier:
    """Return the classifier that fits examples best, each label counting alike.

    Args:
        vectors: One row for each example.
        labels: What each example is.
        penalty: Weight of the squared weights (over 0): the more, the less sure it becomes.

    Source: multinomial logistic regression with a ridge penalty (le Cessie & van Houwelingen
        1992), by the limited-memory BFGS method (Nocedal 1980).
    """
    names = tuple(sorted(set(labels)))
    place = {name: at for at, name in enumerate(names)}
    wanted = np.eye(len(names), dtype=np.float32)[[place[label] for label in labels]]
    share = wanted @ (1.0 / (wanted.sum(axis=0) * len(names)))
    shape = vectors.shape[1] + 1, len(names)

    def loss(flat: Vectors) -> tuple[float, Vectors]:
        weights = flat.reshape(shape)
        found = _softmax(vectors @ weights[:-1] + weights[-1])
        miss = (found - wanted) * share[:, None]
        slope = np.vstack([vectors.T @ miss, miss.sum(axis=0)])
        slope[:-1] += penalty * weights[:-1]
        fit = -float(share @ np.log(np.maximum((found * wanted).sum(axis=1), 1e-12)))
        return fit + penalty / 2 * float((weights[:-1] ** 2).sum()), slope.ravel()

    flat = _least(loss, np.zeros(shape[0] * shape[1], dtype=np.float32))
    return Classifier(names, flat.reshape(shape).astype(np.float32))


def _softmax(scores: Vectors) -> Vectors:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Vectors = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return chances


def _least(loss: Callable[[Vectors], tuple[float, Vectors]], start: Vectors) -> Vectors:
    """Return where a smooth, convex loss is (nearly) least."""
    here, (value, slope) = start, loss(start)
    steps: list[tuple[Vectors, Vectors]] = []
    for _ in range(ROUNDS):
        way = -_turned(slope, steps)
        size, fall = (
            (1.0 if steps else 1.0 / max(float(np.abs(slope).sum()), 1e-9)),
            float(way @ slope),
        )
        while True:
            there = here + size * way
            new, after = loss(there)
            if new <= value + 1e-4 * size * fall or size < 1e-8:
                break
            size /= 2
        step, change = there - here, after - slope
        if float(step @ change) > 1e-12:
            steps = [*steps[-7:], (step, change)]
        done = abs(value - new) < 1e-6 * max(abs(new), 1e-9)
        here, value, slope = there, new, after
        if done:
            break
    return here


def _turned(slope: Vectors, steps: Sequence[tuple[Vectors, Vectors]]) -> Vectors:
    """Return a slope times the inverse curvature that the last steps show (two-loop recursion)."""
    turned, kept = slope.copy(), []
    for step, change in reversed(steps):
        share = float(step @ turned) / float(step @ change)
        turned -= share * change
        kept.append(share)
    if steps:
        step, change = steps[-1]
        turned *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(steps, reversed(kept), strict=True):
        turned += (share - float(change @ turned) / float(step @ change)) * step
    return turned
