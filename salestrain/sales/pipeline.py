"""What lies open, by whose it is and the stage it is in, and how long deals stay there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.sales.query import owned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import duckdb

NEEDED = frozenset({"outcome", "stage", "owner_id", "amount"})
STAYS = frozenset({"stage", "entered_on", "left_on"})


class OpenDeals(NamedTuple):
    """How many deals lie open, and what they hold together; a blank amount counts as zero."""

    number: int = 0
    amount: float = 0.0


def open_deals(
    connection: duckdb.DuckDBPyConnection, present: Mapping[str, Collection[str]]
) -> dict[tuple[str, str], OpenDeals]:
    """Return the open deals by rep and stage, as of the day the books end.

    Args:
        connection: Holds the CRM tables.
        present: The columns at hand by table; without those it takes, nothing is found.
    """
    if not present.get("opportunities") or not {*present["opportunities"]} >= NEEDED:
        return {}
    rows = connection.execute(
        "SELECT d.rep, d.stage, count(*), coalesce(sum(d.amount), 0) "
        f"FROM ({owned('opportunities', present)}) d "
        "WHERE d.outcome = 'open' AND d.stage IS NOT NULL GROUP BY 1, 2"
    ).fetchall()
    return {(rep, stage): OpenDeals(count, float(amount)) for rep, stage, count, amount in rows}


def stage_days(
    connection: duckdb.DuckDBPyConnection,
    present: Mapping[str, Collection[str]],
    span: tuple[date, date],
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Return the days that each deal which left a stage had stayed there, by rep and stage.

    Args:
        connection: Holds the CRM tables.
        present: The columns at hand by table; without those it takes, nothing is found.
        span: The first and the last day on which it may have left.
    """
    if not present.get("stage_changes") or not {*present["stage_changes"]} >= STAYS:
        return {}
    rows = connection.execute(
        "SELECT s.rep, s.stage, list(date_diff('day', s.entered_on, s.left_on)) "
        f"FROM ({owned('stage_changes', present)}) s "
        "WHERE s.left_on BETWEEN $1 AND $2 AND s.entered_on IS NOT NULL GROUP BY 1, 2",
        [*span],
    ).fetchall()
    return {(rep, stage): tuple(sorted(days)) for rep, stage, days in rows}
