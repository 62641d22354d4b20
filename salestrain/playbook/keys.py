"""Keys that are computed: a query over an item's table and the stages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb

from salestrain.errors import ContentError, Fault
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.playbook.items import Extract, Query
    from salestrain.playbook.models import Stage


class Sums:
    """A closed database in memory: the table ``stages`` and, for a question, its ``extract``."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        self._db = duckdb.connect(config={"enable_external_access": "false", "threads": 1})
        rows = [(stage.id, stage.probability, stage.limit_days) for stage in stages]
        _table(self._db, "TABLE stages", ("id", "probability", "limit_days"), rows)
        self._db.execute("SET lock_configuration = true")

    def number(self, query: Query, extract: Extract | None) -> float:
        """Return the one number a query gives.

        Raises:
            ContentError: If it fails, or gives anything else.
        """
        db = self._db.cursor()
        try:
            if extract:
                _table(db, "TEMP TABLE extract", extract.columns, extract.rows)
            ((number,),) = db.execute(query.sql).fetchall()
            return float(number)
        except (duckdb.Error, ValueError, TypeError) as error:
            what = f"query {query.id!r} gives no number: {str(error).splitlines()[0]}"
            raise ContentError([Fault(query.place_of("sql"), what, "mend its SQL")]) from error


def _table(
    db: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    kinds = {
        column: "DOUBLE" if all(isinstance(row[n], int | float) for row in rows) else "VARCHAR"
        for n, column in enumerate(columns)
    }
    plain = [[cell.en if isinstance(cell, Text) else cell for cell in row] for row in rows]
    records = json.dumps([dict(zip(columns, row, strict=True)) for row in plain], default=str)
    unnested = "SELECT unnest(from_json($1, $2), recursive := true)"
    db.execute(f"CREATE {name} AS {unnested}", [records, json.dumps([kinds])])
