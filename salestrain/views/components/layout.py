"""What holds the pieces: heads, cards, columns, tabs, dialogs; and notices, empty, waiting."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import Tone, attributes, icon, link, some
from salestrain.views.markup import classes
from salestrain.views.page import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

CLOSE, OPENING = Text("关闭", "Close"), Text("正在打开", "Opening")
SIGNS: dict[Tone, str] = {"good": "check", "bad": "cross", "warn": "warn", "brand": "bulb"}
DRAWING = (
    '<svg class="drawing" viewBox="0 0 120 70" aria-hidden="true">'
    '<path d="M4 46c14-10 28-10 42 0s28 10 42 0 20-8 28-4M60 6v30"/><circle cx="60" cy="40" r="5"/>'
    '<path d="M4 60c14-8 28-8 42 0s28 8 42 0 20-6 28-3" opacity=".4"/></svg>'
)
WAITING = '<div class="waiting"><i class="skeleton"></i><div>{0}{0}</div></div>'


class Tab(NamedTuple):
    """One of several panels of which one is seen; ``body`` is finished HTML."""

    id: str
    title: str
    body: str


def page_head(title: str, language: Language, *, kicker: str = "", lead: str = "") -> str:
    """Return the head of a screen: its title says what to do or what was found."""
    heading = f'<h1 tabindex="-1" data-focus>{phrases(title, language)}</h1>'
    body = some("p", kicker, "kicker") + heading + some("p", lead, "lead")
    return f'<div class="page-head">{body}</div>'


def card(title: str, body: str, *, note: str = "", more: tuple[str, str] = ("", "")) -> str:
    """Return a card; ``more`` is the text and address of a link at the end of its head."""
    end = some("span", note, "note") + (link(*more) if more[1] else "")
    head = f'<div class="card-head"><h2>{escape(title)}</h2>{end}</div>' if title else ""
    return f'<section class="card">{head}{body}</section>'


def two_columns(wide: str, narrow: str) -> str:
    """Return two columns of finished pieces, under one another where there is no room."""
    return f'<div class="two-columns">{stack(wide)}{stack(narrow)}</div>'


def stack(*parts: str) -> str:
    """Return finished pieces under one another."""
    return f'<div class="stack">{"".join(parts)}</div>'


def tabs(tabs: Sequence[Tab], label: str, chosen: str = "") -> str:
    """Return tabs; without the chosen one's id the first is open."""
    heads = panels = ""
    for tab in tabs:
        here, head = tab.id == (chosen or tabs[0].id), f"{tab.id}-tab"
        given = attributes(id=head, aria_controls=tab.id, aria_selected=str(here).lower())
        given += attributes(tabindex=None if here else -1)
        heads += f'<button type="button" role="tab"{given}>{escape(tab.title)}</button>'
        given = attributes(id=tab.id, aria_labelledby=head, tabindex=0, hidden=not here)
        panels += f'<div role="tabpanel"{given}>{tab.body}</div>'
    bar = f'<div class="tab-list" role="tablist"{attributes(aria_label=label)}>{heads}</div>'
    return f'<div data-behaviour="tabs">{bar}{panels}</div>'


def dialog(name: str, title: str, body: str, language: Language) -> str:
    """Return a dialog that ``button(…, data_opens=name)`` opens."""
    close = button(CLOSE.in_(language), look="quiet icon", symbol="cross", data_closes=True)
    head = f"<h2{attributes(id=f'{name}-title')}>{escape(title)}</h2>{close}"
    given = attributes(id=name, aria_labelledby=f"{name}-title")
    return f'<dialog class="dialog"{given}><div class="card-head">{head}</div>{body}</dialog>'


def definition(term: str, says: str, name: str, rule_html: str = "", title: str = "") -> str:
    """Return a word or figure whose meaning opens on a tap; ``name`` is unique in the page."""
    opens = f'<button type="button" class="term"{attributes(popovertarget=name)}>'
    said = f"{some('b', title)}{escape(says)} {rule_html}"
    shown = f'<span class="definition" popover{attributes(id=name)}>{said}</span>'
    return f"{opens}{escape(term)}</button>{shown}"


def notice(title: str, body: str = "", tone: Tone = "", *, symbol: str = "") -> str:
    """Return what happened and what is safe; ``body`` is finished HTML."""
    drawn = icon(symbol or SIGNS.get(tone, "clock"))
    look = classes("notice", tone and f"notice--{tone}")
    return f"<div{look}>{drawn}<strong>{escape(title)}</strong><div>{body}</div></div>"


def empty_state(title: str, says: str, language: Language, body: str = "") -> str:
    """Return a calm page for nothing here, with what to do in place of it."""
    heading = f"<h1>{phrases(title, language)}</h1>"
    return f'<div class="empty">{DRAWING}{heading}<p class="lead">{escape(says)}</p>{body}</div>'


def skeleton(language: Language, rows: int = 3) -> str:
    """Return the grey shape of a page that is being opened."""
    line = '<i class="skeleton"></i>'
    said = f'<p class="for-screen-reader" role="status">{OPENING.in_(language)}</p>'
    shape = line * 2 + WAITING.format(line) * rows
    return f'<div class="opening" aria-busy="true">{said}{shape}</div>'
