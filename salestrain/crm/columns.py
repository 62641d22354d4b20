"""Which cells of a sheet are which of our columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from salestrain.crm.mapping import TableMapping, plain
from salestrain.errors import ContentError, Fault, Place, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from salestrain.crm.read import Sheet

HEADER_WITHIN = 30
NAMED_AT_MOST = 5
EMPTY = {"", "-", "--", "—", "n/a", "#n/a", "null", "nan"}
LONGEST_EMPTY = max(map(len, EMPTY))
JOIN = " + "


class Origin(NamedTuple):
    """Where a row came from, with every cell as it stood there."""

    sheet: Sheet
    header: Sequence[str]
    row: int
    cells: Sequence[str]


def find_header(sheet: Sheet, wanted: Collection[str]) -> int:
    """Return the index of the line that names the columns: most wanted names, else the fullest.

    Raises:
        ContentError: If the sheet has no line at all.
    """
    lines = sheet.lines[:HEADER_WITHIN]
    if not lines:
        raise ContentError([Fault(Place(sheet.path), "the sheet is empty", "export it again")])

    def likeness(index: int) -> tuple[int, int, int]:
        cells = [cell for cell in lines[index][1] if cell.strip()]
        return sum(plain(cell) in wanted for cell in cells), len(cells), -index

    return max(range(len(lines)), key=likeness)


def take(entry: TableMapping, sheet: Sheet) -> tuple[pd.DataFrame, list[Origin], dict[str, str]]:
    """Return our columns of a sheet as text, where each row came from, and their headings there.

    Raises:
        ContentError: If a column the mapping names isn't there, or is there twice.
    """
    sources = entry.columns | entry.optional
    names = [name for alternatives in sources.values() for name in alternatives]
    wanted = {plain(part) for name in names for part in name.split(JOIN)}
    start = find_header(sheet, wanted)
    line, cells = sheet.lines[start]
    header = [cell.strip().lstrip("\ufeff") for cell in cells]
    rows = sheet.lines[start + 1 :]
    origins = [Origin(sheet, header, number, found) for number, found in rows]
    columns: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    faults: list[Fault] = []
    for ours, alternatives in sources.items():
        try:
            found = _columns(header, alternatives)
        except LookupError as twice:
            mend = "rename or remove one of them in the export"
            faults.append(Fault(Place(sheet.path, line), str(twice), mend))
            continue
        if found:
            columns[ours] = _cells(rows, found)
            headings[ours] = JOIN.join(header[index] for index in found)
        elif ours in entry.columns:
            faults.append(_missing(header, alternatives[0], ours, Place(sheet.path, line)))
    if faults:
        raise ContentError(faults)
    return pd.DataFrame(columns, index=range(len(rows)), dtype="str"), origins, headings


def _missing(header: Sequence[str], name: str, ours: str, place: Place) -> Fault:
    seen = [cell for cell in header if cell]
    what = f"no column {name!r}, which the mapping reads as {ours!r}; the header has: "
    return Fault(place, what + quoted(seen, 20), did_you_mean(name, seen))


def _columns(header: list[str], names: Sequence[str]) -> list[int]:
    """Return the indexes of the first of the names that the header has (several if joined)."""
    for name in names:
        parts = [name] if name in header else name.split(JOIN)
        found = [index for part in parts for index in _index(header, part)]
        if len(found) == len(parts):
            return found
    return []


def _index(header: list[str], name: str) -> list[int]:
    exact = [index for index, cell in enumerate(header) if cell == name]
    found = exact or [index for index, cell in enumerate(header) if plain(cell) == plain(name)]
    if len(found) > 1:
        first, second = found[0] + 1, found[1] + 1
        raise LookupError(f"two columns are named {name!r} (number {first} and number {second})")
    return found


def _cells(rows: Sequence[tuple[int, Sequence[str]]], found: Sequence[int]) -> list[str]:
    def column(index: int) -> list[str]:
        texts = (cells[index].strip() if index < len(cells) else "" for _, cells in rows)
        return [
            "" if len(text) <= LONGEST_EMPTY and text.casefold() in EMPTY else text
            for text in texts
        ]

    first, *others = map(column, found)
    return (
        [" ".join(filter(None, parts)) for parts in zip(first, *others, strict=True)]
        if others
        else first
    )


def quoted(names: Sequence[str], at_most: int = NAMED_AT_MOST) -> str:
    """Return the first of the names, quoted, for a message."""
    return ", ".join(map(repr, names[:at_most])) + (", …" if len(names) > at_most else "")
