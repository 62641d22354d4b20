"""The company's calendar: working days, working hours, months and quarters of the books."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

START = date(2024, 4, 1)
END = date(2026, 9, 30)
WARM_UP = date(2023, 9, 1)  # deals begun here are in the books if they close after START
OPENS_AT, CLOSES_AT = 8 * 60 + 30, 17 * 60 + 30

_HOLIDAYS = (
    ("2023-09-29", "2023-10-06"), ("2024-01-01", "2024-01-01"), ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"), ("2024-05-01", "2024-05-05"), ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"), ("2024-10-01", "2024-10-07"), ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"), ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"), ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"), ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
)  # fmt: skip
CLOSED = frozenset(
    date.fromisoformat(first) + timedelta(days=ahead)
    for first, last in _HOLIDAYS
    for ahead in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
)


def is_workday(day: date) -> bool:
    """Whether the company works on this day."""
    return day.weekday() < 5 and day not in CLOSED


def workday_from(day: date) -> date:
    """The day itself if the company works on it, else the next one on which it does."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workday_until(day: date) -> date:
    """The day itself if the company works on it, else the last one before on which it did."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def later(day: date, days: float) -> date:
    """The working day that many calendar days later."""
    return workday_from(day + timedelta(days=round(days)))


def within_hours(rng: Random, day: date) -> datetime:
    """A minute of the working hours of that day (or of the next working day)."""
    minute = rng.randint(OPENS_AT, CLOSES_AT - 1)
    return datetime.combine(workday_from(day), datetime.min.time()) + timedelta(minutes=minute)


def after_minutes(moment: datetime, minutes: float) -> datetime:
    """The moment that many working minutes later (a working day has 540)."""
    day, minute = moment.date(), moment.hour * 60 + moment.minute
    left = round(minutes)
    while minute + left >= CLOSES_AT:
        left -= CLOSES_AT - minute
        day, minute = workday_from(day + timedelta(days=1)), OPENS_AT
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute + left)


def month_starts(first: date, last: date) -> list[date]:
    """The first day of every month from that of ``first`` to that of ``last``."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return [date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count)]


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def quarter_start(day: date) -> date:
    """The first day of the quarter the day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(day: date) -> date:
    """The last day of the quarter the day lies in."""
    first = quarter_start(day)
    return next_month(next_month(next_month(first))) - timedelta(days=1)


def quarters(first: date, last: date) -> list[date]:
    """The first day of every quarter from that of ``first`` to that of ``last``."""
    return [day for day in month_starts(quarter_start(first), last) if day.month % 3 == 1]
