"""CRM tables in memory, for tests that compute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from salestrain.crm.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Rows = Iterable[Mapping[str, object]]


def in_memory(**content: Rows) -> tuple[duckdb.DuckDBPyConnection, dict[str, frozenset[str]]]:
    """Return a connection with the named tables, and the columns each has."""
    connection = duckdb.connect()
    for name, rows in content.items():
        table = tables()[name]
        columns = ", ".join(f"{c.name} {c.sql_type}" for c in table.columns.values())
        connection.execute(f"CREATE TABLE {name} ({columns})")
        for row in rows:
            named, marks = ", ".join(row), ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO {name} ({named}) VALUES ({marks})", list(row.values()))
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
