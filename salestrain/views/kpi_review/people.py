"""Who: teams or reps compared, and the way down to each of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.sales.figures import change
from salestrain.sales.kpi_review import REVENUE
from salestrain.sales.kpi_words import alike
from salestrain.sales.units import span, written
from salestrain.views.bars import RankedBar, RankGroup, ranked_bars
from salestrain.views.heat_map import HeatCell, heat_map
from salestrain.views.kpi_review.charts import writer
from salestrain.views.kpi_review.talk import link_to
from salestrain.views.markup import Caption, axis
from salestrain.views.page import section
from salestrain.views.tables import Column, data_table
from salestrain.views.tables import Row as TableRow

if TYPE_CHECKING:
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.sales.figures import Cell, Figure
    from salestrain.views.kpi_review.study import Study

NOUNS = {"team": Text("个组", "teams"), "rep": Text("个人", "reps")}
RANK_SUB = Text("{name}，横线是 95% 区间", "{name}; the line is its 95% interval")
RANK_TARGET = Text("{sub}；虚线是目标 {target}", "{sub}; dashed: target {target}")
BELOW = {"team": Text("各组", "Teams"), "rep": Text("各人", "Reps")}
HEAT = Text("{name}：哪个组、从什么时候起", "{name}: which team, and since when")
HEAT_SUB = Text(
    "每格是该组该期的值；例数不够的空着", "Each cell is a team’s value; too few cases stay blank"
)
HEAT_PERIODS = 6
DRILLED = (*REVENUE, "3.1.quota_attainment", "3.1.win_rate", "3.1.sales_cycle", "3.1.visits")


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
        ticks=axis([*reach, *([aim] if aim else [])], writer(kpi, study)),
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
    known = study.book.figure
    periods = [
        period
        for period in study.cell.period.run(HEAT_PERIODS)
        if any(known(kpi.id, cell.at(period)).shown for cell in cells)
    ]
    if len(periods) < 2:
        return ""
    rows = []
    for cell in cells:
        found = [known(kpi.id, cell.at(period)) for period in periods]
        rows.append((study.name(cell), [_heat_cell(figure, kpi, study) for figure in found]))
    caption = Caption(voice.say(HEAT, name=kpi.name.in_(voice.language)), voice.say(HEAT_SUB))
    return heat_map(caption, [str(period) for period in periods], rows)


def _heat_cell(figure: Figure, kpi: Kpi, study: Study) -> HeatCell:
    if not figure.shown:
        return HeatCell(None, f"n={figure.n:.0f}")
    return HeatCell(figure.value, written(figure.value, kpi.unit, study.voice.language))
