"""The pictures: since when, in which stage, through what, and who."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text, number
from salestrain.sales.figures import change
from salestrain.sales.kpi_words import (
    CAUSES,
    OTHERS,
    REVENUE,
    alike,
    finding_clause,
    largest_part,
)
from salestrain.sales.units import signed, span, written
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.bridge import BridgePart, BridgeTotal, bridge, bridge_cut
from salestrain.views.funnel import FunnelStage, funnel
from salestrain.views.heat_map import HeatCell, heat_map
from salestrain.views.kpi_review.talk import JOIN, link_to
from salestrain.views.markup import Caption, Tick, axis
from salestrain.views.page import section
from salestrain.views.tables import Column, data_table
from salestrain.views.tables import Row as TableRow
from salestrain.views.trend import Series, trend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.playbook.models import Kpi
    from salestrain.sales.bridge import Part
    from salestrain.sales.figures import Cell, Figure
    from salestrain.sales.kpi_review import Row
    from salestrain.views.kpi_review.study import Study

TARGET = Text("目标 {value}", "target {value}")
PLAIN_COURSE = Text("{name} {value}", "{name} {value}")
CONVERSION = "3.1.conversion_"
FUNNEL = Text("各阶段走下去的比例和别人差不多", "Each stage moves on about as elsewhere")
FUNNEL_LOW = Text("掉在{stages}", "The gap is in {stages}")
FUNNEL_SUB = Text(
    "本期离开各阶段的商机，及其中进入下一阶段的占比",
    "Deals that left each stage in the period, and the share that moved on",
)
MOVED_ON = Text("{others} {value}", "{others} {value}")
BRIDGE_DOWN = Text("少的主要是{cause}", "{cause} explains most of the drop")
BRIDGE_UP = Text("多的主要是{cause}", "{cause} explains most of the rise")
BRIDGE_FLAT = Text("收入没有变", "Revenue did not change")
BRIDGE_SUB = Text("收入比{before}的变化", "Change in revenue from {before}")
NOUNS = {"team": Text("个组", "teams"), "rep": Text("个人", "reps")}
RANK_SUB = Text("{name}，横线是 95% 区间", "{name}; the line is its 95% interval")
RANK_TARGET = Text("{sub}；虚线是目标 {target}", "{sub}; dashed: target {target}")
BELOW = {
    "team": Text("各组", "Teams"),
    "rep": Text("各人", "Reps"),
}
HEAT = Text("{name}：哪个组、从什么时候起", "{name}: which team, and since when")
HEAT_SUB = Text(
    "每格是该组该期的值；例数不够的空着", "Each cell is a team’s value; too few cases stay blank"
)
HEAT_PERIODS = 6
DRILLED = (*REVENUE, "3.1.quota_attainment", "3.1.win_rate", "3.1.sales_cycle", "3.1.visits")


def course_section(study: Study) -> str:
    """Return how the leading measure went over time, with what it is compared to."""
    row = _subject(study)
    if row is None:
        return ""
    voice, kpi = study.voice, row.kpi
    now = voice.value(row.now.value, row) if row.now.shown else "–"
    title = voice.say(PLAIN_COURSE, name=voice.name(row), value=now)
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
        Caption(title, kpi.formula.in_(voice.language)),
        [str(period).replace("-", " ") for period in periods],
        main,
        voice.language,
        ticks=axis([*reach, *([aim.value] if aim else [])], _writer(kpi, study)),
        others=others,
        target=aim,
    )
    return section("", body)


def _subject(study: Study) -> Row | None:
    if study.lead:
        return study.lead.row
    return next((row for row in study.rows if row.kpi.id in REVENUE and row.now.shown), None)


def _points(history: Sequence[Figure], field: str) -> tuple[float | None, ...]:
    values = [getattr(f, field) if f.shown else math.nan for f in history]
    return tuple(None if math.isnan(value) else value for value in values)


def _writer(kpi: Kpi, study: Study) -> Callable[[float], str]:
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
    title = voice.say(FUNNEL)
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
        beside = voice.say(MOVED_ON, others=others.in_(voice.language), value=value)
    share = written(figure.value, "rate", voice.language) if count else ""
    return FunnelStage(
        name, count, number(count, voice.language), share, beside, "bad" if worse else None
    )


def bridge_chart(study: Study) -> str:
    """Return why revenue changed; "" if there was none in either period."""
    voice, found = study.voice, study.bridge
    if not found.parts:
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


def ranking_chart(study: Study) -> str:
    """Return the entities below on the leading share, those that can't be told apart together."""
    kpi = _ranked_kpi(study)
    cells = study.below()
    if kpi is None or len(cells) < 2:
        return ""
    voice = study.voice
    flags = {cell: _apart(study, kpi, cell) for cell in cells}
    bars = {cell: _bar(study, kpi, cell, flag) for cell, flag in flags.items()}
    order = sorted(cells, key=lambda cell: -(bars[cell].value or -1.0))
    groups = [
        RankGroup(tuple(bars[cell] for cell in order if flags[cell] is flag), tied=flag is None)
        for flag in (True, None, False)
    ]
    drawn = [bar for bar in bars.values() if (bar.n or 0) >= kpi.minimum_n]
    reach = [v for bar in drawn for v in (bar.value, bar.high) if v is not None]
    target = study.book.figure(kpi.id, cells[0]).target
    aim = None if math.isnan(target) else target
    name = kpi.name.in_(voice.language)
    sub = voice.say(RANK_SUB, name=name)
    if aim is not None:
        sub = voice.say(RANK_TARGET, sub=sub, target=written(aim, kpi.unit, voice.language))
    title = alike({c.entity: flags[c] for c in cells}, NOUNS[cells[0].level], voice)
    return ranked_bars(
        Caption(title, sub), [group for group in groups if group.bars], voice.language,
        ticks=axis([*reach, *([aim] if aim else [])], _writer(kpi, study)),
        target=aim, minimum_n=kpi.minimum_n,
    )  # fmt: skip


