"""The sample company's new reps practise: the real apps played through, with the clock put back."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from salestrain.apps.mentor import Mentor
from salestrain.apps.onboarding import Onboarding
from salestrain.apps.onboarding.standing import Standings
from salestrain.apps.playbook import Reader
from salestrain.apps.quiz import Quiz
from salestrain.apps.roleplay import Roleplay
from salestrain.apps.visit import Visit
from salestrain.playbook.content import Content
from salestrain.playbook.fields import Both  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.items import (
    FindMistake,
    Numeric,
    Ordering,
    ShortAnswer,
)
from salestrain.playbook.items.asked import BESIDE, cell_id
from salestrain.playbook.paths import WRITTEN, PathStep
from salestrain.playbook.paths import Quiz as QuizStep
from salestrain.playbook.paths import Read as ReadStep
from salestrain.playbook.paths import Roleplay as RoleplayStep
from salestrain.playbook.source import read_text, read_yaml
from salestrain.playbook.validate import validated
from salestrain.training.chance import token
from salestrain.views.screen import Action

if TYPE_CHECKING:
    from salestrain.apps.app import App
    from salestrain.language import Text
    from salestrain.playbook.items import Item
    from salestrain.records import Person, Records
    from salestrain.training.quizzes.sitting import Sitting
    from salestrain.workspace import Workspace

SCRIPT = "rehearsal.yaml"
MORNING, MOST_TRIES = time(9, 10), 3
BETWEEN_STEPS, READING = timedelta(minutes=20), timedelta(minutes=9)


class Part(Content):
    """Somebody's part: see the comments in ``data/rehearsal.yaml``."""

    person: str
    began: int
    steps: int
    pace: float
    sure: float


class Pair(Content):
    """Who settled that who mentors whom."""

    newcomer: str
    mentor: str
    by: str


class Script(Content):
    """Who practised how, what they wrote for the path's notes, by step, and who mentors them."""

    learners: tuple[Part, ...]
    notes: dict[str, Both]
    mentors: tuple[Pair, ...] = ()


def read_script(workspace: Workspace) -> Script | None:
    """Return the workspace's script, if it has one.

    Raises:
        ContentError: If it has faults.
    """
    place, shown = workspace.data / SCRIPT, PurePath("data", SCRIPT)
    if not place.is_file():
        return None
    return validated(Script, read_yaml(read_text(place, shown), shown))


def rehearse(workspace: Workspace, records: Records, now: datetime) -> tuple[Person, ...]:
    """Let the script's people practise, if there is one and nobody has done anything yet.

    Args:
        workspace: The sample company's.
        records: Where their steps go; people they don't know are left out.
        now: Aware, in the zone in which they work; all they did lies on days before.

    Returns:
        Who has practised now, in the script's order.
    """
    script = read_script(workspace)
    known = {person.id: person for person in records.people.all()}
    if script is None or any(records.steps.of_people(known).values()):
        return ()
    parts = [part for part in script.learners if part.person in known]
    for part in parts:
        person = known[part.person]
        visit = Visit(workspace, records, person, person.language, base_url="/")
        Rehearsal(visit, part, script.notes, now).go()
    for pair in script.mentors:
        if {pair.newcomer, pair.mentor, pair.by} <= known.keys():
            leader = known[pair.by]
            _pair(Visit(workspace, records, leader, leader.language, "/", lambda: now), pair)
    return tuple(known[part.person] for part in parts)


def _pair(visit: Visit, pair: Pair) -> None:
    sign = token("rehearsal", pair.by, pair.newcomer)
    fields = {"newcomer": (pair.newcomer,), "mentor": (pair.mentor,)}
    Mentor(visit).act(Action(sign, "pair", "all", fields))


