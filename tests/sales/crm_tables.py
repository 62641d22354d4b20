"""CRM tables in memory, for tests that compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from salestrain.crm.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Mapping[str, object]]


def in_memory(**content: Rows) -> tuple[duckdb.DuckDBPyConnection, dict[str, frozenset[str]]]:
    """Return a connection with the named tables, and the columns each has."""
    connection = duckdb.connect(config={"threads": 1})  # more of them only take time to start
    for name, rows in content.items():
        table = tables()[name]
        columns = ", ".join(f"{c.name} {c.sql_type}" for c in table.columns.values())
        connection.execute(f"CREATE TABLE {name} ({columns})")
        if rows:  # all at once: DuckDB takes a millisecond for each statement
            marks = ", ".join("?" for _ in table.columns)
            cells = [row.get(column) for row in rows for column in table.columns]
            places = ", ".join(f"({marks})" for _ in rows)
            connection.execute(f"INSERT INTO {name} VALUES {places}", cells)
    return connection, {name: frozenset(tables()[name].columns) for name in content}


PEOPLE = [
    {"person_id": "a", "name": "安", "name_en": "An", "role": "rep", "team_id": "E"},
    {"person_id": "b", "name": "白", "name_en": "Bai", "role": "rep", "team_id": "E"},
    {"person_id": "c", "name": "陈", "name_en": "Chen", "role": "rep", "team_id": "S"},
    {"person_id": "d", "name": "丁", "name_en": "Ding", "role": "rep"},
]
TEAMS = [
    {"team_id": "E", "name": "华东组", "name_en": "East", "region": "华东", "region_en": "East"},
    {"team_id": "S", "name": "华南组", "name_en": "South", "region": "华南", "region_en": "South"},
]
