"""A run through a set: a question, its judgement with the reason, and how the run went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.practice import chip, runs, section_title, to_read
from salestrain.apps.quiz import asking, judging
from salestrain.apps.quiz.proposing import problem_way
from salestrain.language import Text, percent
from salestrain.training.marking import NotAnAnswer, mark
from salestrain.training.quizzes.sitting import sitting
from salestrain.training.steps import Step
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.quiz import feedback, question, quiz_bar, quiz_frame
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.items import Item
    from salestrain.training.marking import Mark
    from salestrain.training.quizzes.sitting import Asked, Sitting

SUBMIT, NEXT = Text("提交", "Submit"), Text("继续", "Continue")
AGAIN = Text("再练一次", "Try again")
ALL_RIGHT = Text("{of} 题全对", "All {of} right")
SOME = Text("{of} 题对了 {right} 题，把漏的补上", "{right} of {of} right; now close the gaps")
SCORE = Text("得分 {}，部分对的题按比例计。", "Score {}. Partly right answers count in part.")
READ_AGAIN, MOST = Text("再读这几条", "Read these again"), 6
BACK_IN = Text("{} 天后再考你一次", "comes back in {} days")
TOMORROW = Text("明天再考你一次", "comes back tomorrow")
PROPOSED_BY = Text("出题：{}", "Proposed by {}")


@dataclass
class Practising:
    """One person in one set.

    Attributes:
        items: What may be asked, by id.
        draws: Draws the items of a run that begins now; it may find nothing to ask.
        title: What the set is called.
        grows: Where the answers decide: the item that comes after a run's last one, if any.
        most: So many items a growing run has at most.
    """

    visit: Visit
    thread: Thread
    items: Mapping[str, Item]
    draws: Callable[[], Sequence[str]]
    seed: str
    title: str
    grows: Callable[[Sitting], str | None] | None = None
    most: int = 0

    @cached_property
    def fresh(self) -> tuple[str, ...]:
        """The items of a run that begins now."""
        return tuple(self.draws())

    def begins(self) -> Step:
        """Return the step that would begin the next run."""
        data = {"items": list(self.fresh), "seed": self.seed}
        return Step("began", data, self.visit.now())

    @cached_property
    def run(self) -> Sitting:
        """The run as it was found; before its first answer one that is not saved yet."""
        return sitting(self.thread.steps, self.items, self.begins)

    def answer(self, sent: Sequence[str]) -> None:
        """Keep an answer and what it is worth; the first one begins the run with it."""
        run = self.run
        if run.current is None or run.current.mark:
            return
        item = run.current.item
        answer = run.read(item, sent)
        try:
            worth = mark(item, answer)
        except NotAnAnswer as error:
            raise Refused(error.text) from error
        answered = "answered", {"item": item.id, "answer": answer, "earned": worth.earned}
        if run.number > runs(self.thread):
            self.thread.save_all(self.begins()[:2], answered)
        else:
            self.thread.save(*answered)

    def next(self) -> None:
        """Go on from a judged item; from the last one to the result."""
        run = self.run
        if run.current is None or run.current.mark is None:
            return
        went_on = "went_on", {"item": run.current.item.id}
        finished = "finished", {"earned": round(run.earned, 6), "of": len(run.asked)}
        last = run.place == len(run.asked)
        added = self.grows(run) if self.grows and last else None
        if added:
            self.thread.save_all(went_on, ("asked", {"item": added}))
        else:
            self.thread.save(*finished if last else went_on)

    def again(self) -> None:
        """Begin another run once one is over."""
        if self.run.current is None and self.fresh:
            self.thread.save(*self.begins()[:2])

    def shown(self, back: date | None, way_out: str, found: str = "") -> tuple[str, str, str]:
        """Return a question, its judgement, or how the run went; a step's name; the title.

        Args:
            back: When what was just judged comes back, if it does.
            way_out: What leads on from the result.
            found: What a run has found out, which the result then begins with.
        """
        run, title = self.run, self.title
        if run.current is None:
            return self._result(run, way_out, found), f"{run.number}/result", title
        step = f"{run.number}/{'judged' if run.current.mark else 'item'}-{run.place}"
        return self._question(run, run.current, back), step, title

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _question(self, run: Sitting, asked: Asked, back: date | None) -> str:
        visit, say, item = self.visit, self.visit.language, asked.item
        bar = quiz_bar(run.place, self.most or len(run.asked), say, visit.link("home"))
        where, kind = section_title(visit, item.section), self._say(asking.KINDS[item.kind])
        given = question(self._say(item.stem), where, kind, focus=not asked.mark)
        given += asking.extract_table(item, visit)
        if asked.mark:
            given += judging.judged(run, asked, asked.mark, visit) + problem_way(visit, item)
            return quiz_frame(bar, given, self._feedback(run, item, asked.mark, back))
        needs = asking.needs(item)
        key = None if item.kind == "short_answer" else "Enter"
        submit = button(self._say(SUBMIT), look="main wide", data_shortcut=key, data_needs=needs)
        return quiz_frame(bar, given + asking.asking(run, item, visit), submit, "answer")

    def _feedback(self, run: Sitting, item: Item, worth: Mark, back: date | None) -> str:
        days = (back - self.visit.now().astimezone().date()).days if back else 0
        note = self._say(TOMORROW if days == 1 else BACK_IN).format(days) if days > 0 else ""
        by = self._say(PROPOSED_BY).format(self._say(item.by)) if item.by else ""
        told = feedback(
            judging.verdict(item, worth, self.visit.language),
            judging.reason(run, item, worth, self.visit),
            "good" if worth.right else "warn" if worth.earned else "bad",
            rule_html=" ".join(chip(self.visit, cite) for cite in item.cites),
            note=" · ".join(filter(None, (note, by))),
        )
        return told + button(self._say(NEXT), "next", look="main wide", data_shortcut="Enter")

    def _result(self, run: Sitting, way_out: str, found: str) -> str:
        say, of, right = self.visit.language, len(run.asked), sum(a.earned == 1 for a in run.asked)
        title = self._say(ALL_RIGHT if right == of else SOME).format(of=of, right=right)
        score = self._say(SCORE).format(percent(run.earned / of, say))
        if found:
            title, score = found, f"{title}{'。' if say == 'zh' else '.'}"
        head = layout.page_head(title, say, kicker=self.title, lead=score)
        read = layout.card(self._say(READ_AGAIN), to_read(self.visit, run.to_read[:MOST]))
        again = button(self._say(AGAIN), "again", look="main", symbol="arrow") if self.fresh else ""
        return head + layout.stack(read if run.to_read else "", actions(again, way_out))
