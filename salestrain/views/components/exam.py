"""An exam's clock and overview, how it went by section, and the certificate."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import Language, Text
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import attributes, icon, progress_line, some
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERVIEW = Text("所有题目", "All questions")
TIME_LEFT, TIME_UP = Text("剩余时间", "Time left"), Text("时间到", "Time is up")
UP_TO = Text("第 {place} 题，最多 {most} 题", "{place}, at most {most}")
QUESTION = Text("第 {} 题", "Question {}")
STATES = {True: Text("已答", "answered"), False: Text("没答", "not answered")}


class Standing(NamedTuple):
    """How far one is with a section, as bars: the share (0–1) and what it is of, in words."""

    title: str
    share: float | None
    words: str
    way: str = ""


class Certificate(NamedTuple):
    """What a certificate says; every field is in words."""

    title: str
    person: str
    says: str
    company: str
    facts: Sequence[tuple[str, str]]
    code: str
    how: str


def exam_bar(seconds: int, answered: Sequence[bool], place: int, language: Language) -> str:
    """Return the way to the overview, how many are answered, and the clock."""
    done, of = sum(answered), len(answered)
    count = f"{min(place, of)} / {of}"
    overview = button(
        OVERVIEW.in_(language), "go", {"place": str(of + 1)}, look="quiet icon", symbol="list"
    )
    return (
        f'<div class="quiz-bar">{overview}{progress_line(done, of, count)}'
        f'<span class="count">{count}</span>{clock(seconds, language)}</div>'
    )


def adaptive_bar(seconds: int, place: int, most: int, language: Language) -> str:
    """Return how far an adaptive exam is of the most it asks, and the clock: no way back."""
    count = UP_TO.in_(language).format(place=place, most=most)
    return (
        f'<div class="quiz-bar">{progress_line(place - 1, most, count)}'
        f'<span class="count">{count}</span>{clock(seconds, language)}</div>'
    )


def clock(seconds: int, language: Language) -> str:
    """Return the time left; at its end it presses the button in it, which ends the attempt."""
    over = button(TIME_UP.in_(language), "time_up", data_at_zero=True, hidden=True)
    shown = f"{seconds // 60}:{seconds % 60:02}"
    given = attributes(data_behaviour="countdown", data_seconds=seconds, role="timer")
    said = attributes(aria_label=TIME_LEFT.in_(language))
    status = '<span class="for-screen-reader" role="status"></span>'
    return f'<span class="clock"{given}{said}><b>{shown}</b>{status}{over}</span>'


def numbers(answered: Sequence[bool], language: Language) -> str:
    """Return every question's number as a button that leads to it; those answered are filled."""
    rows = ""
    for place, done in enumerate(answered, 1):
        label = f"{QUESTION.in_(language).format(place)}, {STATES[done].in_(language)}"
        given = attributes(type="button", data_do="go", data_with=f'{{"place": "{place}"}}')
        face = f"{classes('jump', 'jump--done' if done else '')}{attributes(aria_label=label)}"
        rows += f"<li><button{given}{face}>{place}{icon('check') if done else ''}</button></li>"
    return f'<ol class="numbers">{rows}</ol>'


def standings(rows: Sequence[Standing]) -> str:
    """Return sections under one another, each with its bar and its words."""
    return "".join(_standing(row) for row in rows)


def _standing(row: Standing) -> str:
    share = row.share
    bar = "" if share is None else f"--v:{min(max(share, 0), 1):.1%}"
    drawn = f'<div class="score-bar" aria-hidden="true" style="{bar}"><i></i></div>' if bar else ""
    head = f"<p>{some('span', row.title)}{row.way}</p>"
    return f'<div class="competency">{head}{drawn}{some("p", row.words, "note")}</div>'


def certificate(shown: Certificate) -> str:
    """Return a certificate: it prints on one page, with nothing else of the screen."""
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in shown.facts
    )
    return (
        f'<article class="certificate">{some("p", shown.company, "kicker")}'
        f'<h1 tabindex="-1" data-focus>{escape(shown.title)}</h1>'
        f"{some('p', shown.person, 'holder')}{some('p', shown.says, 'lead')}"
        f'<dl>{facts}</dl><p class="code">{escape(shown.code)}</p>{some("p", shown.how, "note")}'
        "</article>"
    )
