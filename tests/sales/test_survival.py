"""Survival curves: beside a published example, beside statsmodels, and by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from salestrain.sales.survival import incidence, kaplan_meier

if TYPE_CHECKING:
    import numpy.typing as npt

REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
"""Weeks in remission of 21 leukaemia patients on 6-MP; Freireich and others (1963)."""


def drawn(
    seed: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    chance = np.random.default_rng(seed)
    n = int(chance.integers(5, 60))
    entered = np.round(chance.exponential(5, n) * (chance.random(n) < 0.5))
    return entered + chance.integers(1, 40, n), chance.integers(0, 3, n), entered


def test_the_6_mp_patients_come_out_as_published() -> None:
    """Kaplan–Meier of that table: Klein and Moeschberger (2003), table 4.1A."""
    curve = kaplan_meier(REMISSION, RELAPSED)
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.share.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.quantile() == (23, 13, math.inf)
    assert curve.share_at(5) == 1
    assert curve.share_at(15.5) == pytest.approx(0.690, abs=5e-4)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("late", [False, True])
def test_it_agrees_with_statsmodels(seed: int, late: bool) -> None:
    time, cause, entered = drawn(seed)
    theirs = SurvfuncRight(time, cause > 0, entry=entered if late else None)
    ours = kaplan_meier(time, cause > 0, entered if late else None)
    at = np.searchsorted(theirs.surv_times, ours.times)
    assert ours.share == pytest.approx(theirs.surv_prob[at])
    assert ours.at_risk == pytest.approx(theirs.n_risk[at])
    inside = (ours.share > 0) & (ours.share < 1)
    error = theirs.surv_prob_se[at][inside]
    share = ours.share[inside]
    half = 1.959963984540054 * error / (share * np.abs(np.log(share)))
    assert ours.low[inside] == pytest.approx(share ** np.exp(half))
    assert ours.high[inside] == pytest.approx(share ** np.exp(-half))


@pytest.mark.parametrize("seed", range(12))
def test_the_ways_to_end_agree_with_statsmodels_and_add_up(seed: int) -> None:
    time, cause, _ = drawn(seed)
    ways = [incidence(time, cause > 0, cause == way) for way in (1, 2)]
    with np.errstate(all="ignore"):  # theirs divides by zero where the last one ends
        theirs = CumIncidenceRight(time, cause)
    for way, found in enumerate(ways):
        at = np.searchsorted(theirs.times, found.times)
        assert found.share == pytest.approx(theirs.cinc[way][at])
        known = (found.low < found.share) & np.isfinite(theirs.cinc_se[way][at])
        share, error = found.share[known], theirs.cinc_se[way][at][known]
        half = 1.959963984540054 * error / (share * np.abs(np.log(share)))
        assert found.low[known] == pytest.approx(share ** np.exp(half), rel=1e-6)
    left = kaplan_meier(time, cause > 0).share
    assert ways[0].share + ways[1].share + left == pytest.approx(np.ones(left.size))


def test_with_one_way_to_end_its_interval_is_that_of_the_curve() -> None:
    """Marubini and Valsecchi's variance is Greenwood's where nothing competes."""
    curve, found = kaplan_meier(REMISSION, RELAPSED), incidence(REMISSION, RELAPSED, RELAPSED)
    greenwood = np.cumsum(curve.ended / (curve.at_risk * (curve.at_risk - curve.ended)))
    error = curve.share * np.sqrt(greenwood)
    half = 1.959963984540054 * error / (found.share * np.abs(np.log(found.share)))
    assert found.low == pytest.approx(found.share ** np.exp(half), rel=1e-6)


def test_the_interval_of_a_way_to_end_covers_the_truth_about_as_often_as_it_says() -> None:
    chance, covered, seeds = np.random.default_rng(7), 0, 400
    truth = 0.5 * (1 - math.exp(-2))  # two ways alike, by time 1 at rate 1 each
    for _ in range(seeds):
        one, other, last = (chance.exponential(1 / rate, 60) for rate in (1, 1, 0.5))
        time = np.minimum(np.minimum(one, other), last)
        found = incidence(time, time < last, (one < other) & (time < last))
        _, low, high = found.by(1.0)
        covered += low <= truth <= high
    assert 0.92 <= covered / seeds <= 0.98


def test_who_still_waits_counts_as_having_waited_at_least_so_long() -> None:
    over = [1, 2, 3, 4]
    assert kaplan_meier(over, [1] * 4).quantile()[0] == 2
    with_open = kaplan_meier([*over, 9, 9, 9, 9], [1] * 4 + [0] * 4)
    assert with_open.quantile()[0] == 4  # the mean of those over would still be 2.5
    assert with_open.share_at(4) == pytest.approx(0.5)


def test_nothing_seen_tells_nothing_and_a_wait_below_zero_is_refused() -> None:
    empty = kaplan_meier([], [])
    assert empty.quantile() == (math.inf, math.inf, math.inf)
    assert kaplan_meier([3.0], [False]).share_at(2) == 1
    with pytest.raises(ValueError, match="below zero"):
        kaplan_meier([-1.0], [True])


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40))
def test_the_curve_never_rises_and_lies_within_its_interval(seen: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier([time for time, _ in seen], [over for _, over in seen])
    assert (np.diff(curve.share) <= 1e-12).all()
    known = ~np.isnan(curve.low)
    assert (curve.low[known] <= curve.share[known] + 1e-12).all()
    assert (curve.share[known] <= curve.high[known] + 1e-12).all()
