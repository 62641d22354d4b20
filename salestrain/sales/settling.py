"""What a pipeline meeting has to settle: deals that are stalled, or whose next step is past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Text
from salestrain.sales.query import owned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import duckdb

    from salestrain.sales.figures import Cell

Reason = Literal["stalled", "step_past"]
STEP = ("next_step_on", "next_step_confirmed_on")


class Unsettled(NamedTuple):
    """An open deal to settle.

    Attributes:
        silent_days: Days since there was a next step that the customer had confirmed.
        step_on: The day of the next step, as it is entered.
    """

    name: Text
    rep: str
    stage: str
    amount: float | None
    silent_days: int
    step_on: date | None
    reasons: tuple[Reason, ...]


def lacking(present: Mapping[str, Collection[str]]) -> str:
    """Return the column without which nobody knows what is stalled; "" if all are there."""
    there = present.get("opportunities", ())
    return next((f"opportunities.{one}" for one in STEP if one not in there), "")


def unsettled(
    connection: duckdb.DuckDBPyConnection,
    cell: Cell,
    present: Mapping[str, Collection[str]],
    *,
    as_of: date,
    stalled_days: int,
) -> tuple[Unsettled, ...]:
    """Return the open deals to settle, the largest first.

    Args:
        connection: Holds the CRM tables.
        cell: Whose deals.
        present: The columns at hand by table.
        as_of: The day the books end.
        stalled_days: Days without a confirmed next step before a deal is stalled (2.2.stalled).
    """
    if lacking(present):
        return ()
    rows = connection.execute(_sql(present, cell.level), [as_of, cell.entity]).fetchall()
    found = []
    for zh, en, rep, stage, amount, silent, step_on in rows:
        reasons: list[Reason] = ["stalled"] if silent is not None and silent >= stalled_days else []
        if step_on is not None and step_on < as_of:
            reasons.append("step_past")
        if reasons:
            deal = Unsettled(
                Text(zh, en), rep, stage or "", amount, silent or 0, step_on, tuple(reasons)
            )
            found.append(deal)
    return tuple(sorted(found, key=lambda one: (-(one.amount or 0), one.name.zh)))


def _sql(present: Mapping[str, Collection[str]], level: str) -> str:
    account, english = "NULL", "NULL"
    joined = f"({owned('opportunities', present)}) d"
    if "accounts" in present:
        joined += " LEFT JOIN accounts a USING (account_id)"
        account, english = "a.name", "a.name_en"
    name = f"coalesce({account}, d.account_id, d.name, d.opportunity_id)"
    step = "CASE WHEN d.next_step_confirmed_on IS NOT NULL THEN d.next_step_on END"
    since = f"coalesce({step}, d.stage_entered_on, d.created_on)"
    return (
        f"SELECT {name}, coalesce({english}, {name}), d.rep, d.stage, d.amount, "
        f"date_diff('day', {since}, $1), d.next_step_on "
        f"FROM {joined} WHERE d.outcome = 'open' AND d.{level} = $2"
    )
