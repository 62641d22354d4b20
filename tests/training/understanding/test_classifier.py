"""The classifier finds what a general optimiser finds, and its chances are chances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize  # type: ignore[import-untyped]

from salestrain.training.understanding.classifier import Classifier, trained

LABELS = ["a"] * 6 + ["b"] * 10 + ["c"] * 4


def points(seed: int = 0) -> np.ndarray:
    chance = np.random.default_rng(seed)
    middles = {"a": (2, 0, 0), "b": (0, 2, 0), "c": (0, 0, 2)}
    rows = [np.add(middles[one], chance.normal(0, 0.7, 3)) for one in LABELS]
    return np.array(rows, dtype=np.float32)


def loss(weights: np.ndarray, rows: np.ndarray, penalty: float) -> float:
    """The mean over labels of the mean over their examples, plus the ridge."""
    w = weights.reshape(4, 3)
    scores = rows @ w[:-1] + w[-1]
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    means = [
        np.mean([logs[n, "abc".index(label)] for n, one in enumerate(LABELS) if one == label])
        for label in "abc"
    ]
    return float(-np.mean(means) + penalty / 2 * (w[:-1] ** 2).sum())


def test_it_finds_the_least_loss_that_scipy_finds() -> None:
    rows, penalty = points(), 0.05
    ours = trained(rows, LABELS, penalty=penalty)
    best = minimize(loss, np.zeros(12), args=(rows, penalty), method="L-BFGS-B")
    assert ours.labels == ("a", "b", "c")
    assert loss(ours.weights.ravel(), rows, penalty) == pytest.approx(best.fun, abs=1e-4)
    assert ours.weights[:-1] == pytest.approx(best.x.reshape(4, 3)[:-1], abs=0.02)


def test_what_lies_apart_is_told_apart() -> None:
    rows = points()
    ours = trained(rows, LABELS, penalty=1e-3)
    found = [ours.labels[at] for at in ours.chances(rows).argmax(axis=1)]
    assert sum(one == label for one, label in zip(found, LABELS, strict=True)) >= 18


def test_a_label_with_few_examples_counts_as_much_as_one_with_many() -> None:
    rows = np.array([[1.0]] * 99 + [[1.0]], dtype=np.float32)
    ours = trained(rows, ["many"] * 99 + ["few"], penalty=1e-3)
    assert ours.chances(rows[:1])[0] == pytest.approx([0.5, 0.5], abs=0.01)


@settings(deadline=None)
@given(st.integers(0, 1000), st.floats(1e-4, 1.0))
def test_chances_add_up_to_one(seed: int, penalty: float) -> None:
    ours = trained(points(seed), LABELS, penalty=penalty)
    chances = ours.chances(100 * points(seed + 1))
    assert (chances >= 0).all()
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(LABELS)), abs=1e-5)


def test_no_text_has_no_chances() -> None:
    ours = Classifier(("a", "b"), np.zeros((4, 2), dtype=np.float32))
    assert ours.chances(np.zeros((0, 3), dtype=np.float32)).shape == (0, 2)
