"""The class's CRM: as a connection to compute with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from salestrain.crm.tables import SQL_TYPES, tables

if TYPE_CHECKING:
    from data.generator.newcomers.customers import Books


def connected(books: Books) -> tuple[duckdb.DuckDBPyConnection, dict[str, frozenset[str]]]:
    """Return a connection to the tables, typed by the CRM's contract, and their columns."""
    connection, present = duckdb.connect(), {}
    for name, rows in books.rows.items():
        frame = pd.DataFrame(rows)
        kinds = tables()[name].columns
        cast = ", ".join(f"{one}::{SQL_TYPES[kinds[one].kind]} AS {one}" for one in frame.columns)
        connection.register("given", frame.astype(str).replace({"None": None, "nan": None}))
        connection.execute(f"CREATE TABLE {name} AS SELECT {cast} FROM given")
        connection.unregister("given")
        present[name] = frozenset(frame.columns)
    return connection, present
