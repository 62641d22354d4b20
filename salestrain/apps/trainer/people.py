"""Who is stuck and why, and what to do about it: assign something, or say a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.practice import section_title
from salestrain.apps.trainer.acting import offered
from salestrain.language import Text, day
from salestrain.training.cohorts import is_done
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import Option, field, select
from salestrain.views.components.ground import attributes, some, tag
from salestrain.views.components.layout import card, page_head, stack
from salestrain.views.components.scorecard import Row

if TYPE_CHECKING:
    from salestrain.apps.trainer.desk import Desk
    from salestrain.training.cohorts import Assignment
    from salestrain.training.stuck import Reason, Stuck

FOUND = Text("{of} 位学员，{n} 位卡住了", "{n} of {of} learners are stuck")
LEAD = Text(
    "按别人能不能帮上忙排：先是等签字的，再是一直没过的，再是晚了、停了的。",
    "Whoever waits for others comes first, then who keeps failing, then the late and the idle.",
)
NOBODY = Text("还没有你带的学员", "Nobody is yours to look after yet")
REASONS: dict[Reason, Text] = {
    "signature": Text("等{whom}签字：{step}", "waits for {whom}’s signature: {step}"),
    "no_chance": Text("别人签字以前没有事可做", "nothing they can do until somebody signs"),
    "failed": Text("{step}：{n} 次没过", "{step}: failed {n} times"),
    "late": Text("晚了 {n} 个工作日，停在：{step}", "{n} working day(s) late, at: {step}"),
    "idle": Text("{n} 个工作日没练", "{n} working days without practice"),
    "not_begun": Text("到岗 {n} 个工作日，还没开始", "{n} working day(s) in, not begun"),
}
ORDER = [*REASONS]
SOMEBODY = Text("带教", "the mentor")
DONE, NO_PATH = Text("路径 {done} / {of}", "path {done} / {of}"), Text("没有路径", "no path")
MENTOR = Text("带教：{}", "mentor: {}")
STUCK, FINE = Text("卡住的", "Stuck"), Text("在往前走的", "Coming on")
ASSIGN, NUDGE = Text("指派一件事", "Assign something"), Text("提醒一句", "Say a word")
WHAT, BY, WHY = Text("做什么", "What"), Text("哪天前", "By"), Text("为什么", "Why")
WHY_NOTE = Text("一句话，学员在首页看得到。", "One sentence; they read it on their home page.")
SAY = Text("说什么", "What to say")
SAY_NOTE = Text(
    "只出现在这位学员的首页，他点「知道了」就收起；不发到别处。",
    "It shows on their home page alone until they tap “Got it”; it is sent nowhere else.",
)
SEND, GIVE = Text("放到首页", "Put it on their page"), Text("指派", "Assign")
OPEN = Text("{what}，{by} 前", "{what}, by {by}")
LATE, ASKED = Text("过期", "overdue"), Text("指派了", "assigned")


def shown(desk: Desk) -> tuple[str, str]:
    """Return the page and its title."""
    say = desk.visit.language
    if not desk.led:
        title = NOBODY.in_(say)
        return page_head(title, say), title
    why = {who: desk.stuck(who) for who in desk.led}
    held = sorted((who for who in why if why[who]), key=lambda who: (_rank(why[who]), who))
    fine = [who for who in why if not why[who]]
    title = FOUND.in_(say).format(n=len(held), of=len(why))
    cards = [
        card(head.in_(say), scorecard.talk_list([_row(desk, who, why[who]) for who in those]))
        for head, those in ((STUCK, held), (FINE, fine))
        if those
    ]
    return page_head(title, say, lead=LEAD.in_(say)) + stack(*cards), title


def _rank(why: tuple[Stuck, ...]) -> int:
    return min(ORDER.index(one.reason) for one in why)


def _row(desk: Desk, who: str, why: tuple[Stuck, ...]) -> Row:
    tags = " ".join(tag(_reason(desk, who, one), "warn") for one in why)
    tags += " " + " ".join(_asked(desk, one) for one in desk.assignments if one.person == who)
    say = desk.visit.language
    more = scorecard.folded(ASSIGN.in_(say), assign_form(desk, who))
    more += scorecard.folded(NUDGE.in_(say), nudge_form(desk, who))
    return Row(some("strong", desk.named(who)), _facts(desk, who), tags.strip(), more)


def _facts(desk: Desk, who: str) -> str:
    say, found = desk.visit.language, desk.progress(who)
    told = [NO_PATH.in_(say)]
    if found:
        told = [DONE.in_(say).format(done=found.done, of=len(found.steps))]
    told += [one.name for one in desk.cohorts if who in one.people]
    if who in desk.mentors:
        told.append(MENTOR.in_(say).format(desk.named(desk.mentors[who])))
    return " · ".join(told)


def _reason(desk: Desk, who: str, one: Stuck) -> str:
    say = desk.visit.language
    mentor = desk.mentors.get(who)
    whom = desk.named(mentor) if mentor else SOMEBODY.in_(say)
    step = one.step.title.in_(say) if one.step else ""
    return REASONS[one.reason].in_(say).format(whom=whom, step=step, n=one.number)


def _asked(desk: Desk, one: Assignment) -> str:
    if is_done(one, desk.deeds[one.person]):
        return ""
    say, today = desk.visit.language, desk.visit.now().astimezone().date()
    what = thing(desk, f"{one.app}:{one.thread}")
    words = OPEN.in_(say).format(what=what, by=day(one.by, say))
    late = one.by < today
    return tag(f"{(LATE if late else ASKED).in_(say)} · {words}", "bad" if late else "")


def thing(desk: Desk, what: str) -> str:
    """Return the title of what can be assigned."""
    visit = desk.visit
    thread = what.partition(":")[2]
    title = offered(visit.playbook).get(what, Text(thread, thread)).in_(visit.language)
    return section_title(visit, thread) if title == thread else title


def assign_form(desk: Desk, whom: str) -> str:
    """Return the form that assigns something to a person, or to a cohort (``cohort:`` and id)."""
    say = desk.visit.language
    options = [Option(what, thing(desk, what)) for what in offered(desk.visit.playbook)]
    return _form(
        "assign",
        f"assign-{whom}",
        select(WHAT.in_(say), "what", options),
        field(BY.in_(say), "by", type="date", required=True),
        field(WHY.in_(say), "why", note=WHY_NOTE.in_(say), maxlength=200),
        hidden("whom", whom),
        button(GIVE.in_(say)),
    )


def nudge_form(desk: Desk, who: str) -> str:
    """Return the form that says a word to somebody."""
    say = desk.visit.language
    words = field(SAY.in_(say), "text", note=SAY_NOTE.in_(say), maxlength=200)
    send = button(SEND.in_(say), data_needs="text")
    return _form("nudge", f"nudge-{who}", words, hidden("person", who), send)


def hidden(name: str, value: str) -> str:
    """Return a field that isn't shown."""
    return f"<input{attributes(type='hidden', name=name, value=value)}>"


def _form(do: str, id_: str, *parts: str) -> str:
    # each with its own draft, as the page keeps them by the form's id
    given = attributes(data_do=do, id=id_.replace(":", "-"))
    return f'<form class="chooser"{given}>{"".join(parts)}</form>'
