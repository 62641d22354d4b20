"""How many of two kinds of thing at once: a table whose cells are shaded, with the value in each.

A table rather than a drawing: its words keep their size on a phone, and it can be read aloud.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from salestrain.views.markup import Caption, Scale, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEPS = 5
DIVERGING = ("bad-2", "bad-1", "mid", "good-1", "good-2")
NEAR, FAR = 20.0, 60.0


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A value and how it is written; without a value the label says why."""

    value: float | None
    label: str


def heat_map(
    caption: Caption,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[HeatCell]]],
    *,
    palette: Literal["seq", "div"] = "seq",
    middle: float = 0.0,
    corner: str = "",
) -> str:
    """Return the shaded table.

    Args:
        caption: Finding, measure and unit, sentence.
        columns: Names of the columns.
        rows: Name and cells of each row, as many cells as columns.
        palette: ``seq`` from little to much, ``div`` below and above the middle.
        middle: The norm of a diverging palette, in the cells' unit; above is good.
        corner: What the rows are.

    Raises:
        ValueError: If a row has not as many cells as there are columns.
    """
    values = [cell.value for _, cells in rows for cell in cells if cell.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    reach = max((abs(value - middle) for value in values), default=0.0)
    scale = Scale(low, high) if palette == "seq" else Scale(0.0, reach)

    def shade(value: float) -> str:
        return _sequential(value, scale) if palette == "seq" else _diverging(value - middle, scale)

    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(_cell(cell, shade) for cell, _ in zip(cells, columns, strict=True))
        + "</tr>"
        for name, cells in rows
    )
    table = (
        f'<div class="table-box"><table class="heat"><thead><tr><th>{escape(corner)}</th>{heads}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return figure(caption, table, "heat")


def _sequential(value: float, scale: Scale) -> str:
    return f"seq-{min(int(scale.at(value) * STEPS / 100), STEPS - 1) + 1}"


def _diverging(away: float, scale: Scale) -> str:
    size = scale.at(abs(away))
    steps = 0 if size < NEAR else 1 if size < FAR else 2
    return f"div-{DIVERGING[2 + steps if away > 0 else 2 - steps]}"


def _cell(cell: HeatCell, shade: Callable[[float], str]) -> str:
    kind = "missing" if cell.value is None else shade(cell.value)
    return f'<td class="{kind}">{escape(cell.label)}</td>'
