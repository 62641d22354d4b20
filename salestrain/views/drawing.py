"""One chart over time on one sheet, drawn by Vega.

The charts are written as Vega-Lite directly, because importing Altair takes three times as long as
drawing them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.views.markup import Scale, Tick

Layer: TypeAlias = dict[str, object]

WORD = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Series:
    """A line: a value for each period (None is a gap), its last value as written, its interval."""

    name: str
    label: str
    points: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and where: 0 is the first period, 6.83 lies between the seventh and eighth."""

    at: float
    label: str


class Sheet(NamedTuple):
    """One drawing in px: its width, the plot's height, the type, the room for labels at the end."""

    name: str
    width: int
    height: int
    font: int
    end: int
    ticks: int


SHEETS = (
    Sheet("wide", 1072, 290, 13, 180, 12),
    Sheet("middle", 720, 250, 13, 140, 8),
    Sheet("phone", 350, 230, 12, 94, 4),
)
LEFT, TOP, BELOW, TICK_SIZE = 42, 12, 30, 12
NOISE = re.compile(
    r' (?:class|role|font-family|pointer-events|version|aria-[a-z]+|xmlns[a-z:]*)="[^"]*"'
)


class Chart(NamedTuple):
    """All that is drawn, whatever the size; the first line is what the sentence is about."""

    periods: tuple[str, ...]
    lines: Sequence[Series]
    ticks: Sequence[Tick]
    target: Tick | None
    events: Sequence[Event]
    scale: Scale


