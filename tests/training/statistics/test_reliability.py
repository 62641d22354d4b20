from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.training.statistics.item import correlation, facilities, rest_scores
from salestrain.training.statistics.reliability import reliability

LSAT6 = Path(__file__).parents[4] / "shared" / "data" / "irt" / "lsat6.csv"
NAN = float("nan")
Table = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def lsat6() -> Table:
    """A thousand people's answers to five items."""
    if not LSAT6.is_file():
        pytest.skip("the answers of LSAT section 6 are not on this machine (../shared/data/irt)")
    with LSAT6.open(encoding="utf-8") as file:
        rows = [row[1:] for row in csv.reader(file)][1:]
    return np.array(rows, dtype=float)


def usual(earned: Table) -> float:
    """Cronbach's alpha as it is usually written."""
    k = earned.shape[1]
    total = earned.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - earned.var(axis=0, ddof=1).sum() / total))


def test_alpha_of_lsat_section_six_is_the_published_one(lsat6: Table) -> None:
    found = reliability(lsat6)
    assert found.alpha == pytest.approx(0.29500, abs=1e-5)
    assert (found.n, found.items) == (1000, 5)
    assert tuple(round(end, 3) for end in found.interval) == (0.223, 0.362)
    assert [round(float(one), 3) for one in facilities(lsat6)] == [0.924, 0.709, 0.553, 0.763, 0.87]
    rest = rest_scores(lsat6)
    apart = [round(correlation(lsat6[:, i], rest[:, i])[0], 4) for i in range(5)]
    assert apart == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_the_error_of_a_score_is_what_alpha_leaves_of_its_spread(lsat6: Table) -> None:
    found = reliability(lsat6)
    spread = lsat6.mean(axis=1).std(ddof=1)
    assert found.error == pytest.approx(spread * math.sqrt(1 - found.alpha))


def test_items_that_say_the_same_of_everybody_have_an_alpha_of_one() -> None:
    same = np.repeat([[1.0], [0.0]], 6, axis=0).repeat(4, axis=1)
    found = reliability(same)
    assert found.alpha == pytest.approx(1)
    assert found.error == pytest.approx(0)


def test_under_ten_people_or_three_items_alpha_is_withheld() -> None:
    rng = np.random.default_rng(1)
    earned = (rng.random((10, 3)) < 0.6).astype(float)
    assert not math.isnan(reliability(earned).alpha)
    assert math.isnan(reliability(earned[:9]).alpha)
    assert math.isnan(reliability(earned[:, :2]).alpha)
    assert reliability(earned[:9]).mean == pytest.approx(earned[:9].mean())


def test_where_nothing_varies_there_is_no_alpha() -> None:
    assert math.isnan(reliability(np.ones((12, 4))).alpha)
    assert reliability(np.full((0, 0), NAN)).n == 0


def test_a_person_with_one_answer_is_not_counted() -> None:
    earned = np.vstack([np.tile([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]], (6, 1)), [[1.0, NAN, NAN]]])
    assert reliability(earned).n == 12


def test_answers_missing_by_chance_leave_alpha_where_it_was() -> None:
    rng = np.random.default_rng(5)
    able = rng.standard_normal((600, 1))
    earned = (able + rng.standard_normal((600, 12)) > -0.3).astype(float)
    whole = reliability(earned)
    some = reliability(np.where(rng.random(earned.shape) < 0.5, NAN, earned))
    assert some.items == pytest.approx(6, abs=0.3)
    # a test of half the length, by Spearman and Brown
    length = some.items / 12
    halved = whole.alpha * length / (1 + (length - 1) * whole.alpha)
    assert some.alpha == pytest.approx(halved, abs=0.03)


tables = st.lists(
    st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=5, max_size=5), min_size=10, max_size=20
)


@settings(max_examples=20)
@given(tables)
def test_where_nothing_is_missing_alpha_is_the_usual_one(rows: list[list[float]]) -> None:
    earned = np.array(rows)
    if earned.sum(axis=1).var() > 1e-9:
        assert reliability(earned).alpha == pytest.approx(usual(earned))


@settings(max_examples=15)
@given(tables, st.data())
def test_the_order_of_people_and_items_does_not_matter(
    rows: list[list[float]], data: st.DataObject
) -> None:
    earned = np.array(rows)
    earned[data.draw(st.integers(0, len(rows) - 1)), 2] = NAN
    people, items = (data.draw(st.permutations(range(n))) for n in earned.shape)
    one, same = reliability(earned), reliability(earned[np.ix_(people, items)])
    assert same.alpha == pytest.approx(one.alpha, nan_ok=True)
    assert same.error == pytest.approx(one.error, nan_ok=True)
    assert math.isnan(one.alpha) or one.alpha <= 1 + 1e-9
    low, high = one.interval
    assert math.isnan(one.alpha) or low <= one.alpha <= high
