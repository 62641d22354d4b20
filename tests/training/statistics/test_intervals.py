from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.normal import Z95
from salestrain.training.statistics import intervals


def test_nine_of_twelve_right_may_be_forty_seven_to_ninety_one_percent() -> None:
    low, high = intervals.of_share(0.75, 12)
    assert (round(low, 4), round(high, 4)) == (0.4677, 0.9111)


@settings(max_examples=50)
@given(st.floats(0, 1), st.integers(1, 400))
def test_a_share_lies_in_its_interval_and_that_within_zero_and_one(share: float, n: int) -> None:
    low, high = intervals.of_share(share, n)
    assert 0 <= low <= share <= high <= 1


def test_nobody_asked_has_no_interval() -> None:
    ends = (*intervals.of_share(math.nan, 0), *intervals.of_correlation(0.5, 3))
    assert all(map(math.isnan, ends))


def test_a_correlation_of_a_half_over_twelve_people_may_be_negative() -> None:
    # artanh 0.5 = 0.5493; 1.96/√9 = 0.6533
    low, high = intervals.of_correlation(0.5, 12)
    assert (round(low, 3), round(high, 3)) == (-0.104, 0.834)


def test_how_likely_a_share_is_above_a_bound_agrees_with_a_known_integral() -> None:
    # Beta(3, 1) has the distribution x³: 1 - 0.9³ = 0.271.
    assert intervals.share_above(0.9, 3, 1) == pytest.approx(0.271, abs=0.002)


def test_the_tail_beyond_the_usual_quantile_is_a_fortieth() -> None:
    assert intervals.normal_tail(Z95) == pytest.approx(0.025, abs=1e-9)


def test_of_five_findings_those_stand_that_the_rate_allows() -> None:
    # bounds 0.02, 0.04, 0.06, 0.08, 0.1: the third holds and lets the second in too
    chances = [0.3, 0.01, 0.055, 0.05, 0.9]
    assert intervals.discoveries(chances, 0.1) == [False, True, True, True, False]


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.01, 0.5))
def test_a_likelier_chance_never_stands_before_an_unlikelier_one(
    chances: list[float], rate: float
) -> None:
    stands = intervals.discoveries(chances, rate)
    named = [p for p, one in zip(chances, stands, strict=True) if one]
    assert all(p <= rate for p in named)
    assert all(p > max(named, default=0) for p, one in zip(chances, stands, strict=True) if not one)
