"""Role-play: a talk with a customer, sentence by sentence, and what there is to learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields, action
from salestrain.apps.practice import runs
from salestrain.apps.registry import TEACHES
from salestrain.apps.roleplay.briefing import briefing, choosing
from salestrain.apps.roleplay.customer import the_customer
from salestrain.apps.roleplay.looking_back import looking_back
from salestrain.apps.roleplay.rating import given_to, rated_card
from salestrain.apps.roleplay.readers import reader_of, warm_up
from salestrain.apps.roleplay.stories import Telling
from salestrain.apps.roleplay.talking import Talk, talking
from salestrain.apps.roleplay.watching import RATINGS_OF_THIS
from salestrain.language import Text
from salestrain.training.talks.runs import (
    BEGAN,
    ENDED,
    GRACE_SECONDS,
    MOVED,
    Mode,
    Way,
    chosen,
    out_of_time,
    result,
    runs_of,
    scored,
    typed,
)
from salestrain.training.talks.scorecards import RunName
from salestrain.training.understanding.reader import counted
from salestrain.views.components.buttons import actions, button
from salestrain.views.components.saying import LONGEST
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.visit import Thread, Visit
    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run
    from salestrain.training.talks.turns import Choice

AGAIN, OTHER = Text("再来一次", "Play again"), Text("换一个对练", "Choose another")
NOT_OFFERED = Text("现在不能这样说，请选屏幕上的一句", "Choose one of the sentences on the screen")
ONLY_CHOICE = Text(
    "这一场是选句子，不能打字", "In this talk you choose sentences; there is no typing"
)
EMPTY = Text("先写一句再发送", "Write something first, then send it")
TOO_LONG = Text(
    f"太长了，请控制在 {LONGEST} 字以内", f"That is too long; keep it under {LONGEST} characters"
)
NOT_YET = Text("时间还没到", "There is time left")
TIME_IS_UP = Text("时间到了，这一句没有算进去", "The time was up, so that one didn’t count")


class Begun(Fields):
    """How to play: with what help, and by choosing or typing."""

    mode: Mode = "practise"
    way: Way | None = None


class Moved(Fields):
    """The token of what was said."""

    move: str


class Said(Fields):
    """What was typed."""

    says: Annotated[str, Field(max_length=8_000)]


class Roleplay(Telling):
    """One person's talk with a customer, as a scenario has it."""

    name, parameter = "roleplay", "scenario"
    title = Text("对练", "Role-play")
    lead = Text("挑一个客户，谈一场，谈完看复盘。", "Pick a customer, talk, and look back on it.")

    def __init__(
        self, visit: Visit, scenario: str = "", watch: str = "", run: str = "", story: str = ""
    ) -> None:
        page = f"run-{run}" if run else f"watch-{watch}" if watch else ""
        written = visit.playbook
        there = written.scenarios if visit.person.role in TEACHES else written.decided
        super().__init__(visit, there, scenario, page)
        self._warm = False
        if story and not page:
            self.turn_to(story)

    @action("begin", Begun)
    def begin(self, fields: Begun) -> None:
        """Begin a talk, unless one is going on."""
        thread = self.thread()
        play = self.play_of(thread)
        if play is None or play.ends:
            scenario = self.scenario(thread)
            # a test is the same for everybody
            way = scenario.main_way if fields.mode == "test" or not fields.way else fields.way
            begun = {"seed": self.seed(thread), "mode": fields.mode, "way": way}
            thread.save(BEGAN, begun)

    @action("move", Moved)
    def move(self, fields: Moved) -> None:
        """Say one of the sentences shown."""
        thread = self.thread()
        play, run = self.play_of(thread), self.run(thread)
        choice = next((one for one in self.offered(thread) if one.token == fields.move), None)
        if play is None or run is None or choice is None:
            raise Refused(NOT_OFFERED)
        self._in_time(thread, run)
        after, kept = play.after(choice.move, choice.says), chosen(*choice[1:])
        self._keep(thread, run, (play, after), kept)

    @action("say", Said)
    def say(self, fields: Said) -> None:
        """Say something of one's own."""
        thread, says = self.thread(), fields.says.strip()
        play, run = self.play_of(thread), self.run(thread)
        if play is None or run is None or play.ends or run.way == "choice":
            raise Refused(ONLY_CHOICE)
        if not says or len(says) > LONGEST:
            raise Refused(TOO_LONG if says else EMPTY)
        self._in_time(thread, run)
        scenario = self.scenario(thread)
        reader = reader_of(self.visit.playbook, scenario, self.visit.workspace.state)
        offered = scenario.open_to(play.state, typed=True)
        parts = reader.read(says, offered)
        asks = self.visit.playbook.asks(scenario)
        moves = counted(parts, offered, asks=asks, mistakes=scenario.mistakes)
        kept = typed(says, moves, parts, reader.encoder.name)
        self._keep(thread, run, (play, play.said(says, moves)), kept)

    @action("time_up")
    def time_up(self, _fields: Fields) -> None:
        """End a test whose time is up."""
        thread = self.thread()
        play, run = self.play_of(thread), self.run(thread)
        if play is None or run is None or play.ends:
            return
        left = run.seconds_left(self.scenario(thread), self.visit.now())
        if left is None or left > GRACE_SECONDS:
            raise Refused(NOT_YET)
        thread.save(ENDED, result(out_of_time(play), run.mode, timed_out=True))

    def shown(self, thread: Thread) -> tuple[str, str, str]:
        """Return a briefing, the talk, or the debrief."""
        scenario, play, run = self.scenario(thread), self.play_of(thread), self.run(thread)
        way = run.way if run and play and not play.ends else scenario.main_way
        if way != "choice" and not self._warm:  # whoever only chooses needs no reader
            self._warm = True
            warm_up(self.visit.playbook, scenario, self.visit.workspace.state)
        if play is None or run is None:
            html, step = briefing(self.visit, scenario), "briefing"
        elif play.ends:
            again = button(
                self.text(AGAIN), "begin", {"mode": run.mode, "way": run.way}, look="main",
                symbol="arrow",
            )  # fmt: skip
            ways = actions(again, self.way(OTHER))
            every = self.all_runs(thread)
            html, step = looking_back(self.visit, play, every, ways, self._rated(thread)), "debrief"
        else:
            html = talking(self.visit, Talk(run, play, self.offered(thread), self.name))
            step = f"turn-{len(play.turns) + 1}"
        return html, f"{runs(thread)}/{step}", self.text(scenario.title)

    def choose(self) -> str:
        """Return every scenario with how it went the last time, and the stories."""
        threads = [self.thread(name) for name in self.there]
        return choosing(self, threads, self.watching.doors(), self.shelf())

    def scenario(self, thread: Thread) -> Scenario:
        """Return the scenario a thread plays."""
        return self.visit.playbook.scenarios[thread.name]

    def all_runs(self, thread: Thread) -> tuple[Run, ...]:
        """Return every run, the oldest first."""
        return runs_of(thread.steps)

    def run(self, thread: Thread) -> Run | None:
        """Return the run that was begun last."""
        every = self.all_runs(thread)
        return every[-1] if every else None

    def play_of(self, thread: Thread) -> Play | None:
        """Return the talk that was begun last; None if there is none, or its scenario changed."""
        run = self.run(thread)
        return run.play(self.scenario(thread)) if run else None

    def offered(self, thread: Thread) -> tuple[Choice, ...]:
        """Return what one can choose to say next, in an order that tells nothing."""
        run, play = self.run(thread), self.play_of(thread)
        if run is None or play is None or run.way == "text":
            return ()
        return play.choices(run.seed, self.visit.language)

    def _rated(self, thread: Thread) -> str:
        """Return how others rated the run that was begun last."""
        name = RunName(thread.name, self.visit.person.id, runs(thread))
        scope = self.scope
        return rated_card(scope, RATINGS_OF_THIS, given_to(scope, name))

    def _in_time(self, thread: Thread, run: Run) -> None:
        left = run.seconds_left(self.scenario(thread), self.visit.now())
        if left is not None and left < -GRACE_SECONDS:
            raise Refused(TIME_IS_UP)

    def _keep(
        self, thread: Thread, run: Run, plays: tuple[Play, Play], said: dict[str, object]
    ) -> None:
        """Commit a turn, and with the last one how the talk ended."""
        before, play = plays
        turn, customer = play.turns[-1], the_customer()
        words = customer.answers(before, turn, self.visit.language) if customer else None
        moved = MOVED, said | scored(turn) | ({"voiced": words} if words else {})
        ended = [(ENDED, result(play, run.mode))] if play.ends else []
        thread.save_all(moved, *ended)
