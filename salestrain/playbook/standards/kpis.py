"""Section 3.1: KPIs, each a figure with its definition, how to read it and how it is gamed."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from salestrain.language import Text  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.content import Content, Entry, Standard, exactly_one, wrong
from salestrain.playbook.fields import Both, Id  # noqa: TC001

Layer = Literal["team", "process", "individual"]
Unit = Literal["money", "rate", "count", "days", "score", "times"]
Level = Literal["company", "region", "team", "rep"]
Better = Literal["higher", "lower", "neither"]
LEVELS: tuple[Level, ...] = ("company", "region", "team", "rep")


class Measure(Content):
    """An aggregate over one CRM table: ``fn(arg)`` of the rows that meet ``where``.

    Either ``date`` puts a row in the period in which it lies, or ``open_from`` and ``open_until``
    take the rows open at the period's end, where ``period_end`` is that day.
    """

    table: str
    expr: str
    where: str | None = None
    date: str | None = None
    open_from: str | None = None
    open_until: str | None = None

    @property
    def fn(self) -> str:
        """The aggregate: count, sum, avg, median, min or max."""
        return self.expr.partition("(")[0].strip().lower()

    @property
    def arg(self) -> str:
        """What is aggregated: ``*``, ``amount``, ``DISTINCT account_id``."""
        return self.expr.partition("(")[2].rpartition(")")[0].strip()

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not _one_of(self.date, (self.open_from, self.open_until)):
            mend = "give it either date, or open_from together with open_until"
            raise wrong("a measure has no clear date", mend)
        return self


class Target(Content):
    """What a KPI is held to: the booked targets of one metric, or a fixed value."""

    metric: Literal["revenue", "new_customers", "visits", "contracts"] | None = None
    value: float | None = None

    _one = exactly_one("a target", "metric", "value")


class Kpi(Entry):
    """A figure, its definition, how to read it and how it is gamed."""

    name: Both
    layer: Layer
    value: Measure | None = None
    numerator: Measure | None = None
    denominator: Measure | None = None
    unit: Unit
    better: Better
    minimum_n: int = Field(ge=1)
    """Rows it takes before the figure is shown."""
    levels: tuple[Level, ...] = Field(default=LEVELS, min_length=1)
    target: Target | None = None
    interval: Literal["auto", "none"] = "auto"
    formula: Both
    read: Both
    ask: Both
    """What to ask in the talk when it goes the wrong way."""
    gaming: Both
    cites: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _value_or_ratio(self) -> Self:
        if not _one_of(self.value, (self.numerator, self.denominator)):
            mend = "give it either value, or numerator together with denominator"
            raise wrong(f"KPI {self.id} has no clear figure", mend)
        return self

    @property
    def says(self) -> Text:
        """Its formula."""
        return self.formula

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The value alone, or numerator and denominator."""
        every = (self.value, self.numerator, self.denominator)
        return tuple(measure for measure in every if measure is not None)


class Kpis(Standard):
    """`standards/kpis.yaml`."""

    kpis: tuple[Kpi, ...] = Field(min_length=1)


def _one_of(single: object, pair: tuple[object, object]) -> bool:
    filled = [side is not None for side in pair]
    return all(filled) if single is None else not any(filled)
