"""Who works there, in which role: whom an exam is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Text

if TYPE_CHECKING:
    from datetime import date

    import duckdb

EVERYBODY = """
    SELECT person_id, name, coalesce(name_en, name), coalesce(role, 'rep'), coalesce(team_id, ''),
      joined_on, left_on
    FROM people ORDER BY person_id"""


class Colleague(NamedTuple):
    """Somebody the CRM knows; ``role`` is one of those an exam is for."""

    id: str
    name: Text
    role: str
    team: str
    joined: date | None
    left: date | None

    def works_on(self, day: date) -> bool:
        """Return whether they have joined and not left."""
        return (self.joined is None or self.joined <= day) and (
            self.left is None or day <= self.left
        )


def colleagues(connection: duckdb.DuckDBPyConnection) -> dict[str, Colleague]:
    """Return everybody in the CRM's table of people, by id."""
    rows = connection.execute(EVERYBODY).fetchall()
    return {id_: Colleague(id_, Text(zh, en), *rest) for id_, zh, en, *rest in rows}
