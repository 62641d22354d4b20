"""People and competencies: how far each has come, and how sure that is.

Colour says on which side of the target, strong where it is sure, pale where it only leans there;
the level and the span it may lie in stand in every cell, so that colour never speaks alone. A cell
opens what it rests on.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.views.components.ground import attributes, some

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Shade = Literal["", "bad-2", "bad-1", "good-1", "good-2"]
STRONG = {"bad-2", "good-2"}


class Cell(NamedTuple):
    """One person's competency: its level, the span, and the action that opens it, if any."""

    text: str
    note: str = ""
    shade: Shade = ""
    do: str = ""
    carries: Mapping[str, str] = {}


def skill_map(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, list[Cell]]]) -> str:
    """Return the table.

    Args:
        caption: What it shows, for those who don't see its surroundings.
        heads: Of the names, then of each competency.
        rows: Name and cells of each person.
    """
    titles = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(_row(name, cells) for name, cells in rows)
    inner = f"{some('caption', caption)}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody>"
    given = attributes(role="group", tabindex=0, aria_label=caption)
    return f'<div class="table-box"{given}><table class="sortable">{inner}</table></div>'


def _row(name: str, cells: Sequence[Cell]) -> str:
    head = f'<th scope="row" style="white-space:nowrap">{escape(name)}</th>'
    return f"<tr>{head}{''.join(map(_cell, cells))}</tr>"


def _cell(cell: Cell) -> str:
    ink = "color:var(--on-strong)" if cell.shade in STRONG else "color:var(--ink)"
    ground = f"background:var(--div-{cell.shade});" if cell.shade else ""
    words = f"{escape(cell.text)} {some('small', cell.note)}"
    ink += ";white-space:nowrap"
    if not cell.do:
        return f"<td{attributes(style=ground + ink)}>{words}</td>"
    sent = json.dumps(dict(cell.carries), ensure_ascii=False)
    look = f"{ink};padding:0 var(--space-2)"
    given = attributes(type="button", data_do=cell.do, data_with=sent, style=look)
    held = f'<button class="button button--quiet"{given}>{words}</button>'
    return f"<td{attributes(style=ground)}>{held}</td>"