@dataclass
class Rehearsal:
    """One person on their paths; ``clock`` is where in their days they are."""

    visit: Visit
    part: Part
    notes: dict[str, Text]
    now: datetime
    clock: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.part.person)  # noqa: S311 (the same each time)
        self.clock = self._morning(0)
        self.visit.clock = lambda: self.clock
        self.acted = 0

    def go(self) -> None:
        """Take the first steps of their paths, each on its day."""
        paths = Standings(self.visit).paths_of(self.visit.person)
        for step in [step for path in paths for step in path.steps][: self.part.steps]:
            due = self._morning(round((step.due_day - 1) * self.part.pace))
            self.clock = max(due, self.clock + BETWEEN_STEPS)
            self._take(step)

    def _take(self, step: PathStep) -> None:
        if isinstance(step, ReadStep):
            self.clock += READING
            self._act(Reader(self.visit, page=step.section), "read")
        elif isinstance(step, WRITTEN):
            text = self.notes[step.id].in_(self.visit.language)
            self._act(Onboarding(self.visit), "note", step=(step.id,), text=(text,))
        elif isinstance(step, QuizStep):
            self._answer(Quiz(self.visit, set=step.set), step.pass_share)
        elif isinstance(step, RoleplayStep):
            self._talk(Roleplay(self.visit, scenario=step.scenario))

    def _answer(self, quiz: Quiz, enough: float) -> None:
        """Answer a set; again while too little was right, and surer each time."""
        for again in range(MOST_TRIES):
            run = quiz.run_of(quiz.thread())
            while run.current:
                right = self.chance.random() < self.part.sure + again * 0.2
                self._act(quiz, "answer", answer=self._answer_to(run.current.item, run, right))
                self._act(quiz, "next")
                run = quiz.run_of(quiz.thread())
            if run.earned >= enough * len(run.asked):
                return
            self._act(quiz, "again")

    def _answer_to(self, item: Item, run: Sitting, right: bool) -> tuple[str, ...]:
        key = item.solution(self.visit.language)
        return run.sent(item, key if right else self._slip(item, key))

    def _slip(self, item: Item, key: tuple[str, ...]) -> tuple[str, ...]:
        """Return an answer that is wrong, or only partly right."""
        match item:
            case Numeric() | ShortAnswer():
                less = key[0][: len(key[0]) // 3]
                return (f"{item.answer * 1.2:.6g}" if isinstance(item, Numeric) else less,)
            case Ordering():
                return (key[1], key[0], *key[2:])
            case FindMistake():
                return (*key[1:], *(cell_id(each.cell) for each in item.innocent[:1]))
        others = [one.id for one in item.chosen_from if not getattr(one, "key", False)]
        other, line = self.chance.choice(others), key[-1].partition(BESIDE)[0]
        return (*key[:-1], f"{line}{BESIDE}{other}" if item.given_to else other)

    def _talk(self, talk: Roleplay) -> None:
        """Hold a talk as it comes, and then, once it has failed, by the model answer."""
        for sure in (self.part.sure / 2, 1.0):
            self._act(talk, "begin")
            play = talk.play_of(talk.thread())
            while play and not play.ends:
                offered = talk.offered(talk.thread())
                model = play.scenario.model_answer[len(play.turns) :][:1]
                good = [one for one in offered if model and one.move == model[0].move]
                likely = good if good and self.chance.random() < sure else offered
                self._act(talk, "move", move=(self.chance.choice(likely).token,))
                play = talk.play_of(talk.thread())
            if play and play.passed:
                return

    def _act(self, app: App, name: str, **fields: tuple[str, ...]) -> None:
        self.acted += 1
        self.clock += timedelta(seconds=self.chance.randint(20, 70))
        sign = token("rehearsal", self.part.person, self.acted)
        app.act(Action(sign, name, app.at, fields))

    def _morning(self, day: int) -> datetime:
        """Return the morning of a working day, counted from their first; never today's."""
        date, back = self.now.date(), max(self.part.began - day, 1)
        while back:
            date -= timedelta(days=1)
            back -= date.weekday() < 5
        return datetime.combine(date, MORNING, self.now.tzinfo)
