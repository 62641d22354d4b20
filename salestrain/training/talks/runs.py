"""A run: how somebody played a scenario, folded from the steps that were kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from salestrain.training.talks.play import replayed
from salestrain.training.talks.turns import Said
from salestrain.training.understanding.reading import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.steps import Step
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.turns import Turn

BEGAN, MOVED, ENDED = "began", "moved", "ended"
Mode = Literal["explore", "practise", "test"]
"""With a word on every turn; with a debrief at the end; without help, and it counts."""
Way = Literal["choice", "text", "mixed"]
MODES: tuple[Mode, ...] = get_args(Mode)
WAYS: tuple[Way, ...] = get_args(Way)
GRACE_SECONDS = 5
"""What is on its way when the time is up still counts."""


class Kept(NamedTuple):
    """A turn as it was kept.

    Attributes:
        parts: What the words were read as, when they were typed; ``by`` is the method.
        voiced: How a language model worded the answer, empty if the script's words stand.
    """

    said: Said
    parts: tuple[Part, ...]
    by: str
    at: datetime
    voiced: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """How somebody played a scenario once.

    Attributes:
        number: Which of their runs of it, from 1.
        seed: What shuffled the choices.
        timed_out: Whether the time was up before the talk came to an end.
    """

    number: int
    mode: Mode
    way: Way
    seed: object
    began: datetime
    turns: tuple[Kept, ...] = ()
    ended: datetime | None = None
    timed_out: bool = False

    def play(self, scenario: Scenario) -> Play | None:
        """Return the talk, None if the scenario no longer allows what was said."""
        play = replayed(scenario, (turn.said for turn in self.turns))
        return out_of_time(play) if play and self.timed_out else play

    def seconds_left(self, scenario: Scenario, now: datetime) -> float | None:
        """Return the time a test still has, under 0 once it is over; None where nothing counts."""
        if self.mode != "test":
            return None
        return scenario.minutes * 60 - (now - self.began).total_seconds()


def out_of_time(play: Play) -> Play:
    """Return a talk as it ends when the time is up, unless it had come to an end before."""
    return play if play.ends else replace(play, ends=play.scenario.max_turns_ends)


def runs_of(steps: Iterable[Step]) -> tuple[Run, ...]:
    """Return a thread's runs, the oldest first."""
    runs: list[Run] = []
    for kind, data, at in steps:
        if kind == BEGAN:
            mode, way = data.get("mode", "practise"), data.get("way", "choice")
            runs.append(Run(len(runs) + 1, mode, way, data["seed"], at))
        elif runs and kind == MOVED:
            runs[-1] = replace(runs[-1], turns=(*runs[-1].turns, _kept(data, at)))
        elif runs and kind == ENDED:
            runs[-1] = replace(runs[-1], ended=at, timed_out=bool(data.get("timed_out")))
    return tuple(runs)


def chosen(move: str, says: str) -> dict[str, Any]:
    """Return what is kept of a sentence that was chosen."""
    return {"move": move, "says": says}


def typed(says: str, moves: Iterable[str], parts: Iterable[Part], by: str) -> dict[str, Any]:
    """Return what is kept of a sentence that was typed: the moves that counted, and the reading."""
    read = [[part.text, part.label, round(part.sure, 3)] for part in parts]
    return {"says": says, "moves": [*moves], "read": read, "by": by}


def scored(turn: Turn) -> dict[str, Any]:
    """Return what is kept of what a turn was worth: each move, its points and its rule."""
    made = [[one.move, one.points, one.rule, one.critical] for one in turn.made]
    return {"made": made, "points": turn.points}


def result(play: Play, mode: Mode, *, timed_out: bool = False) -> dict[str, Any]:
    """Return what is kept of how a talk ended; exploring it, with help, is never a pass."""
    passed = play.passed and mode != "explore"
    found = {"ending": play.ends, "score": play.score, "passed": passed, "mode": mode}
    return found | ({"timed_out": True} if timed_out else {})


def _kept(data: Mapping[str, Any], at: datetime) -> Kept:
    if "move" in data:
        said = Said(data["says"], (data["move"],))
    else:
        said = Said(data["says"], tuple(data["moves"]), chosen=False)
    return Kept(said, tuple(_parts(data)), data.get("by", ""), at, data.get("voiced", ""))


def _parts(data: Mapping[str, Any]) -> Iterator[Part]:
    for text, label, sure in data.get("read", ()):
        yield Part(text, label, sure)
