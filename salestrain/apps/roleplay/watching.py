"""The desk's screens: which talks there are, one of them opened, real calls, calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.roleplay import calibrating, rating
from salestrain.apps.roleplay.briefing import MODE, WAY
from salestrain.apps.roleplay.comparing import ENDED
from salestrain.apps.roleplay.correcting import Correcting
from salestrain.apps.roleplay.looking_back import looked_back, scored
from salestrain.language import Text, day
from salestrain.training.talks.scorecards import CALL
from salestrain.views.components import layout, scorecard
from salestrain.views.components.buttons import actions
from salestrain.views.components.ground import some, tag
from salestrain.views.components.layout import Tab, card, page_head, stack
from salestrain.views.components.scorecard import Line, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from salestrain.apps.roleplay.scope import Scope, Seen

    Ways = Callable[..., str]

ALL, CALLS, CALIBRATION = "all", "calls", "calibration"
MOST = 50
"""Talks in a list: what one looks through, the latest first."""
TALKS, MINE = Text("看对练", "Role-plays to look at"), Text("我的对练", "My role-plays")
LEAD = Text(
    "点开一场：说了什么、怎么读的、复盘和评级。",
    "Open one for what was said, how it was read, its debrief and its ratings.",
)
MINE_LEAD = Text(
    "每一场都能再看；有人评过级的，写在里面。",
    "Look at any of them again, with what those who rated it saw.",
)
ONLY_ONE = Text("只看一个对练", "One scenario alone")
ALL_TALKS = Text("所有对练", "All role-plays")
NO_TALKS, NO_TALKS_WHY = (
    Text("还没有谈完的对练", "No role-play has ended yet"),
    Text("谈完一场，会出现在这里。", "Once somebody has finished one, it will show up here."),
)
MISSING, MISSING_WHY = (
    Text("没有这一项", "There is no such thing"),
    Text(
        "可能是网址抄错了。从这里重新选。", "The address may have been copied wrongly. Choose anew."
    ),
)
TO_CHOICE = Text("去选对练", "To the role-plays")
POINTS, CHANGED = Text("{} 分", "{} points"), Text("对练已改版", "the scenario has changed since")
TIMED_OUT = Text("时间到", "time was up")
RATED, NOT_RATED = Text("评过 {} 次", "rated by {}"), Text("没评过", "not rated")
FOR_CALIBRATION = Text("校准", "calibration")
YOURS_MISSING = Text("等你评", "waits for you")
WHO = Text("{} · {}", "{} · {}")
TALK, DEBRIEF, RATING = Text("对话", "The talk"), Text("复盘", "Debrief"), Text("评级", "Rating")
NOT_REPLAYED = Text(
    "这个对练后来改过，只留下说过的话。",
    "This scenario was changed afterwards, so only what was said is left.",
)
TO_THEM = Text(
    "复盘是写给练的人看的：里面的「你」是{}。",
    "The debrief speaks to whoever played: “you” in it is {}.",
)
YOUR_RATING, THEIR_RATINGS = Text("你的评级", "Your rating"), Text("别人的评级", "What others gave")
ON_RATING = Text(
    "照看到、听到的评；没出现的，选「没看到」。拿不准，评低的那级。",
    "Rate what you saw and heard; what didn’t come up is “not shown”. In doubt, the lower level.",
)
RATINGS_OF_THIS = Text("别人怎么评的", "How it was rated")
CALLS_TITLE = Text("真实谈话", "Real talks with customers")
CALLS_LEAD = Text(
    "跟着打的电话、跑的拜访，用同一张评分表。",
    "The calls and visits you sat in on, on the same scorecard.",
)
CALLS_MINE = Text("别人旁听后给你的评级。", "What those who sat in on yours gave.")
NO_CALLS = Text("还没有。", "None yet.")
RATE_ONE, RATED_CALLS = Text("评一次", "Rate one"), Text("评过的", "Rated so far")
CALIBRATION_TITLE = Text("校准", "Calibration")
CALIBRATION_LEAD = Text(
    "同一场，几个人各评各的，再放在一起比。",
    "Several people rate the same talk, each alone, and then compare.",
)
CALIBRATION_RUNS = Text("拿来校准的对练", "Talks for calibration")
NO_MARKED = Text(
    "还没有。培训师打开一场，在「评级」里拿它来校准。",
    "None yet. A trainer opens a talk and takes it for calibration under “Rating”.",
)


class Watching:
    """What one person sees of talks, their own and others'.

    Args:
        scope: Whose they may see.
        way: Returns a link or button from its text, the name of what it opens, and its look.
    """

    def __init__(self, scope: Scope, way: Ways) -> None:
        self.scope, self.way, self.visit = scope, way, scope.visit

    def shown(self, name: str) -> tuple[str, str]:
        """Return a page and its title; the same calm one for what isn't there or isn't theirs."""
        kind, _, rest = name.partition("-")
        if kind == "run":
            seen = self.scope.find(rest)
            return self._run(seen) if seen else self._missing()
        if rest == CALLS:
            return self._calls()
        if rest == CALIBRATION and self.scope.rates:
            return self._calibration()
        if rest == ALL or rest in self.visit.playbook.scenarios:
            return self._list(rest)
        return self._missing()

    def doors(self) -> str:
        """Return the ways here from the choice, for each as far as there is anything to see."""
        if not self.scope.rates:
            mine = self.scope.recent(self.visit.playbook.scenarios, 1)
            return actions(self.way(self._say(MINE), f"watch-{ALL}")) if mine else ""
        waiting = self.scope.waiting()
        watch = self._say(TALKS) + (f" ({waiting})" if waiting else "")
        return actions(
            self.way(watch, f"watch-{ALL}"),
            self.way(self._say(CALLS_TITLE), f"watch-{CALLS}"),
            self.way(self._say(CALIBRATION_TITLE), f"watch-{CALIBRATION}"),
        )

    def _say(self, text: Text) -> str:
        return text.in_(self.visit.language)

    def _missing(self) -> tuple[str, str]:
        back = actions(self.way(self._say(TO_CHOICE), ""))
        title, why = self._say(MISSING), self._say(MISSING_WHY)
        return layout.empty_state(title, why, self.visit.language, back), title

    def _list(self, which: str) -> tuple[str, str]:
        title = self._say(TALKS if self.scope.rates else MINE)
        scenarios = self.visit.playbook.scenarios
        seen = self.scope.recent(scenarios if which == ALL else [which], MOST)
        if not seen:
            back = actions(self.way(self._say(TO_CHOICE), ""))
            says = self._say(NO_TALKS), self._say(NO_TALKS_WHY)
            return layout.empty_state(*says, self.visit.language, back), title
        self.visit.saw([one.name.person for one in seen], "talks")
        lead = self._say(LEAD if self.scope.rates else MINE_LEAD)
        kicker = "" if which == ALL else self._say(scenarios[which].title)
        head = page_head(title, self.visit.language, kicker=kicker, lead=lead)
        listed = card("", scorecard.talk_list([self._row(one) for one in seen]))
        return head + stack(self._narrower(which, seen), listed, self._mine_of_calls()), title

    def _narrower(self, which: str, seen: Sequence[Seen]) -> str:
        """Return the ways to one scenario's talks, or back to all."""
        if which != ALL:
            return actions(self.way(self._say(ALL_TALKS), f"watch-{ALL}"))
        there = {one.name.scenario: one.scenario.title for one in seen}
        ways = (self.way(self._say(title), f"watch-{id_}") for id_, title in there.items())
        return scorecard.folded(self._say(ONLY_ONE), actions(*ways)) if len(there) > 1 else ""

    def _row(self, one: Seen) -> Row:
        own = one.name.person == self.visit.person.id
        title = self._say(one.scenario.title)
        text = title if own else f"{self.scope.named(one.name.person)} · {title}"
        given = [each for each in self.scope.ratings if each.about == str(one.name)]
        rated = self._say(RATED).format(len(given)) if given else self._say(NOT_RATED)
        tags = tag(rated, "good" if given else "")
        if self.scope.rates and str(one.name) in self.scope.calibrating:
            tags += " " + tag(self._say(FOR_CALIBRATION), "brand")
        more = self._unfolded(one) if own and given else ""
        return Row(self.way(text, f"run-{one.name}", "quiet"), self._facts(one), tags, more)

    def _unfolded(self, one: Seen) -> str:
        given = (rating.shown(self.scope, each) for each in rating.given_to(self.scope, one.name))
        return scorecard.folded(self._say(RATINGS_OF_THIS), "".join(given))

    def _facts(self, one: Seen) -> str:
        mode = MODE[one.run.mode][0].in_(self.visit.language)
        told = [self._when(one.ended), mode, self._say(WAY[one.run.way])]
        if one.play is None:
            return " · ".join([*told, self._say(CHANGED)])
        ended = self._say(ENDED[one.play.ending.verdict]) if one.play.ending else ""
        told += [self._say(POINTS).format(one.play.score), ended]
        told += [self._say(TIMED_OUT)] if one.run.timed_out else []
        return " · ".join(filter(None, told))

    def _when(self, at: datetime) -> str:
        local = at.astimezone()
        return f"{day(local.date(), self.visit.language)} {local:%H:%M}"

    def _run(self, one: Seen) -> tuple[str, str]:
        self.visit.saw(one.name.person, f"talk {one.name.scenario}")
        say, name = self.visit.language, self.scope.named(one.name.person)
        title = self._say(WHO).format(name, self._say(one.scenario.title))
        lead = scored(self.visit, one.play, one.run) if one.play else self._say(NOT_REPLAYED)
        head = page_head(title, say, kicker=self._facts(one), lead=lead)
        tabs = [Tab("the-talk", self._say(TALK), self._talk(one))]
        if back := self._debrief(one):
            tabs.append(Tab("the-debrief", self._say(DEBRIEF), back))
        if rated := self._rating(one):
            tabs.append(Tab("the-rating", self._say(RATING), rated))
        ways = actions(self.way(self._say(ALL_TALKS), f"watch-{ALL}"))
        return head + stack(layout.tabs(tabs, title), ways), title

    def _debrief(self, one: Seen) -> str:
        if one.play is None:
            return ""
        own = one.name.person == self.visit.person.id
        note = self._say(TO_THEM).format(self.scope.named(one.name.person))
        told = [] if own else [some("p", note, "note")]
        return stack(*told, looked_back(self.visit, one.play, one.runs, ""))

    def _talk(self, one: Seen) -> str:
        correcting = Correcting(self.scope, one) if self.scope.teaches else None
        scene = some("p", self._say(one.scenario.you_are), "note")
        note = correcting.note() if correcting else ""
        lines = scorecard.transcript([*self._lines(one, correcting)])
        return card("", stack(*filter(None, [scene, note]), lines))

    def _lines(self, one: Seen, correcting: Correcting | None) -> Iterator[Line]:
        yield Line(self._say(one.scenario.opening.says), mine=False)
        for at, kept in enumerate(one.run.turns):
            parts = correcting.parts(at + 1) if correcting else ""
            yield Line(kept.said.says, mine=True, parts_html=parts)
            answer = self._say(one.play.turns[at].answer) if one.play else ""
            if said := kept.voiced or answer:
                yield Line(said, mine=False)

    def _rating(self, one: Seen) -> str:
        """Return the ratings one reads, and the form if one rates; nothing if there is neither."""
        given = rating.given_to(self.scope, one.name)
        me = self.visit.person.id
        others = [each for each in given if each.rater != me]
        if not self.scope.may_rate_run(one.name):
            marks = actions(calibrating.mark_button(self.scope, one.name)) * self.scope.teaches
            return rating.rated_card(self.scope, RATINGS_OF_THIS, given) + marks
        form = rating.run_form(self.scope, one.name, one.scenario.cites)
        note = some("p", self._say(ON_RATING), "note")
        compared = calibrating.compared(self.scope, one.name)
        theirs = rating.rated_card(self.scope, THEIR_RATINGS, others)
        mark = calibrating.mark_button(self.scope, one.name)
        own = card(self._say(YOUR_RATING), stack(*self._own(one, stack(note, form))))
        return stack(*filter(None, [compared, own, theirs, actions(mark) if mark else ""]))

    def _own(self, one: Seen, form: str) -> list[str]:
        """Return the form, folded under the rating once that is given."""
        given = self.scope.mine(str(one.name), one.name.person)
        if given is None:
            return [form]
        change = scorecard.folded(self._say(rating.CHANGE), form)
        return [rating.shown(self.scope, given), change]

    def _mine_of_calls(self) -> str:
        """Return what others gave one's own calls."""
        me = self.visit.person.id
        mine = [one for one in self.scope.ratings if (one.about, one.person) == (CALL, me)]
        return rating.rated_card(self.scope, CALLS_TITLE, mine[::-1])

    def _calls(self) -> tuple[str, str]:
        say, title = self.visit.language, self._say(CALLS_TITLE)
        lead = self._say(CALLS_LEAD if self.scope.rates else CALLS_MINE)
        head = page_head(title, say, lead=lead)
        every = [one for one in self.scope.ratings if one.about == CALL and self.scope.reads(one)]
        self.visit.saw([one.person for one in every], "calls")
        rated = rating.rated_card(self.scope, RATED_CALLS, every[::-1][:MOST])
        rated = rated or card(self._say(RATED_CALLS), some("p", self._say(NO_CALLS), "note"))
        if not self.scope.rates:
            return head + stack(rated), title
        form = card(self._say(RATE_ONE), rating.call_form(self.scope))
        return head + layout.two_columns(form, rated), title

    def _calibration(self) -> tuple[str, str]:
        say, title = self.visit.language, self._say(CALIBRATION_TITLE)
        head = page_head(title, say, lead=self._say(CALIBRATION_LEAD))
        runs = (self.scope.find(run) for run in reversed(self.scope.calibrating))
        found = [one for one in runs if one]
        self.visit.saw([one.name.person for one in found], "talks")
        rows = [self._marked(one) for one in found]
        listed = scorecard.talk_list(rows) if rows else some("p", self._say(NO_MARKED), "note")
        there = card(self._say(CALIBRATION_RUNS), listed)
        return head + stack(there, calibrating.over_all(self.scope)), title

    def _marked(self, one: Seen) -> Row:
        row, mine = self._row(one), self.scope.mine(str(one.name), one.name.person)
        waits = mine is None and self.scope.may_rate_run(one.name)
        return row._replace(
            tags_html=tag(self._say(YOURS_MISSING), "warn") if waits else row.tags_html
        )
