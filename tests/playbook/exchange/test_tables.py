"""A table with a line break in a plain cell is still XML, and comes back."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from salestrain.language import Language
from salestrain.playbook.exchange.markup import as_html
from salestrain.playbook.exchange.tables import read_table, table_html, untouched
from salestrain.playbook.items.asked import Extract
from tests.training.conftest import both


def written(value: object, _language: Language) -> str:
    return str(value)


def test_a_line_break_in_a_plain_cell_is_kept() -> None:
    extract = Extract.model_validate(
        {"columns": ["c"], "labels": {"c": both("Case")}, "rows": [['late <again>\n& "open"']]}
    )
    html = table_html(extract, lambda text: as_html(text.en), written, in_cell=untouched)
    cell = ET.fromstring(html.replace("<br>", "<br/>")).find(".//td")  # noqa: S314 (our own)
    assert cell is not None
    assert cell.get("abbr") == 'late <again>\n& "open"'
    back = read_table(html, lambda _: {"en": 'late <again>\n& "open"'}, written)
    assert back["rows"] == [['late <again>\n& "open"']]
