"""How it went over time: one line in colour, what it is compared with in grey, labels at the ends.

Drawn three times, wide, middling and phone, so that words keep their size; the style sheet shows
the one that fits.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.views.drawing import SHEETS, Chart, Drawing, Event, Series
from salestrain.views.markup import Caption, Scale, Tick, figure, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language

BAND = Text("浅色带：95% 区间", "shaded: 95% interval")
SEPARATOR = Text("；", "; ")


def trend(  # noqa: PLR0913 (one chart is one call)
    caption: Caption,
    periods: Sequence[str],
    main: Series,
    language: Language,
    *,
    ticks: Sequence[Tick],
    others: Sequence[Series] = (),
    target: Tick | None = None,
    events: Sequence[Event] = (),
) -> str:
    """Return a line chart as inline SVG in three sizes.

    Args:
        caption: Finding, measure with unit and base, sentence. An interval band names itself.
        periods: Short names, oldest first (``2026 Q3``); they are thinned where room is short.
        main: The line in colour, with its band if it has ``low`` and ``high``.
        language: The reader's.
        ticks: The axis; use ``axis(values, write)``.
        others: Lines in grey to compare with.
        target: A dashed line and how it is named at its end.
        events: What happened, marked where it happened.

    Raises:
        ValueError: If a series has not as many points as there are periods.
    """
    lines = [_checked(line, len(periods)) for line in (main, *others)]
    marks = [*ticks, *([target] if target else [])]
    points = [p for line in lines for p in (*line.points, *line.low, *line.high) if p is not None]
    known = [*points, *(mark.value for mark in marks)] or [0.0]
    scale = Scale(min(known), max(known) if max(known) > min(known) else min(known) + 1)
    chart = Chart(tuple(periods), lines, ticks, target, events, scale)
    drawn = "".join(Drawing(chart, sheet).svg() for sheet in SHEETS)
    if lines[0].low:
        sub = SEPARATOR.in_(language).join(filter(None, (caption.sub, BAND.in_(language))))
        caption = replace(caption, sub=sub)
    said = escape(caption.sentence or caption.title)
    body = f'<div class="drawings" role="img" aria-label="{said}">{drawn}</div>'
    return figure(caption, body, "trend")


def _checked(line: Series, count: int) -> Series:
    for given in (line.points, line.low or line.points, line.high or line.points):
        if len(given) != count:
            raise ValueError(
                f"{line.name!r} has {len(given)} points for {count} periods; "
                "give None where one is missing"
            )
    points, low, high = (with_gaps(one) for one in (line.points, line.low, line.high))
    return replace(line, points=points, low=low, high=high)
