"""Questions: answers to choose, to order, to reckon; and what was made of them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import button, link_button
from salestrain.views.components.ground import attributes, icon, progress_line, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Draw = Callable[[int, int, str], str]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAVE = Text("退出", "Leave")
UP, DOWN = Text("上移：{}", "Move up: {}"), Text("下移：{}", "Move down: {}")
CHOOSE_KEYS = Text(
    "<span><kbd>1</kbd>–<kbd>{}</kbd> 选择</span> <span><kbd>Enter</kbd> 提交</span>",
    "<span><kbd>1</kbd>–<kbd>{}</kbd> choose</span> <span><kbd>Enter</kbd> submit</span>",
)
ORDER_KEYS = Text(
    "按住拖动，或点箭头 <span><kbd>Space</kbd> 拿起，<kbd>↑</kbd><kbd>↓</kbd> 移动</span>",
    "Drag, or tap the arrows <span><kbd>Space</kbd> lifts, <kbd>↑</kbd><kbd>↓</kbd> move</span>",
)
FIGURE = re.compile(r"[\d.,\s]+%?|[–-]")
SIGNS = {"good": "check", "bad": "cross", "warn": "warn", "right": "check", "wrong": "cross"}


class Choice(NamedTuple):
    """An answer one can give; after judging it has a state and maybe a verdict in words."""

    value: str
    text: str
    state: Literal["", "right", "wrong", "rest"] = ""
    verdict: str = ""
    chosen: bool = False


def quiz_bar(done: int, of: int, language: Language, leave: str = "") -> str:
    """Return how far one is, and the way out."""
    out = link_button(LEAVE.in_(language), leave, look="quiet icon", symbol="cross")
    count = f"{done} / {of}"
    line = progress_line(done, of, count)
    return f'<div class="quiz-bar">{out}{line}<span class="count">{count}</span></div>'


def quiz_frame(bar: str, body: str, foot: str, do: str = "") -> str:
    """Return a question's whole screen of finished pieces; its foot stays in reach.

    Args:
        bar: From ``quiz_bar``.
        body: Question and answers.
        foot: Feedback and the one button.
        do: The action that the form sends; empty where nothing is left to send.
    """
    tag = "form" if do else "div"
    inner = f'{bar}<div class="quiz-body">{body}</div><div class="quiz-foot">{foot}</div>'
    return f'<{tag} class="quiz"{attributes(data_do=do or None)}>{inner}</{tag}>'


def question(text: str, where: str = "", kind: str = "", *, focus: bool = True) -> str:
    """Return a question under where it comes from and what kind it is."""
    line = f'<p class="quiz-where">{some("span", where)}{some("span", kind)}</p>'
    given = attributes(tabindex=-1, data_focus=focus)
    return f'{line}<h1 class="quiz-question"{given}>{escape(text)}</h1>'


def answers(
    choices: Sequence[Choice],
    legend: str,
    language: Language,
    *,
    several: bool = False,
    asked: bool = False,
    name: str = "answer",
) -> str:
    """Return answers to choose from, one or several; keys 1–9 choose.

    What they are about is shown where it is ``asked`` or several may be chosen.
    """
    rows = ""
    for key, choice in enumerate(choices, 1):
        given = attributes(type="checkbox" if several else "radio", name=name, value=choice.value)
        given += attributes(checked=choice.chosen, data_shortcut=key if key < 10 else None)
        letter = icon("check") if several else LETTERS[(key - 1) % 26]
        face = f'<span class="letter" aria-hidden="true">{letter}</span>{some("span", choice.text)}'
        rows += f'<label class="answer"><input{given}>{face}</label>'
    head = some("legend", legend, "asked" if asked else "note" if several else "for-screen-reader")
    keys = CHOOSE_KEYS.in_(language).format(min(len(choices), 9))
    return f'<fieldset class="answers">{head}{rows}</fieldset><p class="keyboard-hint">{keys}</p>'


def judged_answers(choices: Sequence[Choice], *, numbered: bool = False) -> str:
    """Return the answers after judging; an order's places are numbered instead of lettered."""
    rows = ""
    for place, choice in enumerate(choices):
        sign = icon(SIGNS[choice.state]) if choice.state in SIGNS else LETTERS[place % 26]
        sign = f'<span class="letter">{place + 1 if numbered else sign}</span>'
        says = f"<span>{escape(choice.text)}</span>{some('span', choice.verdict, 'verdict')}"
        rows += f'<li class="answer answer--{choice.state or "rest"}">{sign}{says}</li>'
    return f'<ol class="answers">{rows}</ol>'


