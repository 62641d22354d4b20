"""Tables on their way out to a spreadsheet: nothing a customer typed may run there."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?[\d.,]*\d%?(?:[eE][+-]?\d+)?")


def escape_formula(cell: str) -> str:
    """Return the cell with a leading apostrophe if a spreadsheet would run it.

    Source: OWASP, CSV Injection.

    >>> escape_formula("=1+1"), escape_formula("-12.5")
    ("'=1+1", '-12.5')
    """
    risky = cell.startswith(STARTS_A_FORMULA) and not NUMBER.fullmatch(cell)
    return "'" + cell if risky else cell


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file that spreadsheets open as UTF-8; a file already equal is left alone."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (columns, *rows):
        writer.writerow(["" if cell is None else escape_formula(str(cell)) for cell in row])
    data = text.getvalue().encode("utf-8-sig")
    if not (path.exists() and path.read_bytes() == data):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
