"""What is read and talked about: the head, the deals, the questions, definitions and data notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.sales.figures import Cell
from salestrain.sales.kpi_words import (
    attention_sentence,
    bridge_sentence,
    finding_clause,
    headline,
    people_sentence,
)
from salestrain.sales.units import written
from salestrain.views.page import ReportHead, report_head, section
from salestrain.views.tables import Cell as TableCell
from salestrain.views.tables import (
    Column,
    Definition,
    Question,
    data_notes,
    data_table,
    definitions,
    questions,
)
from salestrain.views.tables import Row as TableRow
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from salestrain.sales.cases import Deal
    from salestrain.views.kpi_review.study import Study

REVIEW = Text("KPI 回顾", "KPI review")
SPAN = Text("{start} 至 {end}", "{start} to {end}")
DATA_TO = Text("数据截至 {day}", "Data to {day}")
DEALS_SHOWN = 8
DEALS = Text("要当面谈的商机", "Deals to talk about")
DEALS_SUB = Text(
    "{sentence}按金额列前 {shown} 个；「停滞」按 2.2.stalled，「超时限」按各阶段时限。",
    "{sentence} The {shown} largest; “stalled” as in 2.2.stalled, “over limit” by stage.",
)
DEAL_COLUMNS = (
    (Text("客户", "Customer"), False),
    (Text("负责人", "Owner"), False),
    (Text("阶段", "Stage"), False),
    (Text("已停天数", "Days in stage"), True),
    (Text("金额", "Amount"), True),
    (Text("为什么谈", "Why"), False),
)
REASONS = {
    "over_limit": Text("超时限", "over limit"),
    "overdue": Text("签约日已过", "close date passed"),
    "no_next_step": Text("停滞", "stalled"),
}
JOIN = Text("、", ", ")
ASKED = 3
TALK = Text("谈话时问这几件事", "Questions for the talk")
DEALS_ASKED = Text(
    "这 {count} 个商机，哪几个还有客户确认过的下一步？",
    "Of these {count} deals, which have a next step the customer confirmed?",
)
DEFINITIONS = Text("定义", "Definitions")
MORE = Text("怎么读，会怎么走样", "How to read it, and how it is gamed")
READ = Text("怎么读：{text}", "How to read it: {text}")
GAMED = Text("会怎么走样：{text}", "How it is gamed: {text}")
NOTES = Text("数据说明", "Data notes")
INTERVALS = Text(
    "区间都是 95%：比例用 Wilson，均值用 t，中位数用四分位差，金额和次数按泊松。"
    "差值的区间不含零，才标成变化；一份报告要比几十次，领头的结论须再远一半。",
    "Intervals are 95%: Wilson for shares, t for means, quartiles for medians, Poisson for counts "
    "and sums. A change is marked only where the interval of the difference leaves out zero; since "
    "a review makes dozens of comparisons, a finding that leads lies half as far again beyond.",
)
LACKS = Text("缺 {lack}，所以没有：{names}。", "Without {lack} there is no {names}.")
UNASSIGNED = Text(
    "{amount} 的赢单没有负责人或团队，只计入公司合计。",
    "{amount} of won deals have no owner or team; they count for the company only.",
)
ROWS_IN = Text(
    "数据来自 {source}：读入 {read} 行，采用 {accepted} 行，隔离 {quarantined} 行。",
    "Data from {source}: {read} rows read, {accepted} accepted, {quarantined} quarantined.",
)
HIDDEN = Text("例数不到下限的不显示：{names}。", "Hidden for too few cases: {names}.")


def title_of(study: Study) -> str:
    """Return the headline in words."""
    return headline(study.rows, study.findings, study.voice)


def head_section(study: Study) -> str:
    """Return the head: what this is, the headline, and why in two or three sentences."""
    voice, period = study.voice, study.cell.period
    when = voice.say(
        SPAN, start=day(period.start, voice.language), end=day(period.end, voice.language)
    )
    name, review = study.name(study.cell), REVIEW.in_(voice.language)
    kicker = f"{review} · {name} · {period.name.in_(voice.language)} ({when})"
    note = voice.say(DATA_TO, day=day(study.crm.as_of, voice.language))
    return report_head(ReportHead(kicker, title_of(study), _lead(study), note), voice.language)


def _lead(study: Study) -> str:
    sentences = [
        _who_it_shows_for(study),
        bridge_sentence(study.bridge, study.cell.period.grain, study.voice) if study.bridge else "",
        attention_sentence(study.attention, study.voice),
    ]
    gap = "" if study.voice.language == "zh" else " "
    return gap.join(filter(None, sentences))


def _who_it_shows_for(study: Study) -> str:
    lead = study.lead
    if lead is None or lead.good or study.cell.level != "team":
        return ""
    norm, higher = lead.change.then, lead.row.kpi.better == "higher"
    own = [study.book.figure(lead.row.kpi.id, rep) for rep in study.people.reps(study.cell)]
    values = [figure.value for figure in own if figure.n > 0]
    worse = sum((value < norm) == higher for value in values)
    return people_sentence(worse, len(values), study.voice)


def deals_section(study: Study) -> str:
    """Return the open deals that ask for a decision; "" if there are none."""
    found, voice = study.attention, study.voice
    if not found.deals:
        return ""
    shown = found.deals[:DEALS_SHOWN]
    stages = {stage.id: stage.name.in_(voice.language) for stage in study.playbook.stages}
    columns = [Column(name.in_(voice.language), numeric) for name, numeric in DEAL_COLUMNS]
    rows = [_deal(deal, stages, study) for deal in shown]
    sub = voice.say(DEALS_SUB, sentence=attention_sentence(found, voice), shown=len(shown))
    table = data_table(columns, rows, caption=voice.say(DEALS), stacked=True)
    return section(voice.say(DEALS), table, sub=sub)


def _deal(deal: Deal, stages: dict[str, str], study: Study) -> TableRow:
    voice = study.voice
    owner = Cell("rep", deal.rep, study.cell.period)
    amount = "–"
    if deal.amount is not None:
        amount = written(deal.amount, "money", voice.language, voice.currency)
    why = JOIN.in_(voice.language).join(REASONS[r].in_(voice.language) for r in deal.reasons)
    days = "–" if deal.days is None else number(deal.days, voice.language)
    stage = stages.get(deal.stage, deal.stage or "–")
    return TableRow(
        (deal.name.in_(voice.language), link_to(study, owner), stage, days, amount, why)
    )


def link_to(study: Study, cell: Cell) -> TableCell:
    """Return a name, linked to that report if it lies beside this one."""
    href = ""
    there = (cell.level, cell.entity) in study.people.parents
    if there and cell.level in study.linked and cell != study.cell:
        href = f"{report_name(cell.level, cell.entity)}.html"
    return TableCell(study.name(cell), href)


def questions_section(study: Study) -> str:
    """Return up to three questions: what needs mending first, then the deals."""
    voice = study.voice
    bad = [finding for finding in study.findings if not finding.good]
    stop = "。" if voice.language == "zh" else "."
    asked = [
        Question(
            f.row.kpi.ask.in_(voice.language), finding_clause(f, voice) + stop, f.row.kpi.id,
            f"#{f.row.kpi.id}",
        )
        for f in bad[:ASKED]
    ]  # fmt: skip
    if study.attention.deals and len(asked) < ASKED:
        title = voice.say(DEALS_ASKED, count=len(study.attention.deals))
        asked.append(Question(title, attention_sentence(study.attention, voice), "2.2.stalled"))
    behind = [row for row in study.rows if row.now.attained < 1 and row.kpi.better == "higher"]
    known = {finding.row.kpi.id for finding in bad}
    for row in sorted(behind, key=lambda row: row.now.attained):
        if len(asked) < ASKED and row.kpi.id not in known and row.now.shown:
            gap = f"{voice.name(row)} {voice.value(row.now.value, row)} / {voice.value(row.now.target, row)}"  # noqa: E501
            asked.append(
                Question(row.kpi.ask.in_(voice.language), gap + stop, row.kpi.id, f"#{row.kpi.id}")
            )
    return section(voice.say(TALK), questions(asked)) if asked else ""


def definitions_section(study: Study) -> str:
    """Return each measure's formula, how to read it and how it is gamed."""
    language = study.voice.language
    defined = [
        Definition(
            row.kpi.name.in_(language),
            row.kpi.formula.in_(language),
            row.kpi.id,
            more=(
                study.voice.say(READ, text=row.kpi.read.in_(language)),
                study.voice.say(GAMED, text=row.kpi.gaming.in_(language)),
            ),
            summary=study.voice.say(MORE),
        )
        for row in study.rows
    ]
    return section(study.voice.say(DEFINITIONS), definitions(defined))


