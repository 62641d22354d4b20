"""What the CRM's tables show of a person that a rung of the ladder may ask for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import duckdb

    Present = Mapping[str, Collection[str]]

QUARTERS = """
    WITH due AS (
      SELECT t.person_id, date_trunc('quarter', t.period_start)::DATE AS quarter,
        sum(t.amount) AS quota
      FROM targets t JOIN people p USING (person_id)
      WHERE t.metric = 'revenue' AND date_trunc('quarter', t.period_start)
        >= date_trunc('month', coalesce(p.joined_on, DATE '1900-01-01')) + to_months($2)
      GROUP BY ALL),
    sold AS (
      SELECT owner_id AS person_id, date_trunc('quarter', ordered_on)::DATE AS quarter,
        sum(amount_ex_vat) AS amount
      FROM orders WHERE {kept} GROUP BY ALL)
    SELECT person_id, quarter, coalesce(amount, 0) >= quota FROM due
    LEFT JOIN sold USING (person_id, quarter)
    WHERE quota > 0 AND quarter + INTERVAL 3 MONTH - INTERVAL 1 DAY <= $1
    ORDER BY person_id, quarter DESC"""
SINCE = """coalesce(CASE WHEN next_step_confirmed_on IS NOT NULL THEN next_step_on END,
      stage_entered_on, created_on)"""
STANDING = f"""
    SELECT owner_id, count(*) FROM opportunities
    WHERE date_diff('day', {SINCE}, coalesce(least(closed_on, $1), $1)) >= $2
      AND coalesce(closed_on > $1 - to_months($3), TRUE) AND created_on <= $1
    GROUP BY owner_id"""
ACCOUNTS = "SELECT owner_id, count(*) FROM accounts WHERE owner_id IS NOT NULL GROUP BY owner_id"
STEADY_NEEDS = {
    "targets": ("person_id",),
    "orders": ("owner_id", "ordered_on", "amount_ex_vat"),
    "people": ("joined_on",),
}
CLEAN_NEEDS = {
    "opportunities": (
        "owner_id", "next_step_confirmed_on", "next_step_on", "stage_entered_on", "created_on",
        "closed_on",
    ),
}  # fmt: skip
LATELY_MONTHS = 6


class Ramp(NamedTuple):
    """Figures of the playbook that conditions are judged by.

    ``months`` is how many months a newcomer's quota is reduced, ``stale_days`` how long a deal may
    stand stalled.
    """

    months: int
    stale_days: int


@dataclass(frozen=True)
class Shown:
    """What the tables show, by person; None where they can't.

    Attributes:
        reached: Whether each full quarter at full quota was reached, the latest first.
        stale: How many deals stood stalled too long in the last two quarters.
        accounts: How many accounts are in their name.
        passed: Whether the scorecard they were hired by was passed.
    """

    reached: Mapping[str, tuple[bool, ...]] | None = None
    stale: Mapping[str, int] | None = None
    accounts: Mapping[str, int] | None = None
    passed: Mapping[str, bool] = field(default_factory=dict)


def read_shown(
    connection: duckdb.DuckDBPyConnection,
    present: Present,
    until: date,
    ramp: Ramp,
    passed: Mapping[str, bool],
) -> Shown:
    """Return what the tables show up to a day.

    Args:
        connection: Holds the CRM tables.
        present: The columns at hand by table.
        until: The last day.
        ramp: The playbook's figures.
        passed: Whether the scorecard was passed, of those hired by one.
    """
    reached, stale, accounts = None, None, None
    if there(STEADY_NEEDS, present):
        kept = "TRUE"
        if "status" in present["orders"]:
            kept = "status IS DISTINCT FROM 'cancelled'"
        asked = connection.execute(QUARTERS.format(kept=kept), [until, ramp.months])
        found: defaultdict[str, list[bool]] = defaultdict(list)
        for person, _, enough in asked.fetchall():
            found[person].append(enough)
        reached = {person: tuple(each) for person, each in found.items()}
    if there(CLEAN_NEEDS, present):
        rows = connection.execute(STANDING, [until, ramp.stale_days, LATELY_MONTHS]).fetchall()
        stale = dict(rows)
    if there({"accounts": ("owner_id",)}, present):
        accounts = dict(connection.execute(ACCOUNTS).fetchall())
    return Shown(reached, stale, accounts, passed)


def there(wanted: Mapping[str, Collection[str]], present: Present) -> bool:
    """Return whether all tables and columns wanted are at hand."""
    return all(set(columns) <= set(present.get(table, ())) for table, columns in wanted.items())
