"""The ground every view stands on: escaped text, safe links, positions on a scale, the figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Tone = Literal["plain", "good", "bad"]
GRID_LINES = 4
ROUND_STEPS = (1, 2, 2.5, 5, 10, 20)
TINY, HUGE = 1e-300, 1e300


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a chart, and the one sentence that replaces it for a screen reader."""

    title: str
    sub: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and how it is written there."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line of values; places on it are percentages from 0 to 100."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return the place of a value in percent, held inside the scale."""
        # halves, because the distance between two large floats can be more than a float holds
        span = self.high / 2 - self.low / 2
        if not (span > 0 and math.isfinite(value)):
            return 0.0
        return round(min(max((value / 2 - self.low / 2) / span, 0.0), 1.0) * 100, 2)


def scale_of(ticks: Sequence[Tick], values: Sequence[float] = ()) -> Scale:
    """Return the scale of a bar chart: it holds the ticks, the values, and always zero."""
    known = [0.0, *(tick.value for tick in ticks), *(v for v in values if math.isfinite(v))]
    return Scale(min(known), max(known))


def with_gaps(points: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return the points with None for every one that is missing or no finite number."""
    return tuple(p if p is not None and math.isfinite(p) else None for p in points)


def axis(values: Sequence[float], write: Callable[[float], str]) -> tuple[Tick, ...]:
    """Return round ticks from zero that hold all values: at most four lines above the zero line.

    Args:
        values: What the chart shows, intervals and target too.
        write: Turns a tick's value into its label.
    """
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    span = high - low
    if not TINY < span < HUGE:
        return (Tick(0.0, write(0.0)),)
    rough = span / GRID_LINES
    size = 10.0 ** math.floor(math.log10(rough))
    steps = (size * step for step in ROUND_STEPS)
    step = next(s for s in steps if math.ceil(high / s) - math.floor(low / s) <= GRID_LINES)
    places = range(math.floor(low / step), math.ceil(high / step) + 1)
    return tuple(Tick(place * step, write(place * step)) for place in places)


def place(**percentages: float) -> str:
    """Return a style attribute of custom properties: ``place(v=40)`` is ``--v:40%``."""
    written = ";".join(f"--{name}:{value:g}%" for name, value in percentages.items())
    return f' style="{written}"'


def classes(*names: str) -> str:
    """Return a class attribute of the names that aren't empty, or nothing at all."""
    kept = " ".join(name for name in names if name)
    return f' class="{kept}"' if kept else ""


def link(text: str, href: str, name: str = "") -> str:
    """Return the text as a link inside the report or beside it, plain if there is no safe target.

    An address with a scheme or a host (``javascript:``, ``//host``) is not followed: a report asks
    nobody.
    """
    outside = ":" in href.split("/", maxsplit=1)[0] or href[:1] <= " " or href[0] in "/\\"
    if not href or outside:
        return f"<span{classes(name)}>{escape(text)}</span>" if name else escape(text)
    return f'<a{classes(name)} href="{escape(href)}">{escape(text)}</a>'


def rule_link(rule: str, href: str = "") -> str:
    """Return a rule id as a chip, linked to its page if there is one."""
    return link(rule, href, "rule-link") if rule else ""


def small(text: str) -> str:
    """Return a second, quieter line, or nothing."""
    return f"<small>{escape(text)}</small>" if text else ""


def figure(caption: Caption, body: str, kind: str) -> str:
    """Return a chart with its finding as title, and its sentence for those who don't see it."""
    sub = f'<p class="chart-sub">{escape(caption.sub)}</p>' if caption.sub else ""
    said = caption.sentence or caption.title
    return (
        f'<figure class="chart {kind}-chart"><figcaption>'
        f'<h3 class="chart-title">{escape(caption.title)}</h3>{sub}'
        f'<p class="for-screen-reader">{escape(said)}</p></figcaption>{body}</figure>'
    )
