"""What each person did at customers in stretches of weeks: one figure a person and stretch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import duckdb
    import numpy.typing as npt

Figure = Literal["confirmed", "visits", "fresh", "contracts", "revenue"]
Stretch = tuple[date, date]
"""From a day up to, and without, another."""
FEWEST = 3
"""Under so many visits or open deals a share is left out."""

CONFIRMED = f"""
    SELECT a.person_id, s.n, avg((a.next_step_confirmed_on IS NOT NULL)::INT)
    FROM activities a JOIN stretches s ON a.happened_on >= s.begins AND a.happened_on < s.ends
    WHERE a.kind IN ('visit', 'demo') GROUP BY ALL HAVING count(*) >= {FEWEST}"""
VISITS = """
    SELECT a.person_id, s.n, count(*)
    FROM activities a JOIN stretches s ON a.happened_on >= s.begins AND a.happened_on < s.ends
    WHERE a.kind IN ('visit', 'demo') GROUP BY ALL"""
FRESH = f"""
    WITH held AS (
      SELECT o.owner_id, s.n, max(a.next_step_confirmed_on) AS latest, any_value(s.ends) AS ends
      FROM opportunities o
      JOIN stretches s ON o.created_on < s.ends AND coalesce(o.closed_on, s.ends) >= s.ends
      LEFT JOIN activities a
        ON a.opportunity_id = o.opportunity_id AND a.happened_on < s.ends
      GROUP BY o.owner_id, s.n, o.opportunity_id)
    SELECT owner_id, n, avg(coalesce(date_diff('day', latest, ends) <= $days, false)::INT)
    FROM held GROUP BY ALL HAVING count(*) >= {FEWEST}"""
CONTRACTS = """
    SELECT o.owner_id, s.n, count(*)
    FROM orders o JOIN stretches s ON o.ordered_on >= s.begins AND o.ordered_on < s.ends
    WHERE o.opportunity_id IS NOT NULL GROUP BY ALL"""
REVENUE = """
    SELECT o.owner_id, s.n, sum(o.amount_ex_vat)
    FROM orders o JOIN stretches s ON o.ordered_on >= s.begins AND o.ordered_on < s.ends
    GROUP BY ALL"""
SOUGHT: Mapping[Figure, tuple[str, dict[str, frozenset[str]]]] = {
    "confirmed": (CONFIRMED, {"activities": frozenset({"next_step_confirmed_on"})}),
    "visits": (VISITS, {"activities": frozenset({"kind"})}),
    "fresh": (
        FRESH,
        {
            "opportunities": frozenset({"created_on", "closed_on"}),
            "activities": frozenset({"opportunity_id", "next_step_confirmed_on"}),
        },
    ),
    "contracts": (CONTRACTS, {"orders": frozenset({"opportunity_id"})}),
    "revenue": (REVENUE, {"orders": frozenset({"amount_ex_vat"})}),
}
COUNTS: frozenset[Figure] = frozenset({"visits", "contracts", "revenue"})
"""Where there is no row there was none; of a share without a row nothing is known."""


def figures(
    connection: duckdb.DuckDBPyConnection,
    present: Mapping[str, Collection[str]],
    figure: Figure,
    people: Sequence[str],
    stretches: Sequence[Stretch],
    days: int = 14,
) -> npt.NDArray[np.float64] | None:
    """Return one figure for each person and stretch; None if the tables don't allow it.

    Args:
        connection: To the CRM tables.
        present: The columns there are, by table.
        figure: ``confirmed``: share of visits after which the customer confirmed a next step;
            ``visits``: how many; ``fresh``: share of the deals open at the stretch's end with a
            step confirmed in the ``days`` before; ``contracts``: deals signed; ``revenue``.
        people: The rows.
        stretches: The columns.
        days: After how many days without a confirmed step a deal is stalled (2.2.stalled).

    Returns:
        People × stretches; NaN where a share rests on fewer than three visits or deals.
    """
    asked, needed = SOUGHT[figure]
    if not all(columns <= set(present.get(table, ())) for table, columns in needed.items()):
        return None
    rows = ", ".join(
        f"({n}, DATE '{begins}', DATE '{ends}')" for n, (begins, ends) in enumerate(stretches)
    )
    sql = f"WITH stretches(n, begins, ends) AS (VALUES {rows}) SELECT * FROM ({asked})"
    given = {"days": days} if "$days" in asked else None
    found = np.full((len(people), len(stretches)), 0.0 if figure in COUNTS else np.nan)
    places = {one: row for row, one in enumerate(people)}
    for person, n, value in connection.execute(sql, given).fetchall():
        if person in places:
            found[places[person], n] = float(value)
    return found
