"""The pictures: since when, in which stage, and through what."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.sales.figures import change
from salestrain.sales.kpi_review import REVENUE
from salestrain.sales.kpi_words import (
    CAUSES,
    OTHERS,
    finding_clause,
    largest_part,
)
from salestrain.sales.units import signed, written
from salestrain.views.bridge import BridgePart, BridgeTotal, bridge, bridge_cut
from salestrain.views.drawing import Event, Series
from salestrain.views.funnel import FunnelStage, funnel
from salestrain.views.kpi_review.talk import JOIN
from salestrain.views.markup import Caption, Tick, axis
from salestrain.views.page import section
from salestrain.views.trend import trend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.periods import Period
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.sales.bridge import Part
    from salestrain.sales.figures import Figure
    from salestrain.sales.kpi_review import Row
    from salestrain.views.kpi_review.study import Study

TARGET = Text("目标 {value}", "target {value}")
FEWEST_POINTS = 3
CONVERSION = "3.1.conversion_"
FUNNEL = Text("各阶段走下去的比例和别人差不多", "Each stage moves on about as elsewhere")
FUNNEL_ALL = Text("每一步走下去的：{shares}", "Moving on from each stage: {shares}")
FUNNEL_LOW = Text("掉在{stages}", "The gap is in {stages}")
FUNNEL_SUB = Text(
    "本期离开各阶段的商机，及其中进入下一阶段的占比",
    "Deals that left each stage in the period, and the share that moved on",
)
BRIDGE_DOWN = Text("少的主要是{cause}", "{cause} explains most of the drop")
BRIDGE_UP = Text("多的主要是{cause}", "{cause} explains most of the rise")
BRIDGE_FLAT = Text("收入没有变", "Revenue did not change")
BRIDGE_SUB = Text("收入比{before}的变化", "Change in revenue from {before}")


def course_section(study: Study) -> str:
    """Return how the leading measure went over time, with what it is compared to."""
    row = _subject(study)
    if row is None or sum(figure.shown for figure in row.history) < FEWEST_POINTS:
        return ""
    voice, kpi = study.voice, row.kpi
    now = voice.value(row.now.value, row) if row.now.shown else "–"
    title = f"{voice.name(row)} {now}"
    if study.lead and study.lead.row is row:
        title = finding_clause(study.lead, voice)
    periods = list(study.cell.period.run(len(row.history)))
    main = Series(
        study.name(study.cell), now,
        _points(row.history, "value"), _points(row.history, "low"), _points(row.history, "high"),
    )  # fmt: skip
    rest = [study.rest(kpi, study.cell.at(period)) for period in periods]
    others = []
    if any(figure.shown for figure in rest):
        name = OTHERS[study.cell.level].in_(voice.language)
        others = [Series(name, voice.value(rest[-1].value, row), _points(rest, "value"))]
    target = row.now.target
    aim = (
        None
        if math.isnan(target)
        else Tick(target, voice.say(TARGET, value=voice.value(target, row)))
    )
    reach = [
        v for f in (*row.history, *rest) for v in (f.value, f.high) if f.shown and not math.isnan(v)
    ]
    body = trend(
        Caption(title, kpi.formula.in_(voice.language).rstrip("。.")),
        [str(period).replace("-", " ") for period in periods],
        main,
        voice.language,
        ticks=axis([*reach, *([aim.value] if aim else [])], writer(kpi, study)),
        others=others,
        target=aim,
        events=_events(study, kpi, periods),
    )
    return section("", body)


def _events(study: Study, kpi: Kpi, periods: Sequence[Period]) -> list[Event]:
    """Place what bears on the KPI between the periods, whose points stand in their middle."""
    language, placed = study.voice.language, []
    for event in study.playbook.company.events:
        for index, period in enumerate(periods):
            if kpi.id in event.cites and period.start <= event.day <= period.end:
                share = (event.day - period.start) / (period.end - period.start)
                words = f"{event.day:%Y-%m} {event.name.in_(language)}"
                placed.append(Event(max(index + share - 0.5, 0), words))
    return placed


def _subject(study: Study) -> Row | None:
    if study.lead:
        return study.lead.row
    return next((row for row in study.rows if row.kpi.id in REVENUE and row.now.shown), None)


def _points(history: Sequence[Figure], field: str) -> tuple[float | None, ...]:
    values = [getattr(f, field) if f.shown else math.nan for f in history]
    return tuple(None if math.isnan(value) else value for value in values)


def writer(kpi: Kpi, study: Study) -> Callable[[float], str]:
    """Return how a KPI's value is written on an axis."""
    voice = study.voice
    return lambda value: written(value, kpi.unit, voice.language, voice.currency)


