"""The board: every measure by layer, with target, change and course; stacked rows on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from salestrain.language import Text
from salestrain.views.markup import Tone, classes, link, small
from salestrain.views.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language
    from salestrain.periods import Grain

MEASURE = Text("指标", "Measure")
TARGET = Text("目标", "Target")
ATTAINED = Text("完成 {}", "{} reached")
WITHIN_CHANCE = Text("误差之内", "within chance")
UNCHANGED = Text("持平", "no change")
INTERVAL = Text("区间 {}", "range {}")
HIDDEN = Text("n={}，少于 {} 不显示", "n={}, hidden below {}")
NO_TABLE = Text("缺 {} 表", "no {} table")
NOT_OUT = Text("未公布", "not out yet")
NO_CASES = Text("没有记录", "no cases")
AGAINST_BEFORE: dict[Grain, Text] = {
    "year": Text("比上年", "vs last year"),
    "quarter": Text("比上季", "vs last quarter"),
    "month": Text("比上月", "vs last month"),
}
AGAINST_YEAR = Text("比去年同期", "vs a year ago")
COURSE: dict[Grain, Text] = {
    "year": Text("近 {} 年", "last {} years"),
    "quarter": Text("近 {} 季", "last {} quarters"),
    "month": Text("近 {} 个月", "last {} months"),
}
ARROWS = {"up": "▲", "down": "▼", "same": ""}


@dataclass(frozen=True, slots=True)
class Change:
    """A difference from another period; within chance it is always written in plain ink."""

    direction: Literal["up", "down", "same"]
    label: str = ""
    tone: Tone = "plain"
    within_chance: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value with too few cases to be shown."""

    n: int
    minimum: int

    def written(self, language: Language) -> str:
        """Return the words that stand where the value would."""
        return HIDDEN.in_(language).format(self.n, self.minimum)


@dataclass(frozen=True, slots=True)
class Absent:
    """A value that isn't there: its table never came, it isn't out yet, or nothing happened."""

    reason: Literal["no_table", "not_out", "no_cases"]
    detail: str = ""

    def written(self, language: Language) -> str:
        """Return the words that stand where the value would."""
        if self.reason == "no_table":
            return NO_TABLE.in_(language).format(self.detail)
        return (NOT_OUT if self.reason == "not_out" else NO_CASES).in_(language)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One measure; texts are ready to read, ``history`` and ``target_at`` are in one unit."""

    name: str
    value: str | Hidden | Absent
    how: str = ""
    interval: str = ""
    target: str = ""
    attained: str = ""
    before: Change | None = None
    year_ago: Change | None = None
    history: tuple[float | None, ...] = ()
    target_at: float | None = None
    focus: Tone | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class BoardLayer:
    """The rows of one layer (team results, key process, individual)."""

    name: str
    rows: tuple[BoardRow, ...]


def board(layers: Sequence[BoardLayer], period: str, grain: Grain, language: Language) -> str:
    """Return the board as one table.

    Args:
        layers: Rows by layer, in reading order; a layer without rows is left out.
        period: Name of the period, the head of the value column.
        grain: What the period is, for the words of comparison.
        language: The reader's.
    """
    rows = [row for layer in layers for row in layer.rows]
    with_year = grain != "year" and any(row.year_ago for row in rows)
    heads = _heads(rows, period, grain, language, with_year=with_year)
    body = "".join(_layer(layer, heads, language, with_year) for layer in layers if layer.rows)
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return f'<table class="board"><thead><tr>{columns}</tr></thead>{body}</table>'


def _heads(
    rows: list[BoardRow], period: str, grain: Grain, language: Language, *, with_year: bool
) -> list[str]:
    longest = max((len(row.history) for row in rows), default=0)
    year = [AGAINST_YEAR.in_(language)] if with_year else []
    before = AGAINST_BEFORE[grain].in_(language)
    course = COURSE[grain].in_(language).format(longest)
    return [MEASURE.in_(language), period, TARGET.in_(language), before, *year, course]


def _layer(layer: BoardLayer, heads: list[str], language: Language, with_year: bool) -> str:
    rows = "".join(_row(row, heads, language, with_year) for row in layer.rows)
    head = f'<th colspan="{len(heads)}" scope="rowgroup">{escape(layer.name)}</th>'
    return f'<tbody><tr class="layer">{head}</tr>{rows}</tbody>'


def _row(row: BoardRow, heads: list[str], language: Language, with_year: bool) -> str:
    focus = f"focus focus--{row.focus}" if row.focus else ""
    how = f'<span class="how">{escape(row.how)}</span>' if row.how else ""
    year = _change(row.year_ago, heads[4], language) if with_year else ""
    return (
        f'<tr{classes(focus)}><th scope="row">{link(row.name, row.href)}{how}</th>'
        f'<td class="now">{_value(row, language)}</td>'
        f'<td class="aim-cell" data-label="{heads[2]}">{_target(row, language)}</td>'
        f"{_change(row.before, heads[3], language)}{year}"
        f'<td class="spark-cell">{sparkline(row.history, row.target_at)}</td></tr>'
    )


def _value(row: BoardRow, language: Language) -> str:
    if isinstance(row.value, str):
        interval = INTERVAL.in_(language).format(row.interval) if row.interval else ""
        return f'<span class="value">{escape(row.value)}</span>{small(interval)}'
    detail = row.value.detail if isinstance(row.value, Absent) else ""
    below = "" if isinstance(row.value, Absent) and row.value.reason == "no_table" else detail
    return f'<span class="missing">{escape(row.value.written(language))}</span>{small(below)}'


def _target(row: BoardRow, language: Language) -> str:
    reached = ATTAINED.in_(language).format(row.attained) if row.attained else ""
    return escape(row.target) + small(reached) if row.target else '<span class="missing">—</span>'


def _change(change: Change | None, head: str, language: Language) -> str:
    if change is None:
        return '<td class="delta nothing"><span class="missing">—</span></td>'
    label = change.label or UNCHANGED.in_(language)
    tone = "" if change.within_chance or change.tone == "plain" else change.tone
    chance = WITHIN_CHANCE.in_(language) if change.within_chance else ""
    written = f"{ARROWS[change.direction]} {label}".strip()
    inside = f"<span{classes(tone)}>{escape(written)}</span>{small(chance)}"
    return f'<td class="delta" data-label="{head}">{inside}</td>'
