"""Why a total changed: a waterfall lying down, with the cause written under each part's name."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.markup import Caption, Scale, Tick, Tone, classes, figure, place, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language

CUT_AT = Text("横轴起点：{}", "axis starts at {}")
BRACKETS = Text("（{}）", " ({})")
SHARE_KEPT = 0.25
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class BridgePart:
    """One step of the change, in the total's unit; ``label`` carries its sign."""

    name: str
    change: float
    label: str
    cause: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class BridgeTotal:
    """The total before or after: a period's name, the value, how it is written."""

    name: str
    value: float
    label: str


def bridge_cut(start: float, parts: Sequence[BridgePart]) -> float:
    """Return where the axis may begin so that the parts are seen: 0 unless all totals are far up.

    The cut is a round number, and leaves a quarter of the drawn width below the lowest total.
    """
    totals = list(accumulate((part.change for part in parts), initial=start))
    low, high = min(totals), max(totals)
    room = high - low
    if low <= 0 or room <= 0 or low < room:
        return 0.0
    step = 10.0 ** math.floor(math.log10(room))
    return max(math.floor((low - room * SHARE_KEPT) / step) * step, 0.0)


def bridge(
    caption: Caption,
    start: BridgeTotal,
    parts: Sequence[BridgePart],
    end: BridgeTotal,
    language: Language,
    cut: Tick | None = None,
) -> str:
    """Return the waterfall from start to end.

    Args:
        caption: Finding, measure and unit, sentence.
        start: The total before.
        parts: The steps, in reading order; with the start they add up to the end.
        end: The total after.
        language: The reader's.
        cut: Where a cut axis begins (``bridge_cut``); the subtitle names it, the totals fade in.

    Raises:
        ValueError: If the parts don't add up: such a drawing would explain something else.
    """
    totals = list(accumulate((part.change for part in parts), initial=start.value))
    _refuse_gap(totals, end.value)
    origin = cut.value if cut else 0.0
    scale = Scale(min(origin, *totals, end.value), max(origin, *totals, end.value))
    fade = "cut" if cut and cut.value else ""
    steps = "".join(
        _line((part.name, part.label, part.cause), (before, after), scale, f"tone--{part.tone}")
        for part, before, after in zip(parts, totals, totals[1:], strict=False)
    )
    first = _line((start.name, start.label, ""), (origin, start.value), scale, f"total {fade}")
    last = _line((end.name, end.label, ""), (origin, end.value), scale, f"total {fade}")
    shown = replace(caption, sub=_sub(caption.sub, cut, language)) if fade else caption
    return figure(shown, f'<ol class="bridge">{first}{steps}{last}</ol>', "bridge")


def _refuse_gap(totals: list[float], end: float) -> None:
    size = max(abs(total) for total in [*totals, end])
    if abs(totals[-1] - end) > CLOSE * size:
        raise ValueError(
            f"the parts of the change lead from {totals[0]:g} to {totals[-1]:g}, not to {end:g}; "
            "add the part that is missing"
        )


def _sub(sub: str, cut: Tick | None, language: Language) -> str:
    named = CUT_AT.in_(language).format(cut.label if cut else "")
    return sub + BRACKETS.in_(language).format(named) if sub else named


def _line(words: tuple[str, str, str], span: tuple[float, float], scale: Scale, kind: str) -> str:
    name, label, cause = words
    low, high = sorted(scale.at(value) for value in span)
    where = place(**{"from": low, "to": round(100 - high, 2), "end": scale.at(span[1])})
    return (
        f'<li{classes(kind.strip())}><span class="name">{escape(name)}{small(cause)}</span>'
        f'<span class="lane"{where}><i class="bar"></i></span>'
        f'<span class="value"><b>{escape(label)}</b></span></li>'
    )