def funnel_chart(study: Study) -> str:
    """Return the stages with the share that moved on; "" without stage changes."""
    voice = study.voice
    kpis = [kpi for kpi in study.playbook.kpis.values() if kpi.id.startswith(CONVERSION)]
    steps = [(kpi, study.book.figure(kpi.id, study.cell)) for kpi in kpis]
    if not any(figure.denominator > 0 for _, figure in steps):
        return ""
    stages, low = [], []
    for stage, (kpi, figure) in zip(study.playbook.stages, steps, strict=False):
        rest = study.rest(kpi, study.cell)
        apart = change(figure, rest)
        worse = bool(apart and apart.sure and not apart.good(kpi.better))
        name = stage.name.in_(voice.language)
        low += [name if voice.language == "zh" else name[0].lower() + name[1:]] if worse else []
        stages.append(_stage(name, figure, rest, study, worse=worse))
    last = study.playbook.stages[len(kpis) :]
    if last and steps:
        moved = steps[-1][1].numerator
        name = last[0].name.in_(voice.language)
        stages.append(FunnelStage(name, moved, number(moved, voice.language)))
    shares = JOIN.in_(voice.language).join(stage.conversion for stage in stages if stage.conversion)
    title = voice.say(FUNNEL if study.cell.level in OTHERS else FUNNEL_ALL, shares=shares)
    if low:
        title = voice.say(FUNNEL_LOW, stages=JOIN.in_(voice.language).join(low))
    return funnel(Caption(title, voice.say(FUNNEL_SUB)), stages, voice.language)


def _stage(name: str, figure: Figure, rest: Figure, study: Study, *, worse: bool) -> FunnelStage:
    voice = study.voice
    count = 0.0 if math.isnan(figure.denominator) else figure.denominator
    others = OTHERS.get(study.cell.level)
    beside = ""
    if rest.shown and others:
        value = written(rest.value, "rate", voice.language)
        beside = f"{others.in_(voice.language)} {value}"
    share = written(figure.value, "rate", voice.language) if count else ""
    return FunnelStage(
        name, count, number(count, voice.language), share, beside, "bad" if worse else None
    )


def bridge_chart(study: Study) -> str:
    """Return why revenue changed; "" if there was none in either period."""
    voice, found = study.voice, study.bridge
    if found is None or not found.parts:
        return ""
    language, currency = voice.language, voice.currency
    parts = [
        BridgePart(
            CAUSES[part.cause].in_(language),
            part.amount,
            signed(part.amount, language, currency),
            _from_to(part, study),
            "good" if part.amount > 0 else "bad",
        )
        for part in found.parts
    ]
    main = largest_part(found)
    text = BRIDGE_FLAT if main is None else BRIDGE_UP if found.now > found.then else BRIDGE_DOWN
    cause = CAUSES[main.cause].in_(language) if main else ""
    period = study.cell.period
    before, after = (each.name.in_(language) for each in (period.previous, period))
    cut = bridge_cut(found.then, parts)
    return bridge(
        Caption(voice.say(text, cause=cause), voice.say(BRIDGE_SUB, before=before)),
        BridgeTotal(before, found.then, written(found.then, "money", language, currency)),
        parts,
        BridgeTotal(after, found.now, written(found.now, "money", language, currency)),
        language,
        Tick(cut, written(cut, "money", language, currency)) if cut else None,
    )


def _from_to(part: Part, study: Study) -> str:
    voice = study.voice
    unit = {"closed": "count", "win_rate": "rate"}.get(part.cause, "money")
    then, now = (
        written(value, unit, voice.language, voice.currency)  # type: ignore[arg-type] # one of three units
        for value in (part.then, part.now)
    )
    return f"{then} → {now}"
