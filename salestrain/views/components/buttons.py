"""Buttons: one look each for the one next step, the others, and the quiet ones."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from salestrain.views.components.ground import Given, attributes, icon, inside
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_THE_CLIENT = {
    "data_opens", "data_closes", "data_move", "data_sort", "data_voice", "popovertarget"
}  # fmt: skip


def button(
    text: str,
    do: str = "",
    carries: Mapping[str, str] | None = None,
    *,
    look: str = "",
    symbol: str = "",
    **more: Given,
) -> str:
    """Return a button that does an action, or sends the form it stands in.

    Args:
        text: Verb first, saying what happens.
        do: The action's name; empty sends the form.
        carries: Fields that go with the action.
        look: ``main``, ``quiet``, ``wide``, ``icon``, or several of them.
        symbol: Icon after the text; with the look ``icon`` in place of it.
        more: Further attributes: ``name``, ``value``, ``data_shortcut``, ``data_needs`` …
    """
    kind = "button" if do or IN_THE_CLIENT & more.keys() else "submit"
    sent = json.dumps(carries, ensure_ascii=False) if carries else None
    given = attributes(type=kind, data_do=do or None, data_with=sent)
    return f"<button{given}{attributes(**more)}{_faced(text, look, symbol)}</button>"


def link_button(text: str, href: str, *, look: str = "", symbol: str = "") -> str:
    """Return a link that looks like a button, or nothing where there is no address to go to."""
    return f"<a{attributes(href=href)}{_faced(text, look, symbol)}</a>" if inside(href) else ""


def actions(*parts: str) -> str:
    """Return buttons in a row, under one another on a phone."""
    return f'<div class="actions">{"".join(parts)}</div>'


def _faced(text: str, look: str, symbol: str) -> str:
    names = classes("button", *(f"button--{one}" for one in look.split()))
    drawn = icon(symbol) if symbol else ""
    if "icon" in look.split():
        return f"{names}{attributes(aria_label=text)}>{drawn}"
    return f"{names}>{escape(text)}{drawn}"
