from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.agreement.kappa import POWER, Weights, light_kappa, weighted_kappa
from tests.training.agreement.test_icc import ANXIETY

NAN = math.nan
Levels = npt.NDArray[np.float64]
# SAS's example of PROC FREQ: two raters, three categories, as statsmodels' own tests have it.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
# Fleiss (1981), table 13.1: psychotic, neurotic, organic.
FLEISS = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
# Fleiss (1971): the diagnoses of 30 patients by six psychiatrists, R's irr `diagnoses`.
DIAGNOSES = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444
222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 222455 114444 144445 222224
111155 224444 133333 555555"""

pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=30)
weightings = st.sampled_from(sorted(POWER))


def spelt_out(table: list[list[int]]) -> tuple[Levels, Levels]:
    """The two raters' levels, target for target, of a table of counts."""
    rows, columns = np.indices(np.shape(table))
    counts = np.ravel(table)
    return tuple(np.repeat(each.ravel(), counts).astype(float) for each in (rows, columns))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("weights", "value", "error", "low", "high"),
    [
        ("none", 0.4842, 0.1380, 0.2137, 0.7547),
        ("linear", 0.4701, 0.1457, 0.1845, 0.7558),
    ],
)
def test_the_simple_and_the_weighted_kappa_are_those_sas_prints(
    weights: Weights, value: float, error: float, low: float, high: float
) -> None:
    found = weighted_kappa(*spelt_out(SAS), weights)
    printed = [round(each, 4) for each in (found.value, found.error, *found.interval)]
    assert printed == pytest.approx([value, error, low, high], abs=1e-9)
    assert (found.targets, found.pairs) == (19, 1)


def test_kappa_of_a_hundred_diagnoses_is_fleisss() -> None:
    assert round(weighted_kappa(*spelt_out(FLEISS), "none").value, 2) == 0.68


@pytest.mark.parametrize(
    ("weights", "value"), [("none", -0.006289308), ("linear", 0.1459075), ("quadratic", 0.2520325)]
)
def test_the_kappas_of_two_raters_of_anxiety_are_those_irr_reports(
    weights: Weights, value: float
) -> None:
    # Neither gave a 5, and irr numbers the levels that there are.
    one, other = np.where(ANXIETY == 6, 5, ANXIETY)[:, 1:].T
    assert weighted_kappa(one, other, weights).value == pytest.approx(value, rel=1e-6)


def test_lights_kappa_of_six_psychiatrists_is_the_one_irr_reports() -> None:
    ratings = [[int(one) for one in patient] for patient in DIAGNOSES.split()]
    found = light_kappa(ratings, "none")
    assert (round(found.value, 3), found.targets, found.pairs) == (0.459, 30, 15)


def test_two_of_three_agreed_by_hand() -> None:
    # Apart on 1/3; by chance on (2/3)(2/3) + (1/3)(1/3) = 5/9.
    found = weighted_kappa([1, 1, 2], [1, 2, 2], "none")
    assert found.value == pytest.approx(1 - (1 / 3) / (5 / 9))


def test_targets_one_of_them_left_out_are_dropped() -> None:
    one, other = [1, 2, 3, NAN, 5], [2, 2, 4, 3, NAN]
    assert weighted_kappa(one, other) == weighted_kappa([1, 2, 3], [2, 2, 4])


def test_a_disagreement_by_three_levels_weighs_more_than_three_by_one() -> None:
    far, near = [1, 2, 3, 4, 5, 5], [4, 2, 3, 4, 5, 5]
    by_one = [2, 3, 4, 4, 5, 5]
    assert weighted_kappa(far, near).value < weighted_kappa(far, by_one).value
    assert weighted_kappa(far, near, "none").value > weighted_kappa(far, by_one, "none").value


def test_the_kappa_of_several_is_the_mean_over_pairs_on_what_both_rated() -> None:
    table = ANXIETY.astype(float)
    table[3, 0] = table[7, 2] = NAN
    each = [weighted_kappa(table[:, a], table[:, b]).value for a, b in combinations(range(3), 2)]
    assert light_kappa(table).value == pytest.approx(np.mean(each))


