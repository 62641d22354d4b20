"""What can come of a scenario: endings with their shortest way, bounds of the score, luck."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.proving.web import web

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salestrain.playbook.scenarios import Competency, Scenario
    from salestrain.training.proving.web import Spot, Way, Web

Place = tuple[str, str, int]
"""A case: its state, its move, and which of the move's cases it is, from 0."""


class Bounds(NamedTuple):
    """The least and the most points that can be reached."""

    least: int
    most: int


class Reached(NamedTuple):
    """An ending that can be reached.

    Attributes:
        moves: The shortest way there; of several the first in the order of the file.
        chance: How likely somebody who chooses at random ends there (0–1).
        score: What can have been scored by then.
    """

    moves: tuple[str, ...]
    chance: float
    score: Bounds


@dataclass(frozen=True, slots=True)
class Proof:
    """What can come of a scenario within its limit of turns, with one move a turn.

    Attributes:
        typed: Whether moves were typed, which allows more than is offered.
        endings: Those that can be reached, by id.
        competencies: Bounds at any ending, by id.
        luck: The chance (0–1) that somebody who chooses at random passes.
        met: The cases some talk comes to.
        stuck: States where a talk may come to go on for ever, but for the limit of turns.
        spots: How many different spots there are to stand at.
    """

    typed: bool
    endings: dict[str, Reached]
    competencies: dict[str, Bounds]
    luck: float
    met: frozenset[Place]
    stuck: tuple[str, ...]
    spots: int


def prove(scenario: Scenario, *, typed: bool = False) -> Proof:
    """Return what can come of a scenario when its moves are chosen, or when they are typed.

    Raises:
        TooManyError: If more can happen than is looked through.
    """
    whole = web(scenario, typed=typed)
    walk = _Walk(whole)
    walk.through()
    return Proof(
        typed=typed,
        endings={one.id: walk.reached(one.id) for one in scenario.endings if one.id in walk.first},
        competencies={one.id: walk.bounds(one) for one in scenario.competencies},
        luck=walk.luck,
        met=frozenset(walk.met),
        stuck=_stuck(whole),
        spots=len(whole.places),
    )


@dataclass
class _Walk:
    """A web walked turn by turn, each move as likely as the others of its spot."""

    web: Web
    came: list[dict[Spot, tuple[Spot, str]]] = field(default_factory=list)
    """For each turn, from where and by which move each spot was come to then."""
    first: dict[str, tuple[int, Spot, str]] = field(default_factory=dict)
    """In which turn, from where, by which move each ending was first come to."""
    chances: dict[str, float] = field(default_factory=dict)
    earned: dict[str, set[int]] = field(default_factory=dict)
    met: set[Place] = field(default_factory=set)
    luck: float = 0.0
    scores: dict[int, int] = field(default_factory=dict)
    """What marks earned, as bits, are worth together."""

    @cached_property
    def good(self) -> frozenset[str]:
        """The endings with which one can pass."""
        return frozenset(one.id for one in self.scenario.endings if one.verdict == "pass")

    @property
    def scenario(self) -> Scenario:
        return self.web.scenario

    def through(self) -> None:
        now = {next(iter(self.web.places)): 1.0}
        for turn in range(self.scenario.max_turns):
            self.came.append({})
            now = self._turn(now, last=turn + 1 == self.scenario.max_turns)

    def _turn(self, now: Mapping[Spot, float], *, last: bool) -> dict[Spot, float]:
        then: dict[Spot, float] = {}
        for spot, chance in now.items():
            ways = self.web.ways[self.web.places[spot]]
            for way in ways:
                self.met.add((spot.state, way.move, way.case))
                ends = way.ends or (self.scenario.max_turns_ends if last else "")
                if ends:
                    self._ended(spot, way, ends, chance / len(ways))
                else:
                    then[way.after] = then.get(way.after, 0.0) + chance / len(ways)
                    self.came[-1].setdefault(way.after, (spot, way.move))
        return then

    def _ended(self, spot: Spot, way: Way, ends: str, chance: float) -> None:
        self.first.setdefault(ends, (len(self.came) - 1, spot, way.move))
        self.chances[ends] = self.chances.get(ends, 0.0) + chance
        self.earned.setdefault(ends, set()).add(way.after.earned)
        if self._passes(ends, way.after):
            self.luck += chance

    def _passes(self, ends: str, spot: Spot) -> bool:
        good = ends in self.good and not spot.failed
        return good and self._score(spot.earned) >= self.scenario.pass_score

    def reached(self, ending: str) -> Reached:
        """Return how an ending is reached."""
        turn, spot, move = self.first[ending]
        moves = [move]
        for came in reversed(self.came[:turn]):
            spot, move = came[spot]
            moves.append(move)
        scores = map(self._score, self.earned[ending])
        return Reached(tuple(reversed(moves)), self.chances[ending], _bounds(scores))

    def bounds(self, one: Competency) -> Bounds:
        """Return what can be reached of a competency."""
        every = {earned for found in self.earned.values() for earned in found}
        return _bounds(self._points(one, earned) for earned in every)

    def _points(self, one: Competency, earned: int) -> int:
        marks = self.web.weaver.marks
        total = sum(worth for mark, worth in one.marks.items() if marks.get(mark, 0) & earned)
        return min(max(total, 0), one.weight)

    def _score(self, earned: int) -> int:
        if (known := self.scores.get(earned)) is None:
            total = sum(self._points(one, earned) for one in self.scenario.competencies)
            known = self.scores[earned] = min(total, 100)
        return known


def _bounds(points: Iterable[int]) -> Bounds:
    found = [*points]
    return Bounds(min(found), max(found))


def _stuck(whole: Web) -> tuple[str, ...]:
    """Return the states of spots from which no case leads to an ending, however long one talks."""
    back: dict[Spot, list[Spot]] = {}
    todo: list[Spot] = []
    for spot, ways in zip(whole.places, whole.ways, strict=True):
        todo += [spot] if any(way.ends for way in ways) else []
        for way in ways:
            if not way.ends:
                back.setdefault(way.after, []).append(spot)
    out = {*todo}
    while todo:
        new = [one for one in back.get(todo.pop(), ()) if one not in out]
        out.update(new)
        todo += new
    left = {spot.state: None for spot in whole.places if spot not in out}
    return tuple(left)
