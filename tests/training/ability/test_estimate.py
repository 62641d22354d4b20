"""What one person's answers say of their ability."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.ability import Ability, Bank, abilities, ability

NAN = np.nan
ANSWERED = st.lists(
    st.tuples(st.floats(0.2, 4), st.floats(-4, 4), st.sampled_from([0, 0.25, 0.5, 1, NAN])),
    min_size=1,
    max_size=8,
)
# ltm 1.2-0 for R (Rizopoulos 2006), LSAT section 6, two parameters: b and a, then empirical Bayes
# scores of patterns of answers with their standard errors.
LSAT6 = Bank(
    np.array([0.8253715, 0.7229499, 0.8904748, 0.6885502, 0.6574516]),
    np.array([-3.3597341, -1.3696497, -0.2798983, -1.8659189, -3.1235725]),
)
SCORES: dict[tuple[int, ...], tuple[float, float]] = {
    (0, 0, 0, 0, 0): (-1.895, 0.795),
    (0, 0, 1, 1, 1): (-0.463, 0.812),
    (1, 0, 0, 0, 1): (-0.953, 0.802),
    (1, 1, 1, 0, 1): (0.117, 0.832),
    (1, 1, 1, 1, 1): (0.606, 0.855),
}


def split(answered: list[tuple[float, float, float]]) -> tuple[list[float], Bank]:
    a, b, earned = np.array(answered, dtype=float).T
    return list(earned), Bank(a, b)


def test_one_right_answer_lifts_by_what_the_prior_allows() -> None:
    # 1 − σ(θ) = θ at 0.40106; σ there is 0.59894
    found = ability([1], Bank(np.array([1.0]), np.array([0.0])))
    assert found == pytest.approx((0.40106, (1 + 0.59894 * 0.40106) ** -0.5), abs=1e-5)


def test_items_known_roughly_leave_an_ability_known_roughly() -> None:
    # a half at one's level: tells 1 beside the prior's 1; b off by 0.5 is theta off by 0.25
    rough = Bank(np.array([2.0]), np.array([0.0]), se_b=np.array([0.5]))
    assert ability([0.5], rough).se ** 2 == pytest.approx(1 / 2 + 0.25**2)
    assert ability([NAN], rough).se == 1
    # of the right answer above, the slope 1 − σ changes with a by 0.40106 − 0.24021 × 0.40106
    rough = Bank(np.array([1.0]), np.array([0.0]), se_a=np.array([0.5]))
    variance = 1 / 1.24021 + (0.30472 * 0.5 / 1.24021) ** 2
    assert ability([1], rough).se ** 2 == pytest.approx(variance, abs=1e-5)


@pytest.mark.parametrize("earned", list(SCORES))
def test_the_published_scores_of_lsat_6_come_out(earned: tuple[int, ...]) -> None:
    assert ability(earned, LSAT6) == pytest.approx(SCORES[earned], abs=6e-4)


def test_a_half_earned_item_at_ones_level_says_nothing_new() -> None:
    assert ability([0.5], Bank(np.array([2.0]), np.array([0.0]))).theta == pytest.approx(0)


def test_whoever_answered_nothing_stands_where_they_stood_before() -> None:
    assert ability([NAN] * 5, LSAT6) == (0, 1)
    assert ability([NAN] * 5, LSAT6, Ability(0.5, 0.25)) == pytest.approx((0.5, 0.25))


def test_of_a_stranger_the_answers_alone_speak() -> None:
    hard = Bank(np.array([1.0, 1.0]), np.array([3.0, 3.0]))
    assert ability([1, 0], hard, Ability(0.0, 1e4)) == pytest.approx((3, 2**0.5), abs=1e-4)


def test_what_was_known_before_holds_new_answers_back() -> None:
    found = ability([1] * 5, LSAT6, Ability(-1.0, 0.1))
    assert found.theta == pytest.approx(-1 + 0.01 * 1.4, abs=0.004)
    assert found.se < 0.1


@settings(max_examples=40)
@given(ANSWERED)
def test_an_ability_is_always_finite_and_answers_only_narrow_it(
    answered: list[tuple[float, float, float]],
) -> None:
    theta, se = ability(*split(answered))
    assert np.isfinite(theta)
    assert 0 < se <= 1


@settings(max_examples=40)
@given(ANSWERED, st.data())
def test_the_order_of_items_does_not_matter(
    answered: list[tuple[float, float, float]], data: st.DataObject
) -> None:
    again = data.draw(st.permutations(answered))
    assert ability(*split(again)) == pytest.approx(ability(*split(answered)), abs=1e-9)


@settings(max_examples=40)
@given(ANSWERED, st.floats(0.2, 4), st.floats(-4, 4))
def test_one_more_right_answer_lifts_and_one_more_wrong_lowers(
    answered: list[tuple[float, float, float]], a: float, b: float
) -> None:
    before = ability(*split(answered)).theta
    assert ability(*split([*answered, (a, b, 1)])).theta > before
    assert ability(*split([*answered, (a, b, 0)])).theta < before
    assert ability(*split([*answered, (a, b, NAN)])).theta == pytest.approx(before, abs=1e-9)


def test_many_people_are_as_each_alone() -> None:
    thetas, ses = abilities(list(SCORES), LSAT6)
    each = [ability(earned, LSAT6) for earned in SCORES]
    assert thetas == pytest.approx([one.theta for one in each])
    assert ses == pytest.approx([one.se for one in each])


@pytest.mark.parametrize(
    ("earned", "message"),
    [
        ([1, 0], "answers of shape (1, 2) to 5 items; give each a column"),
        (
            [1, NAN, 1.5, 0, 0],
            "row 0, item 2 earned 1.5; give a share from 0 to 1, or NaN where it wasn't answered",
        ),
    ],
)
def test_what_is_no_share_is_refused(earned: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        ability(earned, LSAT6)
