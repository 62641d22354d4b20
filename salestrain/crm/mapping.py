"""Mapping files: which foreign column is ours, and how its values read (see docs/import.md)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import yaml

from salestrain.crm.decode import decode
from salestrain.crm.tables import Column, Table, tables
from salestrain.errors import ContentError, Fault, Place, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FILE_KEYS = ("name", "currency", "as_of", "date_formats", "decimal", "tables")
TABLE_KEYS = (
    "from", "sheet", "columns", "optional", "values", "constants", "scale", "distinct",
)  # fmt: skip
DATE_PARTS = {"yyyy": "%Y", "yy": "%y", "mmm": "%b", "mm": "%m", "dd": "%d"}
ANY, AS_IS = "*", "="


def plain(name: str) -> str:
    """Return the name without case, spaces and punctuation, as names are compared.

    >>> plain("Opportunity_ID") == plain("opportunity id")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in folded if character.isalnum())


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one of our tables is filled; ``line`` is where that was written."""

    table: Table
    file: str = ""
    sheet: str = ""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional: dict[str, tuple[str, ...]] = field(default_factory=dict)
    value_maps: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    scale: dict[str, float] = field(default_factory=dict)
    distinct: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mapping:
    """How an export becomes our tables."""

    path: PurePath
    tables: dict[str, TableMapping]
    name: str = ""
    currency: str = "CNY"
    as_of: date | None = None
    date_formats: tuple[str, ...] = ()
    decimal: str = "."


def find_mapping(name_or_path: str | Path) -> Mapping:
    """Return the mapping file at the path, or the shipped one of that name.

    Raises:
        UsageError: If there is neither.
        ContentError: With every fault in the file.
    """
    path = Path(name_or_path)
    if path.is_file():
        return parse_mapping(decode(path.read_bytes(), path)[0], path)
    known = shipped_mappings()
    if str(name_or_path) in known:
        shipped = files("salestrain.crm").joinpath("mappings", f"{name_or_path}.yaml")
        return parse_mapping(shipped.read_text(encoding="utf-8"), PurePath(f"{name_or_path}.yaml"))
    raise UsageError(
        f"there is no mapping {str(name_or_path)!r}; {did_you_mean(str(name_or_path), known)}"
    )


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that come with salestrain."""
    folder = files("salestrain.crm").joinpath("mappings")
    return sorted(PurePath(entry.name).stem for entry in folder.iterdir())


def parse_mapping(text: str, path: PurePath) -> Mapping:
    """Read a mapping.

    Raises:
        ContentError: With every fault: not YAML, unknown or double keys, tables or columns, a
            required column without a source, values that aren't of the column's choices.
    """
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", error)
        place = Place(path, mark.line + 1 if mark else 1)
        fault = Fault(place, f"not YAML: {problem}", "quote or indent it")
        raise ContentError([fault]) from error
    reader = _Reader(path, [])
    mapping = reader.mapping(root)
    if reader.faults:
        raise ContentError(reader.faults)
    return mapping


