"""Others' talks: which there are, what was said and how it was read, and how it was rated."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.views.components.buttons import button
from salestrain.views.components.ground import attributes, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salestrain.views.components.forms import Option


class Row(NamedTuple):
    """A talk in a list: the way to it, when and how it went, finished tags, what unfolds."""

    way_html: str
    note: str
    tags_html: str = ""
    more_html: str = ""


class Line(NamedTuple):
    """Something said in a talk; ``parts_html`` is how it was read."""

    text: str
    mine: bool
    parts_html: str = ""


class Level(NamedTuple):
    """The level given in a skill, of so many, and the rubric's sentence for it."""

    skill: str
    level: int
    of: int
    word: str
    says: str


def talk_list(rows: Sequence[Row]) -> str:
    """Return talks under one another."""
    return f'<ul class="shared talks">{"".join(map(_row, rows))}</ul>'


def _row(row: Row) -> str:
    tags = f"<p>{row.tags_html}</p>" if row.tags_html else ""
    return f"<li>{row.way_html}{some('p', row.note, 'note')}{tags}{row.more_html}</li>"


def transcript(lines: Sequence[Line]) -> str:
    """Return what was said, in order."""
    rows = ""
    for line in lines:
        look = classes("bubble", "bubble--mine" if line.mine else "")
        rows += f"<li><p{look}>{escape(line.text)}</p>{line.parts_html}</li>"
    return f'<ol class="transcript">{rows}</ol>'


def parts(rows: Sequence[str]) -> str:
    """Return how the parts of something typed were read; each is finished HTML."""
    return f'<ul class="parts">{"".join(f"<li>{row}</li>" for row in rows)}</ul>' if rows else ""


def pick_or_other(
    name: str,
    do: str,
    carries: Mapping[str, str],
    likely: Sequence[tuple[str, str]],
    other: tuple[str, str, Sequence[Option]],
) -> str:
    """Return a button for each likely choice, and a folded list with a button for any other.

    Args:
        name: The form's id, unique in the page.
        do: The action; the choice goes with it as ``move``.
        carries: What else goes with it.
        likely: Value and text of each.
        other: The list's label, the button's text, and the options.
    """
    label, send, options = other
    taps = "".join(button(text, do, {**carries, "move": value}) for value, text in likely)
    rows = "".join(
        f"<option{attributes(value=value)}>{escape(text)}</option>"
        for value, text in [("", label), *((one.value, one.label) for one in options)]
    )
    listed = f"<select{attributes(name='move', aria_label=label)}>{rows}</select>"
    listed = f'<div class="field">{listed}</div>'
    carried, picked = json.dumps(carries, ensure_ascii=False), button(send, data_needs="move")
    form = f"<form{attributes(id=name, data_do=do, data_with=carried)}>{listed}{picked}</form>"
    return f'<div class="put-right">{taps}{form}</div>'


def folded(title: str, body_html: str) -> str:
    """Return what unfolds under a title."""
    return f'<details class="folds"><summary>{escape(title)}</summary>{body_html}</details>'


def levels(rows: Sequence[Level]) -> str:
    """Return the levels given, each with its sentence."""
    return f'<ul class="levels">{"".join(map(_level, rows))}</ul>'


def _level(row: Level) -> str:
    steps = "".join(f"<i{classes('on' if at < row.level else '')}></i>" for at in range(row.of))
    scale = f'<span class="scale" aria-hidden="true">{steps}</span>'
    words = f"{some('b', row.skill)}{scale}{some('span', row.word)}"
    head = f'<p class="mood">{words}</p>'
    return f"<li>{head}{some('p', row.says, 'note')}</li>"


def side_by_side(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], apart: Sequence[bool]
) -> str:
    """Return what each rater gave, a row for each skill; where it is far ``apart`` it is marked."""
    titles = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = ""
    for cells, far in zip(rows, apart, strict=True):
        rest = "".join(some("td", cell) for cell in cells[1:-1])
        rest += some("td", cells[-1], "bad" if far else "")
        body += f'<tr><th scope="row">{escape(cells[0])}</th>{rest}</tr>'
    inner = f"{some('caption', caption)}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody>"
    given = attributes(role="group", tabindex=0, aria_label=caption)
    return (
        f'<div class="table-box"{given}><table class="sortable side-by-side">{inner}</table></div>'
    )
