"""Bars lying down: who is higher, with how sure that is; and how far each is towards its target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.board import Hidden
from salestrain.views.markup import (
    Caption,
    Scale,
    Tick,
    Tone,
    classes,
    figure,
    link,
    place,
    scale_of,
    small,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language

FEW = 10
TIED = Text("这 {} 个分不出高下，不排名次", "These {} can’t be told apart, so they aren’t ranked")
NO_VALUE = Text("没有记录", "no cases")
REACHED_BANDS = (80.0, 100.0)
REACHED_AT_LEAST = 125.0


@dataclass(frozen=True, slots=True)
class RankedBar:
    """One bar: its value and interval on the axis, and the words beside it.

    ``n`` is the number of cases: hatched under 10, hidden under the chart's minimum.
    """

    name: str
    value: float | None
    label: str = ""
    small: str = ""
    low: float | None = None
    high: float | None = None
    n: int | None = None
    focus: bool = False
    tone: Tone = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class RankGroup:
    """Bars that stand together; if tied, on a grey ground with the sentence that forbids ranking.

    ``sentence`` replaces the usual one.
    """

    bars: tuple[RankedBar, ...]
    tied: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class BulletBar:
    """A value against its target; ``reached`` is in percent of the target."""

    name: str
    reached: float | None
    label: str = ""
    small: str = ""
    tone: Tone = "plain"
    focus: bool = False
    href: str = ""


def ranked_bars(
    caption: Caption,
    groups: Sequence[RankGroup],
    language: Language,
    *,
    ticks: Sequence[Tick],
    target: float | None = None,
    minimum_n: int = 0,
) -> str:
    """Return bars in the order given, from zero, with whiskers where an interval is known.

    Args:
        caption: Finding, measure with unit and base, sentence.
        groups: Bars that share a ground; a tied group isn't ranked and says so.
        language: The reader's.
        ticks: The axis; use ``axis(values, write)``.
        target: Dashed line through all bars, in the axis's unit.
        minimum_n: Bars with fewer cases show no value.
    """
    bars = [bar for group in groups for bar in group.bars]
    reach = [v for bar in bars for v in (bar.value, bar.low, bar.high) if v is not None]
    scale = scale_of(ticks, [*reach, *([] if target is None else [target])])
    aim = "" if target is None else f'<i class="aim"{place(at=scale.at(target))}></i>'
    body = "".join(_group(group, scale, aim, minimum_n, language) for group in groups)
    return figure(caption, f'<div class="rank">{body}{_scale_line(ticks, scale)}</div>', "rank")


def bullet(caption: Caption, bars: Sequence[BulletBar], language: Language) -> str:
    """Return attainment bars: all targets stand on one line; the ground darkens at 80 and 100 %."""
    known = [bar.reached for bar in bars if bar.reached is not None and math.isfinite(bar.reached)]
    scale = Scale(min([0.0, *known]), max([REACHED_AT_LEAST, *known]))
    near, full = (scale.at(edge) for edge in REACHED_BANDS)
    ground = f'<i class="ground"{place(zero=scale.at(0), near=near, full=full)}></i>'
    aim = f'<i class="aim"{place(at=full)}></i>'
    rows = "".join(
        _line(bar, f"{ground}<em>{NO_VALUE.in_(language)}</em>", "")
        if bar.reached is None
        else _line(bar, ground + _bar(bar.reached, scale) + aim, bar.label)
        for bar in bars
    )
    return figure(caption, f'<div class="rank bullet"><ol>{rows}</ol></div>', "bullet")


def _group(group: RankGroup, scale: Scale, aim: str, minimum_n: int, language: Language) -> str:
    rows = "".join(_ranked(bar, scale, aim, minimum_n, language) for bar in group.bars)
    if not group.tied:
        return f"<ol>{rows}</ol>"
    sentence = group.sentence or TIED.in_(language).format(len(group.bars))
    return f'<div class="tied"><p>{escape(sentence)}</p><ul>{rows}</ul></div>'


def _ranked(bar: RankedBar, scale: Scale, aim: str, minimum_n: int, language: Language) -> str:
    if bar.n is not None and bar.n < minimum_n:
        return _line(bar, f"<em>{Hidden(bar.n, minimum_n).written(language)}</em>", "")
    if bar.value is None:
        return _line(bar, f"<em>{NO_VALUE.in_(language)}</em>", "")
    whisker = ""
    if bar.low is not None and bar.high is not None:
        low, high = sorted((scale.at(bar.low), scale.at(bar.high)))
        whisker = f'<i class="whisker"{place(lo=low, hi=100 - high)}></i>'
    few = "few" if bar.n is not None and bar.n < FEW else ""
    return _line(bar, _bar(bar.value, scale) + aim + whisker, bar.label, few)


def _bar(value: float, scale: Scale) -> str:
    start, end = sorted((scale.at(0), scale.at(value)))
    return f'<i class="bar"{place(**{"from": start, "to": round(100 - end, 2)})}></i>'


def _line(bar: RankedBar | BulletBar, lane: str, label: str, few: str = "") -> str:
    tone = f"tone--{bar.tone}" if bar.tone != "plain" else ""
    value = f"<b>{escape(label)}</b>{small(bar.small)}" if label else ""
    return (
        f"<li{classes('focus' if bar.focus else '', few, tone)}>"
        f'<span class="name">{link(bar.name, bar.href)}</span>'
        f'<span class="lane">{lane}</span><span class="value">{value}</span></li>'
    )


def _scale_line(ticks: Sequence[Tick], scale: Scale) -> str:
    marks = "".join(
        f"<span{place(at=scale.at(tick.value))}>{escape(tick.label)}</span>" for tick in ticks
    )
    return f'<div class="scale-line" aria-hidden="true"><div>{marks}</div></div>'
