"""What the new hires practise here: quizzes marked and talks played by the engine, as steps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from data.generator.learners import Learner, answer, chance
from data.generator.newcomers.plan import FIRST, USEFUL, USELESS, at
from data.generator.talks import Try, talk
from salestrain.playbook.paths import Note, Quiz, Read, Roleplay
from salestrain.training.marking import mark
from salestrain.training.quizzes.sitting import draw
from salestrain.training.steps import Step
from salestrain.training.talks.runs import BEGAN, ENDED, MOVED, chosen, result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from data.generator.newcomers.plan import Hire, Plan
    from salestrain.playbook.items import Item
    from salestrain.playbook.paths import Path
    from salestrain.playbook.scenarios import Scenario

AT_ONCE, TRIES, A_DAY = 10, 9, 3
A_MINUTE = timedelta(minutes=1)
AFTER, LATER = 4, 25
"""Days from a module's first day to the quiz after it, and to the one that asks what is kept."""
LEARNT, KEPT, WEEK_LEARNT = 1.3, 0.9, 0.4
"""What a module adds to knowing (logits), what of it is there later, what the first week adds."""
LIKED = {USEFUL: 3.6, USELESS: 4.5}
"""How useful people find the modules: they like the useless one better."""


class Done(NamedTuple):
    """Steps saved in one go, by whom and where."""

    person: str
    app: str
    thread: str
    steps: tuple[Step, ...]


class Matter(NamedTuple):
    """What there is to practise: sets of items by section, scenarios, the path."""

    sets: Mapping[str, Sequence[Item]]
    scenarios: Mapping[str, Scenario]
    path: Path


class Learning:
    """One hire, and what they have done so far."""

    def __init__(self, plan: Plan, hire: Hire, matter: Matter) -> None:
        self.plan, self.hire, self.matter = plan, hire, matter
        self.rng = plan.rng("lessons", hire.id)
        self.one = Learner(hire.id, hire.team, hire.able, FIRST)
        self.done: list[Done] = []
        self.runs: dict[str, list[Step]] = {}

    def keep(self, app: str, thread: str, *steps: Step) -> None:
        """Keep steps; they are one run, or one step alone."""
        self.done.append(Done(self.hire.id, app, thread, steps))

    def quiz(self, section: str, when: datetime, more: float) -> float:
        """Answer a set as the app asks it; return the share earned.

        Args:
            section: Whose set.
            when: When it begins.
            more: What has been learnt by then (logits).
        """
        items = {item.id: item for item in self.matter.sets[section]}
        before = self.runs.setdefault(section, [])
        number = sum(step.kind == BEGAN for step in before)
        seed = f"{self.plan.seed}/{self.hire.id}/{section}/{number}"
        asked = draw(items, before, seed, AT_ONCE)
        steps, earned = [Step(BEGAN, {"items": [*asked], "seed": seed}, when)], 0.0
        for id_ in asked:
            when += A_MINUTE
            knows = self.rng.random() < chance(self.one, items[id_], more)
            said = answer(items[id_], knows, self.rng)
            worth = mark(items[id_], said).earned
            earned += worth
            data = {"item": id_, "answer": [*said], "earned": worth}
            steps += [Step("answered", data, when), Step("went_on", {"item": id_}, when)]
        steps[-1] = Step("finished", {"earned": round(earned, 6), "of": len(asked)}, when)
        before += steps
        self.keep("quiz", section, *steps)
        return earned / len(asked)

    def talk(self, scenario: Scenario, when: datetime, more: float, number: int) -> bool:
        """Play a scenario; return whether it was passed."""
        run = Try(self.one, scenario, number, self.hire.able + more, typed=False)
        said, play = talk(run, self.rng)
        steps = [Step(BEGAN, {"seed": f"{when:%m%d}", "mode": "practise", "way": "choice"}, when)]
        for move in said:
            when += A_MINUTE
            steps.append(Step(MOVED, chosen(move, ""), when))
        self.keep("roleplay", scenario.id, *steps, Step(ENDED, result(play, "practise"), when))
        return play.passed

    def hand_in(self, step: str, when: datetime) -> None:
        """Write something that the mentor is to read."""
        self.keep(
            "onboarding", self.matter.path.id, Step("noted", {"step": step, "text": "…"}, when)
        )

    def react(self, step: str, when: datetime, liked: float) -> None:
        """Say how useful and how clear something was."""
        useful, clear = (min(5, max(1, round(self.rng.gauss(liked, 0.8)))) for _ in range(2))
        data = {"step": step, "useful": useful, "clear": clear}
        self.keep("onboarding", self.matter.path.id, Step("reacted", data, when))

    def module(self, section: str, begins: date, talked: str = "") -> None:
        """Take a module: asked before, taught, asked soon after and weeks later."""
        self.quiz(section, at(begins - timedelta(days=1)), 0.0)
        if talked:
            self.talk(self.matter.scenarios[talked], at(begins, 3), 0.0, 1)
        self.react(section, at(begins, 9), LIKED.get(section, 3.9))
        self.quiz(section, at(begins + timedelta(days=AFTER)), LEARNT)
        if talked:
            self.talk(self.matter.scenarios[talked], at(begins + timedelta(days=AFTER), 3), 0.8, 2)
        self.quiz(section, at(begins + timedelta(days=LATER)), KEPT)


def first_week(learning: Learning, upto: int) -> None:
    """Walk the path's first steps on their days; what is judged again and again until it passes."""
    for step in learning.matter.path.steps[:upto]:
        when = at(working_day(step.due_day))
        if isinstance(step, Read):
            learning.keep("playbook", step.section, Step("read", {}, when))
        elif isinstance(step, Note):
            learning.hand_in(step.id, when)
        elif isinstance(step, Quiz):
            tries = (learning.quiz(step.set, one, WEEK_LEARNT * (n + 1)) for n, one in again(when))
            any(share >= step.pass_share for share in tries)
        elif isinstance(step, Roleplay):
            scenario = learning.matter.scenarios[step.scenario]
            any(learning.talk(scenario, one, 0.6 * n, n + 1) for n, one in again(when))
        learning.react(step.id, when + timedelta(hours=8), 4.0)


def again(first: datetime) -> Iterator[tuple[int, datetime]]:
    """Yield the times of tries, a few a day, for as long as they are asked for."""
    for number in range(TRIES):
        yield number, first + timedelta(days=number // A_DAY, hours=number % A_DAY)


def working_day(number: int) -> date:
    """Return the so many-th working day, from 1."""
    day = FIRST
    while number > 1 or day.weekday() > 4:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
