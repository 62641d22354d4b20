"""How often the CRM shows somebody having done something, and the day it was often enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.crm.tables import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import duckdb

    from salestrain.playbook.paths import Measured

ANY = "*"


class Reached(NamedTuple):
    """What a measured step of a path comes to.

    Attributes:
        rows: How many count.
        day: The day of the row with which they were enough; None if they aren't.
        missing: The table that isn't there, or lacks a column; empty if all is there.
    """

    rows: int = 0
    day: date | None = None
    missing: str = ""


def reached(
    connection: duckdb.DuckDBPyConnection,
    present: Mapping[str, Collection[str]],
    step: Measured,
    person: str,
) -> Reached:
    """Return how far somebody has come with a measured step.

    Args:
        connection: To the CRM's tables.
        present: The columns the export brought, by table.
        step: What is counted; its names are those of ``tables.yaml``.
        person: Their id in the CRM.
    """
    owner = tables()[step.table].owner
    of = step.of or (owner.column if owner else "")
    alike = [step.once_a_day] if step.once_a_day else []
    if not {of, step.dated, *alike, *step.where} <= set(present.get(step.table, ())):
        return Reached(missing=step.table)
    wanted = "".join(
        f" AND {name} IS NOT NULL" if value == ANY else f" AND CAST({name} AS VARCHAR) = ?"
        for name, value in step.where.items()
    )
    distinct = "DISTINCT" if alike else ""
    counted = (
        f"SELECT {distinct} {', '.join([f'CAST({step.dated} AS DATE) AS day', *alike])} "
        f"FROM {step.table} WHERE {of} = ? AND {step.dated} IS NOT NULL{wanted}"
    )
    given = [person, *(value for value in step.where.values() if value != ANY)]
    rows = connection.execute(f"SELECT day FROM ({counted}) ORDER BY day", given).fetchall()
    day = rows[step.at_least - 1][0] if len(rows) >= step.at_least else None
    return Reached(len(rows), day)
