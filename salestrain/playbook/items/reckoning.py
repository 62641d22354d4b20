"""Items answered by a number, typed by the author or computed by a query."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 (pydantic reads the annotations)
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from salestrain.language import Language, Text
from salestrain.playbook.content import Content, Entry, Names, exactly_one
from salestrain.playbook.fields import Both, Share, Words  # noqa: TC001
from salestrain.playbook.items.asked import Asked, Extract

UNITS = {
    "CNY": Text("元", "CNY"),
    "%": Text("%", "%"),
    "d": Text("天", "days"),
    "h": Text("小时", "hours"),
    "deals": Text("单", "deals"),
    "customers": Text("家", "customers"),
    "points": Text("分", "points"),
    "times": Text("次", "times"),
    "pieces": Text("件", "pieces"),
    "x": Text("倍", "times as much"),
}
Unit = Literal["CNY", "%", "d", "h", "deals", "customers", "points", "times", "pieces", "x"]


class Computed(Content):
    """A figure: typed, or given by one of the file's queries."""

    value: float | None = None
    query: Annotated[str | None, Names("query")] = None
    _one = exactly_one("a figure", "value", "query")


class Tolerance(Content):
    """How far from the key an answer may lie: in its unit, or as a share of the key (0–1)."""

    absolute: Annotated[float, Field(ge=0)] = 0
    relative: Share = 0

    def margin(self, key: float) -> float:
        """Return the greatest distance from a key that still counts as right."""
        return max(self.absolute, self.relative * abs(key))


class Key(Computed):
    """The right number."""

    unit: Unit
    tolerance: Tolerance = Tolerance()

    @property
    def unit_name(self) -> Text:
        """The unit as people write it behind the number."""
        return UNITS[self.unit]


class Mistake(Computed):
    """A wrong number people arrive at, and what they overlooked."""

    feedback: Both


class Query(Entry):
    """SQL that gives one number, over ``extract``, ``stages`` and the CRM tables it ``reads``."""

    id: Annotated[str, Field(pattern=r"^q\.[a-z][a-z0-9_]*$")]
    reads: tuple[Words, ...] = ()
    """CRM tables; without any, the number follows from the item and the standards alone."""
    sql: Words


class Numeric(Asked):
    """A number to work out. ``answer`` and ``mistakes`` are computed when they are asked for."""

    kind: Literal["numeric"]
    key: Key
    slips: tuple[Mistake, ...] = Field(default=(), alias="mistakes")
    feedback_other: Both
    """What is told to whoever gave another number."""
    _number: Callable[[Query, Extract | None], float] | None = PrivateAttr(default=None)
    _queries: dict[str, Query] = PrivateAttr(default={})

    def computed_by(
        self, number: Callable[[Query, Extract | None], float], queries: tuple[Query, ...]
    ) -> None:
        """Take the queries of its file, and what answers them."""
        self._number, self._queries = number, {query.id: query for query in queries}

    @property
    def reads(self) -> frozenset[str]:
        """The CRM tables its figures come from."""
        asked = [figure.query for figure in (self.key, *self.slips) if figure.query]
        return frozenset(table for name in asked for table in self._queries[name].reads)

    @cached_property
    def answer(self) -> float:
        """The right number."""
        return self._figure(self.key)

    @cached_property
    def mistakes(self) -> tuple[tuple[float, Text], ...]:
        """Wrong numbers, each with what is told to whoever gave it."""
        return tuple((self._figure(slip), slip.feedback) for slip in self.slips)

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the number."""
        return (f"{round(self.answer, 6):.12g}",)

    def _figure(self, figure: Computed) -> float:
        if figure.query and self._number:
            return self._number(self._queries[figure.query], self.extract)
        return figure.value or 0.0
