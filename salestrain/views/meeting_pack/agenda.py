"""What a meeting is about: the head, the agenda by the clock, last period's figures."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.sales.figures import change
from salestrain.sales.settling import lacking
from salestrain.sales.units import span, step, written
from salestrain.views.figures.matrices import rhythm
from salestrain.views.figures.people import role_name
from salestrain.views.page import ReportHead, report_head, section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.sales.figures import Figure
    from salestrain.views.markup import Tone
    from salestrain.views.meeting_pack.study import PackStudy

PACK = Text("会议包", "Meeting pack")
TO = Text("数据截至 {day}", "Data to {day}")
TITLE_DEALS = Text("{n} 单要当场定", "{n} deals to settle")
TITLE_DEAL = Text("1 单要当场定", "One deal to settle")
TITLE_NO_DEALS = Text("没有停滞的单", "No deal is stalled")
TITLE_ACTIONS = Text("上次谈定的事还有 {n} 件没办", "{n} actions still open")
TITLE_ACTION = Text("上次谈定的事还有 1 件没办", "one action still open")
TITLE_NEW = Text("{n} 个新人", "{n} newcomers")
TITLE_NEWCOMER = Text("1 个新人", "one newcomer")
TITLE_PLAIN = Text("{minutes} 分钟，{parts} 项", "{minutes} minutes, {parts} items")
JOIN = Text("，", ", ")
LEAD = Text(
    "{when} {at}，{minutes} 分钟，{chair}主持。{text}",
    "{when} at {at}, {minutes} minutes, chaired by the {chair}. {text}",
)
AGENDA = Text("议程", "Agenda")
AGENDA_COLUMNS = (
    (Text("时间", "Time"), False),
    (Text("分钟", "Minutes"), True),
    (Text("谈什么", "What"), False),
)
CLOCK = Text("{start}–{end}", "{start}–{end}")
BRINGS = Text("会上打开：{names}。", "Opened in it: {names}.")
REVIEWS = {
    "pipeline_review": Text("漏斗回顾", "pipeline review"),
    "kpi_review": Text("KPI 回顾", "KPI review"),
    "order_review": Text("订单回顾", "order review"),
    "complaint_review": Text("客诉回顾", "complaint review"),
    "customer_review": Text("客户回顾", "customer review"),
    "incentive_review": Text("激励回顾", "incentive review"),
    "team_review": Text("团队回顾", "team review"),
}
AHEAD = Text(
    "议程和要看的回顾提前 {hours} 小时发出（1.3.agenda_first）。",
    "Agenda and reviews go out {hours} hours ahead (1.3.agenda_first).",
)
FIGURES = Text("上一期的数：{period}", "Last period’s figures: {period}")
FIGURES_SUB = Text(
    "和上一期比，差的 95% 区间不含零才算变了（3.1.change）；n 不到下限的不显示。",
    "Beside the period before: changed only where the 95% interval of the difference leaves out "
    "zero (3.1.change); figures on too few cases are hidden.",
)
FIGURE_COLUMNS = (
    (Text("指标", "Measure"), False),
    (Text("这一期", "This period"), True),
    (Text("例数", "Cases"), True),
    (Text("和上一期比", "Beside the one before"), False),
    (Text("目标", "Target"), True),
)
FEW = Text("例数不够（{n} / {least}）", "too few ({n} of {least})")
UP, DOWN = Text("升了 {size}", "up {size}"), Text("降了 {size}", "down {size}")
SAME, UNKNOWN = Text("误差之内", "within chance"), Text("比不了", "can’t be compared")


def title_of(study: PackStudy) -> str:
    """Return the headline in words: what waits."""
    parts = []
    if study.settles_deals and not lacking(study.crm.present):
        n = len(study.deals)
        parts.append(study.say((TITLE_NO_DEALS, TITLE_DEAL)[n] if n < 2 else TITLE_DEALS, n=n))
    waiting = sum(one.done is None for one in study.actions)
    if waiting:
        parts.append(study.say(TITLE_ACTION if waiting == 1 else TITLE_ACTIONS, n=waiting))
    if study.newcomers:
        n = len(study.newcomers)
        parts.append(study.say(TITLE_NEWCOMER if n == 1 else TITLE_NEW, n=n))
    if not parts:
        held = study.held
        parts.append(study.say(TITLE_PLAIN, minutes=held.minutes, parts=len(held.agenda)))
    title = JOIN.in_(study.language).join(parts)
    return title[:1].upper() + title[1:]


def head_section(study: PackStudy) -> str:
    """Return the head: which meeting, whose, and what waits."""
    held = study.held
    name = held.name.in_(study.language)
    kicker = f"{study.say(PACK)} · {name} · {study.name}"
    when = rhythm(held, study.language)
    lead = study.say(
        LEAD, when=when[:1].upper() + when[1:], at=held.at, minutes=held.minutes,
        chair=role_name(held.chair, study.playbook, study.language),
        text=held.text.in_(study.language),
    )  # fmt: skip
    note = study.say(TO, day=day(study.today, study.language))
    return report_head(ReportHead(kicker, title_of(study), lead, note), study.language)


def agenda_section(study: PackStudy) -> str:
    """Return the agenda by the clock."""
    clock = datetime.strptime(study.held.at, "%H:%M")  # noqa: DTZ007 (a time of day)
    rows = []
    for part in study.held.agenda:
        until = clock + timedelta(minutes=part.minutes)
        times = study.say(CLOCK, start=f"{clock:%H:%M}", end=f"{until:%H:%M}")
        rows.append(Row((times, str(part.minutes), part.text.in_(study.language))))
        clock = until
    hours = study.figure("1.3.agenda_first", "hours_before", 24)
    opened = (study.say(REVIEWS.get(one, Text(one, one))) for one in study.held.brings)
    names = ("、" if study.language == "zh" else ", ").join(opened)
    brings = [study.say(BRINGS, names=names)] if names else []
    gap = "" if study.language == "zh" else " "
    sub = gap.join([*brings, study.say(AHEAD, hours=hours)])
    return section(study.say(AGENDA), study.table(AGENDA_COLUMNS, rows, study.say(AGENDA)), sub=sub)


def figures_section(study: PackStudy) -> str:
    """Return a few figures of what the meeting brings; "" if it brings none."""
    rows = [_row(study, kpi) for kpi in study.kpis if kpi.id not in study.metrics.missing]
    if not rows:
        return ""
    title = study.say(FIGURES, period=study.say(study.cell.period.name))
    return section(
        title, study.table(FIGURE_COLUMNS, rows, title), sub=study.say(FIGURES_SUB),
        anchor="figures",
    )  # fmt: skip


def _row(study: PackStudy, kpi: Kpi) -> Row:
    now = study.book.figure(kpi.id, study.cell)
    before = study.book.figure(kpi.id, study.cell.at(study.cell.period.previous))
    currency = study.crm.snapshot.currency
    target = "–"
    if not math.isnan(now.target):
        target = written(now.target, kpi.unit, study.language, currency)
    name = Cell(kpi.name.in_(study.language), small=kpi.id)
    cases = number(now.n, study.language)
    return Row((name, _value(study, kpi, now), cases, _changed(study, kpi, now, before), target))


def _value(study: PackStudy, kpi: Kpi, now: Figure) -> Cell:
    if not now.shown:
        return Cell(study.say(FEW, n=number(now.n, study.language), least=kpi.minimum_n))
    currency = study.crm.snapshot.currency
    reach = span(now.low, now.high, kpi.unit, study.language, currency)
    return Cell(written(now.value, kpi.unit, study.language, currency), small=reach)


def _changed(study: PackStudy, kpi: Kpi, now: Figure, before: Figure) -> Cell:
    found = change(now, before)
    if found is None or not found.known:
        return Cell(study.say(UNKNOWN))
    if not found.sure:
        return Cell(study.say(SAME))
    size = step(found.difference, kpi.unit, study.language, study.crm.snapshot.currency)
    good = found.good(kpi.better)
    tone: Tone = "plain" if good is None else "good" if good else "bad"
    return Cell(study.say(UP if found.difference > 0 else DOWN, size=size), tone=tone)