def test_a_pair_that_always_gave_the_same_level_is_not_in_the_mean() -> None:
    # The first two: chance explains all. The third beside either: 0, as one of them never varies.
    found = light_kappa([[3, 3, 1], [3, 3, 2], [3, 3, 3]])
    assert found.pairs == 2
    assert found.value == pytest.approx(0)
    none = light_kappa([[3, 3], [3, 3]])
    assert (none.pairs, math.isnan(none.value), math.isnan(none.interval.low)) == (0, True, True)


@pytest.mark.parametrize(
    ("ratings", "fault"),
    [
        (
            [[1, NAN], [2, 2], [NAN, 3]],
            "no two of 2 raters have two targets in common; let two rate the same",
        ),
        ([[1], [2]], "no two of 1 raters have two targets in common; let two rate the same"),
        ([1, 2], "ratings of shape (2,); give a row for each target"),
    ],
)
def test_raters_without_two_targets_in_common_are_refused(ratings: list[Any], fault: str) -> None:
    with pytest.raises(ValueError, match="rat") as caught:
        light_kappa(ratings)
    assert str(caught.value) == fault


def test_raters_of_different_targets_are_refused() -> None:
    with pytest.raises(ValueError, match="shape") as caught:
        weighted_kappa([1, 2, 3], [1, 2])
    assert str(caught.value) == (
        "one rater's levels have shape (3,), the other's (2,); "
        "give both a level, or NaN, for each target"
    )


@settings(max_examples=60)
@given(pairs, weightings)
def test_raters_may_change_places_and_the_interval_holds_the_estimate(
    given_pairs: list[tuple[int, int]], weights: Weights
) -> None:
    one, other = np.array(given_pairs, float).T
    found, turned = weighted_kappa(one, other, weights), weighted_kappa(other, one, weights)
    assert turned.value == pytest.approx(found.value, nan_ok=True)
    assert turned.error == pytest.approx(found.error, nan_ok=True)
    assert math.isnan(found.value) or -1 - 1e-9 <= found.value <= 1
    low, high = found.interval
    assert math.isnan(low) or -1 <= low <= found.value + 1e-9 <= high + 2e-9 <= 1 + 2e-9


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=20), weightings, st.integers(2, 4))
def test_perfect_agreement_is_one_without_an_interval(
    levels: list[int], weights: Weights, raters: int
) -> None:
    found = light_kappa(np.tile(np.array(levels)[:, None], raters), weights)
    assert found.value == (1 if len(set(levels)) > 1 else pytest.approx(NAN, nan_ok=True))
    assert math.isnan(found.interval.low)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=3, max_size=15), weightings, st.data()
)
def test_the_order_of_targets_and_where_levels_begin_do_not_matter(
    rows: list[tuple[int, ...]], weights: Weights, data: st.DataObject
) -> None:
    table = np.array(rows, float)
    order = data.draw(st.permutations(range(len(rows))))
    one, same = light_kappa(table, weights), light_kappa(2 * table[order] - 9, weights)
    assert same.value == pytest.approx(one.value, nan_ok=True)
    assert same.error == pytest.approx(one.error, nan_ok=True, abs=1e-12)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(pairs, weightings)
def test_value_and_error_are_statsmodels(
    given_pairs: list[tuple[int, int]], weights: Weights
) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415 (loads slowly)

    table = np.zeros((5, 5))
    for a, b in given_pairs:
        table[a - 1, b - 1] += 1
    one, other = np.array(given_pairs, float).T
    found = weighted_kappa(one, other, weights)
    if math.isnan(found.value):
        return
    how = {} if weights == "none" else {"weights": np.arange(5.0), "wt": weights}
    with np.errstate(all="ignore"):  # it also divides by an error that may be 0
        theirs = cohens_kappa(table, **how)
    assert found.value == pytest.approx(theirs.kappa, abs=1e-9)
    assert found.error**2 == pytest.approx(theirs.var_kappa, abs=1e-9)


@pytest.mark.slow
def test_the_error_of_several_is_the_spread_of_their_kappas_over_samples() -> None:
    rng = np.random.default_rng(8)
    noise = rng.normal(0, 0.8, (400, 80, 4)) + rng.normal(0, 1, (400, 80, 1))
    found = [light_kappa(one, "linear") for one in np.clip(np.rint(noise + 3), 1, 5)]
    spread = np.std([one.value for one in found])
    assert np.mean([one.error for one in found]) == pytest.approx(spread, rel=0.1)
