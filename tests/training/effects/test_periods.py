from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.effects import (
    Change,
    change_of,
    difference_in_differences,
    staggered,
)

# Full-time employment per fast-food store before and after New Jersey raised its minimum wage and
# Pennsylvania didn't, means (standard errors): Card and Krueger (1994), American Economic Review
# 84(4), table 3, rows 1 to 3. The changes rest on 331 and 79 stores.
NEW_JERSEY, PENNSYLVANIA = (20.44, 21.03), (23.33, 21.17)
CHANGES = Change(0.59, 0.54, 331), Change(-2.16, 1.25, 79)
NEVER = math.inf


def test_new_jersey_against_pennsylvania_is_card_and_krueger_1994() -> None:
    found = difference_in_differences(*CHANGES)
    by_hand = (NEW_JERSEY[1] - NEW_JERSEY[0]) - (PENNSYLVANIA[1] - PENNSYLVANIA[0])
    assert found.value == pytest.approx(by_hand)
    assert found.value == pytest.approx(2.76, abs=0.011)  # theirs, from unrounded means
    error = math.hypot(CHANGES[0].error, CHANGES[1].error)
    assert error == pytest.approx(1.36, abs=0.005)
    half = (found.interval.high - found.interval.low) / 2
    assert half / error == pytest.approx(1.98, abs=0.01)  # Student's t at about 109 degrees
    assert found.n == (331, 79)


def test_two_waves_are_plain_difference_in_differences() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(9, 3))
    starts = [1, 1, 1, 1, 2, 2, 2, 2, 2]
    changed = [change_of(values[rows, 0], values[rows, 1]) for rows in (slice(4), slice(4, 9))]
    plain, found = difference_in_differences(*changed), staggered(values, starts)
    assert found.value == pytest.approx(plain.value)
    assert found.interval == pytest.approx(plain.interval)
    assert found.n == (4, 5)


def test_effects_that_grow_bias_nothing_where_two_way_fixed_effects_would_be_wrong() -> None:
    # One early, one late, one never, twice each; all go up by 1 a stretch, the trained by 2 more
    # for each stretch since. By hand: 2, 4, 6 for the early, 2, 4 for the late: mean 3.6.
    starts = [1, 1, 2, 2, NEVER, NEVER]
    values = [
        [t + (2 * (t - start + 1) if t >= start else 0) + person for t in range(4)]
        for person, start in enumerate(starts)
    ]
    found = staggered(values, starts)
    assert found.value == pytest.approx(18 / 5)
    assert found.interval == pytest.approx((18 / 5, 18 / 5))
    assert _two_way(np.array(values, float), starts) == pytest.approx(2.6)


def _two_way(values: np.ndarray, starts: list[float]) -> float:
    """The coefficient of training in a regression with effects of person and stretch."""
    people, times = values.shape
    rows = [(n, t) for n in range(people) for t in range(times)]
    table = [[*np.eye(people)[n], *np.eye(times)[t][1:], float(t >= starts[n])] for n, t in rows]
    return float(np.linalg.lstsq(np.array(table), values.ravel(), rcond=None)[0][-1])


def test_the_last_wave_has_nobody_to_be_held_against() -> None:
    assert staggered([[1, 2], [3, 5]], [1, 1]).n == (0,)
    assert math.isnan(staggered([[1, 2], [3, 5]], [1, 1]).value)


def test_who_began_before_there_was_a_before_or_lacks_a_stretch_is_left_out() -> None:
    values: list[list[float]] = [[9, 9], [1, 3], [2, 3], [0, 1], [0, math.nan]]
    assert staggered(values, [0, 1, 1, NEVER, NEVER]).n == (2, 1)


@given(st.integers(0, 10_000), st.floats(-5, 5))
def test_what_belongs_to_a_person_or_to_a_stretch_drops_out(seed: int, by: float) -> None:
    rng = np.random.default_rng(seed)
    values, starts = rng.normal(size=(8, 4)), [1, 1, 2, 2, 3, 3, NEVER, NEVER]
    same = values + by * rng.normal(size=(8, 1)) + by * rng.normal(size=(1, 4))
    assert staggered(same, starts).value == pytest.approx(staggered(values, starts).value, abs=1e-9)


def test_intervals_of_24_people_in_three_waves_cover_the_truth_as_often_as_they_say() -> None:
    rng, covered = np.random.default_rng(11), 0
    starts = np.repeat([1.0, 2.0, 3.0], 8)
    for _ in range(400):
        values = rng.normal(size=(24, 1)) + rng.normal(size=(24, 4))
        values += 0.5 * (np.arange(4) >= starts[:, None])
        covered += staggered(values, starts.tolist()).covers(0.5)
    assert 0.90 <= covered / 400 <= 0.98
