"""The workbook itself: one sheet for each section, one row for each field of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.errors import ContentError, Fault, Place
from salestrain.language import Text
from salestrain.playbook.sheets.text import COLUMNS, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = ("item", "field", *COLUMNS)
WIDTHS = (34, 28, 60, 60, 24)
GUIDE = "guide"
GUIDANCE = Text(
    "改 zh、en、value 三列里的字，存盘，再 salestrain quiz import。删掉的行不算数；"
    "新题写新的 item 和它的每个 field，照着别的题抄。两层花括号里的是引用，别改成数字。",
    "Change what stands in zh, en and value, save, then salestrain quiz import. Rows you delete "
    "change nothing; a new item has rows of its own for each field, like the others. What stands "
    "in two curly brackets is a reference: leave it, never type the figure.",
)


class Row(NamedTuple):
    """A row of a sheet, with what stands in it."""

    sheet: str
    number: int
    item: str
    field: str
    cells: dict[str, str]


def write_workbook(files: Mapping[Path, str], path: Path) -> int:
    """Write the items of some files into a workbook and return how many there are.

    Args:
        files: Items files with their text; a sheet is named by what a file's name begins with.
        path: The ``.xlsx`` to write.
    """
    from openpyxl import Workbook  # noqa: PLC0415 (seldom needed)

    workbook, items = Workbook(), set[str]()
    guide = workbook.active
    assert guide is not None  # noqa: S101 (a new workbook has a sheet)
    guide.title = GUIDE
    for line in GUIDANCE:
        guide.append([line])
    for file, text in files.items():
        section = file.name.partition("-")[0]
        sheet = workbook[section] if section in workbook.sheetnames else _sheet(workbook, section)
        for field in fields_of(text):
            cells = field.cells
            sheet.append([field.item, field.name, *(cells.get(column, "") for column in COLUMNS)])
            items.add(field.item)
    _dress(workbook.worksheets)
    workbook.save(path)
    return len(items)


def read_workbook(path: Path) -> list[Row]:
    """Return the rows of every sheet that has them; formulas are read as what they show.

    Raises:
        ContentError: If it is no workbook, or a sheet lacks a column.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 (seldom needed)

    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = {
            name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names
        }
    except (CalamineError, OSError) as error:
        mend = "save it as .xlsx from your spreadsheet"
        raise ContentError([Fault(Place(path), "this is no workbook", mend)]) from error
    rows, faults = list[Row](), list[Fault]()
    for name, lines in sheets.items():
        if name == GUIDE or not lines:
            continue
        head = [str(cell).strip() for cell in lines[0]]
        if lacks := [column for column in HEAD if column not in head]:
            what = f"sheet {name!r} has no column {lacks[0]!r}"
            faults.append(Fault(Place(path, 1), what, f"name its columns {', '.join(HEAD)}"))
            continue
        rows += _rows(name, head, lines[1:])
    if faults:
        raise ContentError(faults)
    return rows


def _rows(sheet: str, head: Sequence[str], lines: Sequence[Sequence[object]]) -> list[Row]:
    found = []
    for number, line in enumerate(lines, 2):
        said = dict(zip(head, map(_text, line), strict=False))
        if any(said.values()):
            cells = {column: said[column] for column in COLUMNS}
            found.append(Row(sheet, number, said["item"], said["field"], cells))
    return found


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().replace("\r\n", "\n")


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet = workbook.create_sheet(name)
    sheet.append(HEAD)
    return sheet


def _dress(sheets: Sequence[Worksheet]) -> None:
    """Give the sheets readable columns, and each item a line above it."""
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 (seldom needed)

    line = Border(top=Side(style="thin", color="9AA5A0"))
    for sheet in sheets:
        sheet.freeze_panes = "C2"
        for letter, width in zip("ABCDE", WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        before = None
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = line if cells[0].value != before else Border()
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
                if cell.row == 1:
                    cell.font = Font(bold=True)
            before = cells[0].value
