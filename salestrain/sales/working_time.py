"""Working time: how much of it lies between two moments, and when so much of it has passed.

A calendar turns clock time into minutes worked since its first day. That function never falls, so
the time between two moments is a difference, and a due time is found by looking it up backwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, time

    import numpy.typing as npt

    Moments = npt.NDArray[np.datetime64]
    Numbers = npt.NDArray[np.float64]

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class WorkingTime:
    """When somebody works, from one day to another.

    Attributes:
        first: The first day it knows.
        last: The last day it knows; due times beyond it are not-a-time.
        weekdays: Days of the week worked, Monday 1 to Sunday 7.
        shifts: From when to when each day, in order, without overlap.
        off: Days not worked though their weekday is.
        on: Days worked though their weekday isn't, as China moves them about its holidays.
    """

    first: date
    last: date
    weekdays: frozenset[int]
    shifts: tuple[tuple[time, time], ...]
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def hours(self, since: npt.ArrayLike, until: npt.ArrayLike) -> Numbers:
        """Return the working hours between moments (``datetime64``); NaN where one is missing.

        A moment before the first day or after the last counts as that day's edge.
        """
        return (self._worked(until) - self._worked(since)) / 60

    def due(self, since: npt.ArrayLike, hours: npt.ArrayLike) -> Moments:
        """Return when so many working hours have passed since moments; NaT where it isn't known.

        What is due just as a shift ends is due then, not when the next one begins.
        """
        begun = _moments(since)
        target = np.round(self._worked(begun) + 60 * np.asarray(hours, dtype=np.float64))
        known = ~np.isnat(begun) & (target <= self._before[-1])
        wanted = np.where(known, target, 0.0)
        day = np.maximum(np.searchsorted(self._before, wanted, side="left") - 1, 0)
        within = wanted - self._before[day]
        shift = np.minimum(np.searchsorted(self._shift_ends, within), len(self.shifts) - 1)
        minute = self._opens[shift] + within - (self._shift_ends - self._lengths)[shift]
        at = np.datetime64(self.first, "m") + (day * MINUTES_A_DAY + minute).astype(
            "timedelta64[m]"
        )
        at = np.where(target <= self._worked(begun), begun, at)  # no time at all: at once
        return np.where(known, at, np.datetime64("NaT", "m"))

    def _worked(self, moments: npt.ArrayLike) -> Numbers:
        """Return the minutes worked from the first day until each moment."""
        at = _moments(moments)
        since = (at - np.datetime64(self.first, "m")).astype(np.float64)
        since = np.where(np.isnat(at), np.nan, since)
        inside = np.clip(since, 0, MINUTES_A_DAY * self._days.size)
        day = np.minimum(np.nan_to_num(inside) // MINUTES_A_DAY, self._days.size - 1).astype(int)
        minute = inside - day * MINUTES_A_DAY
        in_shifts = np.clip(minute[..., None] - self._opens, 0, self._lengths).sum(axis=-1)
        return np.asarray(self._before[day] + self._days[day] * in_shifts, dtype=np.float64)

    @cached_property
    def _days(self) -> npt.NDArray[np.bool_]:
        """Which days are worked, from the first on."""
        first = np.datetime64(self.first, "D")
        every = first + np.arange((self.last - self.first).days + 1)
        weekday = (every.astype(np.int64) + 3) % 7 + 1  # 1970-01-01 was a Thursday
        worked = np.isin(weekday, [*self.weekdays])
        worked &= ~np.isin(every, _days(self.off))
        return np.asarray(worked | np.isin(every, _days(self.on)))

    @cached_property
    def _before(self) -> Numbers:
        """Minutes worked before each day, and after the last."""
        return np.concatenate([[0.0], np.cumsum(self._days * self._lengths.sum())])

    @cached_property
    def _opens(self) -> Numbers:
        return np.array([_minute(opens) for opens, _ in self.shifts], dtype=np.float64)

    @cached_property
    def _lengths(self) -> Numbers:
        closes = [_minute(closes) for _, closes in self.shifts]
        return np.array(closes, dtype=np.float64) - self._opens

    @cached_property
    def _shift_ends(self) -> Numbers:
        """Minutes worked in a day when each shift ends."""
        return np.cumsum(self._lengths)


def working_time(
    first: date,
    last: date,
    weekdays: Collection[int],
    shifts: Sequence[tuple[time, time]],
    country: str = "",
) -> WorkingTime:
    """Return the working time of a country, its public holidays left out.

    Args:
        first: The first day it has to know.
        last: The last.
        weekdays: Days of the week worked, Monday 1 to Sunday 7.
        shifts: From when to when each day.
        country: ISO code, such as ``CN``; empty: no holidays.

    Raises:
        KeyError: If nothing is known of the country.

    Source: the days are those of the library ``holidays``; China's are announced in the November
        before, so that a later year has its holidays but not yet the days moved about them.
    """
    off, on = _holidays(country, range(first.year, last.year + 1)) if country else ((), ())
    return WorkingTime(
        first, last, frozenset(weekdays), tuple(shifts), frozenset(off), frozenset(on)
    )


def _holidays(country: str, years: range) -> tuple[Collection[date], Collection[date]]:
    import holidays  # noqa: PLC0415 (slow to import, and not every company names a country)

    try:
        found = holidays.country_holidays(country, years=years)
    except NotImplementedError as error:
        raise KeyError(country) from error
    return found.keys(), found.weekend_workdays


def _moments(moments: npt.ArrayLike) -> Moments:
    return np.asarray(moments, dtype="datetime64[m]")


def _days(days: Collection[date]) -> Moments:
    return np.array(sorted(days), dtype="datetime64[D]")


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
