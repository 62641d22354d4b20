"""Practice: a section's questions one at a time, each judged at once and with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import model_validator

from salestrain.apps.app import Fields, action
from salestrain.apps.practice import Practice, chip, runs, section_title, to_read
from salestrain.apps.quiz import asking, judging
from salestrain.errors import SalestrainError
from salestrain.language import Text, percent
from salestrain.playbook.items import Numeric
from salestrain.training.marking import NotAnAnswer, mark
from salestrain.training.sitting import draw, sitting
from salestrain.training.steps import Step
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.quiz import feedback, question, quiz_bar, quiz_frame
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.items import Item
    from salestrain.training.marking import Mark
    from salestrain.training.sitting import Asked, Sitting

START, NEW = Text("开始练习", "Start"), Text("{of} 题 · 还没做过", "{of} questions · not tried yet")
GO_ON, AT = Text("接着做", "Go on"), Text("做到第 {at} 题，共 {of} 题", "at question {at} of {of}")
SEE, LAST = (
    Text("看结果", "Result"),
    Text("{of} 题 · 上次 {last}", "{of} questions · last time {last}"),
)
SUBMIT, NEXT = Text("提交", "Submit"), Text("继续", "Continue")
AGAIN, OTHER = Text("再练一次", "Try again"), Text("换一节", "Choose another section")
ALL_RIGHT = Text("{of} 题全对", "All {of} right")
SOME = Text("{of} 题对了 {right} 题，把漏的补上", "{right} of {of} right; now close the gaps")
SCORE = Text("得分 {}，部分对的题按比例计。", "Score {}. Partly right answers count in part.")
LINE = re.compile(r"line-\d+")
AT_ONCE = 10
"""Questions of a run: what fits between two visits."""
READ_AGAIN, MOST = Text("再读这几条", "Read these again"), 6


class Answered(Fields):
    """Tokens of what was chosen, in order; or what was typed.

    An answer of several lines sends one field for each, ``line-0`` and on.
    """

    answer: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _lines(cls, given: dict[str, Any]) -> dict[str, Any]:
        lines = [given.pop(name) for name in sorted(given) if LINE.fullmatch(name)]
        return {**given, "answer": (*lines, *given.get("answer", ()))} if lines else given


class Quiz(Practice):
    """One person's practice of a set: a section's questions."""

    name, parameter = "quiz", "set"
    title = Text("练习", "Practice")
    lead = Text("一次一题，答完就看到理由。", "One question at a time, each with its reason.")

    def __init__(self, visit: Visit, set: str = "") -> None:  # noqa: A002 (the address says so)
        self.sets = visit.playbook.item_sets()
        super().__init__(visit, self.sets, set)

    @action("answer", Answered)
    def answer(self, fields: Answered) -> None:
        """Keep an answer and what it is worth."""
        thread = self.thread()
        run = self.run_of(thread)
        if run.current is None or run.current.mark:
            return
        item = run.current.item
        answer = run.read(item, fields.answer)
        try:
            worth = mark(item, answer)
        except NotAnAnswer as error:
            raise Refused(error.text) from error
        answered = "answered", {"item": item.id, "answer": answer, "earned": worth.earned}
        if run.number > runs(thread):
            thread.save_all(self._fresh(thread)[:2], answered)
        else:
            thread.save(*answered)

    @action("next")
    def next(self, _fields: Fields) -> None:
        """Go on from a judged item; from the last one to the result."""
        thread = self.thread()
        run = self.run_of(thread)
        if run.current and run.current.mark:
            done = {"earned": round(run.earned, 6), "of": len(run.asked)}
            more = run.place < len(run.asked)
            thread.save(*("went_on", {"item": run.current.item.id}) if more else ("finished", done))

    @action("again")
    def again(self, _fields: Fields) -> None:
        """Begin another run once one is over."""
        thread = self.thread()
        if self.run_of(thread).current is None:
            thread.save(*self._fresh(thread)[:2])

    def shown(self, thread: Thread) -> tuple[str, str, str]:
        """Return a question, or how a run went."""
        run = self.run_of(thread)
        asked, title = run.current, section_title(self.visit, self.chosen)
        if asked is None:
            return self._result(run), f"{run.number}/result", title
        step = f"{run.number}/{'judged' if asked.mark else 'item'}-{run.place}"
        return self._question(run, asked), step, title

    def entry(self, thread: Thread) -> str:
        """Return a section with how it went the last time."""
        run, share = self.run_of(thread), ""
        word, facts = (GO_ON, AT) if run.number == runs(thread) else (START, NEW)
        if run.current is None:
            word, facts = SEE, LAST
            share = percent(run.earned / len(run.asked), self.visit.language)
        note = self.text(facts).format(of=len(run.asked), at=run.place, last=share)
        way = self.way(word, thread.name, "main" if word is GO_ON else "")
        return layout.card(section_title(self.visit, thread.name), way, note=note)

    def _fresh(self, thread: Thread) -> Step:
        """Return the step that would begin the next run."""
        seed = self.seed(thread)
        asked = (item.id for item in self.sets[thread.name] if _can_be_asked(item))
        items = draw(asked, thread.steps, seed, AT_ONCE)
        return Step("began", {"items": items, "seed": seed}, self.visit.now())

    def run_of(self, thread: Thread) -> Sitting:
        """Return the run; before its first answer one that is not saved yet."""
        items = {item.id: item for item in self.sets[thread.name]}
        return sitting(thread.steps, items, self._fresh(thread))

    def _question(self, run: Sitting, asked: Asked) -> str:
        visit, say, item = self.visit, self.visit.language, asked.item
        bar = quiz_bar(run.place, len(run.asked), say, visit.link("home"))
        where, kind = section_title(visit, item.section), self.text(asking.KINDS[item.kind])
        given = question(self.text(item.stem), where, kind, focus=not asked.mark)
        given += asking.extract_table(item, visit)
        if asked.mark:
            given += judging.judged(run, asked, asked.mark, visit)
            return quiz_frame(bar, given, self._feedback(run, item, asked.mark))
        needs = asking.needs(item)
        key = None if item.kind == "short_answer" else "Enter"
        submit = button(self.text(SUBMIT), look="main wide", data_shortcut=key, data_needs=needs)
        return quiz_frame(bar, given + asking.asking(run, item, visit), submit, "answer")

    def _feedback(self, run: Sitting, item: Item, worth: Mark) -> str:
        told = feedback(
            judging.verdict(item, worth, self.visit.language),
            judging.reason(run, item, worth, self.visit),
            "good" if worth.right else "warn" if worth.earned else "bad",
            rule_html=" ".join(chip(self.visit, cite) for cite in item.cites),
        )
        return told + button(self.text(NEXT), "next", look="main wide", data_shortcut="Enter")

    def _result(self, run: Sitting) -> str:
        say, of, right = self.visit.language, len(run.asked), sum(a.earned == 1 for a in run.asked)
        title = self.text(ALL_RIGHT if right == of else SOME).format(of=of, right=right)
        score = self.text(SCORE).format(percent(run.earned / of, say))
        kicker = section_title(self.visit, self.chosen)
        head = layout.page_head(title, say, kicker=kicker, lead=score)
        read = layout.card(self.text(READ_AGAIN), to_read(self.visit, run.to_read[:MOST]))
        again = button(self.text(AGAIN), "again", look="main", symbol="arrow")
        ways = actions(again, self.way(OTHER))
        return head + layout.stack(read if run.to_read else "", ways)


def _can_be_asked(item: Item) -> bool:
    """Return whether there is an answer: one computed from CRM data may find nothing in them."""
    if isinstance(item, Numeric) and item.reads:
        try:
            return item.answer is not None
        except SalestrainError:
            return False
    return True
