from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.sales import intervals


def test_fourteen_wins_of_fifty_two() -> None:
    low, high = intervals.wilson(14, 52)
    assert (round(float(low), 3), round(float(high), 3)) == (0.168, 0.403)


@settings(deadline=None)  # its first example waits for statsmodels
@given(st.integers(1, 5000), st.data())
def test_the_share_interval_agrees_with_statsmodels(trials: int, data: st.DataObject) -> None:
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 (loads slowly)

    wins = data.draw(st.integers(0, trials))
    ours = intervals.wilson(wins, trials)
    theirs = proportion_confint(wins, trials, method="wilson")
    assert [float(end) for end in ours] == pytest.approx(list(theirs), abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.floats(1, 5), min_size=8, max_size=60))
def test_the_mean_interval_is_within_two_percent_of_students(scores: list[float]) -> None:
    from statsmodels.stats.weightstats import DescrStatsW  # noqa: PLC0415 (loads slowly)

    sample = DescrStatsW(scores)
    if sample.var == 0:
        return
    low, high = intervals.of_mean(sample.mean, math.sqrt(sample.var_ddof(1)), len(scores))
    theirs = sample.tconfint_mean()
    assert float(high - low) == pytest.approx(theirs[1] - theirs[0], rel=0.02)


def test_one_answer_has_no_interval() -> None:
    low, high = intervals.of_mean(4.0, math.nan, 1)
    assert math.isnan(low)
    assert math.isnan(high)


def test_a_count_of_a_hundred_may_be_eighty_to_a_hundred_and_twenty() -> None:
    low, high = intervals.of_sum(100, 100)
    assert (round(float(low), 1), round(float(high), 1)) == (80.4, 119.6)


def test_one_large_order_makes_a_sum_uncertain() -> None:
    low, _ = intervals.of_sum(1_000_000, 1_000_000.0**2)
    assert low == 0


def test_a_difference_is_newcombes_for_two_shares() -> None:
    # Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    first, second = intervals.wilson(56, 70), intervals.wilson(48, 80)
    low, high = intervals.of_difference(56 / 70, *first, 48 / 80, *second)
    assert (round(float(low), 4), round(float(high), 4)) == (0.0524, 0.3339)


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_an_interval_of_a_difference_holds_it_and_turns_with_it(
    n: int, m: int, data: st.DataObject
) -> None:
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    first, second = (a / n, *intervals.wilson(a, n)), (b / m, *intervals.wilson(b, m))
    low, high = intervals.of_difference(*first, *second)
    back_low, back_high = intervals.of_difference(*second, *first)
    assert low <= a / n - b / m <= high
    assert (float(low), float(high)) == pytest.approx((-float(back_high), -float(back_low)))
