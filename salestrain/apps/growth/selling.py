"""What the CRM knows of the reps: how deals move on, what lies open, and figures of their own."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from salestrain.coaching import Counts, Pipeline, Stage
from salestrain.periods import Period
from salestrain.playbook.standards.growing import Skills
from salestrain.sales.entities import entities_in
from salestrain.sales.figures import Book, Cell, pooled
from salestrain.sales.metrics import compute
from salestrain.sales.pipeline import open_deals, stage_days
from salestrain.training.proficiency import from_figure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from salestrain.crm.store import Crm
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.playbook.whole import Playbook
    from salestrain.training.proficiency import Observation, Shown

GAP_AND_STAGE = "4.2.gap_and_stage"
QUARTERS = 4


def quarters(crm: Crm, playbook: Playbook) -> list[Period]:
    """Return the last four quarters that the books hold whole, the oldest first."""
    starts = playbook.company.fiscal_year_start_month
    latest = Period.containing(crm.as_of, "quarter", year_starts=starts)
    whole = latest if latest.end <= crm.as_of else latest.previous
    return [*whole.run(QUARTERS)]


def stages(playbook: Playbook) -> list[Stage]:
    """Return the stages in order, each with the competencies that decide in it (4.2)."""
    skills, kpis = playbook.standard(Skills), conversions(playbook)
    found = []
    for stage in playbook.stages:
        behind = {one.competency for one in (skills.skills if skills else ())
                  if stage.id in one.stages}  # fmt: skip
        least = kpis[stage.id].minimum_n if stage.id in kpis else 1
        found.append(Stage(stage.id, tuple(sorted(behind)), least))
    return found


def conversions(playbook: Playbook) -> dict[str, Kpi]:
    """Return the KPI that counts how deals leave a stage, by stage: as 4.2.gap_and_stage names."""
    rule = playbook.rules.get(GAP_AND_STAGE)
    named = (playbook.kpis[one] for one in (rule.cites if rule else ()) if one in playbook.kpis)
    there = {stage.id for stage in playbook.stages}
    return {cite: kpi for kpi in named for cite in kpi.cites if cite in there}


def pipeline(crm: Crm, playbook: Playbook) -> Pipeline:
    """Return what left each stage in four quarters, what lies open, and how long deals stayed."""
    over, counted = quarters(crm, playbook), conversions(playbook)
    book = _book(crm, list(counted.values()), over)
    left = {}
    for rep in _reps(crm):
        for stage, kpi in counted.items():
            figure = pooled(book.figure(kpi.id, Cell("rep", rep, one)) for one in over)
            if figure.denominator > 0:
                left[rep, stage] = Counts(figure.numerator, figure.denominator)
    span = over[0].start, over[-1].end
    days = stage_days(crm.connection, crm.present, span)
    return Pipeline(left, open_deals(crm.connection, crm.present), days)


def figures(
    crm: Crm, playbook: Playbook, shown: Shown, people: Collection[str]
) -> dict[str, list[Observation]]:
    """Return what people's own figures show of their competencies, of each quarter by itself.

    A KPI is held to its target; without one, to the company's own figure. What is not shown in a
    review, because too little is behind it, shows nothing here.
    """
    over = quarters(crm, playbook)
    kpis = [playbook.kpis[one] for one in shown.kpis if one in playbook.kpis]
    book = _book(crm, kpis, over)
    return {
        who: [one for kpi in kpis for one in _shown(book, kpi, who, over, shown)]
        for who in people
    }  # fmt: skip


def _shown(
    book: Book, kpi: Kpi, who: str, over: Sequence[Period], shown: Shown
) -> Iterator[Observation]:
    for period in over:
        own = book.figure(kpi.id, Cell("rep", who, period))
        whole = book.figure(kpi.id, Cell("company", "", period))
        norm = whole.value if math.isnan(own.target) else own.target
        if own.shown:
            at = datetime.combine(period.end, time(12), UTC)
            values = own.value, norm
            if one := from_figure(kpi.id, shown.kpis[kpi.id], at, values, kpi.better):
                yield one


def _book(crm: Crm, kpis: list[Kpi], over: Sequence[Period]) -> Book:
    levels = ("company", "rep")
    found = compute(crm.connection, kpis, over, present=crm.present, as_of=crm.as_of, levels=levels)
    return Book(found.frame)


def _reps(crm: Crm) -> list[str]:
    rows = entities_in(crm.connection, crm.present).fetchall()
    return [entity for level, entity, *_ in rows if level == "rep"]
