"""An export → a checked snapshot: read, map, convert, check, set the bad rows aside, store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from salestrain.crm.check import check_references, check_rows, check_stages
from salestrain.crm.convert import convert
from salestrain.crm.intake import Intake, gather, sheets_for
from salestrain.crm.quarantine import row_faults, write_quarantine
from salestrain.crm.read import Sheet, list_sheets
from salestrain.crm.recognise import recognise
from salestrain.crm.snapshot import FILE, Snapshot, TableNote, write_snapshot
from salestrain.crm.tables import tables
from salestrain.errors import ContentError, Fault, Place
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from pathlib import Path

    from salestrain.crm.mapping import Mapping
    from salestrain.crm.tables import Table

IN_THE_PAST = {
    "opportunities": ("created_on", "closed_on"),
    "stage_changes": ("entered_on",),
    "activities": ("happened_on",),
    "orders": ("ordered_on",),
    "complaints": ("opened_at",),
    "leads": ("created_on",),
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    ``faults`` are about single rows. Those that couldn't be taken wait in ``quarantine``; the rest
    of the export is in the snapshot. ``changed`` is False if the snapshot already said all of it.
    """

    snapshot: Snapshot
    faults: tuple[Fault, ...]
    quarantine: Path
    changed: bool

    @property
    def tables(self) -> dict[str, TableNote]:
        """Rows read, accepted and quarantined, by table."""
        return self.snapshot.tables

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was noticed and settled without losing a row."""
        return self.snapshot.notes


def import_export(
    files: Sequence[str | Path],
    mapping: Mapping | None,
    folder: Path,
    stages: Collection[str] = (),
) -> ImportReport:
    """Import a CRM export into ``folder``; the old snapshot stands until the new one is whole.

    Args:
        files: Files (CSV, Excel, Parquet, SQLite) and database URLs.
        mapping: How the export becomes our tables; None if files and columns are named like ours.
        folder: Where snapshot and quarantine lie.
        stages: Ids of the playbook's stages; a deal in another is a fault. Empty: not checked.

    Raises:
        ContentError: If the export can't be imported as a whole; nothing is changed then.
    """
    read = _read(files, mapping)
    write_quarantine(read.intakes.values(), folder)
    frames = {name: intake.frame[intake.good] for name, intake in read.intakes.items()}
    draft = _draft(read.intakes, read.mapping, read.notes, folder)
    snapshot, changed = write_snapshot(draft, frames)
    faults = tuple(sorted([*read.faults, *_stage_faults(read, stages)]))
    return ImportReport(snapshot, faults, folder / "quarantine", changed)


def check_export(files: Sequence[str | Path], stages: Collection[str] = ()) -> list[Fault]:
    """Return the faults of every row of a CRM export with columns named like ours; keep nothing.

    Raises:
        ContentError: If the export can't be imported as a whole.
    """
    read = _read(files, None)
    return sorted([*read.faults, *_stage_faults(read, stages)])


class _Read(NamedTuple):
    """An export as read: its tables, how they were read, what was noticed, faults of rows."""

    intakes: dict[str, Intake]
    mapping: Mapping
    notes: list[Text]
    faults: list[Fault]


def _read(files: Sequence[str | Path], mapping: Mapping | None) -> _Read:
    sheets, faults = _open_all(files)
    if faults:
        raise ContentError(faults)
    notes: list[Text] = []
    if mapping is None:
        mapping, notes = recognise(sheets)
    intakes, skipped = _gather_all(mapping, sheets)
    for intake in intakes.values():
        convert(intake, mapping)
    _stop_at([fault for intake in intakes.values() for fault in intake.faults])
    for intake in intakes.values():
        check_rows(intake)
    notes += [*skipped, *_encodings(intakes), *check_references(intakes)]
    notes += [note for intake in intakes.values() for note in intake.notes]
    row_level = [fault for intake in intakes.values() for fault in row_faults(intake)]
    _stop_at(_none_left(intakes, mapping), row_level)
    return _Read(intakes, mapping, notes, row_level)


def _stage_faults(read: _Read, stages: Collection[str]) -> list[Fault]:
    return [fault for intake in read.intakes.values() for fault in check_stages(intake, stages)]


def _stop_at(faults: Sequence[Fault], more: Sequence[Fault] = ()) -> None:
    if faults:
        raise ContentError([*faults, *more])


def _open_all(files: Sequence[str | Path]) -> tuple[list[Sheet], list[Fault]]:
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for source in files:
        try:
            sheets += list_sheets(source)
        except ContentError as error:
            faults += error.faults
    return sheets, faults


def _gather_all(mapping: Mapping, sheets: Sequence[Sheet]) -> tuple[dict[str, Intake], list[Text]]:
    intakes: dict[str, Intake] = {}
    faults: list[Fault] = []
    notes: list[Text] = []
    for name, table in tables().items():
        try:
            found = _fill(table, mapping, sheets)
        except ContentError as error:
            faults += error.faults
            continue
        if isinstance(found, Intake):
            intakes[name] = found
        elif found:
            notes.append(found)
    _stop_at(faults)
    taken = {id(sheet) for entry in mapping.tables.values() for sheet in sheets_for(entry, sheets)}
    return intakes, notes + [_unused(sheet) for sheet in sheets if id(sheet) not in taken]


def _fill(table: Table, mapping: Mapping, sheets: Sequence[Sheet]) -> Intake | Text | None:
    """Return the table's rows, or why it has none; None if nobody asked for it."""
    entry = mapping.tables.get(table.name)
    found = sheets_for(entry, sheets) if entry else []
    if not entry or not found:
        if table.required:
            raise ContentError([_missing(mapping, table.name, sheets)])
        return _absent(table, entry.file or entry.sheet or table.name) if entry else None
    intake = gather(entry, found)
    required = (column.name for column in table.columns.values() if column.required)
    lacks = next((name for name in required if name not in intake.text), "")
    if lacks and table.required:
        what = f"no column for {lacks!r}, which is required"
        mend = "export it, or name it in 'columns'"
        raise ContentError([Fault(Place(found[0].path), what, mend)])
    return _lacking(table, lacks) if lacks else intake


