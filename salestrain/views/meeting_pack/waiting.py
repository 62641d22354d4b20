"""What waits for the meeting: actions still open, deals to settle, newcomers, room for new ones."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.sales.settling import lacking
from salestrain.sales.units import written
from salestrain.training.actions import done_in_time
from salestrain.views.page import section
from salestrain.views.tables import Cell, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.sales.newcomers import Newcomer
    from salestrain.sales.settling import Reason, Unsettled
    from salestrain.training.actions import Action
    from salestrain.views.meeting_pack.study import PackStudy

ACTIONS = Text("上次谈定的事", "Actions from last time")
NO_ACTIONS = Text(
    "记录里没有这个会谈定的事。会上谈定的写在下面「这次谈定的事」里，下次从它们开始。",
    "The records hold no actions of this meeting. Write down below what is agreed; the next "
    "meeting opens with it.",
)
ALL_DONE = Text("谈定的 {n} 件都有了结果。", "All {n} actions have been settled.")
DONE_SHARE = Text(
    "到期的 {due} 件里做完 {done} 件（1.3.done_in_time）。",
    "Of {due} actions that fell due {done} are done (1.3.done_in_time).",
)
ACTION_COLUMNS = (
    (Text("什么事", "What"), False),
    (Text("谁", "Who"), False),
    (Text("哪天", "By"), True),
)
LATE = Text("过期了", "past its day")
DEALS = Text("要定的单", "Deals to settle")
DEALS_SUB = Text(
    "停滞：{days} 天没有客户确认的下一步（2.2.stalled）。每单三选一：约、退、关。"
    "这一段 {minutes} 分钟，一单一分钟排得下 {fit} 单；共 {n} 单，金额大的在前。",
    "Stalled: no step confirmed by the customer for {days} days (2.2.stalled). Each is booked, "
    "moved back or closed. The part has {minutes} minutes, at one a deal enough for {fit}; there "
    "are {n}, the largest first.",
)
NO_DEALS = Text(
    "没有停滞的单，也没有过期的下一步。", "No deal is stalled and no next step is past its day."
)
NO_STEPS = Text(
    "数据里没有 {lack}，看不出哪些单停滞。",
    "The data have no {lack}, so nobody knows which deals are stalled.",
)
DEAL_COLUMNS = (
    (Text("客户", "Customer"), False),
    (Text("负责人", "Owner"), False),
    (Text("阶段", "Stage"), False),
    (Text("金额", "Amount"), True),
    (Text("为什么", "Why"), False),
    (Text("约 / 退 / 关", "Book / back / close"), False),
)
REASONS: dict[Reason, Text] = {
    "stalled": Text("停了 {days} 天", "silent for {days} days"),
    "step_past": Text("下一步 {day} 已过", "step of {day} is past"),
}
REST = Text("排不下的 {n} 单", "{n} that don’t fit")
NEW = Text("新人：每人念一句", "Newcomers: one line on each")
NEW_COLUMNS = (
    (Text("人", "Person"), False),
    (Text("第几天", "Day"), True),
    (Text("下一个里程碑", "Next milestone"), False),
    (Text("还没签的条件", "Conditions not signed yet"), False),
    (Text("已经签的", "Signed so far"), False),
)
MENTOR = Text("师傅 {name}", "mentor {name}")
MILESTONE = Text("第 {day} 天：{name}", "Day {day}: {name}")
LEFT = Text("还有 {n} 天", "{n} days left")
ALL_SIGNED = Text("都签了", "all signed")
NONE_SIGNED = Text("记录里还没有签字", "no signature in the records yet")
JOIN = Text("；", "; ")
AGREED = Text("这次谈定的事", "What we agree on")
AGREED_SUB = Text(
    "最多 {n} 件，写明谁、做什么、哪天（1.3.actions）。",
    "At most {n}, each with a name, a deed and a date (1.3.actions).",
)
WRITE_COLUMNS = (Text("什么事", "What"), Text("谁", "Who"), Text("哪天", "By"))


def actions_section(study: PackStudy) -> str:
    """Return what was agreed last time and is still open."""
    title, waiting = study.say(ACTIONS), [one for one in study.actions if one.done is None]
    if not study.actions:
        return section(title, "", sub=study.say(NO_ACTIONS))
    done, due = done_in_time(study.actions, study.today)
    sub = study.say(DONE_SHARE, done=done, due=due) if due else ""
    if not waiting:
        return section(title, "", sub=study.say(ALL_DONE, n=len(study.actions)))
    rows = [_action(study, one) for one in waiting]
    return section(title, study.table(ACTION_COLUMNS, rows, title), sub=sub, anchor="actions")


def _action(study: PackStudy, one: Action) -> Row:
    late = one.late(study.today)
    by = "–" if one.by is None else day(one.by, study.language)
    shown = Cell(by, small=study.say(LATE) if late else "", tone="bad" if late else "plain")
    return Row((one.what, study.person(one.who), shown))


def deals_section(study: PackStudy) -> str:
    """Return the deals to settle; those that don't fit into the minutes are folded."""
    if not study.settles_deals:
        return ""
    title = study.say(DEALS)
    if lack := lacking(study.crm.present):
        return section(title, "", sub=study.say(NO_STEPS, lack=lack))
    if not study.deals:
        return section(title, "", sub=study.say(NO_DEALS))
    minutes = max(part.minutes for part in study.held.agenda)
    facts = {"days": study.figure("2.2.stalled", "days", 14), "minutes": minutes}
    sub = study.say(DEALS_SUB, fit=minutes, n=len(study.deals), **facts)
    first, rest = study.deals[:minutes], study.deals[minutes:]
    body = _deals(study, first, title)
    if rest:
        summary = study.say(REST, n=len(rest))
        inside = _deals(study, rest, summary)
        body += f'<details class="roll"><summary>{escape(summary)}</summary>{inside}</details>'
    return section(title, body, sub=sub, anchor="deals")


