"""CRM tables in a folder, read as they are: for the simulated class, which is no export."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import duckdb

from salestrain.crm.tables import SQL_TYPES, tables

if TYPE_CHECKING:
    from pathlib import Path


def open_folder(folder: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, frozenset[str]]]:
    """Return a connection to the tables of a folder, and the columns each of them has.

    Files named after a table of the contract are read with the kinds it gives their columns;
    nothing is checked.
    """
    connection, present = duckdb.connect(), dict[str, frozenset[str]]()
    for name, table in tables().items():
        file = folder / f"{name}.csv"
        if not file.is_file():
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            heads = next(csv.reader(lines))
        kinds = {head: SQL_TYPES[table.columns[head].kind] for head in heads}
        connection.execute(
            f"CREATE TABLE {name} AS FROM read_csv(?, columns = ?, header = true)",
            [str(file), kinds],
        )
        present[name] = frozenset(heads)
    return connection, present
