from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from salestrain.sales.team.strictness import Adjusted, Given, adjusted

CATALYSTS = {
    "1": {"a": 73, "b": 74, "d": 71},
    "2": {"b": 75, "c": 67, "d": 72},
    "3": {"a": 73, "b": 75, "c": 68},
    "4": {"a": 75, "c": 72, "d": 75},
}
"""Montgomery, Design and Analysis of Experiments: four catalysts in batches a to d, three each."""


def catalysts(spread: float | None) -> Adjusted:
    every = [Given(one, batch, y) for one, ys in CATALYSTS.items() for batch, y in ys.items()]
    return adjusted(every, spread)


def effects(found: Adjusted) -> list[float]:
    return [round(float(one), 2) for one in found.values - found.values.mean()]


def test_least_squares_are_those_of_montgomerys_example() -> None:
    found = catalysts(math.inf)
    assert [round(float(one), 4) for one in found.values - 72.5] == [-1.125, -0.875, -0.5, 2.5]
    assert (round(found.scatter**2, 2), found.freedom) == (0.65, 5)
    spread = found.covariance[0, 0] + found.covariance[1, 1] - 2 * found.covariance[0, 1]
    assert round(math.sqrt(spread), 3) == 0.698  # his standard error of a difference


def test_raters_at_random_give_montgomerys_combined_estimates() -> None:
    assert effects(catalysts(None)) == [-1.09, -0.88, -0.5, 2.47]


def test_without_differences_among_raters_the_plain_mean_is_left() -> None:
    plain = [np.mean(list(each.values())) for each in CATALYSTS.values()]
    assert np.allclose(catalysts(0.0).values, plain)


def test_who_sat_before_the_strict_rater_is_not_marked_down() -> None:
    # x gives one less than y throughout; both met "one", each met one more who is just as good
    every = [
        Given("one", "x", 2),
        Given("one", "y", 3),
        Given("two", "x", 3),
        Given("three", "y", 4),
    ]
    found = adjusted(every, math.inf)
    assert np.allclose(found.values, [2.5, 3.5, 3.5])
    assert np.allclose(found.leanings, [-0.5, 0.5])


def test_with_too_few_scores_nothing_is_said_of_chance() -> None:
    found = adjusted([Given("one", "x", 2.0), Given("two", "x", 3.0)])
    value, low, high = found.of("one")
    assert value == 2.0
    assert math.isnan(low)
    assert math.isnan(high)
    assert not found.apart("one", "two")
    with pytest.raises(ValueError, match="no scores; give one or more"):
        adjusted([])


SCORES = st.lists(st.integers(1, 5), min_size=12, max_size=12)


@drawn(SCORES, st.integers(-3, 3))
def test_a_rater_who_adds_the_same_to_all_changes_no_order(scores: list[int], added: int) -> None:
    pairs = [(str(one), rater) for one in range(4) for rater in "xyz"]
    plain = [Given(*pair, score) for pair, score in zip(pairs, scores, strict=True)]
    bent = [one._replace(score=one.score + added * (one.rater == "x")) for one in plain]
    first, second = adjusted(plain, math.inf), adjusted(bent, math.inf)
    assert np.allclose(second.values - first.values, added / 3)
    assert np.allclose(first.covariance, second.covariance)
    assert abs(float(first.leanings.sum())) < 1e-9


@pytest.mark.slow
def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(20260930)
    held = told = 0
    for _ in range(200):
        worth, lean = rng.normal(3, 0.5, 20), rng.normal(0, 0.4, 8)
        every = [
            Given(str(i), str(j), worth[i] + lean[j] + rng.normal(0, 0.3))
            for i in range(20)
            for j in rng.choice(8, 3, replace=False)
        ]
        found = adjusted(every)
        truth = worth[0] - worth[1]
        at = [found.rated.index(one) for one in ("0", "1")]
        gap = float(found.values[at[0]] - found.values[at[1]])
        block = found.covariance[np.ix_(at, at)]
        half = found.width * math.sqrt(float(block[0, 0] + block[1, 1] - 2 * block[0, 1]))
        held += abs(gap - truth) <= half
        told += found.apart("0", "1")
    assert 0.90 <= held / 200 <= 0.98
    assert told > 50
