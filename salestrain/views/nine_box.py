"""People by two figures, each cut in three: a dot for each, with how far either may be off."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from salestrain.views.markup import Caption, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT, RIGHT, TOP, BOTTOM, SIDE = 40.0, 346.0, 8.0, 314.0, 350
NAMED_AT_MOST = 14
"""With more dots their numbers would hide them."""
LINE, SIGN = 11.0, 11.0
SIDES = ((11.0, -9.0), (-11.0, -9.0), (11.0, 11.0), (-11.0, 11.0), (0.0, -14.0), (0.0, 16.0))


class Dot(NamedTuple):
    """Somebody: their number, both figures, how far each reaches, and whether the box is sure."""

    name: str
    across: float
    across_half: float
    up: float
    up_half: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its name, where it begins and ends, where it is cut and how that is written."""

    name: str
    low: float
    high: float
    cuts: tuple[float, float]
    labels: tuple[str, str]


def nine_box(
    caption: Caption,
    across: Axis,
    up: Axis,
    dots: Sequence[Dot],
    counts: Sequence[Sequence[str]],
) -> str:
    """Return the drawing as inline SVG.

    Args:
        caption: Finding, measures with base, sentence.
        across: Performance; grows to the right.
        up: Potential; grows upwards.
        dots: Everybody; filled if the box is sure.
        counts: What is written in the corner of each box, by ``across`` and then ``up`` (3 × 3).
    """
    grid = _Grid(across, up)
    boxes = "".join(grid.box(i, j, counts[i][j]) for i in range(3) for j in range(3))
    whiskers = "".join(map(grid.whiskers, dots))
    drawn = "".join(map(grid.dot, dots))
    names = grid.names(dots) if len(dots) <= NAMED_AT_MOST else ""
    body = (
        f'<svg class="nine-box" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true">'
        f"{boxes}{grid.axes()}{whiskers}{drawn}{names}</svg>"
    )
    return figure(caption, body, "nine-box")


class _Grid:
    """Where things stand on the sheet."""

    def __init__(self, across: Axis, up: Axis) -> None:
        self.across, self.up = across, up
        self.edges = [LEFT, *map(self.x, across.cuts), RIGHT]
        self.heights = [BOTTOM, *map(self.y, up.cuts), TOP]

    def x(self, value: float) -> float:
        return _between(value, self.across, LEFT, RIGHT)

    def y(self, value: float) -> float:
        return _between(value, self.up, BOTTOM, TOP)

    def box(self, i: int, j: int, count: str) -> str:
        left, right = self.edges[i] + 1, self.edges[i + 1] - 1
        low, high = self.heights[j] - 1, self.heights[j + 1] + 1
        return (
            f'<rect x="{left:.1f}" y="{high:.1f}" width="{right - left:.1f}" '
            f'height="{low - high:.1f}"/><text class="count" x="{left + 5:.1f}" '
            f'y="{high + 15:.1f}">{escape(count)}</text>'
        )

    def axes(self) -> str:
        cuts = "".join(
            f'<text class="cut" x="{self.x(cut):.1f}" y="{BOTTOM + 15:.1f}" '
            f'text-anchor="middle">{escape(label)}</text>'
            for cut, label in zip(self.across.cuts, self.across.labels, strict=True)
        )
        cuts += "".join(
            f'<text class="cut" x="{LEFT - 6:.1f}" y="{self.y(cut) + 4:.1f}" '
            f'text-anchor="end">{escape(label)}</text>'
            for cut, label in zip(self.up.cuts, self.up.labels, strict=True)
        )
        middle = (TOP + BOTTOM) / 2
        return cuts + (
            f'<text x="{RIGHT}" y="{BOTTOM + 31:.1f}" text-anchor="end">'
            f"{escape(self.across.name)} →</text>"
            f'<text transform="translate(12 {middle:.1f}) rotate(-90)" text-anchor="middle">'
            f"{escape(self.up.name)} →</text>"
        )

    def whiskers(self, dot: Dot) -> str:
        x, y = self.x(dot.across), self.y(dot.up)
        left, right = self.x(dot.across - dot.across_half), self.x(dot.across + dot.across_half)
        low, high = self.y(dot.up - dot.up_half), self.y(dot.up + dot.up_half)
        return f'<path d="M{left:.1f} {y:.1f}H{right:.1f}M{x:.1f} {low:.1f}V{high:.1f}"/>'

    def dot(self, dot: Dot) -> str:
        kind = "" if dot.sure else ' class="open"'
        return f'<circle{kind} cx="{self.x(dot.across):.1f}" cy="{self.y(dot.up):.1f}" r="4.5"/>'

    def names(self, dots: Sequence[Dot]) -> str:
        """Write each number beside its dot, on the first side where it covers nothing."""
        taken = [(self.x(dot.across), self.y(dot.up)) for dot in dots]
        written = ""
        for dot, (x, y) in zip(dots, list(taken), strict=True):
            sides = [(x + across, y + up) for across, up in SIDES]
            free = (at for at in sides if not any(_near(at, other) for other in taken))
            middle, height = next(free, sides[0])
            taken.append((middle, height))
            written += (
                f'<text class="name" x="{middle:.1f}" y="{height + 4:.1f}" text-anchor="middle">'
                f"{escape(dot.name)}</text>"
            )
        return written


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < SIGN and abs(one[1] - other[1]) < LINE


def _between(value: float, axis: Axis, low: float, high: float) -> float:
    share = (value - axis.low) / (axis.high - axis.low)
    return low + (high - low) * min(max(share, 0.0), 1.0)
