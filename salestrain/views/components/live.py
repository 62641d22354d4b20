"""A live session's pieces: the wall a class looks at, and what stands on each phone."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.ground import attributes, icon, some
from salestrain.views.components.quiz import LETTERS
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT, LOW = Text("剩余时间", "Time left"), 5
MOST_SEATS, LONG = 60, 70


class Bar(NamedTuple):
    """An answer with its letter, how many gave it (in words and as a share of the longest)."""

    letter: str
    text: str
    words: str = ""
    length: float = 0.0
    right: bool = False


class Line(NamedTuple):
    """A line of a board: place, name, what it has, and the same as a share (0–1) of the best."""

    place: str
    name: str
    words: str
    length: float


def wall(topic: str, note: str, body: str, aside: str, controls: str) -> str:
    """Return what the class looks at, of finished pieces; ``topic`` and ``note`` are texts.

    Args:
        topic: What it is about, and which question it is.
        note: A quiet word at the other end.
        body: The question, its histogram, a board.
        aside: The way in, the clock, who has answered.
        controls: The trainer's buttons.
    """
    head = f'<div class="topic">{some("span", topic)}{some("span", note)}</div>'
    main = f'<div class="wall-body">{body}</div><aside class="join">{aside}</aside>'
    return f'<div class="wall">{head}{main}<div class="controls">{controls}</div></div>'


def asked(text: str) -> str:
    """Return a question as a wall shows it; a long one is written smaller."""
    looks = classes("wall-question", "wall-question--long" if len(text) > LONG else "")
    return f'<h1{looks} tabindex="-1">{escape(text)}</h1>'


def histogram(bars: Sequence[Bar], label: str, *, hidden: bool = False) -> str:
    """Return answers with a bar each; ``hidden`` shows that there are bars, and no lengths."""
    rows = ""
    for bar in bars:
        lane = attributes(style=f"--v:{100 * bar.length:.0f}%")
        sign = icon("check") if bar.right else escape(bar.letter)
        words = "" if hidden else escape(bar.words)
        rows += (
            f"<li{classes('right' if bar.right else '')}>"
            f'<span class="letter">{sign}</span>{some("span", bar.text, "text")}'
            f'<span class="lane"{lane}>{words}</span></li>'
        )
    looks = classes("histogram", "histogram--hidden" if hidden else "")
    return f"<ol{looks}{attributes(aria_label=label)}>{rows}</ol>"


def names(names: Sequence[str]) -> str:
    """Return who is there."""
    return f'<div class="names">{"".join(some("span", one, "tag") for one in names)}</div>'


def board(lines: Sequence[Line], title: str) -> str:
    """Return a board, the best first."""
    rows = "".join(
        f'<li><b class="place">{escape(line.place)}</b>{some("span", line.name, "text")}'
        f'<span class="lane"{attributes(style=f"--v:{100 * line.length:.0f}%")}>'
        f"{escape(line.words)}</span></li>"
        for line in lines
    )
    return f'{some("h2", title)}<ol class="board-lines">{rows}</ol>'


def way_in(code: str, address: str, drawn: str, how: str) -> str:
    """Return how to join: the drawn QR code, the address, the code to type."""
    return (
        f'<div class="way-in">{some("p", how)}<div class="qr">{drawn}</div>'
        f'{some("p", address, "address")}<p class="code">{spaced(code)}</p></div>'
    )


def spaced(code: str) -> str:
    """Return a code in two halves, as one reads it out.

    >>> spaced("478206")
    '478 206'
    """
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def big(figure: str, *words: str) -> str:
    """Return a figure that is read from the last row, with what it says."""
    told = "".join(some("p", one) for one in words)
    return f'<div><p class="big">{escape(figure)}</p>{told}</div>'


def seats(answered: int, joined: int) -> str:
    """Return a small square for everybody, filled where they have answered; none for a crowd."""
    if joined > MOST_SEATS:
        return ""
    drawn = '<i class="in"></i>' * answered + "<i></i>" * (joined - answered)
    return f'<div class="seats" aria-hidden="true">{drawn}</div>'


def clock(seconds: int, language: Language) -> str:
    """Return the time left, which runs down in the page."""
    given = attributes(data_behaviour="countdown", data_seconds=seconds, data_low=LOW, role="timer")
    shown = f"{seconds // 60}:{seconds % 60:02}"
    label = some("span", LEFT.in_(language), "for-screen-reader")
    return f'<span class="clock"{given}>{label}<b>{shown}</b></span>'


def phone(head: str, body: str, foot: str, do: str = "") -> str:
    """Return a phone's whole screen of finished pieces; what it asks is sent by ``do``."""
    tag = "form" if do else "div"
    inner = f'<div class="quiz-bar">{head}</div><div class="quiz-body">{body}</div>'
    end = f'<div class="quiz-foot" role="status">{foot}</div>'
    return f'<{tag} class="quiz"{attributes(data_do=do or None)}>{inner}{end}</{tag}>'


def phone_head(code: str, count: str, clock_html: str = "") -> str:
    """Return which session it is, which question, and the clock."""
    head = some("span", spaced(code), "tag tag--brand") + '<span class="spacer"></span>'
    return head + some("span", count, "count") + clock_html


def buzzers(options: Sequence[tuple[str, str]], chosen: str = "") -> str:
    """Return answers (value, text) that are given by a tap; the one given is pressed."""
    rows = ""
    for place, (value, text) in enumerate(options):
        given = attributes(
            type="button",
            data_do="answer",
            data_with=json.dumps({"answer": value}),
            aria_pressed="true" if value == chosen else "false",
            data_shortcut=place + 1 if place < 9 else None,
        )
        letter = f'<b aria-hidden="true">{LETTERS[place % 26]}</b>'
        rows += f'<button class="buzzer"{given}>{letter}{some("span", text)}</button>'
    return f'<div class="buzzers">{rows}</div>'


def shares(bars: Sequence[Bar]) -> str:
    """Return how the class answered, small: for the phone, after the key was shown."""
    rows = ""
    for bar in bars:
        line = f"<p>{some('span', f'{bar.letter} {bar.text}'.strip())}{some('b', bar.words)}</p>"
        looks = classes("score-bar", "score-bar--right" if bar.right else "")
        given = attributes(style=f"--v:{100 * bar.length:.0f}%")
        rows += f'<div class="competency">{line}<div{looks}{given}><i></i></div></div>'
    return f"<div>{rows}</div>"
