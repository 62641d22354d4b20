"""Erasing a person from the tables: what is theirs goes, what only names them is replaced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sql
from sqlalchemy import delete, select, update

from salestrain.records.schema import attempts, invitations, people, steps
from salestrain.records.steps import rows_about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from salestrain.records.naming import Named


class Erased(NamedTuple):
    """How many steps went or changed.

    Attributes:
        own: Steps the person did; deleted.
        about: Steps of others about them; deleted.
        named: Steps of others that only named them; a mark stands in place of the name.
    """

    own: int
    about: int
    named: int


def erase(connection: Connection, person_id: str, named: Named) -> Erased:
    """Erase a person in a transaction; whoever waits for it finds them gone.

    Args:
        connection: In a transaction.
        person_id: Theirs.
        named: What names them.
    """
    others = [row["id"] for row in rows_about(connection, person_id)]
    connection.execute(delete(steps).where(steps.c.id.in_(others)))
    own = connection.execute(delete(steps).where(steps.c.person_id == person_id)).rowcount
    by_them = update(invitations).where(invitations.c.by == person_id)
    connection.execute(by_them.values(by=""))
    connection.execute(delete(people).where(people.c.id == person_id))
    connection.execute(delete(attempts).where(attempts.c.subject == f"person:{person_id}"))
    return Erased(own, len(others), _replace(connection, named))


def _replace(connection: Connection, named: Named) -> int:
    """Replace the person's id and names in what is left; return in how many steps."""
    asked = select(steps.c.id, steps.c.step_id, steps.c.thread, steps.c.data)
    changed = []
    for row in connection.execute(asked).mappings():
        data = json.dumps(named.replaced_in(json.loads(row["data"])), separators=(",", ":"))
        new = {"data": data} | {one: named.replaced(row[one]) for one in ("step_id", "thread")}
        if any(row[one] != text for one, text in new.items()):
            changed.append((row["id"], new))
    for number, new in changed:
        connection.execute(update(steps).where(steps.c.id == number).values(new))
    return len(changed)


def traces_in(connection: Connection, named: Named) -> Iterator[str]:
    """Yield ``table.column`` for each cell of any table that still names a person."""
    looked = sql.inspect(connection)
    for name in looked.get_table_names():
        columns = [str(column["name"]) for column in looked.get_columns(name)]
        table = sql.table(name, *(sql.column(one) for one in columns))
        for row in connection.execute(select(table)).mappings():
            for column, cell in row.items():
                if isinstance(cell, str) and _names(cell, named):
                    yield f"{name}.{column}"


def _names(cell: str, named: Named) -> bool:
    try:
        value = json.loads(cell)
    except ValueError:
        value = cell
    return named.within(cell) or bool(named.replaced_in(value) != value)
