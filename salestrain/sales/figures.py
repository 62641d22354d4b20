"""One figure with its interval, the change between two, and a book to look them up in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from salestrain.sales import intervals

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from salestrain.periods import Period

NAN = math.nan


class Cell(NamedTuple):
    """Where a figure stands: whose, and when."""

    level: str
    entity: str
    period: Period

    def at(self, period: Period) -> Cell:
        """Return the same entity in another period."""
        return self._replace(period=period)


@dataclass(frozen=True, slots=True)
class Figure:
    """A KPI's value for one entity and period; ``low`` and ``high`` are NaN without an interval."""

    value: float = NAN
    low: float = NAN
    high: float = NAN
    n: float = 0
    numerator: float = NAN
    denominator: float = NAN
    target: float = NAN
    shown: bool = False

    @property
    def attained(self) -> float:
        """Value ÷ target; NaN without a target or with one of zero."""
        return self.value / self.target if self.target else NAN


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two figures: ``sure`` if its 95 % interval leaves out zero."""

    now: float
    then: float
    low: float = NAN
    high: float = NAN

    @property
    def difference(self) -> float:
        """Now less then."""
        return self.now - self.then

    @property
    def known(self) -> bool:
        """Whether there is an interval to judge it by."""
        return not math.isnan(self.low)

    @property
    def sure(self) -> bool:
        """Whether chance alone is an unlikely explanation."""
        return self.known and (self.low > 0 or self.high < 0)

    @property
    def strength(self) -> float:
        """|difference| ÷ half its interval: above 1 it is sure; 0 if there is no interval."""
        half = (self.high - self.low) / 2
        return abs(self.difference) / half if self.known and half > 0 else 0.0

    def good(self, better: str) -> bool | None:
        """Whether it goes the right way; None if there is none or nothing changed."""
        if better == "neither" or self.difference == 0:
            return None
        return (self.difference > 0) == (better == "higher")


def change(now: Figure, then: Figure) -> Change | None:
    """Return the change between two figures; None if either is not shown."""
    if not (now.shown and then.shown):
        return None
    low, high = intervals.of_difference(
        now.value, now.low, now.high, then.value, then.low, then.high
    )
    return Change(now.value, then.value, float(low), float(high))


def against(now: Figure, norm: float) -> Change | None:
    """Return a figure's distance from a fixed number, such as its target."""
    if not now.shown or math.isnan(norm):
        return None
    return Change(now.value, norm, now.low - norm, now.high - norm)


def pooled(figures: Iterable[Figure]) -> Figure:
    """Return the share over several disjoint groups or periods, from their counts."""
    kept = [figure for figure in figures if figure.denominator > 0]
    if not kept:
        return Figure()
    won = sum(figure.numerator for figure in kept)
    tried = sum(figure.denominator for figure in kept)
    low, high = intervals.wilson(won, tried)
    return Figure(won / tried, float(low), float(high), tried, won, tried, shown=True)


def without(whole: Figure, part: Figure) -> Figure:
    """Return the share of the rest: a whole's counts less those of a part."""
    tried = whole.denominator - part.denominator
    if not tried > 0:
        return Figure()
    rest = Figure(numerator=whole.numerator - part.numerator, denominator=tried)
    return pooled([rest])


class Book:
    """Figures by KPI and cell; one that was not computed is an empty ``Figure``."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Read a ``Metrics.frame``."""
        fields = ["value", "low", "high", "n", "numerator", "denominator", "target", "shown"]
        keys = zip(frame["kpi"], frame["level"], frame["entity"], frame["period"], strict=True)
        rows = frame[fields].itertuples(index=False, name=None)
        self._figures = {key: Figure(*row) for key, row in zip(keys, rows, strict=True)}

    def figure(self, kpi: str, cell: Cell) -> Figure:
        """Return the figure of a KPI in a cell."""
        return self._figures.get((kpi, cell.level, cell.entity, str(cell.period)), Figure())

    def has(self, kpi: str) -> bool:
        """Whether a KPI was computed at all."""
        return any(key[0] == kpi for key in self._figures)
