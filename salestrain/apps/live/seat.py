"""What stands on the phone of somebody in the class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.apps.live import words
from salestrain.apps.practice import chip, to_read
from salestrain.apps.quiz import asking, judging
from salestrain.language import Text, number
from salestrain.playbook.items import Single
from salestrain.training.live import leaderboard
from salestrain.training.marking import mark
from salestrain.training.quizzes.sitting import Asked
from salestrain.views.components import layout, live
from salestrain.views.components.buttons import button
from salestrain.views.components.ground import some
from salestrain.views.components.quiz import feedback, question
from salestrain.views.screen import Drawn

if TYPE_CHECKING:
    from datetime import datetime

    from salestrain.apps.live.hall import Hall
    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.training.live import Given, Round

IN = Text("{}，你进来了", "You’re in, {}")
TEAM = Text("你在第 {} 队。", "You are in team {}.")
WAIT = Text(
    "等老师出第一题。锁屏也不会掉。", "Wait for the first question. Locking the phone is fine."
)
WAIT_NEXT = Text("等老师出下一题", "Wait for the next question")
SUBMIT, CHANGE = Text("提交", "Submit"), Text("改成这个", "Change to this")
RECEIVED = Text("已收到，收题之前可以改", "Received; you can change it until the vote closes")
CHOOSE = Text("点一个就算答了", "One tap answers")
CLOSED = Text("收题了", "The vote is closed")
KEPT = Text("你的答案已经记下。", "Your answer is kept.")
NOT_GIVEN = Text("这一题你没有答。", "You gave no answer to this one.")
DISCUSS = Text(
    "和旁边的人说说你为什么这样选；老师可能会让大家再投一次。",
    "Tell your neighbour why you chose it; there may be a second vote.",
)
CLASS = Text("全班怎么答的", "How the class answered")
OVER = Text("这一场结束了", "The session is over")
RESULT = Text("{of} 题里你答了 {n} 题，得 {earned} 分。", "{n} of {of} answered, {earned} marks.")
READ = Text("再读这几条", "Read these again")
MOST_READ = 6
TITLE = Text("课堂 {}", "Class {}")


@dataclass(frozen=True)
class Seat:
    """One person's screen at one moment."""

    hall: Hall
    person: str
    language: Language

    def drawn(self, now: datetime) -> Drawn:
        """Return the screen; ``now`` says how much time is left."""
        phase = self.hall.session.phase
        html = {"lobby": self._lobby, "ended": self._over}.get(phase, lambda: self._vote(now))()
        at = self.hall.at
        return Drawn(html, at, self._say(TITLE).format(live.spaced(self.hall.code)))

    @property
    def visit(self) -> Visit:
        """What the playbook is read by; not this person's."""
        return self.hall.visits[self.language]

    @property
    def vote(self) -> Round | None:
        """The vote that is on, or was last."""
        return self.hall.session.now

    @property
    def given(self) -> Given | None:
        """This person's answer in it."""
        return self.vote.answers.get(self.person) if self.vote else None

    def left(self, now: datetime) -> int:
        """Return the seconds left in the vote that is on, 0 without a clock."""
        vote = self.vote
        if vote is None or vote.ends is None or self.hall.session.phase != "asking":
            return 0
        return max(0, round((vote.ends - now).total_seconds()))

    def _say(self, text: Text) -> str:
        return text.in_(self.language)

    def _head(self, clock: str = "") -> str:
        which = words.which(self.vote, self.language) if self.vote else ""
        return live.phone_head(self.hall.code, which, clock)

    def _lobby(self) -> str:
        member = self.hall.session.members[self.person]
        team = self._say(TEAM).format(member.team) if member.team else ""
        head = layout.page_head(self._say(IN).format(member.name), self.language, lead=team)
        return live.phone(self._head(), head, some("p", self._say(WAIT), "note"))

    def _vote(self, now: datetime) -> str:
        phase = self.hall.session.phase
        if phase == "asking":
            return self._asking(now)
        return self._shown() if phase == "shown" else self._closed()

    def _asking(self, now: datetime) -> str:
        item, vote, given = self.hall.current, self.vote, self.given
        if item is None or vote is None:
            return self._lobby()
        clock = live.clock(self.left(now), self.language) if vote.ends else ""
        body = question(self._say(item.stem), kind=self._say(asking.KINDS[item.kind]))
        body += asking.extract_table(item, self.visit)
        if isinstance(item, Single):
            chosen = self.hall.sitting.sent(item, given.answer)[0] if given else ""
            body += live.buzzers(words.options(self.hall, item, self.language), chosen)
            foot = some("p", self._say(RECEIVED if given else CHOOSE), "note")
            return live.phone(self._head(clock), body, foot)
        answer = given.answer if given else ()
        body += asking.asking(self.hall.sitting, item, self.visit, answer)
        said = self._say(CHANGE if given else SUBMIT)
        foot = some("p", self._say(RECEIVED), "note") if given else ""
        foot += button(said, look="main wide", data_needs=asking.needs(item))
        return live.phone(self._head(clock), body, foot, "answer")

    def _closed(self) -> str:
        body = layout.page_head(self._say(CLOSED), self.language)
        body += some("p", self._say(KEPT if self.given else NOT_GIVEN))
        return live.phone(self._head(), body, some("p", self._say(DISCUSS), "note"))

    def _shown(self) -> str:
        item, vote, given = self.hall.current, self.vote, self.given
        if item is None or vote is None:
            return self._lobby()
        body = question(self._say(item.stem), focus=False)
        if given:
            worth = mark(item, given.answer)
            run = self.hall.sitting
            body += judging.judged(
                run, Asked(item, given.answer, worth, given.earned), worth, self.visit
            )
            body += feedback(
                judging.verdict(item, worth, self.language),
                judging.reason(run, item, worth, self.visit),
                "good" if worth.right else "warn" if worth.earned else "bad",
                rule_html=" ".join(chip(self.visit, cite) for cite in item.cites),
            )
        else:
            body += some("p", self._say(NOT_GIVEN), "note")
            body += words.solution(self.hall, item, self.language)
        _, of, _ = words.figures(self.hall, vote, self.language)
        class_ = live.shares(words.bars(self.hall, vote, self.language))
        body += layout.card(self._say(CLASS), class_, note=of) if of else ""
        return live.phone(self._head(), body, some("p", self._say(WAIT_NEXT), "note"))

    def _over(self) -> str:
        session = self.hall.session
        mine = next(one for one in leaderboard(session) if one.who == self.person)
        earned = number(mine.earned, self.language, 0 if mine.earned % 1 == 0 else 1)
        asked = len(session.final)
        lead = self._say(RESULT).format(of=asked, n=mine.answered, earned=earned)
        head = layout.page_head(self._say(OVER), self.language, lead=lead)
        short = [
            cite
            for vote in session.final
            if self.person in vote.answers and vote.answers[self.person].earned < 1
            for cite in self.hall.item(vote.item).cites
        ]
        read = to_read(self.visit, tuple(dict.fromkeys(short))[:MOST_READ]) if short else ""
        body = head + (layout.card(self._say(READ), read) if read else "")
        return live.phone(live.phone_head(self.hall.code, ""), body, "")
