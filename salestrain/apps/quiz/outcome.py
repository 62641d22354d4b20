"""How an exam went: passed or not and how surely, by section, and each question with its reason."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from salestrain.apps.practice import chip, section_title, to_read
from salestrain.apps.quiz import asking, judging
from salestrain.apps.quiz.proposing import problem_way
from salestrain.language import Text, day, number, percent
from salestrain.views.components import exam as parts
from salestrain.views.components import layout, quiz
from salestrain.views.components.buttons import actions, link_button
from salestrain.views.components.ground import some

if TYPE_CHECKING:
    from datetime import datetime

    from salestrain.apps.visit import Visit
    from salestrain.playbook.exams import Exam
    from salestrain.training.exams.admission import Pass
    from salestrain.training.exams.exam import Attempt
    from salestrain.training.exams.verdict import Verdict
    from salestrain.training.quizzes.sitting import Asked

PASSED, FAILED = Text("通过，{}", "Passed with {}"), Text("没通过，{}", "Not passed: {}")
NEEDED = Text("{} 以上算通过。", "{} passes.")
TIME_RAN_OUT = Text("时间到了，交卷前答的都算。", "Time ran out; every answer until then counts.")
SURE = Text(
    "{count} 道题量出来的分数，换一批题，上下差 {error} 个百分点都正常。",
    "A score from {count} questions: others could well have made it {error} points more or less.",
)
CLOSE = Text(
    "你的分数离及格线比这还近，结果里有运气的成分。",
    "Yours is nearer to the pass line than that, so luck has a part in the result.",
)
FOUND = Text(
    "按这 {count} 题看，全部考题你大约答得对 {share}（多半在 {low} 到 {high} 之间）。",
    "By these {count} questions you can answer about {share} of all it may ask (most likely {low} "
    "to {high}).",
)
DECIDED = Text("判错的可能不到 {}。", "The chance of a wrong decision is below {}.")
OPEN = Text(
    "问到头还分不太清：另一种结果也有 {} 的可能。",
    "That is as far as the questions go: the chance that the other result would be right is {}.",
)
BY_CHANCE = Text(
    "题目是按你的水平挑的，所以人人都会错不少，和别人比对错没有意义。",
    "Questions were chosen for your level, so everybody gets many wrong; comparing them tells "
    "nothing.",
)
UNTIL = Text("到 {} 有效", "Valid until {}")
CERTIFICATE = Text("看证书", "See the certificate")
BY_SECTION = Text("各节的得分", "By section")
EARNED = Text("{of} 题得 {earned} 分", "{earned} of {of} marks")
WAIT = Text("{} 之后能看每道题的对错和理由", "From {} you can see which answers were right and why")
WAIT_WHY = Text("在那之前别人还在考。", "Until then others are still taking it.")
EACH = Text("每道题", "Question by question")
NOT_ANSWERED = Text("没答", "Not answered")
READ, MOST = Text("先读这几条", "Read these first"), 6
PRACTISE = Text("练这一节", "Practise it")
WEAK = 0.8
"""A section below this share offers practice."""
WEAK_OF_CHOSEN = 0.5
"""The same where questions were chosen so that about half would be right."""


@dataclass(frozen=True)
class Outcome:
    """The result of an attempt that is over."""

    visit: Visit
    exam: Exam
    attempt: Attempt
    held: Pass | None
    now: datetime

    def html(self, again: str) -> str:
        """Return the screen; ``again`` is what leads to another attempt, if there may be one."""
        head = layout.page_head(
            self._headline(), self.visit.language, kicker=self._say(self.exam.title),
            lead=("" if self.visit.language == "zh" else " ").join(self._lead()),
        )  # fmt: skip
        narrow = layout.card(self._say(BY_SECTION), self._sections())
        return head + layout.two_columns(self._certificate() + self._questions(), narrow + again)

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _share(self, share: float) -> str:
        return percent(share, self.visit.language)

    def _headline(self) -> str:
        return self._say(PASSED if self.attempt.passed else FAILED).format(
            self._share(self.attempt.share)
        )

    def _lead(self) -> list[str]:
        attempt = self.attempt
        said = [self._say(NEEDED).format(self._share(self.exam.pass_share))]
        if attempt.handed_in_at is None:
            said.append(self._say(TIME_RAN_OUT))
        if attempt.verdict:
            return [*said, *self._found(attempt.verdict)]
        error = sampling_error(attempt.share, attempt.count)
        said.append(self._say(SURE).format(count=attempt.count, error=round(100 * error)))
        if abs(attempt.share - self.exam.pass_share) < error:
            said.append(self._say(CLOSE))
        return said

    def _found(self, found: Verdict) -> list[str]:
        """Return what an adaptive attempt has found, and how sure the decision is."""
        low, high, share = map(self._share, (found.low, found.high, self.attempt.share))
        wanted = self.exam.adaptive.error if self.exam.adaptive else 0.0
        says, error = (DECIDED, wanted) if found.error <= wanted else (OPEN, found.error)
        return [
            self._say(FOUND).format(count=self.attempt.count, share=share, low=low, high=high),
            self._say(says).format(percent(error, self.visit.language, 1 if error < 0.1 else 0)),
        ]

    def _certificate(self) -> str:
        if self.held is None:
            return ""
        until = self.held.until
        valid = self._say(UNTIL).format(day(until, self.visit.language)) if until else ""
        href = self.visit.link("quiz", certificate=self.exam.id)
        way = link_button(self._say(CERTIFICATE), href, symbol="arrow")
        said = some("p", valid) + actions(way)
        return layout.notice(self._say(self.exam.title), said, "good") if said else ""

    def _sections(self) -> str:
        earned: dict[str, list[float]] = defaultdict(list)
        for one in self.attempt.run.asked:
            earned[one.item.section].append(one.earned)
        rows = [self._section(section, marks) for section, marks in sorted(earned.items())]
        note = some("p", self._say(BY_CHANCE), "note") if self.attempt.verdict else ""
        return parts.standings(rows) + note

    def _section(self, section: str, marks: list[float]) -> parts.Standing:
        say, share = self.visit.language, sum(marks) / len(marks)
        got = number(sum(marks), say, 0 if sum(marks) % 1 == 0 else 1)
        words = self._say(EARNED).format(earned=got, of=len(marks))
        adaptive = self.attempt.verdict is not None
        weak = share < (WEAK_OF_CHOSEN if adaptive else WEAK)
        href = self.visit.link("quiz", set=section) if weak else ""
        way = link_button(self._say(PRACTISE), href, look="quiet")
        drawn = None if adaptive else share
        return parts.Standing(section_title(self.visit, section), drawn, words, way)

    def _questions(self) -> str:
        closes = self.exam.closes
        if closes and self.now.date() <= closes:
            title = self._say(WAIT).format(day(closes, self.visit.language))
            return layout.notice(title, some("p", self._say(WAIT_WHY)))
        rows = "".join(self._judged(n, one) for n, one in enumerate(self.attempt.run.asked, 1))
        to_learn = self.attempt.run.to_read[:MOST]
        read = layout.card(self._say(READ), to_read(self.visit, to_learn)) if to_learn else ""
        return read + layout.card(self._say(EACH), f'<div class="judged-list">{rows}</div>')

    def _judged(self, number_: int, asked: Asked) -> str:
        item, run, visit = asked.item, self.attempt.run, self.visit
        tone: Literal["good", "bad", "warn"]
        tone = "good" if asked.earned == 1 else "warn" if asked.earned else "bad"
        if asked.mark is None:
            said, body = self._say(NOT_ANSWERED), ""
        else:
            said = judging.verdict(item, asked.mark, visit.language)
            body = judging.judged(run, asked, asked.mark, visit)
            body += some("p", judging.reason(run, item, asked.mark, visit), "reason")
        body = asking.extract_table(item, visit) + body
        body += f"<p>{' '.join(chip(visit, cite) for cite in item.cites)}</p>"
        body += problem_way(visit, item)
        return quiz.folded_question(f"{number_}. {self._say(item.stem)}", said, body, tone)


def sampling_error(share: float, count: int) -> float:
    """Return how far off a share (0–1) of so many items may be with 95 % confidence.

    The items are taken as a random draw. A share near 0 or 1 is drawn towards a half first, as
    Agresti and Coull do it, since no twenty questions can be sure.

    >>> round(sampling_error(0.8, 20), 3)
    0.171
    """
    n = count + 4
    p = (share * count + 2) / n
    return 1.96 * math.sqrt(p * (1 - p) / n)
