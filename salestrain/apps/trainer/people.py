"""Who is stuck and why; a name opens that learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.onboarding.words import SIGNERS
from salestrain.apps.trainer.forms import thing
from salestrain.language import Text, day
from salestrain.training.mentoring.cohorts import is_done
from salestrain.views.components import scorecard
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import tag
from salestrain.views.components.layout import card, page_head, stack
from salestrain.views.components.scorecard import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.trainer.desk import Desk
    from salestrain.playbook.paths import PathStep
    from salestrain.training.mentoring.cohorts import Assignment
    from salestrain.training.paths.stuck import Reason, Stuck

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
ROLE = Text("{}", "the {}")
DONE, NO_PATH = Text("路径 {done} / {of}", "path {done} / {of}"), Text("没有路径", "no path")
MENTOR = Text("师傅：{}", "mentor: {}")
STUCK, FINE = Text("卡住的", "Stuck"), Text("其他人", "Everybody else")
NOT_YET = Text("还没开始的 {} 人", "Not begun: {}")
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

    def listed(those: Sequence[str]) -> str:
        return scorecard.talk_list([_row(desk, who, why[who]) for who in those])

    cards = [card(STUCK.in_(say), listed(held))] if held else []
    if fine:
        begun = [who for who in fine if desk.deeds[who]]
        rest = [who for who in fine if not desk.deeds[who]]
        folded = scorecard.folded(NOT_YET.in_(say).format(len(rest)), listed(rest)) if rest else ""
        cards.append(card(FINE.in_(say), (listed(begun) if begun else "") + folded))
    return page_head(title, say, lead=LEAD.in_(say)) + stack(*cards), title


def _rank(why: tuple[Stuck, ...]) -> int:
    return min(ORDER.index(one.reason) for one in why)


def _row(desk: Desk, who: str, why: tuple[Stuck, ...]) -> Row:
    return Row(
        button(desk.named(who), "look", {"person": who}, look="quiet"),
        facts(desk, who),
        tags(desk, who, why),
    )


def tags(desk: Desk, who: str, why: tuple[Stuck, ...]) -> str:
    """Return why somebody is stuck, and what they were asked to do and haven't done."""
    said = [tag(_reason(desk, who, one), "warn") for one in why]
    said += [_asked(desk, one) for one in desk.assignments if one.person == who]
    return " ".join(filter(None, said))


def facts(desk: Desk, who: str) -> str:
    """Return how far somebody has come on the path, with whom and by whom."""
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
    whom = _signer(desk, who, one.step)
    step = one.step.title.in_(say) if one.step else ""
    return REASONS[one.reason].in_(say).format(whom=whom, step=step, n=one.number)


def _signer(desk: Desk, who: str, step: PathStep | None) -> str:
    """Return who is to sign: the mentor by name, others by what they are."""
    signer = (step.signed_by if step else None) or "mentor"
    if signer == "mentor" and (mentor := desk.mentors.get(who)):
        return desk.named(mentor)
    say = desk.visit.language
    return ROLE.in_(say).format(SIGNERS[signer].in_(say))


def _asked(desk: Desk, one: Assignment) -> str:
    if is_done(one, desk.deeds[one.person]):
        return ""
    say, today = desk.visit.language, desk.visit.now().astimezone().date()
    what = thing(desk, f"{one.app}:{one.thread}")
    words = OPEN.in_(say).format(what=what, by=day(one.by, say))
    late = one.by < today
    return tag(f"{(LATE if late else ASKED).in_(say)} · {words}", "bad" if late else "")