def _deals(study: PackStudy, some: Sequence[Unsettled], caption: str) -> str:
    stages = {stage.id: stage.name.in_(study.language) for stage in study.playbook.stages}
    return study.table(DEAL_COLUMNS, [_deal(study, one, stages) for one in some], caption)


def _deal(study: PackStudy, one: Unsettled, stages: dict[str, str]) -> Row:
    amount = "–"
    if one.amount is not None:
        amount = written(one.amount, "money", study.language, study.crm.snapshot.currency)
    past = "" if one.step_on is None else day(one.step_on, study.language)
    why = [
        study.say(REASONS[each], days=number(one.silent_days, study.language), day=past)
        for each in one.reasons
    ]
    return Row((
        one.name.in_(study.language), study.linked_name(one.rep) if one.rep else "–",
        stages.get(one.stage, one.stage or "–"), amount, JOIN.in_(study.language).join(why), "____",
    ))  # fmt: skip


def newcomers_section(study: PackStudy) -> str:
    """Return a line on everyone new: which day, what comes next, what is signed."""
    if not study.newcomers:
        return ""
    rows = [_newcomer(study, one) for one in study.newcomers]
    title = study.say(NEW)
    return section(title, study.table(NEW_COLUMNS, rows, title), anchor="newcomers")


def _newcomer(study: PackStudy, one: Newcomer) -> Row:
    mentor = study.mentors.get(one.person)
    small = study.say(MENTOR, name=study.person(mentor)) if mentor else ""
    milestone = one.milestone.name.in_(study.language)
    ahead = study.say(MILESTONE, day=one.milestone.day, name=milestone)
    left = study.say(LEFT, n=one.milestone.day - one.day)
    texts = (each.text.in_(study.language).rstrip("。.") for each in one.open)
    open_ = JOIN.in_(study.language).join(texts)
    return Row((
        study.linked_name(one.person, small), str(one.day), Cell(ahead, small=left),
        open_ or study.say(ALL_SIGNED), _signed(study, one.person),
    ))  # fmt: skip


def _signed(study: PackStudy, person: str) -> str:
    found = study.signed.get(person, {})
    titles = [study.step_title(*key) for key, ok in found.items() if ok]
    return JOIN.in_(study.language).join(titles) or study.say(NONE_SIGNED)


def agreed_section(study: PackStudy) -> str:
    """Return the place to write down by hand what is agreed."""
    n = study.figure("1.3.actions", "at_most", 5)
    heads = "".join(f'<th scope="col">{escape(study.say(one))}</th>' for one in WRITE_COLUMNS)
    rows = "<tr><td></td><td></td><td></td></tr>" * n
    title = study.say(AGREED)
    table = (
        f'<table class="to-write"><caption>{escape(title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return section(title, table, sub=study.say(AGREED_SUB, n=n))
