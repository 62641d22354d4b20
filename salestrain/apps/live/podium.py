"""What the class looks at, with the trainer's buttons: the question, the vote, the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno

from salestrain.apps.live import words
from salestrain.apps.practice import section_title
from salestrain.apps.quiz import asking
from salestrain.language import Text, number, percent
from salestrain.training.live import leaderboard, tally, team_board
from salestrain.views.components import layout, live
from salestrain.views.components.buttons import button
from salestrain.views.components.forms import Option, select
from salestrain.views.components.ground import some
from salestrain.views.screen import Drawn

if TYPE_CHECKING:
    from datetime import datetime

    from salestrain.apps.live.hall import Hall
    from salestrain.language import Language
    from salestrain.language import Text as Said
    from salestrain.training.live import Place, Round

SCAN = Text("扫码，或打开这个网址输入", "Scan, or open this address and type")
JOINED = Text("{} 人进来了", "{} joined")
NOBODY = Text("还没有人进来", "Nobody yet")
START = Text("等大家进来，就出第一题", "When everybody is in, ask the first question")
ANSWERED = Text("{} / {} 人已答", "{} of {} answered")
HIDDEN = Text("分布先不显示，免得跟着选", "Bars stay hidden, so that nobody follows the crowd")
TEAMS = Text("{} 队", "{} teams")
ASK = Text("出这一题", "Ask this one")
WHICH = Text("下一题：最能看出谁懂谁不懂的排在前", "Next: what best tells who knows stands first")
EXPECTED = Text("预计 {} 答对", "about {} expected right")
NONE_LEFT = Text("题都出完了", "All questions have been asked")
CLOSE, SHOW, AGAIN = (
    Text("收题", "Close the vote"),
    Text("公布答案", "Show the answer"),
    Text("讨论后再投一次", "Discuss, then vote again"),
)
RANK, BACK, END = (
    Text("排行榜", "Leaderboard"),
    Text("回到题目", "Back to the question"),
    Text("结束这一场", "End the session"),
)
ADVICE = {
    "wait": Text("答的人太少，看不出什么", "Too few answers to tell"),
    "explain": Text(
        "多数人没答对：先讲一遍，再投一次", "Most missed it: explain it, then vote again"
    ),
    "discuss": Text(
        "对错各有不少人：让邻座互相说服两分钟，再投一次",
        "Opinion is divided: two minutes with a neighbour, then vote again",
    ),
    "go_on": Text("多数人对了：公布，往下走", "Most are right: show it and go on"),
}
BEFORE = Text("讨论前 {}", "before the discussion {}")
SECONDS = Text("平均 {} 秒", "{} s on average")
INDIVIDUAL, BY_TEAM = Text("个人", "People"), Text("各队平均", "Teams, mean share")
SCORE = Text("{} 分 · {} 秒", "{} · {} s")
TEAM = Text("第 {} 队", "Team {}")
OVER = Text("结束了，谢谢大家", "That’s it. Thank you")
RESULTS = Text("{n} 人答了 {of} 题，平均对 {share}。", "{n} people, {of} questions, {share} right.")
KEPT = Text("结果已记进题目统计。", "The results feed the item statistics.")
TITLE = Text("课堂 {} · 大屏幕", "Class {} · wall")
MOST_LINES, MOST_OTHERS = 8, 30


@dataclass(frozen=True)
class Podium:
    """The wall at one moment, in the trainer's language."""

    hall: Hall
    language: Language
    address: str
    """Where people join, as they would type it."""

    def drawn(self, now: datetime) -> Drawn:
        """Return the wall; ``now`` says how much time is left."""
        session = self.hall.session
        body, aside, note = self._parts(now)
        html = live.wall(self._topic(), note, body, aside, self._controls())
        at = f"{self.hall.at}/{session.phase}"
        return Drawn(html, at, self._say(TITLE).format(live.spaced(self.hall.code)))

    def _say(self, text: Said) -> str:
        return text.in_(self.language)

    def _topic(self) -> str:
        session, item = self.hall.session, self.hall.current
        if item is None or session.now is None:
            return session.settings.title
        section = section_title(self.hall.visits[self.language], item.section)
        return f"{section} · {words.which(session.now, self.language)}"

    def _parts(self, now: datetime) -> tuple[str, str, str]:
        session = self.hall.session
        vote, phase = session.now, session.phase
        if phase == "ended":
            return self._result(), "", ""
        if self.hall.ranking:
            return self._boards(), self._way_in(), ""
        if vote is None or phase == "lobby":
            return self._lobby(), self._way_in(), ""
        return self._question(vote), self._aside(vote, now), self._note(vote)

    def _lobby(self) -> str:
        session = self.hall.session
        names = [one.name for one in session.members.values()]
        count = self._say(JOINED).format(len(names)) if names else self._say(NOBODY)
        teams = session.settings.teams
        lead = self._say(TEAMS).format(teams) if teams else self._say(START)
        head = layout.page_head(count, self.language, lead=lead)
        return head + live.names(names)

    def _way_in(self) -> str:
        url = f"http://{self.address}/{self.hall.code}"
        drawn = segno.make(url, error="m").svg_inline(omitsize=True, border=2)
        return live.way_in(self.hall.code, self.address, drawn, self._say(SCAN))

    def _question(self, vote: Round) -> str:
        item, shown = self.hall.item(vote.item), self.hall.session.phase == "shown"
        body = live.asked(self._say(item.stem))
        body += asking.extract_table(item, self.hall.visits[self.language])
        bars = words.bars(self.hall, vote, self.language)
        if not shown:  # lengths and keys stay on the server
            bars = [live.Bar(one.letter, one.text) for one in bars if one.letter]
        drawn = live.histogram(bars, words.which(vote, self.language), hidden=not shown)
        return body + drawn + (words.solution(self.hall, item, self.language) if shown else "")

    def _note(self, vote: Round) -> str:
        phase = self.hall.session.phase
        if phase == "asking":
            return self._say(HIDDEN)
        return self._say(ADVICE[tally(self.hall.item(vote.item), vote).advice])

    def _aside(self, vote: Round, now: datetime) -> str:
        session = self.hall.session
        answered, joined = len(vote.answers), len(session.members)
        count = some("p", self._say(ANSWERED).format(answered, joined), "count")
        if session.phase == "asking":
            left = max(0, round((vote.ends - now).total_seconds())) if vote.ends else 0
            clock = live.clock(left, self.language) if vote.ends else ""
            return self._way_in() + clock + count + live.seats(answered, joined)
        share, of, interval = words.figures(self.hall, vote, self.language)
        found = tally(self.hall.item(vote.item), vote)
        mean = self._say(SECONDS).format(number(found.seconds or 0, self.language, 0))
        before = ""
        if vote.vote > 1:
            first, _, _ = words.figures(self.hall, session.votes(vote.item)[0], self.language)
            before = self._say(BEFORE).format(first) if first else ""
        told = live.big(share, before, of, interval, mean) if share else ""
        return told + count + some("p", live.spaced(self.hall.code), "code code--small")

    def _controls(self) -> str:
        phase = self.hall.session.phase
        if phase == "ended":
            return ""
        rank = button(self._say(BACK if self.hall.ranking else RANK), "rank", look="quiet")
        end = button(self._say(END), "end", look="quiet")
        if phase == "asking":
            main = button(self._say(CLOSE), "close", look="main", data_shortcut=" ")
            return main + rank + end
        if phase == "closed":
            return self._after_vote() + rank + end
        return self._next() + rank + end

    def _after_vote(self) -> str:
        vote = self.hall.session.now
        again = show = ""
        if vote:
            advice = tally(self.hall.item(vote.item), vote).advice
            votes_again = advice in {"discuss", "explain"} and vote.vote == 1
            looks = ("main", "") if votes_again else ("", "main")
            if vote.vote == 1:
                again = button(self._say(AGAIN), "again", look=looks[0])
            show = button(self._say(SHOW), "show", look=looks[1], data_shortcut=" ")
        return again + show

    def _next(self) -> str:
        """Return the form that asks the next question: the most telling one stands first."""
        proposed = self.hall.proposed()
        if not proposed:
            return some("p", self._say(NONE_LEFT), "note")
        options = []
        for one in proposed[:MOST_OTHERS]:
            expected = self._say(EXPECTED).format(percent(one.expected, self.language))
            stem = self._say(self.hall.item(one.item).stem)
            options.append(Option(one.item, f"{_short(stem)} · {expected}"))
        chosen = select(self._say(WHICH), "item", options)
        ask = button(self._say(ASK), look="main", data_shortcut=" ")
        return f'<form class="next-question" data-do="ask">{chosen}{ask}</form>'

    def _boards(self) -> str:
        session = self.hall.session
        people = [one for one in leaderboard(session) if one.answered]
        names = {one.who: session.members[one.who].name for one in people}
        alone = live.board(self._lines(people, names), self._say(INDIVIDUAL))
        if not session.settings.teams:
            return alone
        teams = team_board(session)
        lines = [
            live.Line(
                str(one.place),
                self._say(TEAM).format(one.who),
                percent(one.earned, self.language),
                one.earned,
            )
            for one in teams
        ]
        return live.board(lines, self._say(BY_TEAM)) + alone

    def _lines(self, places: list[Place], names: dict[str, str]) -> list[live.Line]:
        best = max((one.earned for one in places), default=0) or 1
        say = self.language
        return [
            live.Line(
                str(one.place),
                names[one.who],
                self._say(SCORE).format(number(one.earned, say, 1), number(one.seconds, say, 0)),
                one.earned / best,
            )
            for one in places[:MOST_LINES]
        ]

    def _result(self) -> str:
        session = self.hall.session
        given = [one for vote in session.final for one in vote.answers.values()]
        share = (
            percent(sum(one.earned for one in given) / len(given), self.language) if given else "—"
        )
        facts = {"n": len(session.members), "of": len(session.final), "share": share}
        lead = self._say(RESULTS).format(**facts)
        head = layout.page_head(self._say(OVER), self.language, lead=lead)
        return head + some("p", self._say(KEPT)) + self._boards()


def _short(text: str, most: int = 46) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
