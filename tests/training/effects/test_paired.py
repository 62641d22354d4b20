from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.effects import before_after, mean_over, retained
from salestrain.training.effects.estimate import added, mean_of

# Hours of sleep gained with two drugs by the same ten patients: Cushny and Peebles (1905), the
# table in Student (1908); the intervals are those of the t tests in R's help page on these data.
DEXTRO = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
LAEVO = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
GRADES = st.lists(st.floats(-100, 100), min_size=2, max_size=12)


def test_before_and_after_is_students_paired_sleep_data() -> None:
    found = before_after(DEXTRO, LAEVO)
    assert found.value == pytest.approx(1.58)
    assert found.interval == pytest.approx((0.7001142, 2.4598858), abs=1e-7)
    assert found.n == (10,)


def test_two_groups_apart_are_welchs_test_of_the_sleep_data() -> None:
    found = added([(1.0, mean_of(DEXTRO)), (-1.0, mean_of(LAEVO))], (10, 10))
    assert found.interval == pytest.approx((-3.3654832, 0.2054832), abs=1e-7)


def test_who_lacks_a_figure_is_left_out() -> None:
    assert before_after([1, 2, math.nan, 4], [2, 4, 6, math.nan]) == before_after([1, 2], [2, 4])


def test_of_one_person_there_is_no_interval() -> None:
    found = before_after([1], [3])
    assert (found.value, found.known, found.few) == (2.0, False, True)


@given(GRADES, st.floats(-50, 50))
def test_adding_the_same_to_everybody_moves_the_gain_by_that(
    grades: list[float], by: float
) -> None:
    none, some = before_after(grades, grades), before_after(grades, np.add(grades, by))
    assert none.value == 0
    assert some.value == pytest.approx(by, abs=1e-9)


def test_all_of_the_gain_is_kept_where_nothing_changes_later_and_none_where_all_is_lost() -> None:
    before, after = [1.0, 2.0, 3.0, 4.0], [3.0, 5.0, 4.5, 7.0]
    assert retained(before, after, after).value == 1
    assert retained(before, after, before).value == 0


def test_the_interval_of_what_is_kept_holds_the_ratios_that_fieller_cannot_refuse() -> None:
    before = np.zeros(6)
    after, later = np.array([4.0, 6, 5, 7, 5, 6]), np.array([2.0, 4, 2, 5, 3, 3])
    found = retained(before, after, later)
    assert found.value == pytest.approx(19 / 33)
    for end in found.interval:  # there the difference is as far from 0 as Student's t allows
        left = later - end * after
        assert abs(left.mean()) / (left.std(ddof=1) / math.sqrt(6)) == pytest.approx(2.5705818)


def test_of_a_gain_that_is_not_sure_no_share_is_told() -> None:
    found = retained([1, 2, 3], [2, 1, 4], [2, 2, 3])
    assert not found.known


def test_a_mean_over_people_is_students() -> None:
    assert mean_over([4, 5, 3, 4]).interval == pytest.approx((4 - 1.2991, 4 + 1.2991), abs=1e-3)
