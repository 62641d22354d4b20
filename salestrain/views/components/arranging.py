"""Questions answered line by line: partners and classes to give, cells of a table to mark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.forms import Option, segmented
from salestrain.views.components.ground import attributes, icon, some
from salestrain.views.components.quiz import SIGNS, records
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Shown = Sequence[tuple[str, str]]  # value and text

CHOOSE = Text("请选", "Choose")
MARK = Text("点出这一格：{}", "Mark this cell: {}")
STATED: tuple[tuple[str, Text], ...] = (
    ("true", Text("对，说得没错", "True")),
    ("false", Text("不对", "False")),
)


class Cell(NamedTuple):
    """How a cell of a table was judged, and the number its reason is told under."""

    state: Literal["right", "wrong", "missed"]
    number: int


def partners(
    lines: Shown, to: Shown, legend: str, language: Language, chosen: Sequence[str] = ()
) -> str:
    """Return lines, each with a folded list of partners to choose from."""
    rows = ""
    for number, (value, text) in enumerate(lines):
        options = f'<option value="">{CHOOSE.in_(language)}</option>' + "".join(
            f"<option{attributes(value=pair, selected=pair in chosen)}>{escape(says)}</option>"
            for pair, says in ((f"{value}={one}", says) for one, says in to)
        )
        id_ = f"line-{number}-field"
        label = f"<label{attributes(for_=id_)}>{escape(text)}</label>"
        select = f"<select{attributes(id=id_, name='answer')}>{options}</select>"
        rows += f'<div class="line field">{label}{select}</div>'
    return _lines(legend, rows)


def class_choices(cards: Shown, classes_: Shown, legend: str, chosen: Sequence[str] = ()) -> str:
    """Return cards, each with its classes side by side."""
    rows = ""
    for number, (value, text) in enumerate(cards):
        pairs = ((f"{value}={one}", says) for one, says in classes_)
        choices = [Option(pair, says, chosen=pair in chosen) for pair, says in pairs]
        rows += f'<div class="line">{segmented(text, f"line-{number}", choices)}</div>'
    return _lines(legend, rows)


def statement(legend: str, language: Language, chosen: Sequence[str] = ()) -> str:
    """Return the choice between true and false."""
    choices = [Option(one, text.in_(language), chosen=one in chosen) for one, text in STATED]
    return segmented(legend, "line-0", choices)


def cells_to_mark(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    language: Language,
    chosen: Sequence[str] = (),
) -> str:
    """Return a table whose cells can be marked; ``2:amount`` stands for the second row's amount."""

    def cell(row: int, column: int, text: str) -> str:
        value = f"{row + 1}:{columns[column]}"
        label = MARK.in_(language).format(f"{row + 1}, {heads[column]}, {text}")
        given = attributes(
            type="checkbox", name="answer", value=value, checked=value in chosen, aria_label=label
        )
        return f'<label class="cell"><input{given}><span>{escape(text)}</span></label>'

    return f'<div class="cells">{records(heads, rows, cell)}</div>'


def judged_cells(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[str],
    judged: Mapping[str, Cell],
) -> str:
    """Return the table with its cells judged, each with the number its reason is told under."""

    def cell(row: int, column: int, text: str) -> str:
        found = judged.get(f"{row + 1}:{columns[column]}")
        if found is None:
            return escape(text)
        sign = icon(SIGNS["wrong" if found.state == "wrong" else "right"])
        number = "" if found.state == "right" else f"<b>{found.number}</b>"
        look = classes("cell", f"cell--{found.state}")
        return f"<span{look}>{sign}<span>{escape(text)}</span>{number}</span>"

    return f'<div class="cells">{records(heads, rows, cell)}</div>'


def words(label: str, note: str, rows: int = 5) -> str:
    """Return a field for a few sentences, with what length is wanted."""
    given = attributes(id="answer-field", name="answer", rows=rows, maxlength=3000)
    head = f"<label{attributes(for_='answer-field')}>{escape(label)}</label>"
    return f'<div class="field">{head}<textarea{given}></textarea>{some("p", note, "note")}</div>'


def model_answer(title: str, text: str) -> str:
    """Return how it could be said."""
    head = f"<h3>{icon('check')}{escape(title)}</h3>"
    return f'<div class="example example--good">{head}{some("p", text)}</div>'


def _lines(legend: str, rows: str) -> str:
    return f'<fieldset class="lines">{some("legend", legend, "note")}{rows}</fieldset>'
