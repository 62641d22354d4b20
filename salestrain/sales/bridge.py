"""Why revenue changed: the difference of two periods as a sum of causes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from salestrain.sales.query import owned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import duckdb

    from salestrain.periods import Period
    from salestrain.sales.figures import Cell

Cause = Literal["closed", "win_rate", "average_deal", "new", "repeat", "renewal", "other"]


@dataclass(frozen=True, slots=True)
class Part:
    """One cause and its share of the change, with the figure behind it before and now."""

    cause: Cause
    amount: float
    then: float
    now: float


@dataclass(frozen=True)
class Bridge:
    """From one period's total to the next; the parts sum to the difference exactly."""

    then: float
    now: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sales:
    """One period's sales: deals closed, deals won, and revenue by kind."""

    closed: float
    won: float
    by_kind: Mapping[str, float]

    @property
    def total(self) -> float:
        """All revenue."""
        return math.fsum(self.by_kind.values())


def bridge(then: Sales, now: Sales) -> Bridge:
    """Split the change of revenue; new business into deals closed × win rate × average deal.

    Source: logarithmic mean Divisia index (Ang 2004), which leaves no remainder. Where a factor is
    zero, new business stays one part.
    """
    parts = list(_new_business(then, now))
    for kind in ("repeat", "renewal", "other"):
        before, after = then.by_kind.get(kind, 0.0), now.by_kind.get(kind, 0.0)
        if before or after:
            parts.append(Part(kind, after - before, before, after))
    return Bridge(then.total, now.total, tuple(parts))


def _new_business(then: Sales, now: Sales) -> list[Part]:
    before, after = then.by_kind.get("new", 0.0), now.by_kind.get("new", 0.0)
    if min(before, after, then.won, now.won) <= 0:
        return [Part("new", after - before, before, after)] if before or after else []
    pairs: list[tuple[Cause, float, float]] = [
        ("closed", then.closed, now.closed),
        ("win_rate", then.won / then.closed, now.won / now.closed),
        ("average_deal", before / then.won, after / now.won),
    ]
    weight = log_mean(after, before)
    return [Part(name, weight * math.log(b / a), a, b) for name, a, b in pairs]


def log_mean(a: float, b: float) -> float:
    """Return the logarithmic mean of two positive numbers.

    >>> log_mean(3.0, 3.0)
    3.0
    """
    return a if math.isclose(a, b) else (a - b) / math.log(a / b)


def sales_of(
    connection: duckdb.DuckDBPyConnection, cell: Cell, present: Mapping[str, Collection[str]]
) -> Sales:
    """Return an entity's sales in a period; without an orders table, won deals count as new."""
    period: Period = cell.period
    inside = [cell.entity, period.start, period.end]
    deals = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE outcome = 'won'), "
        "sum(amount) FILTER (WHERE outcome = 'won') "
        f"FROM ({owned('opportunities', present)}) WHERE {cell.level} = ? "
        "AND closed_on BETWEEN ? AND ? AND outcome IN ('won', 'lost')",
        inside,
    ).fetchone() or (0, 0, 0)
    if "orders" not in present:
        return Sales(deals[0], deals[1], {"new": deals[2] or 0.0})
    kinds = connection.execute(
        "SELECT coalesce(kind, 'other'), sum(amount_ex_vat) "
        f"FROM ({owned('orders', present)}) WHERE {cell.level} = ? "
        "AND ordered_on BETWEEN ? AND ? AND coalesce(status, '') <> 'cancelled' GROUP BY 1",
        inside,
    ).fetchall()
    return Sales(deals[0], deals[1], dict(kinds))
