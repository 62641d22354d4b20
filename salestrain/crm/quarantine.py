"""Rows that couldn't be taken, kept in a file with the reason, so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.crm.export import write_csv
from salestrain.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from salestrain.crm.intake import Intake

FIRST = ("source", "row", "reason")


def write_quarantine(intakes: Iterable[Intake], folder: Path) -> None:
    """Write ``quarantine/TABLE.csv`` for each table with rejected rows; remove the others'.

    A row keeps every original cell, beside where it stood and what is wrong with it.
    """
    kept = set()
    for intake in intakes:
        if intake.rejections:
            path = folder / "quarantine" / f"{intake.table.name}.csv"
            write_csv(path, *_rows(intake))
            kept.add(path)
    for path in (folder / "quarantine").glob("*.csv"):
        if path not in kept:
            path.unlink()


def _rows(intake: Intake) -> tuple[list[str], list[list[str]]]:
    positions = sorted(intake.rejections)
    origins = [intake.origins[position] for position in positions]
    header: dict[str, int] = {}
    for origin in origins:
        for name in _names(origin.header, len(origin.cells)):
            header.setdefault(name, len(header))
    rows = []
    for position, origin in zip(positions, origins, strict=True):
        cells = [""] * len(header)
        names = _names(origin.header, len(origin.cells))
        for name, cell in zip(names, origin.cells, strict=True):
            cells[header[name]] = cell
        reasons = "; ".join(dict.fromkeys(why.what for why in intake.rejections[position]))
        rows.append([origin.sheet.path.name, str(origin.row), reasons, *cells])
    return [*FIRST, *header], rows


def _names(header: Sequence[str], width: int) -> list[str]:
    """Return a different name for every cell: unnamed and repeated columns get their number."""
    names: dict[str, None] = {}
    for index in range(width):
        name = header[index] if index < len(header) else ""
        names[name if name and name not in names else f"{name}#{index + 1}"] = None
    return list(names)


def row_faults(intake: Intake) -> list[Fault]:
    """Return one fault for each kind of trouble: its first row, and how many more there are."""
    groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for position in sorted(intake.rejections):
        for why in intake.rejections[position]:
            groups.setdefault((why.column, why.mend), []).append((position, why.what))
    faults = []
    for (column, mend), found in groups.items():
        position, what = found[0]
        if len(found) > 1:
            what += f" (and {len(found) - 1} more like it)"
        faults.append(Fault(intake.place(position, column), what, mend))
    return faults
