"""Role-play: a talk with a customer, sentence by sentence, and what there is to learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.apps.app import Fields, action
from salestrain.apps.practice import Practice, runs, section_title
from salestrain.apps.roleplay.looking_back import looking_back
from salestrain.language import Text
from salestrain.training.play import replayed
from salestrain.training.steps import last_run
from salestrain.views.components import roleplay as pieces
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.ground import some
from salestrain.views.components.layout import card, page_head, stack
from salestrain.views.components.roleplay import Bubble
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.play import Choice, Play

FACTS = Text(
    "约 {} 分钟，最多 {} 轮，{} 分过关", "About {} min, {} rounds at most, {} points to pass"
)
LAST, GOING = Text("上次 {} 分", "last time {} points"), Text("谈到第 {} 轮", "at round {}")
OPEN, GO_ON, SEE = Text("看看情况", "Open"), Text("接着谈", "Go on"), Text("看复盘", "Debrief")
GOAL, BEGIN = Text("这一场要做到", "What it takes"), Text("开始对练", "Begin the talk")
AGAIN, OTHER = Text("再来一次", "Play again"), Text("换一个对练", "Choose another")
LEAVE, TALK = Text("先离开", "Leave"), Text("对话", "The talk")
CHOOSE = Text("选一句来说", "Choose what to say")
ROUND = Text("第 {} 轮，最多 {} 轮 · 每句都已保存", "Round {} of {} at most · every word is saved")
KNOWN, UNKNOWN = Text("已了解 {} 件事", "{} learned"), Text("还有 {} 件", "{} more")
FOUND_OUT = Text("了解到：{}", "Learned: {}")
WARMER, COLDER = Text("▲ 多了一点信任", "▲ warmer"), Text("▼ 少了一点信任", "▼ colder")
MOODS = (
    Text("不想谈", "Closing up"),
    Text("有戒心", "Guarded"),
    Text("观望", "Undecided"),
    Text("愿意听", "Listening"),
    Text("信得过你", "Trusts you"),
)
NOT_OFFERED = Text("现在不能这样说，请选屏幕上的一句", "Choose one of the sentences on the screen")


class Moved(Fields):
    """The token of what was said."""

    move: str


class Roleplay(Practice):
    """One person's talk with a customer, as a scenario has it."""

    name, parameter = "roleplay", "scenario"
    title = Text("对练", "Role-play")
    lead = Text("挑一个客户，谈一场，谈完看复盘。", "Pick a customer, talk, and look back on it.")

    def __init__(self, visit: Visit, scenario: str = "") -> None:
        super().__init__(visit, visit.playbook.scenarios, scenario)

    @action("begin")
    def begin(self, _fields: Fields) -> None:
        """Begin a talk, unless one is going on."""
        thread = self.thread()
        play = self.play_of(thread)
        if play is None or play.ends:
            thread.save("began", {"seed": self.seed(thread)})

    @action("move", Moved)
    def move(self, fields: Moved) -> None:
        """Say a sentence; with the last one keep how the talk ended."""
        thread = self.thread()
        play = self.play_of(thread)
        choice = next((one for one in self.offered(thread) if one.token == fields.move), None)
        if play is None or choice is None:
            raise Refused(NOT_OFFERED)
        play = play.after(choice.move, choice.says)
        moved = "moved", {"move": choice.move, "says": choice.says}
        ended = "ended", {"ending": play.ends, "score": play.score, "passed": play.passed}
        thread.save_all(moved, *([ended] if play.ends else []))

    def shown(self, thread: Thread) -> tuple[str, str, str]:
        """Return a briefing, the talk, or the debrief."""
        scenario, play = self.visit.playbook.scenarios[thread.name], self.play_of(thread)
        if play is None:
            html, step = self._briefing(scenario), "briefing"
        elif play.ends:
            again = button(self.text(AGAIN), "begin", look="main", symbol="arrow")
            ways = actions(again, self.way(OTHER))
            html, step = looking_back(self.visit, play, ways), "debrief"
        else:
            html, step = self._talk(play, self.offered(thread)), f"turn-{len(play.turns) + 1}"
        return html, f"{runs(thread)}/{step}", self.text(scenario.title)

    def choose(self) -> str:
        """Return every scenario with how it went the last time."""
        head = page_head(self.text(self.title), self.visit.language, lead=self.text(self.lead))
        return head + stack(*(self._entry(self.thread(name)) for name in self.there))

    def _entry(self, thread: Thread) -> str:
        scenario, play = self.visit.playbook.scenarios[thread.name], self.play_of(thread)
        facts, word = _who(scenario, self), OPEN
        if play:
            form, number = (LAST, play.score) if play.ends else (GOING, len(play.turns) + 1)
            facts, word = self.text(form).format(number), SEE if play.ends else GO_ON
        way = self.way(word, scenario.id, "main" if word is GO_ON else "")
        return card(self.text(scenario.title), way, note=facts)

    def play_of(self, thread: Thread) -> Play | None:
        """Return the talk that was begun last; None if there is none, or its scenario changed."""
        run = last_run(thread.steps)
        said = [(one.data["move"], one.data["says"]) for one in run if one.kind == "moved"]
        return replayed(self.visit.playbook.scenarios[thread.name], said) if run else None

    def offered(self, thread: Thread) -> tuple[Choice, ...]:
        """Return what one can say next in the talk going on, in an order that tells nothing."""
        run, play = last_run(thread.steps), self.play_of(thread)
        return play.choices(run[0].data["seed"], self.visit.language) if play else ()

    def _briefing(self, scenario: Scenario) -> str:
        kicker = section_title(self.visit, scenario.section)
        facts = self.text(FACTS).format(scenario.minutes, scenario.max_turns, scenario.pass_score)
        head = page_head(self.text(scenario.title), self.visit.language, kicker=kicker, lead=facts)
        goals = "".join(some("li", self.text(one.name)) for one in scenario.competencies)
        return head + stack(
            card("", some("p", self.text(scenario.you_are))),
            card(_who(scenario, self), some("p", self.text(scenario.persona.temper))),
            card(self.text(GOAL), f"<ul>{goals}</ul>"),
            actions(button(self.text(BEGIN), "begin", look="main", symbol="arrow")),
        )

    def _talk(self, play: Play, offered: Sequence[Choice]) -> str:
        who, hidden, say = play.scenario.persona, play.scenario.persona.hidden, self.visit.language
        leave = link_button(self.text(LEAVE), self.visit.link(self.name), look="quiet")
        facts = (KNOWN, len(play.knows), True), (UNKNOWN, len(hidden) - len(play.knows), False)
        learned = [(self.text(words).format(count), yes) for words, count, yes in facts if count]
        parts = self._mood(play), pieces.learned(learned, say)
        moves = [pieces.Move(one.token, "", one.says) for one in offered]
        note = self.text(ROUND).format(len(play.turns) + 1, play.scenario.max_turns)
        return pieces.talk_frame(
            pieces.persona(self.text(who.name), self.text(who.post), leave, parts),
            pieces.chat(self._said(play), self.text(TALK), say),
            pieces.say_choices(moves, self.text(CHOOSE), note),
        )

    def _mood(self, play: Play) -> str:
        limits = play.scenario.trust
        step = round(4 * (play.trust - limits.least) / max(limits.most - limits.least, 1))
        before, after = play.turns[-1].trust if play.turns else (0, 0)
        shift = "" if before == after else self.text(WARMER if after > before else COLDER)
        return pieces.mood(self.text(MOODS[step]), step + 1, self.visit.language, shift=shift)

    def _said(self, play: Play) -> list[Bubble]:
        scenario, facts = play.scenario, {one.id: one.text for one in play.scenario.persona.hidden}
        said = [
            Bubble(self.text(scenario.you_are), "scene"),
            Bubble(self.text(scenario.opening.says)),
        ]
        for turn in play.turns:
            found = (self.text(FOUND_OUT).format(self.text(facts[one])) for one in turn.learns)
            said += [Bubble(turn.says, "me"), Bubble(self.text(turn.answer))]
            said += [Bubble(fact, "learned") for fact in found]
        return said


def _who(scenario: Scenario, app: Practice) -> str:
    return f"{app.text(scenario.persona.name)} · {app.text(scenario.persona.post)}"
