"""A line as small as a word: the course of one measure, gaps left open."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from salestrain.views.markup import Scale, with_gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 116, 30, 4
MIDDLE = HEIGHT / 2


def sparkline(points: Sequence[float | None], target: float | None = None) -> str:
    """Return an inline SVG of the points, oldest first; the dot is now, the dotted line the target.

    A missing point stays a gap; if the newest is missing, the dot is open and stands where the
    line ended. A point between two gaps is a small dot of its own.
    """
    points = with_gaps(points)
    known = [point for point in points if point is not None]
    if not known:
        return ""
    scale = Scale(min([*known, *_one(target)]), max([*known, *_one(target)]))
    placed = [
        None if point is None else (_x(i, len(points)), _y(point, scale))
        for i, point in enumerate(points)
    ]
    aim = "" if target is None else f'<path class="aim" d="M2 {_y(target, scale):g}H112"/>'
    runs = [list(run) for there, run in groupby(placed, key=lambda at: at is not None) if there]
    drawn = "".join(_run([at for at in run if at]) for run in runs)
    last = next(at for at in reversed(placed) if at)
    dot = f'<circle cx="{last[0]:g}" cy="{last[1]:g}" r="3"/>'
    if points[-1] is None:
        dot = f'<circle class="gap-end" cx="110" cy="{last[1]:g}" r="3"/>'
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f"{aim}{drawn}{dot}</svg>"
    )


def _one(value: float | None) -> list[float]:
    return [] if value is None else [value]


def _x(index: int, count: int) -> float:
    return round(2 + 108 * index / max(count - 1, 1), 1) if count > 1 else 110.0


def _y(value: float, scale: Scale) -> float:
    if scale.low == scale.high:
        return MIDDLE
    return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * scale.at(value) / 100, 1)


def _run(places: list[tuple[float, float]]) -> str:
    if len(places) == 1:
        return f'<circle class="alone" cx="{places[0][0]:g}" cy="{places[0][1]:g}" r="1.5"/>'
    return f'<path d="M{"L".join(f"{x:g} {y:g}" for x, y in places)}"/>'
