"""Fields: texts, choices in a row, choices in a list; each can say what is wrong with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.views.components.ground import Given, attributes, icon, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence


class Option(NamedTuple):
    """One of several values to choose from."""

    value: str
    label: str
    note: str = ""
    chosen: bool = False
    member: bool = False
    disabled: bool = False


def field(label: str, name: str, *, fault: str = "", note: str = "", **more: Given) -> str:
    """Return a text field; ``more`` are attributes of its input (value, type, inputmode …)."""
    return _labelled(label, name, ("input", attributes(**more), None), fault, note)


def text_area(
    label: str, name: str, *, text: str = "", fault: str = "", note: str = "", rows: int = 3
) -> str:
    """Return a field for several lines."""
    given = attributes(rows=rows, maxlength=8000)
    return _labelled(label, name, ("textarea", given, escape(text)), fault, note)


def select(label: str, name: str, options: Sequence[Option], *, note: str = "") -> str:
    """Return one choice out of a folded list."""
    rows = ""
    for option in options:
        given = attributes(value=option.value, selected=option.chosen, disabled=option.disabled)
        rows += f"<option{given}>{escape(option.label)}</option>"
    return _labelled(label, name, ("select", "", rows), "", note)


def segmented(legend: str, name: str, options: Sequence[Option], *, note: str = "") -> str:
    """Return one choice out of a few that are all in view."""
    return _group("segmented", legend, [_choice("radio", name, one) for one in options], note)


def one_of(legend: str, name: str, options: Sequence[Option], *, note: str = "") -> str:
    """Return one choice out of a few that need a word each, under one another."""
    rows = [_choice("radio", name, one) for one in options]
    return _group("pick-list pick-list--one", legend, rows, note)


def pick_list(legend: str, name: str, options: Sequence[Option], *, note: str = "") -> str:
    """Return any choices out of a list; members stand indented under what they belong to."""
    return _group("pick-list", legend, [_choice("checkbox", name, one) for one in options], note)


def form(do: str, *parts: str) -> str:
    """Return finished fields and buttons as one form that sends an action."""
    return f'<form class="chooser"{attributes(data_do=do)}>{"".join(parts)}</form>'


def _choice(kind: str, name: str, option: Option) -> str:
    given = attributes(type=kind, name=name, value=option.value)
    given += attributes(checked=option.chosen, disabled=option.disabled)
    words = f"{some('span', option.label)}{some('small', option.note)}"
    return f"<label{classes('member' if option.member else '')}><input{given}>{words}</label>"


def _group(kind: str, legend: str, rows: Sequence[str], note: str) -> str:
    body = f'{some("legend", legend)}<div class="{kind}">{"".join(rows)}</div>'
    return f'<fieldset class="field">{body}{some("p", note, "note")}</fieldset>'


def _labelled(
    label: str, name: str, control: tuple[str, str, str | None], fault: str, note: str
) -> str:
    (tag, given, inner), about, below = control, "", ""
    for kind, text in (("field-fault", fault), ("note", note)):
        if text:
            about += f"{name}-{kind} "
            words = (icon("warn") if kind == "field-fault" else "") + escape(text)
            below += f'<p class="{kind}"{attributes(id=f"{name}-{kind}")}>{words}</p>'
    own = attributes(id=f"{name}-field", name=name, aria_describedby=about.strip() or None)
    own += given + attributes(aria_invalid="true" if fault else None)
    head = f"<label{attributes(for_=f'{name}-field')}>{escape(label)}</label><{tag}{own}>"
    end = "" if inner is None else f"{inner}</{tag}>"
    return f"<div{classes('field', 'field--wrong' if fault else '')}>{head}{end}{below}</div>"
