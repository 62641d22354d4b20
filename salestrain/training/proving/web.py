"""Everything that can happen in a scenario played by choice: where a talk may stand, what follows.

Two spots are one if the same can follow from both: what was said before counts only as far as
saying it again could still make a difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from salestrain.playbook.scenarios import SAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.playbook.scenarios import Case, Scenario

MOST_SPOTS = 400_000
"""More than this is not looked through; no talk that people can follow comes near it."""


class TooManyError(Exception):
    """More can happen than is looked through."""


class Spot(NamedTuple):
    """Where a talk stands; facts learned, marks earned and cases met as bits."""

    state: str
    trust: int
    knows: int = 0
    earned: int = 0
    failed: bool = False
    met: int = 0


class Way(NamedTuple):
    """What a move leads to.

    Attributes:
        case: Which of the move's cases it was, from 0.
        after: Where the talk then stands.
        ends: The ending, empty while the talk goes on.
    """

    move: str
    case: int
    after: Spot
    ends: str


class _Known(NamedTuple):
    """A case with its conditions and effects as bits.

    ``bit`` remembers that it was met; 0 where a second time is no different from the first.
    """

    case: Case
    knows: int
    earned: int
    learns: int
    earns: int
    bit: int


@dataclass
class Weaver:
    """The rules of a scenario, made quick."""

    scenario: Scenario
    facts: dict[str, int] = field(init=False)
    marks: dict[str, int] = field(init=False)
    known: dict[str, dict[str, list[_Known]]] = field(init=False)

    def __post_init__(self) -> None:
        s, bits = self.scenario, iter(1 << n for n in range(10_000))
        every = [c for moves in s.states.values() for cases in moves.values() for c in cases]
        self.facts = _bits(one.id for one in s.persona.hidden)
        asked = (mark for case in every if case.when for mark in case.when.earned)
        self.marks = _bits([*asked, *(mark for case in every for mark in case.earns)])
        self.known = {
            state: {move: [self._known(c, state, bits) for c in cases] for move, cases in m.items()}
            for state, m in s.states.items()
        }

    def _known(self, case: Case, state: str, bits: Iterator[int]) -> _Known:
        when = case.when
        # Met again, a case that keeps the state only costs what a repeat costs.
        differs = case.to in (SAME, state) and case.trust != self.scenario.repeat.trust
        return _Known(
            case,
            _all(self.facts, when.knows if when else ()),
            _all(self.marks, when.earned if when else ()),
            _all(self.facts, case.learns),
            _all(self.marks, case.earns),
            next(bits) if differs else 0,
        )

    def after(self, spot: Spot) -> Iterator[Way]:
        """Yield what each move that a spot's state offers leads to."""
        for move, cases in self.known[spot.state].items():
            number = next(n for n, each in enumerate(cases) if _holds(each, spot))
            yield self._went(move, number, cases[number], spot)

    def _went(self, move: str, number: int, known: _Known, spot: Spot) -> Way:
        limits, case = self.scenario.trust, known.case
        again = known.bit & spot.met
        change = self.scenario.repeat.trust if again else case.trust
        trust = min(max(spot.trust + change, limits.least), limits.most)
        state = spot.state if case.to in (None, SAME) else str(case.to)
        after = Spot(
            state, trust, spot.knows | known.learns, spot.earned | known.earns,
            spot.failed or bool(case.critical),
            spot.met | known.bit if state == spot.state else 0,
        )  # fmt: skip
        ends = case.ends or (limits.at_least_ends if trust <= limits.least else None)
        return Way(move, number, after, ends or "")


@dataclass(frozen=True)
class Web:
    """All spots that can be reached, the opening first, and the ways from each.

    Attributes:
        places: The number of each spot.
    """

    scenario: Scenario
    weaver: Weaver
    places: dict[Spot, int]
    ways: list[tuple[Way, ...]]


def web(scenario: Scenario) -> Web:
    """Return all that can happen when moves are chosen, whatever the number of turns.

    Raises:
        TooManyError: If there are more than ``MOST_SPOTS``.
    """
    weaver = Weaver(scenario)
    first = Spot(scenario.opening.state, scenario.trust.start)
    places, spots, ways = {first: 0}, [first], list[tuple[Way, ...]]()
    for spot in spots:  # which grows meanwhile
        ways.append(tuple(weaver.after(spot)))
        for way in ways[-1]:
            if not way.ends and way.after not in places:
                places[way.after] = len(spots)
                spots.append(way.after)
        if len(spots) > MOST_SPOTS:
            raise TooManyError
    return Web(scenario, weaver, places, ways)


def _bits(names: Iterable[str]) -> dict[str, int]:
    return {name: 1 << n for n, name in enumerate(dict.fromkeys(names))}


def _all(bits: dict[str, int], names: Iterable[str]) -> int:
    return sum(bits.get(name, 0) for name in {*names})


def _lasts(known: _Known, spot: Spot) -> bool:
    return known.knows & spot.knows == known.knows and known.earned & spot.earned == known.earned


def _holds(known: _Known, spot: Spot) -> bool:
    when = known.case.when
    if when is None:
        return True
    trusted = when.trust_at_least is None or spot.trust >= when.trust_at_least
    return trusted and _lasts(known, spot)
