"""SQL in the playbook, read by DuckDB itself: only what one row of one CRM table can answer."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from salestrain.crm.tables import Table, tables
from salestrain.errors import Fault, Place, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from salestrain.playbook.content import Rule
    from salestrain.playbook.standards.kpis import Kpi, Measure


FUNCTIONS = ("count", "sum", "avg", "median", "min", "max")
AGGREGATE = re.compile(r"\s*(\w+)\s*\((?:\s*DISTINCT\s+)?(.*)\)\s*", re.DOTALL | re.IGNORECASE)
PERIOD_END = "period_end"
REFUSED = {
    "SUBQUERY": "a subquery",
    "WINDOW": "a window",
    "STAR": "a *",
    "LAMBDA": "a lambda",
    "PARAMETER": "a parameter",
}
ZONED = ["TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS", "TIME WITH TIME ZONE"]
BARE = "write one expression over the table's columns"


class Checker:
    """Checks measures and conditions against empty CRM tables, in a closed database in memory."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def kpi(self, kpi: Kpi) -> None:
        """Check a KPI's measures."""
        for side in ("value", "numerator", "denominator"):
            measure = getattr(kpi, side)
            if measure:
                self._measure(kpi, side, measure)

    def rule(self, rule: Rule) -> None:
        """Check a rule's condition and the columns it names."""
        for number, column in enumerate(rule.columns):
            self.column(column, rule.place_of("columns", number))
        if rule.when is None:
            return
        place = rule.place_of("when")
        if not rule.table:
            self._fault(place, "a condition over no table", "add `table:`")
        elif table := self._table(rule.table, rule.place_of("table")):
            names = {*table.columns, PERIOD_END}
            if self._expression(rule.when, names, place):
                self._bind(table.name, "count(*)", rule.when, place)

    def column(self, name: str, place: Place) -> None:
        """Check a ``table.column``."""
        head, _, tail = name.partition(".")
        if (table := self._table(head, place)) and tail not in table.columns:
            self._fault(place, f"unknown column {name!r}", did_you_mean(tail, table.columns))

    def _measure(self, kpi: Kpi, side: str, measure: Measure) -> None:
        table = self._table(measure.table, kpi.place_of(side, "table"))
        if table is None:
            return
        before = len(self.faults)
        self._dates(kpi, side, measure, table)
        names = {*table.columns, *([PERIOD_END] if measure.open_from else [])}
        place = kpi.place_of(side, "expr")
        self._aggregate(measure.expr, names, place)
        if measure.where is not None:
            self._expression(measure.where, names, kpi.place_of(side, "where"))
        if len(self.faults) == before and "{{" not in (measure.where or ""):
            self._bind(table.name, measure.expr, measure.where or "true", place)

    def _dates(self, kpi: Kpi, side: str, measure: Measure, table: Table) -> None:
        for key in ("date", "open_from", "open_until"):
            name, place = getattr(measure, key), kpi.place_of(side, key)
            days = [c.name for c in table.columns.values() if c.kind in ("date", "time")]
            if name and name not in days:
                what = f"{key!r} is {name!r}, no date column of {table.name}"
                self._fault(place, what, did_you_mean(name, days))

    def _aggregate(self, expr: str, names: Collection[str], place: Place) -> None:
        found = AGGREGATE.fullmatch(expr)
        if not found or found[1].lower() not in FUNCTIONS:
            mend = f"write one of {', '.join(FUNCTIONS)} around an expression, as in sum(amount)"
            self._fault(place, f"{expr!r} is no aggregate", mend)
        elif not (found[1].lower() == "count" and found[2].strip() == "*"):
            self._expression(found[2], names, place)

    def _expression(self, sql: str, names: Collection[str], place: Place) -> bool:
        if "{{" in sql:
            return False  # the reference that can't be found is a fault already
        before = len(self.faults)
        written = _parsed(sql)
        if written["error"]:
            message = str(written["error_message"]).splitlines()[0]
            mend = "a condition goes into `where`" if "FILTER" in sql.upper() else BARE
            self._fault(place, f"{sql!r} is not SQL: {message}", mend)
        elif not _lone(written["statements"]):
            self._fault(place, f"{sql!r} is more than an expression", BARE)
        else:
            for node in _walk(written["statements"][0]["node"]["select_list"]):
                self._node(node, names, place)
        return len(self.faults) == before

    def _node(self, node: dict[str, Any], names: Collection[str], place: Place) -> None:
        kind, called = str(node.get("class")), str(node.get("function_name"))
        if kind in REFUSED:
            self._fault(place, f"{REFUSED[kind]} in an expression", BARE)
        elif kind == "COLUMN_REF":
            name = ".".join(str(part) for part in node["column_names"])
            if name not in names:
                self._fault(place, f"unknown column {name!r}", did_you_mean(name, names))
        elif kind == "FUNCTION" and called in _unsteady():
            what = f"{called}() gives another answer each time"
            self._fault(place, what, f"use a column, or {PERIOD_END} with open_from and open_until")

    def _bind(self, table: str, expr: str, where: str, place: Place) -> None:
        if refusal := _refusal(table, expr, where):
            self._fault(place, f"DuckDB refuses it: {refusal}", "mend the expression or `where`")

    def _table(self, name: str, place: Place) -> Table | None:
        table = tables().get(name)
        if table is None:
            self._fault(place, f"unknown table {name!r}", did_you_mean(name, tables()))
        return table

    def _fault(self, place: Place, what: str, mend: str) -> None:
        self.faults.append(Fault(place, what, mend))


@cache
def _closed_database() -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"enable_external_access": "false", "threads": 1})
    for table in tables().values():
        columns = ", ".join(f'"{c.name}" {c.sql_type}' for c in table.columns.values())
        db.execute(f"CREATE TABLE {table.name} ({columns})")
    return db.execute("SET lock_configuration = true")


@cache
def _unsteady() -> frozenset[str]:
    # What depends on the hour or on chance would give another figure each time it is asked. No
    # column has a time zone: the forms for zoned times don't count. age(day) counts from today.
    sql = """SELECT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'
        AND NOT list_has_any(parameter_types, $1)"""
    found = _closed_database().cursor().execute(sql, [ZONED]).fetchall()
    return frozenset(str(name) for (name,) in found) | {"age"}


@cache
def _parsed(sql: str) -> dict[str, Any]:
    asked = "SELECT json_serialize_sql($1)"
    row = _closed_database().cursor().execute(asked, [f"SELECT\n{sql}\n"]).fetchone()
    parsed: dict[str, Any] = json.loads(row[0]) if row else {}
    return parsed


@cache
def _refusal(table: str, expr: str, where: str) -> str:
    source = f"(SELECT *, DATE '2000-01-01' AS {PERIOD_END} FROM {table})"
    try:
        _closed_database().cursor().execute(f"SELECT {expr} FROM {source} WHERE (\n{where}\n)")
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return ""


def _lone(statements: list[dict[str, Any]]) -> bool:
    node = statements[0]["node"]
    if len(statements) != 1 or node["type"] != "SELECT_NODE":
        return False
    more = ("where_clause", "group_expressions", "having", "qualify", "sample", "modifiers")
    alone = len(node["select_list"]) == 1 and node["from_table"]["type"] == "EMPTY"
    return alone and not any(node[part] for part in more)


def _walk(tree: object) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for child in tree:
            yield from _walk(child)
