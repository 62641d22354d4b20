"""A flow as one drawing: boxes from top to bottom, arrows between, ways back at the side."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, LANE, PAD, GAP = 360, 16, 12, 26
TITLE, NOTE = 15, 12.5
LINE = 17
STEP = 26
"""How far each rung of a ladder stands in."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its title, and lines that stand below."""

    title: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow between two boxes, by their places."""

    start: int
    end: int

    @property
    def straight(self) -> bool:
        """Whether it leads to the next box."""
        return self.end == self.start + 1


def flow(boxes: Sequence[Box], ways: Sequence[Way], said: str, *, rising: bool = False) -> str:
    """Return the drawing as SVG in the colours of the page.

    Args:
        boxes: From top to bottom.
        ways: Those to the next box go straight down, others run in lanes at the right.
        said: What it shows, for those who don't see it.
        rising: Draw a staircase, the first box lowest, with no arrows.
    """
    around = [way for way in ways if not way.straight]
    right = WIDTH - LANE * (len(around) + 1) if around else WIDTH - 2
    shown = list(enumerate(boxes))
    y, places, drawn = 2.0, dict[int, tuple[float, float]](), ""
    for number, box in reversed(shown) if rising else shown:
        left = 2 + (STEP * number if rising else 0)
        lines = [part for note in box.notes for part in wrapped(note, right - left - 2 * PAD, NOTE)]
        height = 2 * PAD + TITLE + LINE * len(lines)
        drawn += _box(box.title, lines, left, y, right - left, height)
        places[number] = y, y + height
        y += height + (8 if rising else GAP)
    if not rising:
        drawn += "".join(_down(places[way.start][1], right / 2) for way in ways if way.straight)
    for lane, way in enumerate(around, 1):
        drawn += _around(places[way.start], places[way.end], right, right + lane * LANE)
    total = y - (8 if rising else GAP) + 2
    head = (
        f'<svg class="flow" viewBox="0 0 {WIDTH} {total:g}" role="img" aria-label="{escape(said)}">'
    )
    return f"{head}{drawn}</svg>"


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines that fit a width in px: Chinese breaks anywhere, English at spaces."""
    lines, line = [""], 0.0
    for part in _words(text):
        wide = sum(size if sign > "\u2e7f" else size * 0.54 for sign in part)
        if line + wide > width and lines[-1]:
            lines.append("")
            line = 0.0
        lines[-1] += part
        line += wide
    return [each.strip() for each in lines]


def _words(text: str) -> list[str]:
    words = [""]
    for sign in text:
        if sign > "\u2e7f" or words[-1].endswith(" ") or words[-1][-1:] > "\u2e7f":
            words.append("")
        words[-1] += sign
    return words


def _box(title: str, lines: Sequence[str], x: float, y: float, width: float, height: float) -> str:
    texts = f'<text class="name" x="{x + PAD:g}" y="{y + PAD + TITLE - 2:g}">{escape(title)}</text>'
    for number, line in enumerate(lines, 1):
        at = y + PAD + TITLE - 2 + LINE * number
        texts += f'<text x="{x + PAD:g}" y="{at:g}">{escape(line)}</text>'
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>{texts}'


def _down(y: float, x: float) -> str:
    end = y + GAP - 3
    return f'<path d="M{x:g} {y + 3:g}V{end:g}M{x - 4:g} {end - 5:g}l4 5 4-5"/>'


def _around(start: tuple[float, float], end: tuple[float, float], x: float, lane: float) -> str:
    come, go = sum(start) / 2 + 6, sum(end) / 2 - 6
    line = f"M{x:g} {come:g}H{lane - 6:g}Q{lane:g} {come:g} {lane:g} "
    turn = 6 if go > come else -6
    line += f"{come + turn:g}V{go - turn:g}Q{lane:g} {go:g} {lane - 6:g} {go:g}H{x + 3:g}"
    back = " back" if go < come else ""
    return f'<path class="around{back}" d="{line}M{x + 8:g} {go - 4:g}l-5 4 5 4"/>'
