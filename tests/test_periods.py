from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.errors import UsageError
from salestrain.periods import Grain, Period, week_start

GRAINS: list[Grain] = ["year", "quarter", "month"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_is_read_as_written(text: str, start: date, end: date) -> None:
    period = Period.parse(text)
    assert (period.start, period.end) == (start, end)
    assert str(period) == text.upper()


@pytest.mark.parametrize("text", ["2026-Q5", "2026-13", "26", "2026-Q", "Q3", ""])
def test_what_is_no_period_is_refused_with_the_three_forms(text: str) -> None:
    with pytest.raises(UsageError, match="write a year") as refusal:
        Period.parse(text)
    assert str(refusal.value).startswith(repr(text))


def test_a_fiscal_year_begins_in_its_own_month() -> None:
    assert Period.parse("2026-Q1", year_starts=4).start == date(2026, 4, 1)
    assert Period.parse("2026", year_starts=4).end == date(2027, 3, 31)
    assert str(Period.containing(date(2026, 3, 31), "quarter", year_starts=4)) == "2025-Q4"


def test_neighbours_and_the_year_before() -> None:
    third = Period.parse("2026-Q3")
    assert str(third.previous) == "2026-Q2"
    assert str(third.last_year) == "2025-Q3"
    assert [str(p) for p in Period.parse("2026-02").run(3)] == ["2025-12", "2026-01", "2026-02"]


def test_a_period_has_its_name_in_both_languages() -> None:
    assert Period.parse("2026-Q3").name == ("2026 年三季度", "2026 Q3")
    assert Period.parse("2026-10").name == ("2026 年 10 月", "October 2026")


def test_weeks_start_on_monday() -> None:
    assert week_start(date(2026, 11, 22)) == date(2026, 11, 16)
    assert week_start(date(2026, 11, 23)) == date(2026, 11, 23)


@given(st.sampled_from(GRAINS), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_a_day_lies_in_the_period_that_contains_it(grain: Grain, day: date, starts: int) -> None:
    period = Period.containing(day, grain, year_starts=starts)
    assert period.start <= day <= period.end
    assert Period.parse(str(period), year_starts=starts) == period


@given(st.sampled_from(GRAINS), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_periods_follow_without_gap(grain: Grain, day: date, starts: int) -> None:
    period = Period.containing(day, grain, year_starts=starts)
    assert period.shifted(1).start == period.end + timedelta(days=1)
    assert period.previous.shifted(1) == period