def _missing(mapping: Mapping, name: str, sheets: Sequence[Sheet]) -> Fault:
    entry = mapping.tables.get(name)
    seen = ", ".join(repr(sheet.path.name) for sheet in sheets) or "no file"
    if not mapping.name:
        what = f"no file for the table {name!r}, which is required (given: {seen})"
        return Fault(Place(mapping.path), what, f"name it {name}.csv, or give a mapping")
    if not entry:
        what = f"table {name!r}, which is required, is not mapped"
        return Fault(Place(mapping.path), what, f"map it under 'tables: {name}:' (given: {seen})")
    wanted = entry.file or entry.sheet or name
    what = f"no file fits {wanted!r}, from which {name!r}, required, is filled"
    return Fault(Place(mapping.path, entry.line), what, f"given: {seen}")


def _absent(table: Table, wanted: str) -> Text:
    return Text(
        f"没有给出与「{wanted}」相符的文件，未读入{table.label.zh}",
        f"no file fits {wanted!r}, so there are no {table.label.en}",
    )


def _lacking(table: Table, column: str) -> Text:
    return Text(
        f"导出里没有 {column} 一列，未读入{table.label.zh}",
        f"the export has no column for {column}, so there are no {table.label.en}",
    )


def _unused(sheet: Sheet) -> Text:
    name = sheet.path.name
    return Text(f"没有表取用 {name}", f"no table is filled from {name}")


def _encodings(intakes: dict[str, Intake]) -> list[Text]:
    used = [sheet for intake in intakes.values() for sheet in intake.sheets]
    found = {(sheet.path.name, sheet.encoding.upper()) for sheet in used}
    return [
        Text(f"{name} 按 {encoding} 编码读入", f"{name} is read as {encoding}")
        for name, encoding in sorted(found)
        if encoding not in ("", "UTF-8-SIG")
    ]


def _none_left(intakes: dict[str, Intake], mapping: Mapping) -> list[Fault]:
    faults = []
    for name, intake in intakes.items():
        if tables()[name].required and not intake.good.any():
            path = intake.sheets[0].path
            what = "no row of it can be taken" if len(intake.text) else "a header but no rows"
            mend = f"{name} needs at least one row"
            faults.append(Fault(Place(path), what, mend))
    if not faults and not (mapping.as_of or _latest(intakes)):
        what = "no deal has a date, so nothing says when the books end"
        faults.append(Fault(Place(mapping.path), what, "write as_of: 2026-09-30 in the mapping"))
    return faults


def _latest(intakes: dict[str, Intake]) -> date | None:
    days = [
        intakes[name].frame.loc[intakes[name].good, column].max()
        for name, columns in IN_THE_PAST.items()
        for column in columns
        if name in intakes and column in intakes[name].frame
    ]
    return max((day.date() for day in days if day == day), default=None)  # noqa: PLR0124 (NaT)


def _draft(
    intakes: dict[str, Intake], mapping: Mapping, notes: Sequence[Text], folder: Path
) -> Snapshot:
    as_of = mapping.as_of or _latest(intakes)
    assert as_of is not None  # noqa: S101 (_none_left stops before)
    files = sorted({sheet.file for intake in intakes.values() for sheet in intake.sheets})
    listed = ", ".join(files[:3]) + (f" … ({len(files)})" if files[3:] else "")
    counts = {
        name: TableNote(
            read=len(intake.text),
            accepted=int(intake.good.sum()),
            quarantined=len(intake.rejections),
            columns=tuple(column for column in intake.table.columns if column in intake.frame),
        )
        for name, intake in intakes.items()
    }
    return Snapshot(
        path=folder / FILE,
        digest="",
        source=mapping.name or listed,
        currency=mapping.currency,
        as_of=as_of,
        tables=counts,
        notes=tuple(dict.fromkeys(notes)),
    )
