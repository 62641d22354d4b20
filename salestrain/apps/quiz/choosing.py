"""What there is to practise: today's review first, then exams, then each section as it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.practice import section_title
from salestrain.apps.quiz.admitting import Admitting
from salestrain.apps.quiz.levelling import LEVEL, RULE
from salestrain.language import Text, day, percent
from salestrain.training.memory.knowledge import minutes_for
from salestrain.training.steps import last_run
from salestrain.views.components import exam as parts
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.apps.quiz import Quiz
    from salestrain.apps.quiz.examining import Examining
    from salestrain.apps.quiz.knowing import Section
    from salestrain.training.steps import Step

TODAY = "today"
"""The thread of the daily review."""
REVIEW = Text("今天的复习", "Today’s review")
DUE = Text("{count} 题，约 {minutes} 分钟", "{count} questions, about {minutes} minutes")
WHY = Text(
    "都是快要忘的，和几道没见过的；隔开来考，记得最久。",
    "What you are about to forget, and a few new ones. Spaced out, they stay longest.",
)
NONE_DUE = Text("今天没有要复习的。", "Nothing to review today.")
NOT_BEGUN = Text(
    "先读一节，或者先练一节，之后每天在这里复习几分钟。",
    "Read or practise a section first; then a few minutes a day here keep it.",
)
FIND_LEVEL = Text("测一测你的水平", "Find your level")
LEVEL_WHY = Text(
    "题目跟着你走，答得对就难一点。最多 {} 题，就知道全部题目里你答得对多少。",
    "The questions follow you: get one right and the next is harder. {} at most, and you know how "
    "much of everything you can answer.",
)
START, GO_ON = Text("开始", "Start"), Text("接着做", "Go on")
EXAMS, EXAM, SEE = Text("考试", "Exams"), Text("去考试", "To the exam"), Text("看结果", "Result")
HOLDS = Text("已通过，{} 前有效", "passed, valid until {}")
FOR_GOOD = Text("已通过", "passed")
KNOWN = Text("各节掌握得怎么样", "What you know by section")
PRACTISE = Text("练", "Practise")
NOT_TRIED = Text("{of} 个知识点 · 还没做过", "{of} points · not tried yet")
AT = Text("做到第 {at} 题，共 {of} 题", "at question {at} of {of}")
REMEMBERED = Text(
    "{of} 个知识点见过 {met} 个，不复习，一周后大约记得其中 {share}",
    "{met} of {of} points met; without review you’ll know about {share} of them in a week",
)


class Going(NamedTuple):
    """A run under way: at which question, of how many."""

    at: int
    of: int


def choosing(app: Quiz) -> str:
    """Return the whole choice."""
    say, running = app.visit.language, app.running
    head = layout.page_head(app.text(app.title), say, lead=app.text(app.lead))
    if running:
        return head + app.exam_first(running)
    wide = _today(app) + layout.card(app.text(KNOWN), _sections(app))
    exams = parts.standings([_exam(app, app.examining(one)) for one in app.exams])
    narrow = layout.card(app.text(EXAMS), exams) if exams else ""
    narrow = app.answering.card() + narrow + _level(app) + app.proposing.card(app)
    return head + layout.two_columns(wide, narrow)


def _level(app: Quiz) -> str:
    way = app.way(GO_ON if _going(app.knowing.steps(LEVEL)) else START, LEVEL)
    says = some("p", app.text(LEVEL_WHY).format(RULE.most), "note")
    return layout.card(app.text(FIND_LEVEL), layout.stack(says, actions(way)))


def _today(app: Quiz) -> str:
    known, going = app.knowing, _going(app.knowing.steps(TODAY))
    left = going.of - going.at + 1 if going else len(known.queue)
    if not left:
        says = NONE_DUE if known.memories else NOT_BEGUN
        return layout.card(app.text(REVIEW), some("p", app.text(says)))
    note = app.text(DUE).format(count=left, minutes=minutes_for(left))
    way = actions(app.way(GO_ON if going else START, TODAY, "main"))
    return layout.card(app.text(REVIEW), some("p", app.text(WHY)) + way, note=note)


def _exam(app: Quiz, taker: Examining) -> parts.Standing:
    title, exam = app.text(taker.exam.title), taker.exam.id
    if held := taker.held:
        until = day(held.until, app.visit.language) if held.until else ""
        words = app.text(HOLDS if until else FOR_GOOD).format(until)
        return parts.Standing(title, held.attempt.share, words, app.way(SEE, exam, "quiet"))
    admitting = Admitting(taker)
    words = admitting.why_not() or admitting.facts()
    return parts.Standing(title, None, words, app.way(EXAM, exam, "quiet"))


def _sections(app: Quiz) -> str:
    known = app.knowing
    rows = [_section(app, one, _going(known.steps(one.section))) for one in known.sections]
    return parts.standings(rows)


def _section(app: Quiz, one: Section, going: Going | None) -> parts.Standing:
    words, known = app.text(NOT_TRIED).format(of=one.topics), None
    if one.recall is not None:
        share, known = percent(one.recall, app.visit.language), one.recall * one.met / one.topics
        words = app.text(REMEMBERED).format(of=one.topics, met=one.met, share=share)
    if going:
        words = f"{words} · {app.text(AT).format(at=going.at, of=going.of)}"
    way = app.way(GO_ON if going else PRACTISE, one.section, "quiet")
    return parts.Standing(section_title(app.visit, one.section), known, words, way)


def _going(steps: Iterable[Step]) -> Going | None:
    """Return how far the last run is, None if there is none or it is over."""
    run = last_run(steps)
    if not run or run[-1].kind == "finished":
        return None
    done = sum(step.kind == "went_on" for step in run)
    return Going(min(done + 1, len(run[0].data["items"])), len(run[0].data["items"]))
