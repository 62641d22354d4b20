"""Ready by a day: somebody names the day of an exam, and the daily review leads up to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salestrain.language import Text, day, percent
from salestrain.training.memory.knowledge import GOAL, MOST_A_DAY, Aim
from salestrain.training.memory.readiness import needed_per_day
from salestrain.views.components import layout, today
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.forms import field
from salestrain.views.components.ground import some
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.quiz.knowing import Knowing
    from salestrain.apps.visit import Visit
    from salestrain.playbook.exams import Exam
    from salestrain.training.memory.readiness import Plan

FARTHEST = timedelta(days=180)
READY = Text("到那天记得住", "Ready by the day")
ASK = Text("哪天考？", "On which day is it?")
PLAN, CHANGE = Text("排复习", "Plan my reviews"), Text("换一天", "Change the day")
WHY = Text(
    "说一个日子，之前每天复习几分钟，到那天大约记得九成。",
    "Name the day. A few minutes before it each day, and you will know about nine in ten on it.",
)
OTHER_DAY = Text("请选明天到半年之内的一天", "Choose a day from tomorrow to half a year from now")
COST = Text(
    "到 {day}，{days} 天里共约 {minutes} 分钟，最多的一天 {most} 分钟。",
    "Until {day}: about {minutes} minutes over {days} days, {most} on the fullest.",
)
LEADS = Text(
    "照着做，那天预计记得 {recall}；不复习，{unreviewed}。",
    "Keep to it and you should know {recall} on the day; without review {unreviewed}.",
)
TOO_MUCH = Text(
    "每天最多排 {limit} 题，到那天只能记得 {recall}。"
    "要到 {goal}，每天得做 {needed} 题，或者晚几天考。",
    "At {limit} questions a day you would know {recall}. For {goal} it takes {needed} a day, "
    "or a later exam.",
)
TOO_LATE = Text(
    "时间太紧，每天做多少题也到不了 {goal}：最多 {recall}。晚几天考更稳。",
    "Too little time is left for {goal}, whatever you do a day: {recall} at best. "
    "A later day is safer.",
)
BEGIN = Text("开始今天的复习", "Start today’s review")
NONE_TODAY = Text("今天这一份做完了。", "Today’s share is done.")
EACH_DAY = Text("每天的分钟数", "Minutes a day")


@dataclass
class Aiming:
    """One person on their way to one exam."""

    visit: Visit
    exam: Exam
    known: Knowing

    @property
    def aim(self) -> Aim | None:
        """The day they named, if it is this exam's and still to come."""
        aim = self.known.aim
        return aim if aim and aim.exam == self.exam.id else None

    def checked(self, named: date) -> dict[str, str]:
        """Return what is saved of an aim, or raise Refused with what would do."""
        if not self.known.today < named <= self.known.today + FARTHEST:
            raise Refused(OTHER_DAY)
        return {"exam": self.exam.id, "day": named.isoformat()}

    def card(self) -> str:
        """Return the question for the day, or the plan until it."""
        found = self.known.plan if self.aim else None
        body = some("p", self._say(WHY)) if found is None else self._planned(found)
        return layout.card(self._say(READY), layout.stack(body, self._asking()))

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _asking(self) -> str:
        today_, named = self.known.today, self.aim.day if self.aim else None
        first, last = today_ + timedelta(days=1), today_ + FARTHEST
        asked = field(
            self._say(ASK), "day", type="date", min=first.isoformat(), max=last.isoformat(),
            value=named.isoformat() if named else None,
        )  # fmt: skip
        send = button(self._say(CHANGE if named else PLAN), data_needs="day")
        return f'<form class="chooser" data-do="aim">{asked}{send}</form>'

    def _planned(self, found: Plan) -> str:
        say, target = self.visit.language, found.target
        busy = [one for one in found.days if one.topics]
        cost = self._say(COST).format(
            day=day(target.day, say), days=len(busy), minutes=round(found.minutes),
            most=round(max((one.minutes for one in busy), default=0)),
        )  # fmt: skip
        leads = self._say(LEADS).format(
            recall=percent(found.recall, say), unreviewed=percent(found.unreviewed, say)
        )
        body = some("p", f"{cost} {leads}" if say == "en" else f"{cost}{leads}")
        body += self._short(found) + self._bars(found)
        first = found.days[0].topics if found.days else ()
        href = self.visit.link("quiz", set="today")
        way = link_button(self._say(BEGIN), href, look="main", symbol="arrow")
        return body + (actions(way) if first else some("p", self._say(NONE_TODAY), "note"))

    def _short(self, found: Plan) -> str:
        if found.enough:
            return ""
        say = self.visit.language
        known = self.known
        topics = known.ground.asked_by(self.exam.id)
        needed = needed_per_day(known.memories, topics, known.today, found.target)
        words = (TOO_MUCH if needed else TOO_LATE).in_(say).format(
            limit=MOST_A_DAY, recall=percent(found.recall, say), needed=needed,
            goal=percent(GOAL, say),
        )  # fmt: skip
        return layout.notice(words, tone="warn")

    def _bars(self, found: Plan) -> str:
        rows = [
            today.Day(one.minutes, str(one.day.day) if n % 7 == 0 else "")
            for n, one in enumerate(found.days)
        ]
        drawn = today.rhythm(rows, self._say(EACH_DAY)) if len(rows) > 1 else ""
        return f"<div>{drawn}</div>" if drawn else ""