def notes_section(study: Study) -> str:
    """Return what is missing from the data, and what became of every row read."""
    voice, snapshot = study.voice, study.crm.snapshot
    total = snapshot.tables.values()
    rows = voice.say(
        ROWS_IN,
        source=snapshot.source,
        read=number(sum(note.read for note in total), voice.language),
        accepted=number(sum(note.accepted for note in total), voice.language),
        quarantined=number(sum(note.quarantined for note in total), voice.language),
    )
    notes = [rows, *(note.in_(voice.language) for note in snapshot.notes)]
    notes += [*_lacking(study), *_hidden(study), *_unassigned(study), voice.say(INTERVALS)]
    return section(voice.say(NOTES), data_notes(notes), anchor="notes")


def _lacking(study: Study) -> list[str]:
    voice = study.voice
    by_lack: dict[str, list[str]] = {}
    for kpi, lack in study.metrics.missing.items():
        by_lack.setdefault(lack, []).append(study.playbook.kpis[kpi].name.in_(voice.language))
    join = JOIN.in_(voice.language)
    return [voice.say(LACKS, lack=lack, names=join.join(names)) for lack, names in by_lack.items()]


def _hidden(study: Study) -> list[str]:
    names = [study.voice.name(row) for row in study.rows if 0 < row.now.n < row.kpi.minimum_n]
    join = JOIN.in_(study.voice.language)
    return [study.voice.say(HIDDEN, names=join.join(names))] if names else []


def _unassigned(study: Study) -> list[str]:
    nobody = study.book.figure("3.1.won_value", Cell("team", "", study.cell.period))
    if study.cell.level != "company" or not nobody.value > 0:
        return []
    amount = written(nobody.value, "money", study.voice.language, study.voice.currency)
    return [study.voice.say(UNASSIGNED, amount=amount)]
