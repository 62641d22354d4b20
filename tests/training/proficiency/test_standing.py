"""A light is green or red only where the interval allows, and says what is missing else."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.proficiency import (
    Observation,
    Prior,
    Standing,
    Weighing,
    standing_of,
    widest_first,
)
from salestrain.training.proficiency.standing import level_at, share_of
from tests.training.proficiency.test_belief import NOW, SELLING, observations, seen


def stands(every: list[Observation], target: int = 3) -> Standing:
    return standing_of((SELLING, target, 4), every, Prior(), NOW, Weighing())


def calls(share: float, count: int) -> list[Observation]:
    return [seen(share, source=f"call {number}") for number in range(count)]


def test_ten_calls_at_the_top_level_are_green_and_ten_at_the_bottom_red() -> None:
    assert stands(calls(1.0, 10)).light == "green"
    assert stands(calls(0.0, 10)).light == "red"


def test_two_good_calls_are_too_few_to_tell_and_it_says_how_many_more() -> None:
    found = stands(calls(1.0, 2))
    # Beta(3, 1): an eighth lies under the cut of 0.5. With four more at 0.75 it is Beta(6, 2), of
    # which 8/128 still do; six make it fewer than one in twenty.
    assert (found.light, found.few, found.cut, found.level) == ("open", False, 0.5, 4)
    assert found.belief.above(found.cut) == pytest.approx(0.875)
    assert found.needed == 6


def test_without_two_things_seen_nothing_is_told_however_many_answers_there_are() -> None:
    answers = [seen(1.0, kind="exam", source=str(n)) for n in range(9) for _ in range(20)]
    found = stands([*answers, seen(1.0)])
    assert found.belief.above(found.cut) > 0.99
    assert (found.light, found.seen, found.few, found.needed) == ("open", 1, True, 1)


def test_what_was_seen_more_than_half_a_year_ago_does_not_count_as_seen() -> None:
    old = [one._replace(at=NOW - timedelta(days=190)) for one in calls(1.0, 30)]
    found = stands(old)
    assert (found.light, found.seen) == ("open", 0)
    assert found.belief.n > 10


def test_other_competencies_are_left_out() -> None:
    other = [one._replace(competency="1.1.teamwork") for one in calls(1.0, 10)]
    assert stands(other).observations == ()


def test_ones_own_view_stands_apart_and_two_levels_off_is_named() -> None:
    own = seen(share_of(4, 4), kind="assessed", source="self")
    found = stands([*calls(0.0, 6), own])
    assert (found.assessed, found.level, found.views_differ) == (4, 1, True)
    assert found.seen == 6
    assert stands(calls(0.0, 6)).assessed is None


def test_the_widest_gap_comes_first_and_green_ones_are_left_out() -> None:
    far, near = stands(calls(0.1, 4)), stands(calls(0.4, 4))
    assert [*widest_first([near, stands(calls(1.0, 12)), far])] == [far, near]
    assert far.gap > near.gap > 0


@given(st.integers(2, 5), st.data())
def test_a_level_given_lies_on_that_level(levels: int, data: st.DataObject) -> None:
    level = data.draw(st.integers(1, levels))
    assert level_at(share_of(level, levels), levels) == level


@given(observations, st.integers(1, 4))
def test_a_light_never_contradicts_the_interval_shown(
    every: list[Observation], target: int
) -> None:
    found = stands(every, target)
    low, high = found.interval
    if found.light == "green":
        assert low >= found.cut - 1e-6
    if found.light == "red":
        assert high <= found.cut + 1e-6


@given(observations, st.integers(1, 4))
def test_one_more_thing_seen_well_never_puts_a_green_light_out(
    every: list[Observation], target: int
) -> None:
    if stands(every, target).light == "green":
        assert stands([*every, seen(1.0, source="one more")], target).light == "green"


def test_of_simulated_people_few_lights_are_wrong_and_many_can_be_told() -> None:
    rng, wrong, lit = np.random.default_rng(11), 0, 0
    for _ in range(1500):
        truth, count = rng.random(), int(rng.integers(2, 25))
        every = [
            seen(float(done), days=n, source=str(n))
            for n, done in enumerate(rng.random(count) < truth)
        ]
        found = stands(every)
        lit += found.light != "open"
        wrong += found.light == "green" and truth < found.cut
        wrong += found.light == "red" and truth >= found.cut
    assert wrong / lit < 0.05
    assert lit / 1500 > 0.4
