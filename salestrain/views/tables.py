"""What is read as text and rows: questions, definitions, data notes, and plain tables."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from salestrain.views.markup import Tone, classes, link, rule_link, small

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask in the talk, why, and the rule it rests on."""

    title: str
    text: str = ""
    rule: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as this report uses it; each of ``more`` is a paragraph, folded under ``summary``."""

    term: str
    text: str
    rule: str = ""
    href: str = ""
    more: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand right."""

    name: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its text: a link, a quieter second line, a verdict."""

    text: str
    href: str = ""
    small: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, as many as there are columns; the first one names the row."""

    cells: tuple[str | Cell, ...]
    focus: bool = False


def questions(asked: Sequence[Question]) -> str:
    """Return the questions side by side, under one another on a phone."""
    items = "".join(
        f"<li><strong>{escape(one.title)}</strong>"
        f"{f'<p>{escape(one.text)}</p>' if one.text else ''}{rule_link(one.rule, one.href)}</li>"
        for one in asked
    )
    return f'<ol class="questions">{items}</ol>'


def definitions(defined: Sequence[Definition]) -> str:
    """Return terms with their meaning; each can be linked to by its rule id."""
    items = "".join(
        f"<div><dt{_anchor(one.rule)}>{escape(one.term)} {rule_link(one.rule, one.href)}</dt>"
        f"<dd>{escape(one.text)}</dd>{_more(one)}</div>"
        for one in defined
    )
    return f'<dl class="definitions">{items}</dl>'


def _more(one: Definition) -> str:
    if not one.summary:
        return "".join(f"<dd>{escape(text)}</dd>" for text in one.more)
    inside = "".join(f"<p>{escape(text)}</p>" for text in one.more)
    return f"<dd><details><summary>{escape(one.summary)}</summary>{inside}</details></dd>"


def data_notes(notes: Sequence[str]) -> str:
    """Return what a reader must know about the data, one sentence or two each."""
    return f'<ul class="data-notes">{"".join(f"<li>{escape(note)}</li>" for note in notes)}</ul>'


def data_table(
    columns: Sequence[Column], rows: Sequence[Row], *, caption: str = "", stacked: bool = False
) -> str:
    """Return a plain table; on a phone it scrolls in its own box, or its rows become stacks.

    Raises:
        ValueError: If a row has not as many cells as there are columns.
    """
    heads = "".join(
        f'<th scope="col"{_right(column)}>{escape(column.name)}</th>' for column in columns
    )
    body = "".join(_row(row, columns) for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    kind = "stacked" if stacked else ""
    # a box that scrolls must be reached by keyboard, so it takes focus and needs a name
    named = f' role="region" tabindex="0" aria-label="{escape(caption)}"' if caption else ""
    return (
        f'<div{classes("table-box", kind)}{named}><table class="data-table">{above}'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, columns: Sequence[Column]) -> str:
    cells = "".join(
        _cell(cell, column, first=index == 0)
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    return f"<tr{classes('focus' if row.focus else '')}>{cells}</tr>"


def _cell(cell: str | Cell, column: Column, *, first: bool) -> str:
    full = Cell(cell) if isinstance(cell, str) else cell
    inside = link(full.text, full.href) + small(full.small)
    if first:
        return f'<th scope="row"{_right(column)}>{inside}</th>'
    tone = "" if full.tone == "plain" else full.tone
    names = classes("number" if column.numeric else "", tone)
    return f'<td{names} data-label="{escape(column.name)}">{inside}</td>'


def _right(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def _anchor(rule: str) -> str:
    return f' id="{escape(rule)}"' if rule else ""