def _ranked_kpi(study: Study) -> Kpi | None:
    wanted = [f.row.kpi for f in study.findings if f.comparison in ("recent", "peers")]
    wanted += [kpi for kpi in study.playbook.kpis.values() if kpi.id == "3.1.win_rate"]
    shares = (
        kpi
        for kpi in wanted
        if len(kpi.measures) == 2 and all(m.fn == "count" for m in kpi.measures)
    )
    return next((kpi for kpi in shares if study.book.has(kpi.id)), None)


def _apart(study: Study, kpi: Kpi, cell: Cell) -> bool | None:
    own = study.book.figure(kpi.id, cell)
    found = change(own, study.rest(kpi, cell)) if own.shown else None
    return found.difference > 0 if found and found.sure else None


def _bar(study: Study, kpi: Kpi, cell: Cell, flag: bool | None) -> RankedBar:
    figure = study.book.figure(kpi.id, cell)
    counts = f"{figure.numerator:.0f}/{figure.denominator:.0f}" if figure.n else ""
    return RankedBar(
        study.name(cell),
        None if math.isnan(figure.value) else figure.value,
        written(figure.value, kpi.unit, study.voice.language),
        counts,
        None if math.isnan(figure.low) else figure.low,
        None if math.isnan(figure.high) else figure.high,
        int(figure.n),
        focus=cell == study.cell,
        tone="plain" if flag is None else "good" if flag == (kpi.better == "higher") else "bad",
        href=link_to(study, cell).href,
    )


def below_section(study: Study) -> str:
    """Return a table of the teams or reps below, each linked to its own review."""
    cells = study.below()
    kpis = [study.playbook.kpis[one] for one in DRILLED if study.book.has(one)]
    kpis = [kpi for kpi in kpis if kpi.id != REVENUE[1] or not study.book.has(REVENUE[0])]
    if study.cell.level == "rep" or not cells:
        return ""
    voice = study.voice
    columns = [Column(""), *(Column(kpi.name.in_(voice.language), numeric=True) for kpi in kpis)]
    first = study.book.figure
    cells = sorted(cells, key=lambda cell: -_size(first(kpis[0].id, cell)))
    rows = [
        TableRow((link_to(study, cell), *(_figure(study, kpi, cell) for kpi in kpis)))
        for cell in cells
    ]
    title = BELOW[cells[0].level].in_(voice.language)
    return section(title, data_table(columns, rows, caption=title))


def _size(figure: Figure) -> float:
    return 0.0 if math.isnan(figure.value) else figure.value


def _figure(study: Study, kpi: Kpi, cell: Cell) -> str:
    figure = study.book.figure(kpi.id, cell)
    voice = study.voice
    if not figure.shown:
        return f"n={figure.n:.0f}"
    text = written(figure.value, kpi.unit, voice.language, voice.currency)
    few = kpi.id == "3.1.win_rate" and figure.n < 100
    between = span(figure.low, figure.high, kpi.unit, voice.language) if few else ""
    return f"{text} ({between})" if between else text


def heat_chart(study: Study) -> str:
    """Return teams × periods of the leading share; "" where there are no teams to compare."""
    kpi = _ranked_kpi(study)
    cells = [cell for cell in study.below() if cell.level == "team"]
    if kpi is None or len(cells) < 2:
        return ""
    voice = study.voice
    periods = list(study.cell.period.run(HEAT_PERIODS))
    rows = []
    for cell in cells:
        found = [study.book.figure(kpi.id, cell.at(period)) for period in periods]
        rows.append((study.name(cell), [_heat_cell(figure, kpi, study) for figure in found]))
    caption = Caption(voice.say(HEAT, name=kpi.name.in_(voice.language)), voice.say(HEAT_SUB))
    return heat_map(caption, [str(period) for period in periods], rows)


def _heat_cell(figure: Figure, kpi: Kpi, study: Study) -> HeatCell:
    if not figure.shown:
        return HeatCell(None, f"n={figure.n:.0f}")
    return HeatCell(figure.value, written(figure.value, kpi.unit, study.voice.language))
