"""The table that a stem speaks of: as HTML, and back."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from salestrain.language import LANGUAGES, Text
from salestrain.playbook.exchange.markup import as_html
from salestrain.playbook.fields import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.language import Language
    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.items import Extract

    Say = Callable[[Text], str]
    Listen = Callable[[str], Says]
    Written = Callable[[object, Language], str]

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
LINE = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
CELL = re.compile(r"<(t[dh])\b([^>]*?)(?:/>|>(.*?)</t[dh]>)", re.DOTALL | re.IGNORECASE)
ABBR = re.compile(r"""\babbr\s*=\s*"([^"]*)\"""", re.IGNORECASE)


def table_html(
    extract: Extract, say: Say, written: Written, *, in_cell: Callable[[int, str, str], str]
) -> str:
    """Return a table as HTML; ``abbr`` keeps what a heading or a figure is called inside.

    Args:
        extract: The table.
        say: Writes a text as HTML, in the languages of the file.
        written: Writes a cell as people read it.
        in_cell: Wraps what stands in a cell, given row (from 1), column and HTML.
    """
    head = "".join(
        f'<th abbr="{_quoted(name)}">{say(extract.labels[name])}</th>' for name in extract.columns
    )
    rows = "".join(
        "<tr>" + "".join(
            _cell(value, say, written, partial(in_cell, number, name))
            for name, value in zip(extract.columns, row, strict=True)
        ) + "</tr>"
        for number, row in enumerate(extract.rows, 1)
    )  # fmt: skip
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def untouched(_row: int, _column: str, said: str) -> str:
    """Return what stands in a cell as it is."""
    return said


def cell_text(value: object, written: Written) -> Text:
    """Return a cell as people read it."""
    zh, en = value if isinstance(value, Text) else Text(*(written(value, la) for la in LANGUAGES))
    return Text(zh.strip(), en.strip())


def _cell(value: object, say: Say, written: Written, wrap: Callable[[str], str]) -> str:
    kept = "" if isinstance(value, Text) else f' abbr="{_quoted(str(value))}"'
    return f"<td{kept}>{wrap(say(cell_text(value, written)))}</td>"


def _quoted(text: str) -> str:
    return as_html(text).replace("<br>", "&#10;").replace('"', "&quot;")


def read_table(markup: str, listen: Listen, written: Written) -> Plain:
    """Return the table in some HTML as plain data.

    Args:
        markup: From ``<table`` to ``</table>``.
        listen: Reads HTML into the languages it speaks.
        written: Writes a cell as people read it.
    """
    lines = [CELL.findall(line) for line in LINE.findall(markup)]
    head, *body = lines or [[]]
    ours = any(ABBR.search(attributes) for _, attributes, _ in head)
    columns, labels = list[str](), {}
    for number, (_, attributes, inside) in enumerate(head, 1):
        columns.append(_kept(attributes) or f"c{number}")
        labels[columns[-1]] = listen(inside)
    rows = [[_value(attributes, listen(said), written, ours=ours) for _, attributes, said in line]
            for line in body]  # fmt: skip
    return {"columns": columns, "labels": labels, "rows": rows}


def _value(attributes: str, shown: Says, written: Written, *, ours: bool) -> Any:  # noqa: ANN401
    kept = _kept(attributes)
    if kept is not None:
        value = typed(kept)
        spoken = [language for language in LANGUAGES if language in shown]
        if all(written(value, language).strip() == shown[language] for language in spoken):
            return value
    one = {*shown.values()}
    if kept is None and ours:
        return shown
    value = typed(one.pop()) if len(one) == 1 else shown
    return value if isinstance(value, int | float | date) or not shown else shown


def _kept(attributes: str) -> str | None:
    found = ABBR.search(attributes)
    return html.unescape(found[1]) if found else None
