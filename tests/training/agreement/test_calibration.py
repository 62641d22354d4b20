from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.agreement.calibration import (
    Disagreement,
    Leaning,
    Spread,
    leanings,
    session,
)
from salestrain.training.statistics.intervals import UNKNOWN

NAMES = ("opening", "questions", "listening", "value", "objections", "closing")
CARDS = {
    "ana": dict(zip(NAMES, (4, 4, 5, 4, 5, 4), strict=True)),
    "bo": dict(zip(NAMES, (3, 3, 3, 2, 3, 3), strict=True)),
    "chen": dict(zip(NAMES, (3, 2, 3, 4, 3, 3), strict=True)),
}

cards = st.dictionaries(
    st.sampled_from(["ana", "bo", "chen", "dee"]),
    st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5)),
)


def test_spreads_are_the_widest_first() -> None:
    found = session(CARDS).spreads
    # Two levels wide all but the first and last; of those the ones with nobody in the middle first.
    assert [one.competency for one in found] == [
        *("listening", "value", "objections", "questions", "opening", "closing")
    ]
    assert found[3] == Spread("questions", 3, 2, 4, 3.0, 1.0)


def test_who_is_more_lenient_is_told_beside_the_mean_of_the_others() -> None:
    ana, bo, chen = session(CARDS).leanings
    # Above the others by 1, 1.5, 2, 1, 2, 1: mean 8.5/6, deviation 0.4916; t(5) = 2.5706
    half = 2.5706 * 0.4916 / math.sqrt(6)
    assert (ana.rater, ana.n, ana.lean) == ("ana", 6, "lenient")
    assert ana.gap == pytest.approx(8.5 / 6)
    assert tuple(ana.interval) == pytest.approx((8.5 / 6 - half, 8.5 / 6 + half), abs=1e-3)
    # Below by 0.5, 0, 1, 2, 1, 0.5 and by 0.5, 1.5, 1, −1, 1, 0.5
    assert (chen.rater, bo.rater) == ("bo", "chen")
    assert [each.gap for each in (bo, chen)] == pytest.approx([-3.5 / 6, -5 / 6])


def test_a_gap_within_what_chance_does_among_so_many_has_no_name() -> None:
    _, middle, last = session(CARDS).leanings
    # Half the others' 95 % intervals: 0.92 beside 0.58, and 0.71 beside 0.83; among three raters
    # the bound is t(5) at 1 − 0.025/3, 3.5341 for 2.5706, so 0.98 beside 0.83.
    assert (middle.lean, last.lean) == ("", "")
    assert last.interval.high < 0
    alone = {name: CARDS[name] for name in ("ana", "bo")}
    assert [one.lean for one in session(alone).leanings] == ["lenient", "strict"]


def test_one_level_off_throughout_is_known_no_better_than_levels_are_rounded() -> None:
    low = dict.fromkeys(NAMES, 3)
    one = session({"ana": dict.fromkeys(NAMES, 4), "bo": low}).leanings[0]
    # t(5) / √12 / √6
    assert one.interval.high - one.gap == pytest.approx(2.5706 / math.sqrt(72), abs=1e-4)
    assert one.lean == "lenient"


def test_under_five_competencies_nobody_is_called_anything() -> None:
    few = {rater: {name: card[name] for name in NAMES[:4]} for rater, card in CARDS.items()}
    assert session(few).leanings[0] == Leaning("ana", 4, 1.375, UNKNOWN, "")


def test_pairs_two_levels_apart_are_to_talk_about_the_widest_first() -> None:
    cards = {"ana": {"a": 2, "b": 1}, "bo": {"a": 4, "b": 5}, "chen": {"a": 3, "b": 4}}
    assert session(cards).disagreements == (
        Disagreement("b", "bo", 5, "ana", 1),
        Disagreement("b", "chen", 4, "ana", 1),
        Disagreement("a", "bo", 4, "ana", 2),
    )


def test_what_only_one_scored_is_compared_with_nothing() -> None:
    found = session({"ana": {"a": 5, "b": 4}, "bo": {"b": 4}, "chen": {"c": 1}})
    assert [one.competency for one in found.spreads] == ["b"]
    assert [(one.rater, one.n) for one in found.leanings] == [("ana", 1), ("bo", 1), ("chen", 0)]
    assert math.isnan(found.leanings[2].gap)
    assert session({"ana": {"a": 5}}).spreads == ()
    assert session({}).leanings == ()


@pytest.mark.parametrize("level", [0, 6, 2.5])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    cards = {"ana": {"opening": level}}
    for refuse in (session, lambda wrong: leanings({"run": wrong})):
        with pytest.raises(ValueError, match="level") as caught:
            refuse(cards)  # type: ignore[arg-type]
        assert str(caught.value) == (
            f"ana gave {level!r} for 'opening'; give a whole level from 1 to 5"
        )


def test_over_several_runs_a_run_counts_once_however_much_was_scored() -> None:
    one = {"ana": {"a": 5, "b": 5, "c": 5}, "bo": {"a": 3, "b": 3, "c": 3}}
    other = {"ana": {"a": 2}, "bo": {"a": 3}}
    found = leanings({"r1": one, "r2": other, "r3": {"ana": {"a": 1}}})
    # ana: 2 above in the one, 1 below in the other
    assert [(each.rater, each.n, each.gap) for each in found] == [("ana", 2, 0.5), ("bo", 2, -0.5)]


def test_over_five_runs_somebody_strict_is_called_so() -> None:
    found = leanings({f"r{n}": {"ana": {"a": 4}, "bo": {"a": 2 + n % 2}} for n in range(5)})
    assert [one.lean for one in found] == ["lenient", "strict"]
    # 2, 1, 2, 1, 2: mean 1.6, deviation 0.5477; t(4) = 2.7764
    half = 2.7764 * 0.5477 / math.sqrt(5)
    assert tuple(found[0].interval) == pytest.approx((1.6 - half, 1.6 + half), abs=1e-3)


@settings(max_examples=80)
@given(cards, st.randoms(use_true_random=False))
def test_the_order_of_raters_does_not_matter(
    given_cards: dict[str, dict[str, int]], chance: st.DrawFn
) -> None:
    names = list(given_cards)
    chance.shuffle(names)  # type: ignore[attr-defined]
    found, mixed = session(given_cards), session({name: given_cards[name] for name in names})
    gaps, same = ({one.rater: one for one in each.leanings} for each in (found, mixed))
    for rater, one in gaps.items():
        assert same[rater].gap == pytest.approx(one.gap, nan_ok=True)
        assert same[rater].lean == one.lean
        assert math.isnan(one.interval.low) or one.interval.low <= one.gap <= one.interval.high
    assert {one.competency for one in mixed.spreads} == {one.competency for one in found.spreads}
    assert len(mixed.disagreements) == len(found.disagreements)
    assert all(one.high - one.low >= 2 for one in found.disagreements)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_raters_who_agree_lean_nowhere_and_have_nothing_to_talk_about(levels: list[int]) -> None:
    card = dict(zip(NAMES, levels, strict=True))
    found = session({"ana": card, "bo": card, "chen": card})
    assert {(one.gap, one.lean) for one in found.leanings} == {(0, "")}
    assert {one.high - one.low for one in found.spreads} == {0}
    assert found.disagreements == ()
