from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.sales.team.correlation import pearson, restriction, spearman

FIGURES = st.lists(st.integers(-50, 50), min_size=5, max_size=30)
# Spearman (1904) put forward ranks; these are ten pupils' marks as many textbooks have them.
ENGLISH = [56, 75, 45, 71, 62, 64, 58, 80, 76, 61]
MATHS = [66, 70, 40, 60, 65, 56, 59, 77, 67, 63]


def test_a_hand_worked_correlation_has_fishers_interval() -> None:
    # sums of squares 10 and 10, products 8: r = 0.8; artanh 0.8 = 1.0986, half 1.96/√2 = 1.3859
    found = pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])
    assert found.n == 5
    assert found.value == pytest.approx(0.8)
    assert found.low == pytest.approx(math.tanh(1.09861 - 1.38590), abs=1e-4)
    assert not found.sure


def test_ranks_go_together_by_the_sum_of_squared_differences() -> None:
    # Σd² = 54, so 1 - 6·54/(10·99) = 0.6727
    assert spearman(ENGLISH, MATHS).value == pytest.approx(1 - 6 * 54 / 990)


def test_ties_get_their_mean_rank() -> None:
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]).value == pytest.approx(
        pearson([1, 2.5, 2.5, 4], [1, 2, 3, 4]).value
    )


def test_a_straight_line_or_three_people_leave_no_interval() -> None:
    assert math.isnan(pearson([1, 2, 3, 4], [2, 4, 6, 8]).low)
    assert math.isnan(pearson([1, 2, 4], [2, 4, 5]).low)
    assert math.isnan(pearson([1, 1, 1, 1], [1, 2, 3, 4]).value)
    assert pearson([1, 2, math.nan, 4, 3], [1, 3, 9, 2, 3]).n == 4


def test_figures_of_different_people_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"figures of shapes \(2,\) and \(3,\); give both for each"
    ):
        pearson([1, 2], [1, 2, 3])


@given(FIGURES, st.integers(1, 9), st.integers(-9, 9))
def test_scale_and_origin_change_nothing(values: list[int], scale: int, shift: int) -> None:
    other = list(range(len(values)))
    one, two = pearson(values, other), pearson([scale * each + shift for each in values], other)
    assert one.value == pytest.approx(two.value, nan_ok=True)
    assert math.isnan(one.value) or -1 <= one.value <= 1
    assert math.isnan(one.low) or one.low <= one.value <= one.high


def test_what_is_kept_differs_less_than_what_there_was() -> None:
    assert restriction([4, 5], [1, 2, 3, 4, 5]) == pytest.approx(math.sqrt(0.5) / math.sqrt(2.5))
    assert math.isnan(restriction([4], [1, 2]))
    assert math.isnan(restriction([4, 4], [4, 4, 4]))


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(4)
    truth, held = 0.4, [0, 0]
    for _ in range(400):
        x = rng.normal(size=30)
        y = truth * x + math.sqrt(1 - truth**2) * rng.normal(size=30)
        held[0] += pearson(x, y).low <= truth <= pearson(x, y).high
        rho = 6 / math.pi * math.asin(truth / 2)  # Spearman's of normal figures (Pearson 1907)
        held[1] += spearman(x, y).low <= rho <= spearman(x, y).high
    assert all(0.92 <= one / 400 <= 0.98 for one in held)
