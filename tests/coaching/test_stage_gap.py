"""A conversion below the others': shrunk as far as people are alike, and told only if sure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.coaching import Counts, StageGap, alikeness, stage_gap

OTHERS = Counts(400, 1000)


def gap(moved: float, left: float, alike: float = 20, least: int = 10) -> StageGap:
    return StageGap(Counts(moved, left), OTHERS, alike, least)


def test_ones_own_deals_are_mixed_with_as_many_of_others_as_people_are_alike() -> None:
    # 10 of 40 and 8 of 20 at the others' 40 %: 18 of 60
    found = gap(10, 40)
    assert found.rate == pytest.approx(0.3)
    assert found.gap == pytest.approx(0.1)
    assert found.deviation == pytest.approx(math.sqrt(0.3 * 0.7 / 61 + 0.4 * 0.6 / 1001))
    low, high = found.interval
    assert [low, high] == pytest.approx([-0.019, 0.219], abs=1e-3)
    assert not found.told


def test_a_gap_is_told_once_its_interval_leaves_out_zero() -> None:
    found = gap(10, 80)
    assert found.told
    assert found.interval[0] > 0


def test_under_the_least_number_of_deals_nothing_is_told() -> None:
    found = gap(0, 9, alike=5)
    assert (found.few, found.told) == (True, False)
    assert gap(0, 40, alike=5).told


def test_the_others_are_the_whole_without_oneself() -> None:
    assert stage_gap(Counts(5, 20), Counts(405, 1020), 20, 10).others == OTHERS


def test_a_shortfall_is_never_less_than_the_gap_nor_than_nothing() -> None:
    assert gap(10, 80).shortfall == pytest.approx(gap(10, 80).gap, rel=0.01)
    assert 0 < gap(30, 40).shortfall < 0.02
    # no gap: half a normal deviate, σ/√(2π)
    even = gap(16, 40)
    assert even.shortfall == pytest.approx(even.deviation / math.sqrt(2 * math.pi))


def test_so_many_deals_in_a_row_would_undo_it() -> None:
    found = gap(10, 80)
    assert found.undone_by is not None
    before, after = (gap(10 + n, 80 + n) for n in (found.undone_by - 1, found.undone_by))
    assert (before.told, after.told) == (True, False)


def test_people_who_differ_by_chance_alone_are_taken_for_alike() -> None:
    assert alikeness([Counts(20, 50), Counts(21, 50), Counts(19, 50)]) == 200
    assert alikeness([Counts(0, 50), Counts(50, 50), Counts(0, 50), Counts(50, 50)]) == 5
    assert alikeness([Counts(3, 10), Counts(0, 0)]) == 200
    assert alikeness([Counts(0, 10)] * 5) == 200


def test_the_alikeness_of_a_worked_example() -> None:
    # rates .2 .5 .8 of 20 each: Σn(p−.5)² = 3.6, ÷ .25 = 14.4; size 60 − 20 = 40;
    # between = (14.4 − 2) / (40 − 2) = .3263; alike = .6737 / .3263 = 2.06, and 5 is the least
    assert alikeness([Counts(4, 20), Counts(10, 20), Counts(16, 20)]) == 5
    # rates .4 .5 .6 of 100 each: Σ = 2, ÷ .25 = 8; size 200; (8 − 2) / (200 − 2) = .0303 → 32
    assert alikeness([Counts(40, 100), Counts(50, 100), Counts(60, 100)]) == pytest.approx(32)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(5, 200))
def test_one_more_deal_that_moves_on_never_widens_a_gap(
    moved: int, stopped: int, alike: float
) -> None:
    before = gap(moved, moved + stopped, alike)
    after = gap(moved + 1, moved + stopped + 1, alike)
    assert after.gap <= before.gap + 1e-12


@given(st.integers(1, 60), st.integers(0, 60), st.floats(5, 199))
def test_the_more_alike_people_are_the_smaller_a_gap(
    moved: int, stopped: int, alike: float
) -> None:
    near, far = (gap(moved, moved + stopped, each) for each in (alike, alike + 1))
    assert abs(far.gap) <= abs(near.gap) + 1e-12


def test_chance_alone_is_seldom_told_and_a_planted_gap_is_found() -> None:
    rng, told, found = np.random.default_rng(7), 0, 0
    for _ in range(200):
        left = rng.integers(40, 90, 30)
        moved = rng.binomial(left, 0.45)
        moved[0] = rng.binomial(left[0], 0.15)
        every = [Counts(float(m), float(n)) for m, n in zip(moved, left, strict=True)]
        whole, alike = Counts(float(moved.sum()), float(left.sum())), alikeness(every)
        gaps = [stage_gap(one, whole, alike, 10) for one in every]
        found += gaps[0].told
        told += sum(one.told for one in gaps[1:])
    assert told / (200 * 29) < 0.025
    assert found / 200 > 0.7
