"""The CRM tables of the house, read from ``tables.yaml``: columns, kinds, keys and owners."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from salestrain.language import Text

Kind = Literal["id", "text", "date", "time", "money", "number", "count", "share", "flag", "choice"]
SQL_TYPES: dict[Kind, str] = {
    "id": "VARCHAR", "text": "VARCHAR", "choice": "VARCHAR", "date": "DATE", "time": "TIMESTAMP",
    "money": "DOUBLE", "number": "DOUBLE", "share": "DOUBLE", "count": "BIGINT", "flag": "BOOLEAN",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its values are, and the names that exports give it."""

    name: str
    kind: Kind
    label: Text
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    also: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds it."""
        return SQL_TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose figure a row is: a column with a person id, here or in the table it leads to."""

    column: str
    through: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, its key and its owner."""

    name: str
    label: Text
    key: str
    columns: dict[str, Column]
    required: bool = False
    owner: Owner | None = None


@cache
def tables() -> dict[str, Table]:
    """Return every table by name, in reading order."""
    source = files("salestrain.crm").joinpath("tables.yaml").read_text(encoding="utf-8")
    written = yaml.load(source, Loader=yaml.CSafeLoader)
    return {name: _table(name, entry, written) for name, entry in written.items()}


def _table(name: str, entry: dict[str, object], written: dict[str, dict[str, object]]) -> Table:
    columns = entry["columns"]
    label = entry["name"]
    assert isinstance(columns, dict)  # noqa: S101 (our own file; for the type checker)
    assert isinstance(label, dict)  # noqa: S101
    return Table(
        name=name,
        label=Text(**label),
        key=str(entry["key"]),
        columns={column: _column(column, facts) for column, facts in columns.items()},
        required=bool(entry.get("required", False)),
        owner=_owner(entry.get("owner"), written),
    )


def _column(name: str, facts: dict[str, object]) -> Column:
    rest = {key: value for key, value in facts.items() if key not in ("zh", "en")}
    for many in ("choices", "also"):
        if isinstance(found := rest.get(many), list):
            rest[many] = tuple(str(value) for value in found)
    return Column(name=name, label=Text(str(facts["zh"]), str(facts["en"])), **rest)  # type: ignore[arg-type]


def _owner(entry: object, written: dict[str, dict[str, object]]) -> Owner | None:
    if isinstance(entry, dict):
        there = written[entry["table"]]
        column = there.get("owner", "owner_id")
        return Owner(str(column), entry["through"], entry["table"])
    return Owner(str(entry)) if entry else None
