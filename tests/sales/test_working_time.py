"""Working hours: shifts, weekends, holidays, and China's working days moved about them."""

from __future__ import annotations

from datetime import date, time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.sales.working_time import WorkingTime, working_time

WEEK = (1, 2, 3, 4, 5)
OFFICE = ((time(9), time(17)),)
SPLIT = ((time(8, 30), time(12)), (time(13), time(17, 30)))
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PLAIN = working_time(FIRST, LAST, WEEK, OFFICE)
CHINA = working_time(FIRST, LAST, WEEK, SPLIT, "CN")


def due(calendar: WorkingTime, since: str, hours: float) -> str:
    found = calendar.due(since, hours)
    return "unknown" if np.isnat(found) else str(found).replace("T", " ")


def hours(calendar: WorkingTime, since: str, until: str) -> float:
    return float(calendar.hours(since, until))


def test_friday_half_past_four_and_an_hour_is_monday_half_past_nine() -> None:
    assert due(PLAIN, "2026-11-27T16:30", 1) == "2026-11-30 09:30"


@pytest.mark.parametrize(
    ("since", "takes", "until"),
    [
        ("2026-11-27T16:00", 1, "2026-11-27 17:00"),  # as the day ends, not as the next begins
        ("2026-11-27T17:00", 1, "2026-11-30 10:00"),
        ("2026-11-28T11:00", 1, "2026-11-30 10:00"),  # a Saturday
        ("2026-11-27T07:00", 8, "2026-11-27 17:00"),
        ("2026-11-27T07:00", 16, "2026-11-30 17:00"),
        ("2026-11-28T11:00", 0, "2026-11-28 11:00"),
    ],
)
def test_what_is_due_when(since: str, takes: float, until: str) -> None:
    assert due(PLAIN, since, takes) == until


def test_the_break_at_noon_does_not_count() -> None:
    assert due(CHINA, "2026-11-27T11:30", 1) == "2026-11-27 13:30"
    assert due(CHINA, "2026-11-27T11:30", 0.5) == "2026-11-27 12:00"
    assert hours(CHINA, "2026-11-27T11:30", "2026-11-27T14:00") == 1.5


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_china_works_on_six_days_of_2026_weekends(day: str) -> None:
    """The days of the State Council's notice on the holidays of 2026."""
    assert hours(CHINA, f"{day}T00:00", f"{day}T23:59") == 8
    assert hours(PLAIN, f"{day}T00:00", f"{day}T23:59") == 0


def test_china_rests_for_nine_days_at_spring_festival() -> None:
    assert due(CHINA, "2026-02-14T17:00", 1) == "2026-02-24 09:00"
    assert hours(CHINA, "2026-02-15T00:00", "2026-02-24T00:00") == 0


def test_another_country_has_its_own_holidays() -> None:
    germany = working_time(FIRST, LAST, WEEK, OFFICE, "DE")
    assert due(germany, "2026-05-13T16:30", 1) == "2026-05-15 09:30"  # Ascension Day
    with pytest.raises(KeyError, match="XX"):
        working_time(FIRST, LAST, WEEK, OFFICE, "XX")


def test_what_is_missing_stays_missing_and_beyond_the_last_day_nothing_is_known() -> None:
    assert np.isnan(hours(PLAIN, "NaT", "2026-11-27T10:00"))
    assert due(PLAIN, "NaT", 1) == "unknown"
    assert due(PLAIN, "2026-12-31T16:30", 1) == "unknown"


def test_many_moments_come_at_once() -> None:
    since = np.array(["2026-11-27T16:30", "2026-11-27T10:00"], dtype="datetime64[m]")
    assert PLAIN.due(since, np.array([1, 2])).astype(str).tolist() == [
        "2026-11-30T09:30", "2026-11-27T12:00",
    ]  # fmt: skip
    assert PLAIN.hours(since, since + np.timedelta64(60, "m")).tolist() == [0.5, 1.0]


moments = st.integers(0, 333 * 24 * 60).map(
    lambda minutes: np.datetime64(FIRST, "m") + np.timedelta64(minutes, "m")
)


@given(moments, st.integers(1, 4800))
def test_so_many_hours_later_so_many_hours_have_passed(since: np.datetime64, minutes: int) -> None:
    until = CHINA.due(since, minutes / 60)
    assert float(CHINA.hours(since, until)) == pytest.approx(minutes / 60)
    before = until - np.timedelta64(1, "m")  # and no sooner
    assert float(CHINA.hours(since, before)) == pytest.approx((minutes - 1) / 60)


@given(moments, st.integers(0, 9999), st.integers(0, 9999))
def test_hours_add_up(since: np.datetime64, one: int, two: int) -> None:
    middle = since + np.timedelta64(one, "m")
    end = middle + np.timedelta64(two, "m")
    parts = CHINA.hours(since, middle) + CHINA.hours(middle, end)
    assert float(CHINA.hours(since, end)) == pytest.approx(float(parts))
