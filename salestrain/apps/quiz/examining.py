"""An exam as its taker sees it: begin, answer in any order, hand in; what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from salestrain.apps.practice import section_title
from salestrain.apps.quiz import asking
from salestrain.apps.quiz.adapting import Adapting
from salestrain.apps.quiz.admitting import Admitting
from salestrain.apps.quiz.outcome import Outcome
from salestrain.apps.quiz.scaling import Scale
from salestrain.language import Text
from salestrain.training.chance import token
from salestrain.training.exams.admission import GRANTS, Admission, Grants, admission, grants, passed
from salestrain.training.exams.exam import ANSWERED, BEGAN, FINISHED, WENT_TO, attempts, drawn
from salestrain.training.marking import NotAnAnswer, mark
from salestrain.training.steps import last_run
from salestrain.views.components import exam as parts
from salestrain.views.components import layout, quiz
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.ground import some
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.exams import Exam
    from salestrain.training.exams.admission import Pass
    from salestrain.training.exams.exam import Attempt
    from salestrain.training.quizzes.sitting import Asked

HAND_IN, KEEP = Text("交卷", "Hand in"), Text("记下答案", "Keep this answer")
CHANGE = Text("改成这个答案", "Change the answer")
SKIP, BACK = Text("先跳过", "Skip for now"), Text("回去接着答", "Back to the questions")
NOT_NOW = Text("现在不能开始这场考试", "This exam can’t be begun now")
ONE_BY_ONE = Text(
    "这场考试一题一题往下答，不能翻题", "This exam goes question by question; there is no turning"
)
TIME_UP = Text("时间到了，这个答案没有算进去", "The time is up; this answer no longer counts")
OVERVIEW = Text("交卷之前看一眼", "Before you hand in")
ALL_ANSWERED = Text("{} 题都答了。", "All {} are answered.")
OPEN = Text(
    "还有 {} 题没答：没答的不得分，猜错不倒扣到别的题。",
    "{} still without an answer. They earn nothing; a wrong answer never costs another question.",
)
SURE = Text("交卷后不能再改", "Nothing can be changed after that")


@dataclass
class Examining:
    """One person at one exam; ``aims`` says whether they are preparing for a day they named."""

    visit: Visit
    exam: Exam
    thread: Thread
    aims: bool = False

    @cached_property
    def now(self) -> datetime:
        """The time, in the zone that says where a day begins."""
        return self.visit.now().astimezone()

    @cached_property
    def taken(self) -> tuple[Attempt, ...]:
        """Every attempt so far."""
        return attempts(self.exam, self.thread.steps, self.visit.playbook.items)

    @property
    def current(self) -> Attempt | None:
        """The attempt that runs, until its time is up."""
        last = self.taken[-1] if self.taken else None
        return last if last and last.is_open(self.now) else None

    @property
    def held(self) -> Pass | None:
        """The pass that holds."""
        return passed(self.exam, self.taken, self.now)

    @cached_property
    def granted(self) -> Grants:
        """What a trainer has granted."""
        steps = self.visit.thread(self.thread.app, GRANTS).steps
        return grants(steps, self.exam.id)

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Items on what has changed since the pass that holds."""
        since = self.held.as_of if self.held else None
        asked = {item.id for item in self.visit.playbook.items.values() if self._asks(item.id)}
        return tuple(asked & self.visit.news.items_since(since)) if since else ()

    @property
    def admitted(self) -> Admission:
        """Whether it may be begun now."""
        return admission(
            self.exam, self.taken, self.now, granted=self.granted, changed=bool(self.changed)
        )

    def begin(self) -> None:
        """Draw the items and start the clock."""
        admitted = self.admitted
        if not admitted.may:
            raise Refused(NOT_NOW)
        seed = token(self.visit.person.id, self.exam.id, len(self.taken))
        began = {"items": [], "seed": seed, "minutes": self.granted.minutes(self.exam)}
        if admitted.why == "difference":
            items = sorted(self.changed, key=lambda one: token(seed, one))[: self.exam.count]
            self.thread.save(BEGAN, {**began, "items": items, "difference": True})
        elif self.exam.adaptive:
            first = self._adapting(seed).begins(began)
            if first is None:
                raise Refused(NOT_NOW)
            self.thread.save_all(*first)
        else:
            self.thread.save(BEGAN, {**began, "items": list(self._drawn(seed))})

    def _drawn(self, seed: str) -> tuple[str, ...]:
        stale = self.visit.news.stale
        bank = [item for item in self.visit.playbook.items.values() if item.id not in stale]
        return drawn(self.exam, filter(asking.can_be_asked, bank), seed, self._before_now)

    @property
    def _before_now(self) -> frozenset[str]:
        """The items of earlier attempts."""
        over = [one for one in self.taken if one is not self.current]
        return frozenset(one.item.id for attempt in over for one in attempt.run.asked)

    def _adapting(self, seed: object) -> Adapting:
        return Adapting(self.exam, Scale.of(self.visit).for_exam(self.exam), seed, self._before_now)

    def _asks(self, item_id: str) -> bool:
        item = self.visit.playbook.items[item_id]
        return any(line.takes(item) for line in self.exam.blueprint)

    def answer(self, sent: Sequence[str]) -> None:
        """Keep an answer to the question shown; another one later takes its place.

        In an adaptive attempt it stands, and brings the next question or the end.
        """
        attempt, asked = self._open()
        if asked is None:
            return
        answer = attempt.run.read(asked.item, sent)
        try:
            worth = mark(asked.item, answer)
        except NotAnAnswer as error:
            raise Refused(error.text) from error
        given = {"item": asked.item.id, "answer": list(answer), "earned": worth.earned}
        more = [self._after(attempt, asked.item.id, worth.earned)] if attempt.verdict else []
        self.thread.save_all((ANSWERED, given), *more)

    def _after(self, attempt: Attempt, item: str, earned: float) -> tuple[str, dict[str, Any]]:
        got = {one.item.id: one.earned for one in attempt.run.asked} | {item: earned}
        found = self._adapting(attempt.run.seed).after(last_run(self.thread.steps), got)
        over = {"earned": round(sum(got.values()), 6), "of": attempt.count}
        return found or (FINISHED, over)

    def go(self, place: int) -> None:
        """Turn to a question, or to the overview behind the last one."""
        self._set_draw()
        self.thread.save(WENT_TO, {"place": place})

    def hand_in(self) -> None:
        """End the attempt."""
        attempt = self._set_draw()
        self.thread.save(FINISHED, {"earned": round(attempt.earned, 6), "of": attempt.count})

    def _set_draw(self) -> Attempt:
        """Return the attempt that runs, if its questions can be turned to and handed in."""
        attempt, _ = self._open()
        if attempt.verdict:
            raise Refused(ONE_BY_ONE)
        return attempt

    def _open(self) -> tuple[Attempt, Asked | None]:
        attempt = self.current
        if attempt is None:
            raise Refused(TIME_UP if self.taken else NOT_NOW)
        asked, at = attempt.run.asked, attempt.place
        return attempt, asked[at - 1] if at <= len(asked) else None

    def shown(self, ready: str) -> tuple[str, str, str]:
        """Return the screen: the question, the overview, how it went, or what to know before.

        Args:
            ready: How to be ready by a day, for before the exam.
        """
        attempt, title = self.current, self._say(self.exam.title)
        if attempt and attempt.place <= len(attempt.run.asked):
            at = f"{attempt.run.number}/q-{attempt.place}"
            return self._question(attempt, attempt.run.asked[attempt.place - 1]), at, title
        if attempt:
            return self._overview(attempt), f"{attempt.run.number}/overview", title
        if self.taken:
            number = self.taken[-1].run.number
            return self._outcome(ready), f"{number}/result", title
        return Admitting(self).before(ready), "0/before", title

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _bar(self, attempt: Attempt) -> str:
        left, say = attempt.seconds_left(self.now), self.visit.language
        if attempt.verdict:
            return parts.adaptive_bar(left, attempt.count, self.exam.count, say)
        return parts.exam_bar(left, _answered(attempt), attempt.place, say)

    def _question(self, attempt: Attempt, asked: Asked) -> str:
        visit, item = self.visit, asked.item
        where = section_title(visit, item.section)
        body = quiz.question(self._say(item.stem), where, self._say(asking.KINDS[item.kind]))
        body += asking.extract_table(item, visit)
        body += asking.asking(attempt.run, item, visit, given=asked.answer)
        needs = asking.needs(item)
        keep = button(self._say(CHANGE if asked.answer else KEEP), look="main wide",
                      data_shortcut="Enter", data_needs=needs)  # fmt: skip
        there = {"place": str(attempt.place + 1)}
        skip = "" if attempt.verdict else button(self._say(SKIP), "go", there, look="quiet wide")
        return quiz.quiz_frame(self._bar(attempt), body, keep + skip, "answer")

    def _overview(self, attempt: Attempt) -> str:
        say, open_ = self.visit.language, attempt.unanswered
        lead = self._say(OPEN).format(len(open_)) if open_ else ""
        lead = lead or self._say(ALL_ANSWERED).format(attempt.count)
        body = layout.page_head(self._say(OVERVIEW), say, lead=lead) + some(
            "p", self._say(SURE), "note"
        )
        body += parts.numbers(_answered(attempt), say)
        back = button(self._say(BACK), "go", {"place": str(open_[0] if open_ else 1)},
                      look="main" if open_ else "")  # fmt: skip
        hand_in = button(self._say(HAND_IN), "hand_in", look="" if open_ else "main")
        ways = actions(*((back, hand_in) if open_ else (hand_in, back)))
        return quiz.quiz_frame(self._bar(attempt), body, ways)

    def _outcome(self, ready: str) -> str:
        again = (
            layout.card("", Admitting(self).ways()) + ready if self.admitted.why != "passed" else ""
        )
        return Outcome(self.visit, self.exam, self.taken[-1], self.held, self.now).html(again)


def _answered(attempt: Attempt) -> list[bool]:
    return [bool(one.answer) for one in attempt.run.asked]
