from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.quizzes.responses import Responses
from salestrain.training.statistics.item import (
    correlation,
    item_statistics,
    rest_scores,
    shrunk,
    total_scores,
)
from tests.training.statistics.conftest import single, table

FOUR = [single(name) for name in ("one", "two", "three", "four")]
TWELVE = [
    "aaaa", "aaaa", "aaab", "aaba", "abaa", "aabb",
    "abab", "abbb", "baab", "bbab", "bbbb", "bbbb",
]  # fmt: skip
"""Earned on the first item by rest of three: 1 with 3 3 2 2 2 1 1 0, 0 with 2 1 0 0."""


def of(rows: list[str], *items: Item) -> tuple[Responses, dict[str, Item]]:
    return table(rows, *items), {item.id: item for item in items}


def test_an_item_eight_of_twelve_get_right_has_facility_two_thirds() -> None:
    one = item_statistics(*of(TWELVE, *FOUR))[0]
    assert (one.n, round(one.facility, 4)) == (12, 0.6667)
    assert tuple(round(end, 3) for end in one.facility_interval) == (0.391, 0.862)
    assert one.shrunk == pytest.approx((8 + 0.7 * 5) / 17)


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    # the rest scores above: means 1.75 and 0.75 of 17/12; S = 1 * √(p q / var)
    one = item_statistics(*of(TWELVE, *FOUR))[0]
    rest = [3, 3, 2, 2, 2, 1, 1, 0, 2, 1, 0, 0]
    spread = math.sqrt(sum(r * r for r in rest) / 12 - (17 / 12) ** 2)
    assert one.discrimination == pytest.approx(1.0 * math.sqrt(2 / 3 * 1 / 3) / spread)
    assert one.rested == 12
    low, high = one.discrimination_interval
    assert low < 0 < one.discrimination < high


def test_the_point_biserial_counts_the_item_itself_and_is_higher() -> None:
    found, items = of(TWELVE, *FOUR)
    one = item_statistics(found, items)[0]
    total = found.earned.sum(axis=1)
    assert one.point_biserial == pytest.approx(np.corrcoef(found.earned[:, 0], total)[0, 1])
    assert one.point_biserial > one.discrimination


def test_each_option_has_its_share_and_the_standing_of_those_who_took_it() -> None:
    right, wrong, *idle = item_statistics(*of(TWELVE, *FOUR))[0].options
    assert (right.option, right.key, right.n) == ("a", True, 8)
    assert (wrong.option, wrong.key, wrong.n) == ("b", False, 4)
    assert (right.share, wrong.share) == pytest.approx((2 / 3, 1 / 3))
    spread = math.sqrt(37 / 12 - (17 / 12) ** 2)
    assert right.rest - wrong.rest == pytest.approx(1 / spread)
    assert [(one.n, math.isnan(one.rest)) for one in idle] == [(0, True), (0, True)]


def test_under_ten_people_discrimination_is_withheld_and_facility_is_not() -> None:
    one = item_statistics(*of(TWELVE[:9], *FOUR))[0]
    assert (one.n, one.rested) == (9, 9)
    assert math.isnan(one.discrimination)
    assert math.isnan(one.point_biserial)
    assert one.facility == pytest.approx(8 / 9)
    assert not math.isnan(item_statistics(*of(TWELVE[:10], *FOUR))[0].discrimination)


def test_an_item_everybody_gets_right_tells_nobody_apart() -> None:
    one = item_statistics(*of(["a" + row[1:] for row in TWELVE], *FOUR))[0]
    assert one.facility == 1
    assert math.isnan(one.discrimination)


def test_an_item_nobody_answered_has_the_authors_guess_and_no_more() -> None:
    one = item_statistics(*of(["." + row[1:] for row in TWELVE], *FOUR))[0]
    assert (one.n, one.options[0].n) == (0, 0)
    assert one.shrunk == pytest.approx(0.7)
    assert math.isnan(one.facility)


def test_five_right_answers_and_a_guess_of_sixty_percent_make_eighty() -> None:
    assert shrunk(1.0, 5, 0.6) == 0.8
    assert shrunk(math.nan, 0, 0.6) == 0.6


def test_who_met_only_hard_items_is_not_taken_for_weak() -> None:
    # three easy items all but one get right, three hard ones nobody else does; p8 met the hard ones
    rows = ["aaa...", *(["aaabbb"] * 7), "...bba", "bbbbbb"]
    rest = rest_scores(table(rows, *(single(name) for name in "stuvwx")).earned)
    assert np.nanmean(rest[8]) > np.nanmean(rest[1]) > np.nanmean(rest[9])


def test_a_rest_of_fewer_than_three_answers_is_none() -> None:
    earned = table(["aaa.", "aaab"], *FOUR).earned
    rest = rest_scores(earned)
    assert np.isnan(rest[0, :3]).all()
    assert not np.isnan(rest[1]).any()
    assert [bool(one) for one in np.isnan(total_scores(earned))] == [True, False]


@pytest.mark.parametrize("flat", [[1.0, 1.0, 1.0], [0.3, 0.3, np.nan]])
def test_what_does_not_vary_correlates_with_nothing(flat: list[float]) -> None:
    assert math.isnan(correlation(np.array(flat), np.array([1.0, 2.0, 3.0]))[0])


classes = st.lists(st.text("aab.", min_size=4, max_size=4), min_size=2, max_size=16)


@settings(max_examples=20)
@given(classes, st.randoms())
def test_the_order_of_people_does_not_matter(rows: list[str], chance: st.DrawFn) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for one, same in zip(
        item_statistics(*of(rows, *FOUR)), item_statistics(*of(shuffled, *FOUR)), strict=True
    ):
        for name in ("n", "facility", "shrunk", "rested", "discrimination", "point_biserial"):
            assert getattr(same, name) == pytest.approx(getattr(one, name), nan_ok=True), name
        assert [o.n for o in one.options] == [o.n for o in same.options]


@settings(max_examples=20)
@given(classes)
def test_figures_stay_within_their_bounds(rows: list[str]) -> None:
    for one in item_statistics(*of(rows, *FOUR)):
        assert 0 <= one.shrunk <= 1
        assert math.isnan(one.facility) or 0 <= one.facility <= 1
        for r in (one.discrimination, one.point_biserial):
            assert math.isnan(r) or -1 <= r <= 1
        assert sum(option.n for option in one.options) == one.n
