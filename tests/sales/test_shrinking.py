"""Shrinking: Efron and Morris's baseball players, planted differences, and pure luck."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.sales.shrinking import groups, shrunk, shrunk_shares

HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
"""Of the first 45 times at bat in 1970, for 18 players from Clemente to Alvis: Efron and Morris."""
SEASON = [
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269,
    0.230, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285, 0.316, 0.200,
]  # fmt: skip


def test_the_baseball_players_are_pulled_together_as_published() -> None:
    """Efron and Morris (1977): by 0.212 of the distance, Clemente to 0.294 and Alvis to 0.242."""
    seen = np.array(HITS) / 45
    found = shrunk(seen, [math.sqrt(0.265 * 0.735 / 45)] * 18)
    assert found.mean == pytest.approx(0.265, abs=5e-4)
    pulled = (found.value - found.mean) / (seen - found.mean)
    assert pulled == pytest.approx(np.full(18, 0.212), abs=5e-3)
    assert found.value[[0, -1]].round(3).tolist() == [0.294, 0.242]


def test_pulled_together_they_lie_nearer_to_the_rest_of_the_season() -> None:
    found = shrunk_shares(HITS, [45] * 18)
    seen, truth = np.array(HITS) / 45, np.array(SEASON)
    assert ((found.value - truth) ** 2).sum() < ((seen - truth) ** 2).sum() / 2.5
    assert ((found.low <= truth) & (truth <= found.high)).sum() >= 16
    assert len(groups(found)) == 1  # nobody can be told apart


def test_between_people_the_spread_is_found_where_there_is_one() -> None:
    """DerSimonian and Laird's spread and this one agree where all errors are alike."""
    chance = np.random.default_rng(5)
    values = chance.normal(10, 2, 4000) + chance.normal(0, 1, 4000)
    assert shrunk(values, np.ones(4000)).spread == pytest.approx(2, rel=0.05)
    assert shrunk(chance.normal(10, 1, 4000), np.ones(4000)).spread < 0.3


def test_of_luck_alone_a_difference_is_seldom_made() -> None:
    chance, told = np.random.default_rng(11), 0
    for _ in range(300):
        found = shrunk_shares(chance.binomial(30, 0.4, 8), [30] * 8)
        told += len(groups(found)) > 1
    assert told / 300 <= 0.05


def test_a_planted_difference_is_told() -> None:
    found = shrunk_shares([24, 60, 65, 58, 62, 59], [140] * 6)
    assert groups(found)[-1] == [0]


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    chance, covered = np.random.default_rng(3), []
    for _ in range(300):
        truth = np.clip(chance.normal(0.4, 0.08, 8), 0.05, 0.95)
        trials = chance.integers(20, 80, 8)
        found = shrunk_shares(chance.binomial(trials, truth), trials)
        covered += [*((found.low <= truth) & (truth <= found.high))]
    assert 0.92 <= float(np.mean(covered)) <= 0.985


@pytest.mark.parametrize(
    ("values", "errors"),
    [([1, 2, 3], [1] * 3), ([1, 2, 3, 4], [1, 0, 1, 1]), ([1, 2, 3, math.nan], [1] * 4)],
)
def test_too_few_or_without_an_error_nothing_is_shrunk(
    values: list[float], errors: list[float]
) -> None:
    with pytest.raises(ValueError, match="four figures or more"):
        shrunk(values, errors)
    with pytest.raises(ValueError, match="no more hits than trials"):
        shrunk_shares([3, 1, 1, 1], [2, 2, 2, 2])


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 3)), min_size=4, max_size=12),
    st.booleans(),
)
def test_figures_move_towards_the_mean_and_everybody_is_in_one_group(
    given_: list[tuple[float, float]], highest: bool
) -> None:
    values, errors = np.array(given_).T
    found = shrunk(values, errors)
    assert (np.abs(found.value - found.mean) <= np.abs(values - found.mean) + 1e-9).all()
    bands = groups(found, highest_first=highest)
    assert sorted(one for band in bands for one in band) == list(range(values.size))
