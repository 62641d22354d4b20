"""How much is shared in a period, and how soon it is answered, in working days."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from salestrain.periods import Period
    from salestrain.training.proposals.proposals import Proposal


class Shared(NamedTuple):
    """What was shared in a period; authors in no order of merit.

    Attributes:
        handed_in: How many were, ``taken`` how many of them were accepted.
        authors: Who wrote any.
        working_days: To the answer, the median; None if none was answered.
    """

    handed_in: int
    taken: int
    authors: frozenset[str]
    working_days: float | None


def shared(every: Iterable[Proposal], period: Period, zone: tzinfo | None) -> Shared:
    """Return what was shared in a period, whose days are those of a time zone."""
    days = {one: one.at.astimezone(zone).date() for one in every}
    mine = [one for one, day in days.items() if period.start <= day <= period.end]
    waits = [
        working_days_between(days[one], one.decided_at.astimezone(zone).date())
        for one in mine
        if one.decided_at
    ]
    taken = sum(one.state == "accepted" for one in mine)
    authors = frozenset(one.author for one in mine)
    return Shared(len(mine), taken, authors, median(waits) if waits else None)


def working_days_between(start: date, end: date) -> int:
    """Return how many days from Monday to Friday lie after the start, up to the end.

    Public holidays count as working days: nothing here knows them.

    >>> from datetime import date
    >>> working_days_between(date(2026, 11, 27), date(2026, 11, 30))  # Friday to Monday
    1
    """
    weeks, rest = divmod((end - start).days, 7)
    return 5 * weeks + sum((start.weekday() + one) % 7 < 5 for one in range(1, rest + 1))


def working_days_after(start: date, count: int) -> date:
    """Return the day that many working days (Monday to Friday) after the start.

    >>> from datetime import date
    >>> working_days_after(date(2026, 11, 26), 5).isoformat()  # a Thursday
    '2026-12-03'
    """
    ahead = range(1, 2 * count + 3)
    days = (date.fromordinal(start.toordinal() + one) for one in ahead)
    return [start, *(day for day in days if day.weekday() < 5)][count]
