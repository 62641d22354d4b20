"""Paths that come again: when a round begins, and from when on something still counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.playbook.paths import Path

MONTHS = 12


def months_later(day: date, count: int) -> date:
    """Return the same day so many months later (earlier if negative), the last if there is none.

    >>> months_later(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + count, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def round_begun(first: date, every_months: int, today: date) -> date | None:
    """Return the day a path's round began: the last whole number of rounds after the first day.

    Args:
        first: The person's first day.
        every_months: How often the path comes again.
        today: The day it is.

    Returns:
        None until the first round begins, which is ``every_months`` after the first day.
    """
    months = (today.year - first.year) * MONTHS + today.month - first.month
    for rounds in range(months // every_months + 1, 0, -1):
        if (begun := months_later(first, rounds * every_months)) <= today:
            return begun
    return None


def counts_since(path: Path, now: datetime, changed: Mapping[str, date]) -> dict[str, datetime]:
    """Return the time from which on what was done for a step still counts.

    What is older has run out, or was done before the rules it rests on changed.

    Args:
        path: One that repeats; of any other everything counts.
        now: The time, aware, in the zone that says where a day begins.
        changed: By step the day its rules last changed, for those that have.
    """
    if path.repeats_every_months is None:
        return {}
    oldest = months_later(now.date(), -path.repeats_every_months)
    days = {step.id: max(oldest, changed.get(step.id, oldest)) for step in path.steps}
    return {step: datetime.combine(day, time(), now.tzinfo) for step, day in days.items()}
