"""A file or database → sheets of raw text cells with their true row numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from salestrain.crm.decode import decode
from salestrain.errors import ContentError, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Lines = list[tuple[int, list[str]]]

TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")
EXCEL_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SQLITE_ENDINGS = (".sqlite", ".sqlite3", ".db")
DELIMITERS = ",;\t|"
PEEK = 20
LONGEST_CELL = 10_000_000
LARGEST_WORKBOOK = 4_000_000_000
UNCLOSED = "(a quote in this row is never closed)"


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in a file: raw lines of text cells, read when first asked for.

    ``path`` is what messages call it; ``file`` and ``name`` are what a mapping matches.
    """

    path: PurePath
    file: str
    name: str
    load: Callable[[], tuple[Lines, str]]

    @cached_property
    def _loaded(self) -> tuple[Lines, str]:
        return self.load()

    @property
    def lines(self) -> Lines:
        """Row number (from 1) and cells of every row that isn't blank."""
        return self._loaded[0]

    @property
    def encoding(self) -> str:
        """The encoding it was read in; empty where the format fixes it."""
        return self._loaded[1]


def list_sheets(source: str | Path) -> list[Sheet]:
    """Return the sheets of a CSV, Excel, Parquet or SQLite file, or of a database at a URL.

    Raises:
        ContentError: If there is no such file, or it isn't what its name says.
    """
    if isinstance(source, str) and "://" in source:
        from salestrain.crm.databases import database_at  # noqa: PLC0415 (heavy, seldom needed)

        return database_at(source)
    path = Path(source)
    check_file(path)
    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS:
        return [Sheet(path, path.name, path.stem, partial(_text, path))]
    if ending == ".parquet":
        return [Sheet(path, path.name, path.stem, partial(_parquet, path))]
    if ending in EXCEL_ENDINGS:
        return _workbook(path)
    if ending in SQLITE_ENDINGS:
        from salestrain.crm.databases import sqlite_file  # noqa: PLC0415 (heavy, seldom needed)

        return sqlite_file(path)
    raise unreadable(
        path, f"files ending in {ending!r} can't be read", "export it as CSV, Excel or Parquet"
    )


def check_file(path: Path) -> None:
    """Refuse what is no file, in words.

    Raises:
        ContentError: If it is a folder, a device, or not there.
    """
    if path.is_dir():
        raise unreadable(path, "this is a folder", f"name the files in it, e.g. {path.name}/*.csv")
    if not path.exists():
        raise unreadable(path, "there is no such file", "check the name and the folder")
    if not path.is_file():
        raise unreadable(path, "this is a pipe or a device", "save what it gives to a file first")


def unreadable(path: PurePath, what: str, mend: str) -> ContentError:
    """Return the one fault of a file that can't be read."""
    return ContentError([Fault(Place(path), what, mend)])


def _text(path: Path) -> tuple[Lines, str]:
    data = path.read_bytes()
    if not data.strip():
        raise unreadable(path, "the file is empty", "export it again")
    text, encoding = decode(data, path)
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(_records(list(io.StringIO(text, newline="")), _delimiter(text))), encoding
    except csv.Error as error:
        raise unreadable(path, f"not a table: {error}", "export it again as CSV") from error


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record and its line; one with a stray quote ends with its line, marked so."""
    at = 0
    while at < len(lines):
        begun = at
        rest = map(lines.__getitem__, range(at, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield at + 1, cells
                at = begun + reader.line_num
        except csv.Error:
            yield (
                at + 1,
                [*next(csv.reader([lines[at].rstrip("\r\n")], delimiter=delimiter)), UNCLOSED],
            )
            at += 1


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows into the most, and evenest, columns."""
    head = text[: 1 << 16].splitlines(keepends=True)[:PEEK]

    def columns(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) * (usual > 1), usual)

    return max(DELIMITERS, key=columns)


def _workbook(path: Path) -> list[Sheet]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_WORKBOOK:
                raise unreadable(path, "unpacked, the workbook is over 4 GB", "export it as CSV")
    try:
        book = CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as error:
        raise unreadable(
            path, "not an Excel workbook", "export it again as .xlsx or CSV"
        ) from error
    names = book.sheet_names
    single = len(names) == 1
    return [
        Sheet(path if single else part_of(path.name, name), path.name, name,
              partial(_grid, book, name))
        for name in names
    ]  # fmt: skip


def part_of(file: str, name: str) -> PurePath:
    """Return how a sheet or table of a file is named in faults."""
    return PurePath(f"{file} [{name}]")


def _grid(book: CalamineWorkbook, name: str) -> tuple[Lines, str]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return as_lines(rows), ""


def as_lines(rows: Sequence[Sequence[object]], first: int = 1) -> Lines:
    """Return rows as numbered text, blank ones left out."""
    numbered = ((number, list(map(_cell, row))) for number, row in enumerate(rows, first))
    return [(number, cells) for number, cells in numbered if any(map(str.strip, cells))]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _parquet(path: Path) -> tuple[Lines, str]:
    with duckdb.connect() as connection:
        try:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        except duckdb.Error as error:
            raise unreadable(path, "not a Parquet file", "export it again, or as CSV") from error
        header = [str(column[0]) for column in found.description or ()]
        return [(1, header), *as_lines(found.fetchall(), 2)], ""
