"""Exports that need no mapping: files and columns named like ours, in Chinese or English."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from salestrain.crm.columns import find_header, quoted
from salestrain.crm.mapping import Mapping, TableMapping, plain
from salestrain.crm.tables import Column, Table, tables
from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salestrain.crm.read import Sheet


def recognise(sheets: Sequence[Sheet]) -> tuple[Mapping, list[Text]]:
    """Return the mapping that the names of sheets and columns imply, and what it leaves out.

    Raises:
        ContentError: If a file is no table of ours, or lacks a required column.
    """
    named = {
        plain(word): table for table in tables().values() for word in (table.name, *table.label)
    }
    entries: dict[str, TableMapping] = {}
    faults: list[Fault] = []
    notes: list[Text] = []
    for sheet in sheets:
        table = named.get(plain(sheet.name))
        if table:
            try:
                entries[table.name] = _entry(table, sheet, notes)
            except ContentError as error:
                faults += error.faults
    for sheet in sheets:
        if not any(plain(other.name) in named for other in sheets if other.file == sheet.file):
            mend = f"{did_you_mean(sheet.name, tables())} Or give a mapping: --suggest writes one"
            faults.append(Fault(Place(sheet.path), f"{sheet.name!r} is no table of ours", mend))
    if faults:
        raise ContentError(faults)
    return Mapping(sheets[0].path if sheets else PurePath(), entries), notes


def header_of(sheet: Sheet, those: Iterable[Table]) -> tuple[int, list[str]]:
    """Return the row number and the names of the sheet's header, if it is one of those tables."""
    columns = [column for table in those for column in table.columns.values()]
    wanted = {plain(name) for column in columns for name in (*own(column), *column.also)}
    row, cells = sheet.lines[find_header(sheet, wanted)]
    return row, [cell.strip().lstrip("\ufeff") for cell in cells]


def own(column: Column) -> tuple[str, ...]:
    """Return the names that can mean no other column."""
    return (column.name, *column.label)


def match_names(header: Sequence[str], table: Table) -> dict[str, str]:
    """Return the foreign column for each of ours whose name is known."""
    by_name = {plain(name): name for name in reversed(header) if name}
    columns = table.columns.items()

    def known(names: Sequence[str]) -> Iterator[str]:
        return (by_name[plain(name)] for name in names if plain(name) in by_name)

    sure = {ours: name for ours, column in columns if (name := next(known(own(column)), ""))}
    taken = set(sure.values())
    for ours, column in columns:
        likely = next((name for name in known(column.also) if name not in taken), "")
        if likely and ours not in sure:
            sure[ours] = likely
    return sure


def _entry(table: Table, sheet: Sheet, notes: list[Text]) -> TableMapping:
    row, header = header_of(sheet, [table])
    found = match_names(header, table)
    faults = [
        Fault(
            Place(sheet.path, row),
            f"no column {column.name!r} ({column.label.zh}, {column.label.en}), which is required",
            f"the header has: {quoted([name for name in header if name], 20)}",
        )
        for column in table.columns.values()
        if column.required and column.name not in found
    ]
    if faults:
        raise ContentError(faults)
    if rest := [name for name in header if name and name not in found.values()]:
        name = sheet.path.name
        notes.append(
            Text(
                f"{name}：这些列没有对应，未读入：{quoted(rest)}",
                f"{name}: these columns are none of ours and stay out: {quoted(rest)}",
            )
        )
    columns: dict[str, tuple[str, ...]] = {ours: (theirs,) for ours, theirs in found.items()}
    constants = {}
    if table.name == "people" and "role" not in found:
        constants["role"] = "rep"
        notes.append(
            Text("人员表没有岗位，一律按销售读入", "people have no role; all are read as reps")
        )
    return TableMapping(table, sheet.file, sheet.name, columns, constants=constants)
