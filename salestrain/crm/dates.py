"""Dates as exports write them; day and month are told apart by the whole column, never guessed."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Slashed = dict[str, tuple[int, int, int]]

EXCEL_BEGINS = datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet's days have no zone)
EXCEL_DAYS = range(18_000, 80_000)
YEARS = range(1900, 2200)
CENTURY, PIVOT = 100, 70
MEND = "write date_formats: [dd/mm/yyyy] or [mm/dd/yyyy] in the mapping"
TIME = re.compile(
    r"[T\s]+(?P<half>上午|下午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
    r"\s*(?P<noon>[ap]m)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
NAMED = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")


class DatesError(ValueError):
    """A column whose dates can be read in two ways, or only in two different ways."""

    mend = MEND

    def __init__(self, value: str, what: str) -> None:
        super().__init__(what)
        self.value = value


def read_dates(
    values: Iterable[str], formats: Sequence[str] = (), beside: Iterable[str] = ()
) -> dict[str, datetime]:
    """Return the moment each value of one column says; values that say none are left out.

    Args:
        values: The different values of the column.
        formats: Formats (as of ``strptime``) that come before every other reading.
        beside: Values of the table's other columns; they decide what this column leaves open.

    Raises:
        DatesError: If nothing decides between day first and month first, or values contradict.
    """
    texts = {value: unicodedata.normalize("NFKC", value).strip() for value in values}
    found: dict[str, datetime] = {}
    slashed: Slashed = {}
    for value, text in texts.items():
        day, hours = _split(text)
        if moment := _formatted(day, formats) or _plain(day):
            found[value] = moment + hours
        elif not formats and (parts := SLASHED.fullmatch(day)):
            slashed[value] = (int(parts[1]), int(parts[2]), _full(int(parts[3])))
    if slashed:
        day_first = _decided(slashed, beside)
        for value, (one, two, year) in slashed.items():
            month, day_ = (two, one) if day_first else (one, two)
            if moment := _moment(year, month, day_):
                found[value] = moment + _split(texts[value])[1]
    return found


def _split(text: str) -> tuple[str, timedelta]:
    found = TIME.search(text)
    if not found:
        return text, timedelta()
    half = (found["noon"] or "").lower()
    afternoon = half == "pm" or found["half"] == "下午"
    hour = int(found["hour"])
    if half or found["half"]:
        hour = hour % 12 + 12 * afternoon
    return text[: found.start()], timedelta(hours=hour, minutes=int(found["minute"]))


def _formatted(text: str, formats: Sequence[str]) -> datetime | None:
    for written in formats:
        try:
            return _sane(datetime.strptime(text, written))  # noqa: DTZ007 (exports give local days)
        except ValueError:
            continue
    return None


def _plain(text: str) -> datetime | None:
    """Read what can be read in one way only."""
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        return _moment(*map(int, found.groups()))
    if (found := SERIAL.fullmatch(text)) and int(found[1]) in EXCEL_DAYS:
        moment = EXCEL_BEGINS + timedelta(days=float(text))
        return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return _formatted(text, NAMED) if re.search("[A-Za-z]", text) else None


def _moment(year: int, month: int, day: int) -> datetime | None:
    try:
        return _sane(datetime(year, month, day))  # noqa: DTZ001 (exports give local days)
    except ValueError:
        return None


def _sane(moment: datetime) -> datetime | None:
    return moment if moment.year in YEARS else None


def _full(year: int) -> int:
    if year >= CENTURY:
        return year
    return year + (2000 if year < PIVOT else 1900)


def _decided(slashed: Slashed, beside: Iterable[str]) -> bool:
    """Return whether the day comes first, as the column says, or else the table's others do."""
    order = _day_first(slashed)
    if order is None:
        other = {text: parts for text in beside if (parts := SLASHED.match(text))}
        with suppress(DatesError):
            order = _day_first({text: (int(p[1]), int(p[2]), 0) for text, p in other.items()})
    either = next((value for value, (one, two, _) in slashed.items() if one != two), None)
    if order is None and either:
        one, two, _ = slashed[either]
        what = f"{either!r} may be day {one} of month {two}, or day {two} of month {one}"
        raise DatesError(either, what)
    return bool(order)


def _day_first(slashed: Slashed) -> bool | None:
    day, month = (
        next((text for text, parts in slashed.items() if parts[at] > 12 >= parts[1 - at]), None)
        for at in (0, 1)
    )
    if day and month:
        raise DatesError(day, f"{day!r} puts the day first, but {month!r} the month")
    return day is not None if day or month else None
