"""Who has to practise what, and for one person the items still wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text, number, percent
from salestrain.views.page import section
from salestrain.views.quiz_review.bank import stem
from salestrain.views.tables import Cell, Column, Row, data_table
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from salestrain.training.statistics.classes import Need
    from salestrain.views.quiz_review.study import Study

PEOPLE_SHOWN, DUE_SHOWN = 15, 8
NEEDS = Text("谁要练什么", "Who needs to practise what")
NEEDS_SUB = Text(
    "按得分从低到高列 {shown} 人，共 {all} 人。每节的得分往本人总分上靠（总分算 6 题），低于"
    " 60% 才列。",
    "{shown} of {all} people, lowest first. A section’s share leans on the person’s own total "
    "(which counts as 6 answers) and is named under 60%.",
)
NEED_COLUMNS = (
    (Text("人", "Person"), False),
    (Text("得分", "Share"), True),
    (Text("先练", "Practise first"), False),
    (Text("还没答对的题", "Items still wrong"), True),
)
TOO_FEW = Text("只答了 {n} 题，还看不出", "only {n} answers, too few to say")
NOTHING_LOW = Text("没有明显偏低的一节", "no section stands out as low")
ANSWERS = Text("{n} 题", "{n} answers")
NOT_BEGUN = Text("还没开始：{names}。", "Not begun: {names}.")
DUE = Text("还没答对的题", "Items still wrong")
DUE_SUB = Text(
    "最近一次没有全对的，最近的在前；共 {all} 道",
    "Not wholly right at the last try, the latest first; {all} in all",
)
DUE_COLUMNS = (Text("题", "Item"), Text("规则", "Rule"))
JOIN = Text("、", "; ")


def needs_section(study: Study) -> str:
    """Return what each person has to practise; for one person the items still wrong."""
    if study.level == "rep":
        return _due(study)
    if not study.needs:
        return ""
    rows = [_need(study, one) for one in study.needs[:PEOPLE_SHOWN]]
    columns = [Column(study.say(name), numeric) for name, numeric in NEED_COLUMNS]
    table = data_table(columns, rows, caption=study.say(NEEDS), stacked=True)
    sub = study.say(NEEDS_SUB, shown=len(rows), all=len(study.needs))
    return section(study.say(NEEDS), table, sub=sub)


def _need(study: Study, one: Need) -> Row:
    share = study.say(ANSWERS, n=one.answers)
    first = JOIN.in_(study.language).join(map(study.section_name, one.sections))
    if one.few:
        first = study.say(TOO_FEW, n=one.answers)
    else:
        share = f"{percent(one.share, study.language)} ({share})"
    due = number(len(study.due(one.person)), study.language)
    return Row((_linked(study, one.person), share, first or study.say(NOTHING_LOW), due))


def _linked(study: Study, person: str) -> Cell:
    there = "rep" in study.linked and person in study.reps
    return Cell(study.person(person), f"{report_name('rep', person)}.html" if there else "")


def _due(study: Study) -> str:
    ids = study.due(study.entity)
    if not ids:
        return ""
    rows = [Row((stem(study, id_), study.items[id_].cites[0])) for id_ in ids[:DUE_SHOWN]]
    columns = [Column(study.say(name)) for name in DUE_COLUMNS]
    table = data_table(columns, rows, caption=study.say(DUE), stacked=True)
    return section(study.say(DUE), table, sub=study.say(DUE_SUB, all=len(ids)))
