"""Years, quarters and months as a review names them: ``2026``, ``2026-Q3``, ``2026-10``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, Self

from salestrain.errors import UsageError
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

Grain = Literal["year", "quarter", "month"]
MONTHS: dict[Grain, int] = {"year": 12, "quarter": 3, "month": 1}
WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, quarter or month.

    A fiscal year is named after the calendar year in which it begins; months are calendar months.
    ``index`` counts periods of one grain, so ``index + 1`` is the next.
    """

    grain: Grain
    index: int
    year_starts: int = 1

    @classmethod
    def parse(cls, text: str, *, year_starts: int = 1) -> Self:
        """Read ``2026``, ``2026-Q3`` or ``2026-10``.

        Args:
            text: The period as written.
            year_starts: Month (1–12) in which the fiscal year begins.

        Raises:
            UsageError: If the text is none of the three forms.
        """
        found = WRITTEN.fullmatch(text.strip().upper())
        if not found:
            raise UsageError(
                f"{text!r} is not a period; write a year (2026), a quarter (2026-Q3) "
                "or a month (2026-10)"
            )
        year = int(found["year"])
        if found["quarter"]:
            return cls("quarter", year * 4 + int(found["quarter"]) - 1, year_starts)
        if found["month"]:
            return cls("month", year * 12 + int(found["month"]) - 1, year_starts)
        return cls("year", year, year_starts)

    @classmethod
    def containing(cls, day: date, grain: Grain, *, year_starts: int = 1) -> Self:
        """Return the period of that grain in which the day lies."""
        months = day.year * MONTHS_A_YEAR + day.month - 1
        return cls(grain, (months - _offset(grain, year_starts)) // MONTHS[grain], year_starts)

    @property
    def start(self) -> date:
        """The first day."""
        months = self.index * MONTHS[self.grain] + _offset(self.grain, self.year_starts)
        return date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return self.shifted(1).start - timedelta(days=1)

    def shifted(self, by: int) -> Period:
        """Return the period that many steps later (earlier if negative)."""
        return Period(self.grain, self.index + by, self.year_starts)

    @property
    def previous(self) -> Period:
        """The period before."""
        return self.shifted(-1)

    @property
    def last_year(self) -> Period:
        """The same period a year before."""
        return self.shifted(-MONTHS_A_YEAR // MONTHS[self.grain])

    def run(self, count: int) -> Iterator[Period]:
        """Yield ``count`` periods that end with this one, oldest first."""
        return (self.shifted(by) for by in range(1 - count, 1))

    def __str__(self) -> str:
        if self.grain == "year":
            return str(self.index)
        year, part = divmod(self.index, MONTHS_A_YEAR // MONTHS[self.grain])
        return f"{year}-Q{part + 1}" if self.grain == "quarter" else f"{year}-{part + 1:02d}"

    @property
    def name(self) -> Text:
        """The period as people say it."""
        if self.grain == "year":
            return Text(f"{self.index} 年", str(self.index))
        year, part = divmod(self.index, MONTHS_A_YEAR // MONTHS[self.grain])
        if self.grain == "quarter":
            return Text(f"{year} 年{'一二三四'[part]}季度", f"{year} Q{part + 1}")
        return Text(f"{year} 年 {part + 1} 月", f"{date(year, part + 1, 1):%B %Y}")


def week_start(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _offset(grain: Grain, year_starts: int) -> int:
    return 0 if grain == "month" else year_starts - 1
