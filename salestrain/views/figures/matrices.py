"""Matrices: who answers for what, who must be how good at what, which pair makes which class."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Language, Text, percent
from salestrain.playbook.standards.crm import Privacy
from salestrain.playbook.standards.customers import CustomerClasses
from salestrain.playbook.standards.growing import Incentives
from salestrain.playbook.standards.selling import FollowUp
from salestrain.playbook.standards.team import Cadence, Responsibilities, Roles
from salestrain.views.figures.people import role_name
from salestrain.views.markup import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.standards.checks import Band
    from salestrain.playbook.standards.team import Meeting
    from salestrain.playbook.whole import Playbook

RHYTHMS = {
    "day": Text("每个工作日", "every working day"),
    "week": Text("每周{}", "every {}"),
    "month": Text("每月第 {} 个工作日", "working day {} of the month"),
    "quarter": Text("每季第 {} 个工作日", "working day {} of the quarter"),
    "year": Text("每年第 {} 个工作日", "working day {} of the year"),
}
WEEKDAYS = (
    Text("一", "Monday"),
    Text("二", "Tuesday"),
    Text("三", "Wednesday"),
    Text("四", "Thursday"),
    Text("五", "Friday"),
    Text("六", "Saturday"),
    Text("日", "Sunday"),
)
TASK, COMPETENCY = Text("事项", "Task"), Text("能力", "Competency")
MEETING, WHEN, MINUTES = (
    Text("会", "Meeting"),
    Text("时间", "When"),
    Text("分钟", "Minutes"),
)
CHAIR = Text("主持", "Chair")
DONE, PAYS = Text("指标完成", "Quota attained"), Text("这一段的提成", "Pays on this part")
TO, FROM = Text("{} 到 {}", "{} to {}"), Text("{} 以上", "{} and more")
BELOW = Text("不到 {}", "below {}")
SIZE = Text("规模", "Size")
DATA, SEEN, OTHERS = (
    Text("数据", "Data"),
    Text("谁看得到全文", "Who sees it whole"),
    Text("其他人", "Everyone else"),
)
SHOWN_AS = {
    "whole": Text("也看得到", "sees it too"),
    "masked": Text("看到遮去一段的", "sees it masked"),
    "hidden": Text("看不到", "doesn’t see it"),
}
PLAN, FIRST, AFTER = (
    Text("对象", "For"),
    Text("首次联系", "First contact"),
    Text("之后第几个工作日", "Working days after it"),
)
HOURS = Text("{} 个工作小时内", "within {} working hours")
BY = {
    "call": Text("电话", "call"),
    "message": Text("微信", "message"),
    "email": Text("邮件", "e-mail"),
    "visit": Text("上门", "visit"),
}


def raci(playbook: Playbook, language: Language, _said: str) -> str:
    """Return tasks × roles, each with its letters."""
    standard = playbook.standard(Responsibilities)
    if standard is None:
        return ""
    roles = list(dict.fromkeys(role for task in standard.tasks for role in task.raci))
    heads = [TASK.in_(language), *(role_name(role, playbook, language) for role in roles)]
    rows = [
        [task.name.in_(language), *(task.raci.get(role, "") for role in roles)]
        for task in standard.tasks
    ]
    return _table(heads, rows, letters=True)


def competencies(playbook: Playbook, language: Language, _said: str) -> str:
    """Return competencies × roles, each with the level wanted."""
    standard = playbook.standard(Roles)
    if standard is None:
        return ""
    heads = [COMPETENCY.in_(language), *(role.name.in_(language) for role in standard.roles)]
    rows = [
        [one.name.in_(language), *(str(role.targets.get(one.id, "")) for role in standard.roles)]
        for one in standard.competencies
    ]
    return _table(heads, rows, letters=True)


def cadence(playbook: Playbook, language: Language, _said: str) -> str:
    """Return the meetings with their day, length and chair."""
    standard = playbook.standard(Cadence)
    if standard is None:
        return ""
    heads = [head.in_(language) for head in (MEETING, WHEN, MINUTES, CHAIR)]
    rows = [
        [
            one.name.in_(language),
            f"{rhythm(one, language)} {one.at}",
            str(one.minutes),
            role_name(one.chair, playbook, language),
        ]
        for one in standard.meetings
    ]
    return _table(heads, rows)


def tiers(playbook: Playbook, language: Language, _said: str) -> str:
    """Return the tiers of the first incentive plan."""
    standard = playbook.standard(Incentives)
    if standard is None:
        return ""
    rows = [
        [
            _stretch(tier, language),
            percent(tier.rate, language, 0 if tier.rate * 100 % 1 == 0 else 1),
        ]
        for tier in standard.plans[0].tiers
    ]
    return _table([DONE.in_(language), PAYS.in_(language)], rows)


def capacity(playbook: Playbook, language: Language, _said: str) -> str:
    """Return size × frequency, each pair with its class."""
    standard = playbook.standard(CustomerClasses)
    if standard is None:
        return ""
    classed = {pair: one.name.in_(language) for one in standard.capacities for pair in one.pairs}
    frequencies = standard.frequency.bands
    heads = [SIZE.in_(language), *(band.name.in_(language) for band in frequencies)]
    rows = [
        [size.name.in_(language), *(classed[size.id, band.id] for band in frequencies)]
        for size in standard.size.bands
    ]
    return _table(heads, rows)


def privacy(playbook: Playbook, language: Language, _said: str) -> str:
    """Return the classes of data, who sees them, and what others see."""
    standard = playbook.standard(Privacy)
    if standard is None:
        return ""
    comma = "、" if language == "zh" else ", "
    rows = [
        [
            one.name.in_(language),
            comma.join(role_name(role, playbook, language) for role in one.seen_by),
            SHOWN_AS[one.shown_as].in_(language),
        ]
        for one in standard.classes
    ]
    return _table([head.in_(language) for head in (DATA, SEEN, OTHERS)], rows)


def follow_up(playbook: Playbook, language: Language, _said: str) -> str:
    """Return the plans: when somebody first answers, and the days and ways after it."""
    standard = playbook.standard(FollowUp)
    if standard is None:
        return ""
    comma = "，" if language == "zh" else ", "
    rows = [
        [
            plan.name.in_(language),
            HOURS.in_(language).format(f"{plan.first_contact_hours:g}"),
            comma.join(f"{t.working_day} {BY[t.by].in_(language)}" for t in plan.touches),
        ]
        for plan in standard.plans
    ]
    return _table([head.in_(language) for head in (PLAN, FIRST, AFTER)], rows)


def rhythm(meeting: Meeting, language: Language) -> str:
    """Return on which days a meeting takes place."""
    if meeting.every == "week" and meeting.weekday:
        day: object = WEEKDAYS[meeting.weekday - 1].in_(language)
    else:
        day = meeting.working_day
    return RHYTHMS[meeting.every].in_(language).format(day)


def _stretch(band: Band, language: Language) -> str:
    low, high = (percent(end, language, 0) if end else "" for end in (band.least, band.below))
    if band.below is None:
        return FROM.in_(language).format(low)
    return (
        (TO if band.least else BELOW)
        .in_(language)
        .format(*((low, high) if band.least else (high,)))
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, letters: bool = False) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = ""
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
        body += f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    look = classes("matrix", "matrix--letters" if letters else "")
    return f"<table{look}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
