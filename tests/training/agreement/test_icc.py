from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.agreement.icc import Model, icc, mean_squares
from salestrain.training.agreement.kappa import weighted_kappa

NAN = math.nan
MODELS: tuple[Model, ...] = (1, 2, 3)
# Shrout and Fleiss (1979), table 2: six targets, four judges.
JUDGES: list[list[float]] = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]
# 20 people's anxiety by three raters: R's irr (Gamer and others), its data set `anxiety`.
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]
).T

tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.integers(1, 5), min_size=raters, max_size=raters), min_size=2, max_size=9
    )
)


def test_the_mean_squares_are_shrout_and_fleisss_table_three() -> None:
    found = mean_squares(JUDGES)
    parts = found.between, found.within, found.among, found.residual
    assert [round(one, 2) for one in parts] == [11.24, 6.26, 32.49, 1.02]


@pytest.mark.parametrize(
    ("model", "of_mean", "value", "low", "high"),
    [
        (1, False, 0.17, -0.13, 0.72),
        (2, False, 0.29, 0.02, 0.76),
        (3, False, 0.71, 0.34, 0.95),
        (1, True, 0.44, -0.88, 0.91),
        (2, True, 0.62, 0.07, 0.93),
        (3, True, 0.91, 0.68, 0.99),
    ],
)
def test_the_six_forms_are_those_published(
    *, model: Model, of_mean: bool, value: float, low: float, high: float
) -> None:
    found = icc(JUDGES, model, of_mean=of_mean)
    assert (found.targets, found.raters) == (6, 4)
    assert round(found.value, 2) == value
    assert tuple(round(end, 2) for end in found.interval) == (low, high)


def test_the_anxiety_of_twenty_people_has_the_icc_that_irr_reports() -> None:
    # icc(anxiety, model = "twoway", type = "agreement"): 0.198, -0.039 to 0.494
    found = icc(ANXIETY, 2)
    assert (round(found.value, 3), *(round(end, 3) for end in found.interval)) == (
        *(0.198, -0.039, 0.494),
    )


def test_a_target_somebody_left_out_is_left_out() -> None:
    some = [*JUDGES, [1, NAN, 9, 9]]
    assert icc(some, 2) == icc(JUDGES, 2)


def test_a_lenient_rater_hurts_agreement_and_not_consistency() -> None:
    ratings = np.array([[1, 3], [2, 4], [3, 5]])
    assert icc(ratings, 3).value == 1
    # between 2, among 6, residual 0: 2 / (2 + 2 · 6 / 3)
    assert icc(ratings, 2).value == pytest.approx(1 / 3)
    low, high = icc(ratings, 2).interval
    assert low < 1 / 3 < high


def test_below_zero_agreement_has_the_degrees_of_the_residual() -> None:
    # between 1/8, among 1/8, residual 11/24: value (1/8 − 11/24) / (1/8 + 11/24 − 1/6) = −0.8
    found = icc([[1, 2], [2, 1], [1, 2], [2, 2]], 2)
    assert found.value == pytest.approx(-0.8)
    # F(3, 3) at 0.975 is 15.4392; of raters 2/8 + (8 − 2 − 4) · 11/24 = 7/6
    f, of_raters = 15.4392, 7 / 6
    ends = (
        4 * (1 / 8 - f * 11 / 24) / (f * of_raters + 4 / 8),
        4 * (f / 8 - 11 / 24) / (of_raters + f * 4 / 8),
    )
    assert tuple(found.interval) == pytest.approx(ends, abs=1e-4)


@pytest.mark.parametrize("model", MODELS)
def test_raters_who_agree_on_all_have_one_and_no_interval(model: Model) -> None:
    found = icc([[1, 1, 1], [2, 2, 2], [5, 5, 5]], model)
    assert found.value == 1
    assert all(map(math.isnan, found.interval))


@pytest.mark.parametrize("model", MODELS)
def test_where_nothing_differs_nothing_is_told(model: Model) -> None:
    found = icc([[3, 3], [3, 3], [3, 3]], model)
    assert math.isnan(found.value)
    assert all(map(math.isnan, found.interval))


def test_targets_whose_means_are_all_one_are_as_low_as_it_goes() -> None:
    crossed = [[1, 2], [2, 1], [1, 2], [2, 1]]
    assert icc(crossed, 1).value == pytest.approx(-1)
    assert math.isnan(icc(crossed, 1).interval.low)
    assert icc(crossed, 1, of_mean=True).value == -math.inf


@pytest.mark.parametrize(
    ("ratings", "fault"),
    [
        ([[1], [2]], "ratings by 1 rater; give two or more a column each"),
        (
            [[1, 2], [NAN, 2], [3, NAN]],
            "1 of 3 targets rated by all 2 raters; it takes two, so leave out raters who rated few",
        ),
        ([1, 2, 3], "ratings of shape (3,); give a row for each target"),
    ],
)
def test_fewer_than_two_targets_or_raters_are_refused(ratings: list[Any], fault: str) -> None:
    with pytest.raises(ValueError, match="rat") as caught:
        icc(ratings, 2)
    assert str(caught.value) == fault


@settings(max_examples=80, deadline=None)
@given(tables, st.sampled_from(MODELS), st.booleans())
def test_an_interval_holds_its_estimate_and_neither_is_above_one(
    rows: list[list[int]], model: Model, of_mean: bool
) -> None:
    found = icc(rows, model, of_mean=of_mean)
    low, high = found.interval
    assert math.isnan(found.value) or found.value <= 1
    assert math.isnan(low) or low - 1e-9 <= found.value <= high + 1e-9 <= 1 + 2e-9


@settings(max_examples=50, deadline=None)
@given(tables, st.sampled_from(MODELS), st.data())
def test_the_order_of_targets_and_raters_and_where_levels_begin_do_not_matter(
    rows: list[list[int]], model: Model, data: st.DataObject
) -> None:
    table = np.array(rows, float)
    order, columns = (data.draw(st.permutations(range(size))) for size in table.shape)
    one, same = icc(table, model), icc(3 * table[np.ix_(order, columns)] + 7, model)
    assert same.value == pytest.approx(one.value, nan_ok=True)
    assert tuple(same.interval) == pytest.approx(tuple(one.interval), nan_ok=True, abs=1e-9)


def test_over_many_targets_quadratic_kappa_is_the_icc_of_agreement() -> None:
    # So Fleiss and Cohen (1973) show.
    rng = np.random.default_rng(3)
    true = rng.normal(3, 1, 3000)
    levels = [np.clip(np.rint(true + rng.normal(by, 0.7, 3000)), 1, 5) for by in (0, 0.4)]
    found = icc(np.column_stack(levels), 2).value
    assert weighted_kappa(levels[0], levels[1]).value == pytest.approx(found, abs=5e-4)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_an_interval_holds_the_truth_nineteen_times_in_twenty(model: Model) -> None:
    rng = np.random.default_rng(11)
    raters = rng.normal(0, 0.5, (600, 1, 4)) * (model != 1)
    ratings = rng.normal(0, 1, (600, 12, 1)) + raters + rng.normal(0, 0.7, (600, 12, 4))
    truth = 1 / (1 + 0.49 + 0.25 * (model == 2))
    held = [low <= truth <= high for low, high in (icc(one, model).interval for one in ratings)]
    assert np.mean(held) == pytest.approx(0.95, abs=0.03)
