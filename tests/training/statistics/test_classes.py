from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.quizzes.responses import Responses
from salestrain.training.statistics.classes import (
    Standing,
    grouped,
    mean_of_people,
    needs,
    standings,
)
from salestrain.training.statistics.intervals import Interval
from tests.training.conftest import item, options
from tests.training.statistics.conftest import single, table

NAN = math.nan
ONE, TWO, THREE = (single(name) for name in ("one", "two", "three"))
ALL = {"all": [ONE.id, TWO.id, THREE.id]}


def stand(rows: list[str], ours: int) -> Standing:
    found = table(rows, ONE, TWO, THREE)
    return standings(found, found.people[:ours], ALL)[0]


def test_a_share_is_the_mean_over_people_and_not_over_answers() -> None:
    # one person with three wrong answers, one with a single right one
    one = stand(["bbb", "a..", "aab"], 2)
    assert (one.people, one.answers, one.share) == (2, 4, 0.5)
    # t(1) is 12.7: the interval of two who differ by everything is all there is
    assert one.interval == Interval(0.0, 1.0)


def test_a_gap_compares_on_the_same_items_alone() -> None:
    # ours answered the third item only, which is hard for everybody
    one = stand(["..b", "..a", "aab", "aaa", "aab", "aab"], 2)
    assert one.share == 0.5
    assert one.gap == pytest.approx(0.5 - 0.25)


def test_where_nobody_else_answered_there_is_no_gap() -> None:
    one = stand(["a..", "b..", ".a."], 2)
    assert math.isnan(one.gap)
    assert not one.sure


def test_a_class_far_behind_is_surely_so_and_a_small_one_never() -> None:
    ours, others = ["bbb", "bba", "bbb", "bab", "bbb", "bbb"], ["aaa", "aab", "aaa", "aba"]
    assert stand(ours + others, 6).behind
    assert not stand(ours[:4] + others, 4).sure
    assert stand(ours[:4] + others, 4).few
    assert not stand(["aab", "aba", "baa", "aaa", "bbb", *others], 5).behind


def test_an_item_nobody_of_the_class_answered_leaves_no_standing() -> None:
    found = table(["...", "aaa"], ONE, TWO, THREE)
    assert standings(found, found.people[:1], ALL) == ()


def test_the_interval_of_five_people_is_within_two_percent_of_students() -> None:
    # 0, 0.25 … 1: mean 0.5, deviation 0.3953; t(4) = 2.7764
    middle, (low, high) = mean_of_people(np.array([[0.0], [0.25], [0.5], [0.75], [1.0]]))
    half = 2.7764 * 0.39528 / math.sqrt(5)
    assert middle == 0.5
    assert (middle - low, high - middle) == pytest.approx((half, half), rel=0.02)
    assert math.isnan(mean_of_people(np.array([[NAN]]))[0])


def test_items_are_grouped_by_section_or_by_the_rule_they_cite_first(
    items: dict[str, Item],
) -> None:
    other = item("single", id="1.1.i.other", options=options(a=True, b=False, c=False))
    assert list(grouped([ONE, other])) == ["1.1", "2.2"]
    assert grouped(items.values(), by_rule=True) == {"2.2.trade": tuple(items)}


def bank() -> dict[str, Item]:
    """Ten items of one section and six of another."""
    more = [item("single", id=f"1.1.i.x{chr(97 + n)}", options=options(a=True, b=False, c=False))
            for n in range(6)]  # fmt: skip
    every = [single(f"x{chr(97 + n)}") for n in range(10)] + more
    return {one.id: one for one in every}


def test_somebody_practises_the_sections_they_are_low_in() -> None:
    every = bank()
    found = table(["aaaaaaaaaabbbbbb", "a" * 16, "bbbbbb" + "." * 10], *every.values())
    low, well, few = needs(found, every)
    # 1.1: (0 + 6 · 10/16) / (6 + 6) = 0.31; 2.2: (10 + 3.75) / 16 = 0.86
    assert (low.person, low.answers, low.sections) == ("p0", 16, ("1.1",))
    assert low.share == pytest.approx(10 / 16)
    assert (well.person, well.sections) == ("p1", ())
    assert (few.person, few.answers, few.few, few.sections) == ("p2", 6, True, ())


def test_two_slips_of_somebody_good_name_no_section() -> None:
    every = bank()
    found = table(["aaaaaaaaaa" + "bb....", "a" * 16], *every.values())
    # (0 + 6 · 10/12) / (2 + 6) = 0.625
    assert {one.person: one.sections for one in needs(found, every)} == {"p0": (), "p1": ()}


def test_who_has_not_answered_is_last_and_told_nothing() -> None:
    every = bank()
    found = table(["." * 16, "b" * 16], *every.values())
    assert [one.person for one in needs(found, every)] == ["p1", "p0"]
    assert math.isnan(needs(found, every)[1].share)


@settings(max_examples=20)
@given(st.lists(st.text("ab.", min_size=3, max_size=3), min_size=3, max_size=12), st.randoms())
def test_the_order_of_people_does_not_matter(rows: list[str], chance: st.DrawFn) -> None:
    found = table(rows, ONE, TWO, THREE)
    order = list(range(len(rows)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    mixed = Responses(
        *(tuple(found.people[n] for n in order), found.items, found.earned[order]),
        *(tuple(found.answers[n] for n in order), found.at[order]),
    )
    for one, same in zip(
        standings(found, {"p0", "p1"}, ALL), standings(mixed, {"p0", "p1"}, ALL), strict=True
    ):
        assert (same.people, same.answers) == (one.people, one.answers)
        assert same.gap == pytest.approx(one.gap, nan_ok=True)
        assert 0 <= one.share <= 1
        low, high = one.interval
        assert math.isnan(low) or 0 <= low <= one.share <= high <= 1
