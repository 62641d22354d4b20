"""Before an exam: what is asked and what passes, whether it may be begun, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.language import Text, day, percent
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from salestrain.apps.quiz.examining import Examining

BEGIN = Text("开始考试", "Begin the exam")
FACTS = Text(
    "{count} 题，{minutes} 分钟，{share} 以上通过。",
    "{count} questions, {minutes} minutes, {share} passes.",
)
ADAPTIVE = Text(
    "{least} 到 {count} 题，{minutes} 分钟。全部考题答得对 {share} 以上算通过，看得出来了就结束。",
    "{least} to {count} questions, {minutes} minutes. You pass if you can answer {share} of all it "
    "may ask; it ends as soon as that is clear.",
)
HOW = Text(
    "点「开始考试」就开始计时，中途不能停。答案随时可以改，交卷之后才知道对错。"
    "网断了、关了页面，重新打开接着答，时间照走。",
    "The clock starts when you begin and doesn’t stop. Answers can be changed until you hand in; "
    "what is right shows only after that. If the line drops or the page closes, open it again and "
    "go on: the clock runs meanwhile.",
)
HOW_ADAPTIVE = Text(
    "点「开始考试」就开始计时，中途不能停。下一题多难，看你前面答得怎样，所以谁都会碰到不会的；"
    "答了就定了，不能翻回去改。网断了、关了页面，重新打开接着答，时间照走。",
    "The clock starts when you begin and doesn’t stop. How hard the next question is depends on "
    "your answers, so everybody meets some they can’t do. An answer stands: there is no going "
    "back. If the line drops or the page closes, open it again and go on: the clock runs "
    "meanwhile.",
)
DIFFERENCE = Text(
    "你考过之后有内容变了。这次只问变了的部分，时间不变。",
    "Something has changed since you passed. This time only that is asked, in the same time.",
)
LEFT = Text("还能考 {} 次", "{} attempts left")
WHY_NOT = {
    "not_yet": Text("{} 开考", "It opens on {}"),
    "closed": Text("{} 已截止", "It closed on {}"),
    "wait": Text(
        "{} 可以再考。先把错的地方看懂。", "You may try again on {}. Close the gaps first."
    ),
    "used_up": Text(
        "次数用完了，请培训师再开一次。", "No attempts left; ask your trainer for another."
    ),
}


@dataclass(frozen=True)
class Admitting:
    """The way into an exam for one person."""

    taker: Examining

    def _say(self, text: Text) -> str:
        return text.in_(self.taker.visit.language)

    def facts(self) -> str:
        """Return in a sentence how much, how long, and what passes."""
        exam = self.taker.exam
        minutes = self.taker.granted.minutes(exam)
        least = exam.adaptive.least if exam.adaptive else 0
        says = self._say(ADAPTIVE if exam.adaptive else FACTS)
        share = percent(exam.pass_share, self.taker.visit.language)
        return says.format(count=exam.count, minutes=minutes, share=share, least=least)

    def why_not(self) -> str:
        """Return why it can't be begun now, or nothing."""
        found = self.taker.admitted
        when = day(found.day, self.taker.visit.language) if found.day else ""
        return self._say(WHY_NOT[found.why]).format(when) if found.why in WHY_NOT else ""

    def before(self, ready: str) -> str:
        """Return the screen; ``ready`` is how to be ready by a day."""
        exam, say = self.taker.exam, self.taker.visit.language
        head = layout.page_head(self._say(exam.title), say, lead=self._say(exam.why))
        return head + layout.two_columns(layout.card("", self.ways()), ready)

    def ways(self) -> str:
        """Return what to know and the way to begin, or why there is none."""
        found = self.taker.admitted
        how = HOW_ADAPTIVE if self.taker.exam.adaptive and found.why == "free" else HOW
        says = some("p", self.facts()) + some("p", self._say(how), "note")
        if found.why == "difference":
            says = layout.notice(self._say(DIFFERENCE), tone="warn") + says
        if not found.may:
            return says + layout.notice(self.why_not(), tone="warn")
        left = some("span", self._say(LEFT).format(found.left), "note")
        look = "" if self.taker.aims else "main"  # whoever is preparing has another next step
        return says + actions(button(self._say(BEGIN), "begin", look=look, symbol="arrow"), left)
