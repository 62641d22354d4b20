"""Sheets → the rows of one of our tables, still text, each with the place it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from salestrain.crm.columns import Origin, quoted, take
from salestrain.crm.decode import BROKEN
from salestrain.crm.mapping import ANY, AS_IS, TableMapping, plain
from salestrain.crm.read import UNCLOSED
from salestrain.errors import ContentError, Fault, Place
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.crm.read import Sheet
    from salestrain.crm.tables import Table

TOTALS = re.compile(
    r"((grand |sub[- ]?)?totals?( count| records)?|[合总小共累]\s*计|汇总)\s*([:：(（\d].*)?",
    re.IGNORECASE,
)


class Rejection(NamedTuple):
    """Why a row can't be taken: the column (ours), what is wrong, how to mend it."""

    column: str
    what: str
    mend: str


@dataclass(slots=True)
class Intake:
    """The rows of one table on their way in.

    ``text`` has our columns as text; ``frame`` the same rows typed, once converted.
    """

    table: Table
    text: pd.DataFrame
    origins: list[Origin]
    headings: dict[str, str]
    sheets: Sequence[Sheet]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    rejections: dict[int, list[Rejection]] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def reject(self, bad: Sequence[bool] | pd.Series, column: str, what: str, mend: str) -> None:
        """Mark the rows where ``bad`` holds; ``{}`` in ``what`` becomes the cell as it stood."""
        cells = self.text[column].tolist() if column in self.text else []
        for position in np.flatnonzero(np.asarray(bad, dtype=bool) & self.whole).tolist():
            said = what.replace("{}", repr(cells[position])) if cells else what
            self.reject_row(position, Rejection(column, said, mend))

    def reject_row(self, position: int, why: Rejection) -> None:
        """Mark one row."""
        self.rejections.setdefault(position, []).append(why)

    @property
    def whole(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each row is a record at all: no totals row, no broken one."""
        whole = np.ones(len(self.text), dtype=bool)
        whole[[at for at, why in self.rejections.items() if not why[0].column]] = False
        return whole

    @property
    def good(self) -> pd.Series[bool]:
        """Whether each row is still acceptable."""
        good = pd.Series(True, index=self.text.index)
        good.iloc[list(self.rejections)] = False
        return good

    def place(self, position: int, column: str = "") -> Place:
        """Return where a row (and one of our columns) stands in the export."""
        origin = self.origins[position]
        return Place(origin.sheet.path, origin.row, self.headings.get(column, column))


def sheets_for(entry: TableMapping, sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets a table is filled from: by file and sheet pattern, or by its own name."""

    def fits(sheet: Sheet) -> bool:
        if not entry.file and not entry.sheet:
            return sheet.name.casefold() == entry.table.name
        by_name = bool(entry.file) and not entry.sheet and _fits(sheet.name, entry.file)
        return by_name or (_fits(sheet.file, entry.file) and _fits(sheet.name, entry.sheet))

    return [sheet for sheet in sheets if fits(sheet)]


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("", name) or fnmatch(name.casefold(), pattern.casefold())


def gather(entry: TableMapping, sheets: Sequence[Sheet]) -> Intake:
    """Return the rows of every sheet the table is filled from, values mapped, nothing dropped.

    Raises:
        ContentError: If a column the mapping names isn't there, or is there twice.
    """
    parts: list[pd.DataFrame] = []
    origins: list[Origin] = []
    faults: list[Fault] = []
    headings: dict[str, str] = {}
    for sheet in sheets:
        try:
            frame, rows, found = take(entry, sheet)
        except ContentError as error:
            faults += error.faults
            continue
        parts.append(frame)
        origins += rows
        headings = found | headings
    if faults:
        raise ContentError(faults)
    text = pd.concat(parts, ignore_index=True).astype("str").fillna("")
    intake = Intake(entry.table, text, origins, headings, sheets)
    _reject_broken(intake)
    _map_values(intake, entry)
    for column, value in entry.constants.items():
        intake.text[column] = (
            intake.text[column].replace("", value) if column in intake.text else value
        )
    return _distinct(intake) if entry.distinct and intake.table.key in intake.text else intake


def _reject_broken(intake: Intake) -> None:
    for position, origin in enumerate(intake.origins):
        if why := _broken(origin):
            intake.reject_row(position, Rejection("", *why))


def _broken(origin: Origin) -> tuple[str, str] | None:
    """Return why a row is no record, and how to mend it."""
    cells = origin.cells
    if TOTALS.fullmatch(next((cell.strip() for cell in cells if cell.strip()), "")):
        return "a totals row, not a record", "nothing to mend"
    if cells[-1] == UNCLOSED:
        what = "a quote in the row is never closed, or stands inside a quoted cell"
        return what, "write a quote inside a cell twice"
    if BROKEN in "".join(cells):
        what = "a character is broken: the file was cut, or its encoding damaged"
        return what, "export it again as UTF-8"
    if any(cell.strip() for cell in cells[len(origin.header) :]):
        return "the row has more cells than the header", "quote the cell that holds the delimiter"
    return None


def _map_values(intake: Intake, entry: TableMapping) -> None:
    for column, written in entry.value_maps.items():
        if column not in intake.text:
            continue
        by_name = {plain(theirs): ours for theirs, ours in written.items() if plain(theirs)}
        known = set(by_name) | {plain(ours) for ours in written.values()}
        unknown = []
        ours_by_value = {}
        for value in intake.text[column].unique():
            ours = written.get(value, by_name.get(plain(value)))
            if ours is None and value and ANY in written:
                ours = value if written[ANY] == AS_IS else written[ANY]
            ours_by_value[value] = value if ours is None else ours
            if ours is None and value and plain(value) not in known:
                unknown.append(value)
        if unknown and not entry.table.columns[column].choices:
            intake.notes.append(_unmapped(entry.table.name, column, unknown))
        intake.text[column] = intake.text[column].map(ours_by_value)


def _unmapped(table: str, column: str, unknown: Sequence[str]) -> Text:
    listed = quoted(unknown)
    return Text(
        f"{table}.{column}：映射文件没有写到的值按原样保留：{listed}",
        f"{table}.{column}: values the mapping doesn't name are kept as they are: {listed}",
    )


def _distinct(intake: Intake) -> Intake:
    """Collapse equal rows (and drop those without a key) of a table read out of another's rows."""
    text, good = intake.text, intake.good
    keep = ~good | (~text.duplicated() & (text[intake.table.key] != ""))
    chosen = np.flatnonzero(keep)
    moved = {old: new for new, old in enumerate(chosen.tolist())}
    return Intake(
        intake.table,
        text.iloc[chosen].reset_index(drop=True),
        [intake.origins[position] for position in chosen],
        intake.headings,
        intake.sheets,
        rejections={moved[old]: why for old, why in intake.rejections.items()},
        notes=intake.notes,
    )
