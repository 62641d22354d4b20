"""Looking back on a talk: its turns, the competencies it showed, and a better sentence."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.language import MINUS, Language, Text
from salestrain.views.components.ground import icon, some
from salestrain.views.components.layout import definition
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

TARGET = Text("/ 目标 {:.0f}", "/ target {:.0f}")


class Turn(NamedTuple):
    """One move of a talk; ``kind`` marks the best turn and the one where it turned for the worse.

    A place of 0 is a further move of the turn above.
    """

    place: int
    move: str
    said: str
    because: str
    points: int = 0
    rule_html: str = ""
    kind: Literal["", "best", "turning"] = ""


class Competency(NamedTuple):
    """A competency's score and target, 0–100, and what it means, which a tap opens.

    No target where none is set.
    """

    name: str
    score: float
    target: float | None = None
    means: str = ""


def turns(turns: Sequence[Turn]) -> str:
    """Return how a talk went, turn by turn, each with its points and its reason."""
    rows = ""
    for turn in turns:
        sign, tone = ("+", "good") if turn.points > 0 else (MINUS, "bad")
        sign, tone = (sign, tone) if turn.points else ("", "")
        points = f"<span{classes('points', tone)}>{sign}{abs(turn.points)}</span>"
        place = f'<span class="place">{turn.place or ""}</span>'
        head = f"{place}{some('span', turn.move, 'move-name')}"
        said = some("p", turn.said, "said") if turn.said else ""
        because = f'<p class="because">{escape(turn.because)} {turn.rule_html}</p>'
        more = "" if turn.place else "turn--more"
        look = classes("turn", turn.kind and f"turn--{turn.kind}", more)
        rows += f"<li{look}>{head}{points}{said}{because}</li>"
    return f'<ol class="turns">{rows}</ol>'


def competencies(rows: Sequence[Competency], language: Language) -> str:
    """Return scores as bars against their targets."""
    return "".join(_competency(f"means-{at}", row, language) for at, row in enumerate(rows))


def compare(bad: tuple[str, str], good: tuple[str, str]) -> str:
    """Return two examples side by side, each with its heading: what was said, what is better."""
    pair = "".join(
        f'<div class="example example--{tone}"><h3>{icon(sign)}{escape(title)}</h3>'
        f"<p>{escape(text)}</p></div>"
        for tone, sign, (title, text) in (("bad", "cross", bad), ("good", "check", good))
    )
    return f'<div class="compare">{pair}</div>'


def _competency(key: str, row: Competency, language: Language) -> str:
    place, line, aim = f"--v:{min(max(row.score, 0), 100):g}%", "", ""
    if row.target is not None:
        place += f";--target-at:{min(max(row.target, 0), 100):g}%"
        line, aim = "<u></u>", some("span", TARGET.in_(language).format(row.target), "note")
    name = definition(row.name, row.means, key) if row.means else some("span", row.name)
    words = f"{name}<span><b>{row.score:.0f}</b> {aim}</span>"
    bar = f'<div class="score-bar" aria-hidden="true" style="{place}"><i></i>{line}</div>'
    return f'<div class="competency"><p>{words}</p>{bar}</div>'
