"""Practice of a section, the day's review, and exams: one app, a mode for each."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, model_validator

from salestrain.apps.app import Fields, action
from salestrain.apps.practice import NO_SUCH, Practice, section_title
from salestrain.apps.quiz import asking
from salestrain.apps.quiz.aiming import Aiming
from salestrain.apps.quiz.answering import Answering
from salestrain.apps.quiz.certifying import certificate
from salestrain.apps.quiz.choosing import FIND_LEVEL, TODAY, choosing
from salestrain.apps.quiz.deciding import Decided, Deciding
from salestrain.apps.quiz.doors import Doors
from salestrain.apps.quiz.examining import Examining
from salestrain.apps.quiz.knowing import Knowing
from salestrain.apps.quiz.levelling import LEVEL, RULE, Levelling
from salestrain.apps.quiz.practising import Practising
from salestrain.apps.quiz.proposing import Proposed, Proposing
from salestrain.apps.quiz.scaling import Scale
from salestrain.language import Text
from salestrain.training.memory.knowledge import AIM, AIMED
from salestrain.training.proposals.proposals import PROPOSALS
from salestrain.training.quizzes.sitting import draw
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Thread, Visit
    from salestrain.training.quizzes.sitting import Sitting

REVIEW, OTHER = Text("今天的复习", "Today’s review"), Text("换一节", "Choose another section")
NOTHING_DUE = Text("今天没有要复习的", "Nothing to review today")
COMES_BACK = Text(
    "快要忘的会排到这里来。", "What you are about to forget will turn up here when it is time."
)
EXAM_RUNS = Text(
    "考试还在计时，考完再练", "An exam is under way; practice waits until it is handed in"
)
CONTINUE = Text("回到考试", "Back to the exam")
LINE = re.compile(r"line-\d+")
AT_ONCE = 10
"""Questions of a run: what fits between two visits."""


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


class Going(Fields):
    """The question of an exam to turn to, from 1."""

    place: Annotated[int, Field(ge=1, le=500)]


class Aimed(Fields):
    """The day of an exam to be ready on."""

    day: date


class Quiz(Practice):
    """One person's practice of a set (a section's items, or today's review), and their exams."""

    name, parameter = "quiz", "set"
    title = Text("练习", "Practice")
    lead = Text("一次一题，答完就看到理由。", "One question at a time, each with its reason.")

    def __init__(
        self,
        visit: Visit,
        set: str = "",  # noqa: A002 (the address says so)
        certificate: str = "",
    ) -> None:
        self.sets, self.exams = visit.playbook.item_sets(), visit.playbook.exams
        there = [TODAY, LEVEL, *self.sets, *self.exams] if self.sets else []
        super().__init__(visit, Doors(there, visit), set or certificate)
        self.certificate = bool(certificate)

    @property
    def exam(self) -> Examining | None:
        """The exam that is open, if it is one; read anew: another tab may have gone on."""
        return self.examining(self.chosen) if self.chosen in self.exams else None

    @property
    def running(self) -> Examining | None:
        """The exam whose clock runs: while it does nothing else tells what is right."""
        return next((one for one in map(self.examining, self.exams) if one.current), None)

    def examining(self, exam: str) -> Examining:
        """Return this person at an exam."""
        return Examining(self.visit, self.exams[exam], self.thread(exam))

    @property
    def proposing(self) -> Proposing:
        """This person as one who proposes questions."""
        return Proposing(self.visit, self.chosen)

    @property
    def answering(self) -> Answering:
        """This person as one who answers what others propose, if they may."""
        return Answering(self, Deciding(self.visit))

    @property
    def knowing(self) -> Knowing:
        """What this person knows now."""
        return Knowing.of(self.visit)

    def practising(self, thread: Thread) -> Practising:
        """Return this person in a set."""
        seed = self.seed(thread)
        if thread.name == LEVEL:
            return self._levelling_run(thread)
        if thread.name == TODAY:
            known = self.knowing
            items, title = self.visit.playbook.items, self.text(REVIEW)
            return Practising(
                self.visit, thread, items, lambda: known.chosen(known.queue, seed), seed, title
            )
        items = {item.id: item for item in self.sets[thread.name]}

        def draws() -> tuple[str, ...]:
            asked = (item.id for item in items.values() if asking.can_be_asked(item))
            return draw(asked, thread.steps, seed, AT_ONCE)

        title = section_title(self.visit, thread.name)
        return Practising(self.visit, thread, items, draws, seed, title)

    def levelling(self, thread: Thread) -> Levelling:
        """Return the item bank as a scale for this person."""
        return Levelling(Scale.of(self.visit), self.seed(thread))

    def _levelling_run(self, thread: Thread) -> Practising:
        scale, title = self.levelling(thread), self.text(FIND_LEVEL)
        items, most = self.visit.playbook.items, RULE.most
        return Practising(
            self.visit, thread, items, scale.first, scale.seed, title, scale.after, most
        )

    def run_of(self, thread: Thread) -> Sitting:
        """Return the run through a set; before its first answer one that is not saved yet."""
        return self.practising(thread).run

    @action("answer", Answered)
    def answer(self, fields: Answered) -> None:
        """Keep an answer and what it is worth."""
        (self.exam or self._free()).answer(fields.answer)

    @action("next")
    def next(self, _fields: Fields) -> None:
        """Go on from a judged item; from the last one to the result."""
        self._free().next()

    @action("again")
    def again(self, _fields: Fields) -> None:
        """Begin another run once one is over."""
        self._free().again()

    @action("begin")
    def begin(self, _fields: Fields) -> None:
        """Begin an exam."""
        if self.running:
            raise Refused(EXAM_RUNS)
        self._taker().begin()

    @action("aim", Aimed)
    def aim(self, fields: Aimed) -> None:
        """Name the day of the exam; the daily review then leads up to it."""
        aiming = Aiming(self.visit, self._taker().exam, self.knowing)
        self.thread(AIM).save(AIMED, aiming.checked(fields.day))

    @action("go", Going)
    def go(self, fields: Going) -> None:
        """Turn to a question of the exam."""
        self._taker().go(fields.place)

    @action("hand_in")
    def hand_in(self, _fields: Fields) -> None:
        """Hand the exam in."""
        self._taker().hand_in()

    @action("propose", Proposed)
    def propose(self, fields: Proposed) -> None:
        """Hand in a question, or what is wrong with one."""
        if self.running:
            raise Refused(EXAM_RUNS)
        proposing = self.proposing
        if not proposing.there:
            raise Refused(NO_SUCH)
        proposing.propose(fields)

    @action("decide", Decided, anytime=True)
    def decide(self, fields: Decided) -> None:
        """Answer what somebody proposed."""
        self.answering.deciding.decide(fields)

    @action("time_up", anytime=True)
    def time_up(self, _fields: Fields) -> None:
        """Draw anew: the clock on the screen has run out."""

    def _taker(self) -> Examining:
        if self.exam is None:
            raise Refused(NO_SUCH)
        return self.exam

    def _free(self) -> Practising:
        thread = self.thread()
        if self.chosen not in (TODAY, LEVEL, *self.sets):
            raise Refused(NO_SUCH)
        if self.running:
            raise Refused(EXAM_RUNS)
        return self.practising(thread)

    def shown(self, thread: Thread) -> tuple[str, str, str]:
        """Return what is open: an exam or its certificate, or a run through a set."""
        if self.exam:
            proof = certificate(self.exam) if self.certificate else ""
            title = self.text(self.exam.exam.title)
            return (proof, "certificate", title) if proof else self._exam_shown(self.exam)
        if running := self.running:
            return self.exam_first(running), "exam_runs", self.text(running.exam.title)
        if self.chosen.startswith(PROPOSALS):
            return self.answering.shown()
        if (proposing := self.proposing).there:
            return proposing.shown(self)
        run = self.practising(thread)
        if not run.run.asked:
            back = actions(self.way(OTHER))
            says = self.text(NOTHING_DUE), self.text(COMES_BACK)
            return layout.empty_state(*says, self.visit.language, back), "nothing", run.title
        current = run.run.current
        back_on = self.knowing.back_on(current.item) if current and current.mark else None
        found = ""
        if thread.name == LEVEL and current is None:
            found = self.levelling(thread).words(run.run, self.visit.language)
        return run.shown(back_on, self.way(OTHER), found)

    def _exam_shown(self, taker: Examining) -> tuple[str, str, str]:
        if taker.current:
            return taker.shown("")
        aiming = Aiming(self.visit, taker.exam, self.knowing)
        taker.aims = aiming.aim is not None
        return taker.shown(aiming.card())

    def choose(self) -> str:
        """Return what there is to choose: today's review, exams, sections with what is known."""
        return choosing(self)

    def exam_first(self, taker: Examining) -> str:
        """Return the way back to an exam that is under way."""
        way = self.way(CONTINUE, taker.exam.id, "main")
        return layout.notice(self.text(EXAM_RUNS), actions(way), "warn", symbol="clock")