@dataclass(slots=True)
class _Reader:
    """Walks the YAML nodes, which know their lines, and collects faults."""

    path: PurePath
    faults: list[Fault]

    def fault(self, node: yaml.Node | int, what: str, mend: str) -> None:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.faults.append(Fault(Place(self.path, line), what, mend))

    def pairs(
        self, node: yaml.Node | None, kind: str, known: Collection[str] = ()
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        if node is None or not isinstance(node, yaml.MappingNode):
            self.fault(
                node or 1, f"{kind} must be written as 'key: value' lines", "see docs/import.md"
            )
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = str(key_node.value)
            if known and key not in known:
                self.fault(key_node, f"unknown {kind} {key!r}", did_you_mean(key, known))
            elif key in seen:
                self.fault(key_node, f"{kind} {key!r} comes twice", "keep one of them")
            else:
                seen.add(key)
                yield key, key_node, value

    def text(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return "" if node.value in ("~", "null") else str(node.value)
        self.fault(node, "expected one value here", "write it on one line")
        return ""

    def texts(self, node: yaml.Node) -> tuple[str, ...]:
        many = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(map(self.text, many))

    def mapping(self, root: yaml.Node | None) -> Mapping:
        found = {key: value for key, _, value in self.pairs(root, "key", FILE_KEYS)}
        entries = {}
        if "tables" in found:
            entries = {
                name: self.table(tables()[name], value, key.start_mark.line + 1)
                for name, key, value in self.pairs(found["tables"], "table", tables())
            }
        else:
            self.fault(1, "no 'tables' are mapped", "write 'tables:' with people and opportunities")
        texts = {key: self.text(found[key]) for key in ("name", "currency") if key in found}
        return Mapping(
            path=self.path,
            tables=entries,
            name=texts.get("name", PurePath(self.path).stem),
            currency=texts.get("currency", "CNY").upper(),
            as_of=self.day(found["as_of"]) if "as_of" in found else None,
            date_formats=self.formats(found["date_formats"]) if "date_formats" in found else (),
            decimal=self.one_of(found["decimal"], (".", ",")) if "decimal" in found else ".",
        )

    def day(self, node: yaml.Node) -> date | None:
        try:
            return date.fromisoformat(self.text(node))
        except ValueError:
            self.fault(node, f"{self.text(node)!r} is not a date", "write it as 2026-09-30")
            return None

    def one_of(self, node: yaml.Node, known: Collection[str]) -> str:
        if (written := self.text(node)) not in known:
            self.fault(node, f"{written!r} is not known here", did_you_mean(written, known))
        return written

    def formats(self, node: yaml.Node) -> tuple[str, ...]:
        return tuple(self.format(node, written) for written in self.texts(node))

    def format(self, node: yaml.Node, written: str) -> str:
        """Turn ``dd/mm/yyyy`` into ``%d/%m/%Y``."""
        made = re.sub("yyyy|yy|mmm|mm|dd", lambda part: DATE_PARTS[part[0]], written.lower())
        if not all(part in made.lower() for part in ("%y", "%d")) or not re.search("%[mb]", made):
            mend = "use yyyy or yy, mm or mmm, and dd, e.g. dd/mm/yyyy"
            self.fault(node, f"{written!r} is not a date format", mend)
        return made

    def table(self, table: Table, node: yaml.Node, line: int) -> TableMapping:
        found = {key: value for key, _, value in self.pairs(node, "table key", TABLE_KEYS)}

        def by_column(key: str) -> Iterator[tuple[str, yaml.Node]]:
            if key in found:
                for column, _, value in self.pairs(found[key], "column", table.columns):
                    yield column, value

        entry = TableMapping(
            table=table,
            file=self.text(found["from"]) if "from" in found else "",
            sheet=self.text(found["sheet"]) if "sheet" in found else "",
            columns={column: self.texts(value) for column, value in by_column("columns")},
            optional={column: self.texts(value) for column, value in by_column("optional")},
            constants={column: self.text(value) for column, value in by_column("constants")},
            value_maps={
                column: self.value_map(table, column, at) for column, at in by_column("values")
            },
            scale={
                column: self.factor(table.columns[column], value)
                for column, value in by_column("scale")
            },
            distinct="distinct" in found
            and self.one_of(found["distinct"], ("true", "false")) == "true",
            line=line,
        )
        self.check_required(entry, line)
        return entry

    def value_map(self, table: Table, column: str, node: yaml.Node) -> dict[str, str]:
        choices = table.columns[column].choices
        return {
            theirs: self.one_of(value, choices)
            if choices and self.text(value)
            else self.text(value)
            for theirs, _, value in self.pairs(node, "value")
        }

    def factor(self, column: Column, node: yaml.Node) -> float:
        if column.kind not in ("money", "number", "count"):
            what = f"{column.name!r} holds no numbers"
            self.fault(node, what, "scale amounts and numbers only")
            return 1.0
        try:
            return float(self.text(node))
        except ValueError:
            self.fault(node, f"{self.text(node)!r} is not a number", "write e.g. 10000")
            return 1.0

    def check_required(self, entry: TableMapping, line: int) -> None:
        given = {*entry.columns, *entry.optional, *entry.constants}
        for column in entry.table.columns.values():
            if column.required and column.name not in given:
                what = f"table {entry.table.name!r} has no source for {column.name!r}, required"
                self.fault(line, what, "name its column under 'columns', or a constant")
