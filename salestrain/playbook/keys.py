"""Keys that are computed: a query over an item's table and the stages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import duckdb

from salestrain.errors import ContentError
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from salestrain.crm.store import Crm
    from salestrain.playbook.items import Extract, Query
    from salestrain.playbook.standards.selling import Stage


class NoNumber(ContentError):  # noqa: N818 (nothing failed: these data have no answer)
    """The data hold no answer to a query: no row, or nothing in it."""


class Sums:
    """Computes keys: in a closed database in memory, or on the CRM data where a query reads it.

    There are the table ``stages`` and, for a question, its ``extract``.
    """

    def __init__(self, stages: Iterable[Stage], crm: Callable[[], Crm] | None = None) -> None:
        self._stages = [(stage.id, stage.probability, stage.limit_days) for stage in stages]
        self._crm = crm
        self._closed = duckdb.connect(config={"enable_external_access": "false", "threads": 1})
        self._closed.execute("SET lock_configuration = true")

    def number(self, query: Query, extract: Extract | None) -> float:
        """Return the one number a query gives.

        Raises:
            ContentError: If it fails, or gives anything else.
        """
        try:
            db = (self._data(query) if query.reads else self._closed).cursor()
            if "stages" in query.sql:
                _table(db, "TEMP TABLE stages", ("id", "probability", "limit_days"), self._stages)
            if extract:
                _table(db, "TEMP TABLE extract", extract.columns, extract.rows)
            found = db.execute(query.sql).fetchall()
            if query.reads and found == [(None,)]:
                what = f"query {query.id!r} finds nothing in these data"
                raise NoNumber([query.fault(what, "import the data it asks of", "sql")])
            ((number,),) = found
            return float(number)
        except (duckdb.Error, ValueError, TypeError) as error:
            what = f"query {query.id!r} gives no number: {str(error).splitlines()[0]}"
            raise ContentError([query.fault(what, "mend its SQL", "sql")]) from error

    def _data(self, query: Query) -> duckdb.DuckDBPyConnection:
        crm = self._crm() if self._crm else None
        if missing := [name for name in query.reads if crm is None or name not in crm.present]:
            what = f"query {query.id!r} reads {missing[0]!r}, which the data don't hold"
            mend = "import that table, or drop what asks for it"
            raise NoNumber([query.fault(what, mend, "reads")])
        assert crm  # noqa: S101 (every table would be missing)
        return crm.connection


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
