"""Where each measure stands: the board and the targets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, percent
from salestrain.sales.units import span, step
from salestrain.views.bars import BulletBar, bullet
from salestrain.views.board import Absent, BoardLayer, BoardRow, Change, Hidden, board
from salestrain.views.markup import Caption
from salestrain.views.page import section

if TYPE_CHECKING:
    from salestrain.sales import figures
    from salestrain.sales.kpi_review import Row
    from salestrain.views.kpi_review.study import Study

MANY = 100
TINTED = 3
LAYERS = (
    ("team", Text("结果", "Results")),
    ("process", Text("关键过程", "Key process")),
    ("individual", Text("个人", "Individual")),
)
MEDIAN = Text("（{n} 人的中位数）", " (median of {n} reps)")
TITLE = Text("结果、过程、个人：三层看", "Result, process, people")
SUB = Text(
    "虚线是目标。不足 {many} 例的指标带 95% 区间；点指标名看定义。",
    "Dotted line: target. Measures with under {many} cases carry a 95% interval; "
    "tap a measure for its definition.",
)
CASES = Text("{n} 例", "n = {n}")
RANGE = Text("最低 {low}，最高 {high}", "lowest {low}, highest {high}")
TARGETS = Text("{met} 项里 {done} 项达标", "{done} of {met} targets met")
TARGETS_SUB = Text(
    "实际 ÷ 目标；竖线是 100%，深色底从 80% 起",
    "Actual ÷ target; the line is 100%, darker from 80%",
)


def board_section(study: Study) -> str:
    """Return the layered board; the measures that lead the review are tinted."""
    voice = study.voice
    bad = [finding.row.kpi.id for finding in study.findings if not finding.good]
    focus = bad[:TINTED]
    layers = []
    for layer, name in LAYERS:
        rows = [row for row in study.rows if row.kpi.layer == layer]
        reps = max((row.reps for row in rows), default=0)
        title = name.in_(voice.language) + (voice.say(MEDIAN, n=reps) if reps else "")
        drawn = tuple(_row(row, study, tinted=row.kpi.id in focus) for row in rows)
        layers.append(BoardLayer(title, drawn))
    period = study.cell.period
    body = board(layers, period.name.in_(voice.language), period.grain, voice.language)
    return section(voice.say(TITLE), body, sub=voice.say(SUB, many=MANY))


def _row(row: Row, study: Study, *, tinted: bool) -> BoardRow:
    voice, now = study.voice, row.now
    target = not math.isnan(now.target)
    paid = target and now.shown and row.kpi.unit in ("money", "count")
    return BoardRow(
        name=voice.name(row),
        value=_value(row, study),
        how=_how(row, study),
        interval=_interval(row, study),
        target=voice.value(now.target, row) if target else "",
        attained=percent(now.attained, voice.language) if paid and now.target else "",
        before=_change(row, row.previous, study),
        year_ago=_change(row, row.last_year, study),
        history=tuple(f.value if f.shown else None for f in row.history),
        target_at=now.target if target else None,
        focus="bad" if tinted else None,
        href=f"#{row.kpi.id}",
    )


def _value(row: Row, study: Study) -> str | Hidden | Absent:
    now = row.now
    if now.shown:
        return study.voice.value(now.value, row)
    if 0 < now.n < row.kpi.minimum_n:
        return Hidden(int(now.n), row.kpi.minimum_n)
    waiting = now.numerator > 0 and not now.denominator > 0
    return Absent("not_out" if waiting else "no_cases")


def _how(row: Row, study: Study) -> str:
    voice, now = study.voice, row.now
    if row.spread and row.reps > 1:
        low, high = (voice.value(end, row) for end in row.spread)
        return voice.say(RANGE, low=low, high=high)
    counted = all(measure.fn == "count" for measure in row.kpi.measures)
    if now.shown and counted and now.denominator > 0:
        return f"{row.kpi.id} · {now.numerator:.0f}/{now.denominator:.0f}"
    if now.shown and row.kpi.unit in ("days", "score"):
        return f"{row.kpi.id} · {voice.say(CASES, n=int(now.n))}"
    return row.kpi.id


def _interval(row: Row, study: Study) -> str:
    judged = row.kpi.unit in ("rate", "days", "score") and row.now.n < MANY
    if not (judged and row.now.shown):
        return ""
    return span(row.now.low, row.now.high, row.kpi.unit, study.voice.language)


def _change(row: Row, found: figures.Change | None, study: Study) -> Change | None:
    if found is None:
        return None
    voice = study.voice
    label = step(found.difference, row.kpi.unit, voice.language, voice.currency)
    nothing = step(0, row.kpi.unit, voice.language, voice.currency)
    if found.difference == 0 or label == nothing:
        return Change("same")
    good = found.good(row.kpi.better)
    tone = "plain" if good is None or not found.sure else "good" if good else "bad"
    return Change(
        "up" if found.difference > 0 else "down",
        label,
        tone,  # type: ignore[arg-type] # one of the three above
        within_chance=found.known and not found.sure,
    )


def targets_section(study: Study) -> str:
    """Return attainment of the booked targets; "" where none are booked."""
    voice = study.voice
    rows = [
        row
        for row in study.rows
        if row.kpi.target and row.kpi.target.metric and row.now.target > 0 and row.now.shown
    ]
    if not rows:
        return ""
    bars = [
        BulletBar(
            voice.name(row),
            row.now.attained * 100,
            percent(row.now.attained, voice.language),
            f"{voice.value(row.now.value, row)} / {voice.value(row.now.target, row)}",
        )
        for row in rows
    ]
    done = sum(row.now.attained >= 1 for row in rows)
    caption = Caption(voice.say(TARGETS, met=len(rows), done=done), voice.say(TARGETS_SUB))
    return bullet(caption, bars, voice.language)
