"""The deals behind the figures: which open ones to talk about, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from salestrain.language import Text
from salestrain.sales.query import owned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import duckdb

    from salestrain.sales.figures import Cell

Reason = Literal["over_limit", "overdue", "no_next_step"]


@dataclass(frozen=True, slots=True)
class Deal:
    """An open deal that asks for a decision; ``days`` is how long it has been in its stage."""

    name: Text
    rep: str
    stage: str
    amount: float | None
    days: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """The deals that ask for a decision, largest first, of all that are open.

    Amounts that nobody entered count as zero.
    """

    deals: tuple[Deal, ...]
    open_count: int
    open_amount: float

    @property
    def amount(self) -> float | None:
        """What they hold together; None if no amount was entered."""
        known = [deal.amount for deal in self.deals if deal.amount is not None]
        return sum(known) if known else None


def attention(
    connection: duckdb.DuckDBPyConnection,
    cell: Cell,
    present: Mapping[str, Collection[str]],
    *,
    as_of: date,
    limits: Mapping[str, int],
    stalled_days: int | None,
) -> Attention:
    """Find open deals beyond their stage's limit, past their signing date, or with no next step.

    Args:
        connection: Holds the CRM tables.
        cell: Whose deals; open ones are counted as of ``as_of``, whatever the period.
        present: The columns at hand by table; what isn't there is not held against a deal.
        as_of: The day the books end.
        limits: Days a deal may stay in each stage.
        stalled_days: Days without a confirmed next step before a deal counts as stalled; None if
            the playbook sets no such limit.
    """
    confirmed = "next_step_confirmed_on" in present["opportunities"]
    patience = stalled_days if confirmed and stalled_days is not None else math.inf
    rows = connection.execute(_deals_sql(present, cell.level), [as_of, cell.entity]).fetchall()
    deals = []
    for name, name_en, rep, stage, amount, days, overdue, silent in rows:
        reasons: list[Reason] = []
        if days is not None and days > limits.get(stage, days):
            reasons.append("over_limit")
        if overdue:
            reasons.append("overdue")
        if silent is not None and silent >= patience:
            reasons.append("no_next_step")
        deals.append(Deal(Text(name, name_en), rep, stage or "", amount, days, tuple(reasons)))
    wanted = sorted((d for d in deals if d.reasons), key=lambda d: (-(d.amount or 0), d.name.zh))
    return Attention(tuple(wanted), len(deals), sum(d.amount or 0.0 for d in deals))


def _deals_sql(present: Mapping[str, Collection[str]], level: str) -> str:
    account, english = "NULL", "NULL"
    joined = f"({owned('opportunities', present)}) d"
    if "accounts" in present:
        joined += " LEFT JOIN accounts a USING (account_id)"
        account, english = "a.name", "a.name_en"
    name = f"coalesce({account}, d.account_id, d.name, d.opportunity_id)"
    since = "coalesce(d.stage_entered_on, d.created_on)"
    step = "CASE WHEN d.next_step_confirmed_on IS NOT NULL THEN d.next_step_on END"
    return (
        f"SELECT {name}, coalesce({english}, {name}), d.rep, d.stage, "
        f"d.amount, date_diff('day', {since}, $1), d.expected_close_on < $1, "
        f"date_diff('day', coalesce({step}, {since}), $1) "
        f"FROM {joined} WHERE d.outcome = 'open' AND d.{level} = $2"
    )