class Drawing:
    """One chart on one sheet, as Vega-Lite layers."""

    def __init__(self, chart: Chart, sheet: Sheet) -> None:
        self.chart, self.sheet = chart, sheet
        self.plot = sheet.width - LEFT - sheet.end
        self.line_height = round(sheet.font * 1.35)
        self.last = len(chart.periods) - 1
        self.events = [(event, *self._side(event)) for event in chart.events]

    def svg(self) -> str:
        """Return the drawing as inline SVG, its colours the tokens of the style sheet."""
        import vl_convert  # noqa: PLC0415 (starts an engine; only when something is drawn)

        above = self.line_height * sum(len(words) for _, _, words in self.events)
        spec = {
            "width": self.plot,
            "height": self.sheet.height,
            "autosize": "none",
            "padding": {"left": LEFT, "right": self.sheet.end, "top": TOP + above, "bottom": BELOW},
            "background": None,
            "config": {"view": {"stroke": None}, "aria": False},
            "layer": [*self._ground(), *self._happened(), *self._lines(), *self._ends()],
        }
        svg = vl_convert.vegalite_to_svg(spec)
        svg = re.sub(r"<[^>]*>", lambda tag: NOISE.sub("", tag[0]), svg)
        svg = re.sub(r"(\d+\.\d)\d+", r"\1", svg)
        kind = f"drawing drawing--{self.sheet.name}"
        return svg.replace("<svg", f'<svg class="{kind}" aria-hidden="true"', 1)

    def _layer(self, mark: Layer, rows: Sequence[Layer]) -> Layer:
        """Return a layer whose encoding follows from the fields that its rows have."""
        domains: Layer = {
            "x": [0, self.last] if self.last > 0 else [-1, 1],
            "y": [self.chart.scale.low, self.chart.scale.high],
        }
        encoding: Layer = {}
        for field in rows[0] if rows else ():
            encoding[field] = {"field": field}
            if field in domains:
                scale = {"domain": domains[field], "nice": False, "zero": False}
                encoding[field] = {
                    "field": field,
                    "type": "quantitative",
                    "axis": None,
                    "scale": scale,
                }
        return {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    def _text(self, colour: str, rows: Sequence[Layer], **mark: object) -> Layer:
        size = {"fontSize": self.sheet.font, "lineHeight": self.line_height}
        return self._layer({"type": "text", **size, "color": f"var(--{colour})", **mark}, rows)

    def _ground(self) -> list[Layer]:
        rule = {"type": "rule", "x": 0, "x2": self.plot}
        ticks: list[Layer] = [{"y": t.value, "text": t.label} for t in self.chart.ticks]
        lines: list[Layer] = [{"y": t.value} for t in self.chart.ticks]
        zero: list[Layer] = [row for row in lines if row["y"] == 0]
        apart = -(-len(self.chart.periods) // self.sheet.ticks)
        periods: list[Layer] = [
            {"x": i, "text": name}
            for i, name in enumerate(self.chart.periods)
            if (self.last - i) % apart == 0
        ]
        below = self.sheet.height + 18
        small = {"fontSize": TICK_SIZE}
        return [
            self._layer(rule | {"color": "var(--chart-grid)"}, lines),
            self._layer(rule | {"color": "var(--ink-2)"}, zero),
            self._text("ink-3", ticks, x=-8, align="right", baseline="middle", **small),
            self._text("ink-3", periods, y=below, align="center", **small),
        ]

    def _happened(self) -> list[Layer]:
        layers, y = [], -8
        for event, side, words in reversed(self.events):
            y -= self.line_height * len(words)
            rule = {"type": "rule", "y": y, "y2": self.sheet.height, "color": "var(--bad)"}
            look = {"align": side, "dx": -6 if side == "right" else 6, "baseline": "top"}
            row: Layer = {"x": event.at, "text": words}
            layers += [self._layer(rule, [{"x": event.at}]), self._text("bad", [row], y=y, **look)]
        return layers

    def _side(self, event: Event) -> tuple[str, list[str]]:
        """Return how an event's words are aligned, and the words in lines that find room there."""
        before = LEFT + self.plot * event.at / max(self.last, 1)
        after = self.sheet.width - before
        return "right" if before > after else "left", self._fold(
            event.label, max(before, after) - 8
        )

    def _lines(self) -> list[Layer]:
        main = self.chart.lines[0]
        band = list(zip(range(self.last + 1), main.low, main.high, strict=False))
        area: list[Layer] = [{"x": i, "y": low, "y2": high} for i, low, high in band]
        layers = [self._layer({"type": "area", "color": "var(--chart-band)"}, area)]
        if self.chart.target:
            dashed = {"type": "rule", "x": 0, "x2": self.plot, "strokeDash": [5, 4]}
            aim: Layer = {"y": self.chart.target.value}
            layers.append(
                self._layer(dashed | {"color": "var(--ink-2)", "strokeWidth": 1.5}, [aim])
            )
        for line in reversed(self.chart.lines):
            colour = f"var(--{'data-1' if line is main else 'chart-rest'})"
            # a round cap makes a visible dot of a point that stands alone between two gaps
            look = {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeCap": "round"}
            course: list[Layer] = [{"x": i, "y": point} for i, point in enumerate(line.points)]
            layers.append(self._layer(look, course))
        return [*layers, *self._dot(main)]

    def _dot(self, main: Series) -> list[Layer]:
        """Mark now: full, or open and dashed at the height where the line broke off."""
        last = _last(main)
        if last is None:
            return []
        look = {"fill": "var(--data-1)", "stroke": "var(--paper)"}
        if main.points[-1] is None:
            look = {"fill": "var(--paper)", "stroke": "var(--ink-3)"}
        dot = {"type": "point", "opacity": 1, "size": 110, "strokeWidth": 2, **look}
        return [self._layer(dot, [{"x": self.last, "y": last}])]

    def _ends(self) -> list[Layer]:
        """Place the names at the ends of their lines, pushed apart where they would touch."""
        named = [(_last(one), one.name, one.label, "ink-2") for one in self.chart.lines]
        named[0] = (*named[0][:3], "data-1")
        if self.chart.target:
            named.append((self.chart.target.value, self.chart.target.label, "", "ink-3"))
        ends = sorted(
            (self.sheet.height * (1 - self.chart.scale.at(at) / 100), colour, self._end(*words))
            for at, *words, colour in named
            if at is not None
        )
        heights = [float(len(words) * self.line_height) for _, _, words in ends]
        middles = spread([wished for wished, _, _ in ends], heights)
        return [
            self._text(
                colour,
                [{"text": words}],
                x=self.plot + 12,
                y=middle - (height - self.line_height) / 2,
                align="left",
                baseline="middle",
                fontWeight=600 if colour == "data-1" else 400,
            )
            for middle, height, (_, colour, words) in zip(middles, heights, ends, strict=True)
        ]

    def _end(self, name: str, label: str) -> list[str]:
        room = self.sheet.end - 12
        whole = self._fold(f"{name} {label}".strip(), room)
        return whole if len(whole) == 1 or not label else [*self._fold(name, room), label]

    def _fold(self, text: str, room: float) -> list[str]:
        """Return the text in lines no wider than the room, about; words stay whole."""
        signs = room / self.sheet.font
        lines = [""]
        for word in WORD.findall(text):
            if lines[-1] and _ems(lines[-1] + word.rstrip()) > signs:
                lines.append("")
            lines[-1] += word
        return [line.strip() for line in lines]


def spread(wished: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return middles, in the order given (top first), moved until no two boxes touch."""
    places: list[float] = []
    for middle, height in zip(wished, heights, strict=True):
        lowest = places[-1] + heights[len(places) - 1] / 2 + height / 2 if places else middle
        places.append(max(middle, lowest))
    # all went down to make room; half of the longest way is taken back
    push = max((place - wish for place, wish in zip(places, wished, strict=True)), default=0.0)
    return [place - push / 2 for place in places]


def _ems(text: str) -> float:
    return sum(1.0 if sign > "\u2e80" else 0.56 for sign in text)


def _last(line: Series) -> float | None:
    return next((point for point in reversed(line.points) if point is not None), None)
