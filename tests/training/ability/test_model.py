"""The curve of an item, and what a pass mark means on the scale of ability."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.ability import Bank, expected_share, theta_at
from salestrain.training.ability.model import chances, information

ITEMS = st.lists(st.tuples(st.floats(0.2, 4), st.floats(-4, 4)), min_size=1, max_size=6)


def bank(*items: tuple[float, float]) -> Bank:
    a, b = np.array(items, dtype=float).reshape(-1, 2).T
    return Bank(a, b)


def test_an_item_is_earned_by_half_at_its_b_and_by_nine_in_ten_above_it() -> None:
    found = chances([1.0, 1.0 + np.log(9) / 2, -9e9], bank((2, 1)))
    assert found.ravel() == pytest.approx([0.5, 0.9, 0.0])


def test_an_answer_tells_most_at_its_items_b() -> None:
    # a²/4 at b; where 0.9 get it right, 4 × 0.9 × 0.1
    found = information([1.0, 1.0 + np.log(9) / 2], bank((2, 1)))
    assert found.ravel() == pytest.approx([1.0, 0.36])


def test_of_two_items_one_hard_one_easy_half_is_expected_in_the_middle() -> None:
    two = bank((1, -2), (1, 2))
    assert expected_share(0, two) == pytest.approx(0.5)
    assert expected_share(2, two) == pytest.approx((1 / (1 + np.exp(-4)) + 0.5) / 2)


@settings(max_examples=50)
@given(ITEMS, st.floats(-7, 7))
def test_a_share_and_its_theta_are_each_others_inverse(
    items: list[tuple[float, float]], theta: float
) -> None:
    share = expected_share(theta, bank(*items))
    assert expected_share(theta_at(share, bank(*items)), bank(*items)) == pytest.approx(share)


@settings(max_examples=50)
@given(ITEMS, st.floats(-6, 6), st.floats(0.01, 3))
def test_who_is_abler_is_expected_to_get_more(
    items: list[tuple[float, float]], theta: float, more: float
) -> None:
    assert expected_share(theta + more, bank(*items)) > expected_share(theta, bank(*items))


@pytest.mark.parametrize(("share", "theta"), [(0, -8), (1, 8), (0.5, 0)])
def test_a_pass_mark_out_of_reach_is_the_end_of_the_scale(share: float, theta: float) -> None:
    assert theta_at(share, bank((1, 0))) == pytest.approx(theta, abs=1e-9)


def test_a_bank_without_items_expects_nothing() -> None:
    message = "a bank without items has no share to expect; calibrate some first"
    with pytest.raises(ValueError, match=f"^{message}$"):
        expected_share(0, bank())


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ([1, 1], [0], "a has shape (2,) and b (1,); give one each"),
        ([0], [0], "an item has no finite b, or an a that isn't above 0; recalibrate"),
        ([1], [np.nan], "an item has no finite b, or an a that isn't above 0; recalibrate"),
    ],
)
def test_a_bank_of_nonsense_is_refused(a: list[float], b: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Bank(np.array(a, dtype=float), np.array(b, dtype=float))