def order_list(
    entries: Sequence[tuple[str, str]], label: str, language: Language, name: str = "order"
) -> str:
    """Return entries (value, text) to put in order: by grip, by arrows, by Space and ↑ ↓."""
    rows = ""
    for place, (value, text) in enumerate(entries):
        ends = (("up", UP, 0), ("down", DOWN, len(entries) - 1))
        movers = "".join(
            button(words.in_(language).format(text), look="icon", symbol=way, data_move=way,
                   disabled=place == end)
            for way, words, end in ends
        )  # fmt: skip
        says = f'<span class="grip">{icon("grip")}</span><span class="text">{escape(text)}</span>'
        carried = f'<input type="hidden"{attributes(name=name, value=value)}>'
        rows += f'<li tabindex="0"{attributes(data_value=value)}>{says}{movers}{carried}</li>'
    named = attributes(aria_label=label)
    return (
        f'<ol class="order-list" data-behaviour="order"{named}>{rows}</ol><p class="keyboard-hint">'
        f'{ORDER_KEYS.in_(language)}</p><p class="for-screen-reader" role="status"></p>'
    )


def number_answer(
    label: str,
    note: str = "",
    *,
    before: str = "",
    after: str = "",
    name: str = "answer",
    typed: str = "",
) -> str:
    """Return a field for a number between its units; the note says the tolerance beforehand."""
    given = attributes(name=name, value=typed or None)
    field = f'<input inputmode="decimal" autocomplete="off" maxlength="40"{given}>'
    field = some("span", before, "unit") + field + some("span", after, "unit")
    labelled = f'<label>{escape(label)}<span class="number-answer">{field}</span></label>'
    return f'<div class="field">{labelled}{some("p", note, "note")}</div>'


def records(heads: Sequence[str], rows: Sequence[Sequence[str]], draw: Draw | None = None) -> str:
    """Return records to compare: a table; if it is wide, on a phone a card for each record.

    Args:
        heads: Names of the columns.
        rows: Their cells; the first names the record. Columns of figures stand to the right.
        draw: Returns a cell's finished HTML by row, column and text; by default its text.
    """
    draw = draw or (lambda _row, _column, text: escape(text))
    figures = [all(FIGURE.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True)]
    looks = [classes("figure" if one else "words") for one in figures]
    # roles, since a card for each row takes a table's own away
    head = "".join(
        f'<th scope="col" role="columnheader"{look}>{escape(name)}</th>'
        for name, look in zip(heads, looks, strict=True)
    )
    body = ""
    for row, cells in enumerate(rows):
        first, *rest = (draw(row, column, cell) for column, cell in enumerate(cells))
        drawn = "".join(
            f'<td role="cell"{attributes(data_label=name)}{look}>{cell}</td>'
            for cell, name, look in zip(rest, heads[1:], looks[1:], strict=True)
        )
        named = f'<th scope="row" role="rowheader">{first}</th>'
        body += f'<tr role="row">{named}{drawn}</tr>'
    wide = classes("records", "records--wide" if len(heads) > 3 else "")
    return (
        f'<div class="table-box"><table{wide} role="table"><thead role="rowgroup"><tr role="row">'
        f'{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table></div>'
    )


def feedback(
    verdict: str,
    reason: str,
    tone: Literal["good", "bad", "warn"],
    *,
    rule_html: str = "",
    note: str = "",
) -> str:
    """Return verdict, reason, rule and when the question comes back; it takes the focus."""
    line = f'<p class="verdict-line {tone}" tabindex="-1" data-focus>{icon(SIGNS[tone])}'
    end = f"<p>{rule_html} {some('span', note, 'note')}</p>" if rule_html or note else ""
    return f'<div class="feedback">{line}{escape(verdict)}</p>{some("p", reason)}{end}</div>'


def folded_question(
    stem: str, verdict: str, body: str, tone: Literal["good", "bad", "warn"]
) -> str:
    """Return a judged question folded to its stem and verdict; one not right stands open."""
    sign = f'<span class="verdict {tone}">{icon(SIGNS[tone])}{escape(verdict)}</span>'
    given = attributes(open=tone != "good")
    head = f"<summary><span>{escape(stem)}</span>{sign}</summary>"
    return f'<details class="judged-question"{given}>{head}<div>{body}</div></details>'
