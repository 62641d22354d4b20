"""Everything that can happen in a scenario: where a talk may stand, what follows.

Two spots are one if the same can follow from both: what was said before counts only as far as
saying it again could still make a difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from salestrain.playbook.scenarios import SAME, TRUST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.playbook.scenarios import Case, Scenario, Variable, When

MOST_SPOTS = 400_000
"""More than this is not looked through; no talk that people can follow comes near it."""


class TooManyError(Exception):
    """More can happen than is looked through."""


class Spot(NamedTuple):
    """Where a talk stands; facts learned, marks earned and cases met as bits.

    Attributes:
        numbers: Trust and the scenario's other variables, in its order.
    """

    state: str
    numbers: tuple[int, ...]
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

    Attributes:
        bit: Remembers that it was met; 0 where a second time is no different from the first.
        changes: What is added to each number.
        limits: Which number must lie between which bounds.
    """

    case: Case
    changes: tuple[int, ...]
    limits: tuple[tuple[int, int, int], ...]
    knows: int
    earned: int
    learns: int
    earns: int
    bit: int


@dataclass
class Weaver:
    """The rules of a scenario, made quick; when typing, more can be done than is offered."""

    scenario: Scenario
    typed: bool = False
    facts: dict[str, int] = field(init=False)
    marks: dict[str, int] = field(init=False)
    known: dict[str, dict[str, list[_Known]]] = field(init=False)
    names: list[str] = field(init=False)
    bounds: list[Variable] = field(init=False)
    limits: list[tuple[int, int]] = field(init=False)
    again: tuple[int, ...] = field(init=False)
    """What a repeat adds to each number."""

    def __post_init__(self) -> None:
        s, bits = self.scenario, iter(1 << n for n in range(10_000))
        offered = {state: s.open_to(state, typed=self.typed) for state in s.states}
        every = [c for moves in offered.values() for cases in moves.values() for c in cases]
        self.names, self.bounds = [*s.numbers], [*s.numbers.values()]
        self.limits = [(one.least, one.most) for one in self.bounds]
        self.again = self._changes(s.repeat.trust, {})
        self.facts = _bits(one.id for one in s.persona.hidden)
        asked = (mark for case in every if case.when for mark in case.when.earned)
        self.marks = _bits([*asked, *(mark for case in every for mark in case.earns)])
        self.known = {
            state: {move: [self._known(c, state, bits) for c in cases] for move, cases in m.items()}
            for state, m in offered.items()
        }

    @property
    def first(self) -> Spot:
        """Where the talk begins."""
        return Spot(self.scenario.opening.state, tuple(one.start for one in self.bounds))

    def _changes(self, trust: int, others: dict[str, int]) -> tuple[int, ...]:
        changes = {TRUST: trust, **others}
        return tuple(changes.get(name, 0) for name in self.names)

    def _limits(self, when: When | None) -> Iterator[tuple[int, int, int]]:
        for at, (name, one) in enumerate(zip(self.names, self.bounds, strict=True)):
            if when and (name in when.at_least or name in when.at_most):
                yield at, when.at_least.get(name, one.least), when.at_most.get(name, one.most)

    def _known(self, case: Case, state: str, bits: Iterator[int]) -> _Known:
        when = case.when
        # Met again, a case that keeps the state only costs what a repeat costs.
        changes = self._changes(case.trust, case.changes)
        differs = case.to in (SAME, state) and changes != self.again
        return _Known(
            case,
            changes,
            tuple(self._limits(when)),
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
        trust, case = self.scenario.trust, known.case
        changes = self.again if known.bit & spot.met else known.changes
        numbers = spot.numbers
        if any(changes):
            each = zip(self.limits, numbers, changes, strict=True)
            numbers = tuple([min(max(now + by, low), high) for (low, high), now, by in each])
        state = spot.state if case.to in (None, SAME) else str(case.to)
        after = Spot(
            state, numbers, spot.knows | known.learns, spot.earned | known.earns,
            spot.failed or bool(case.critical),
            spot.met | known.bit if state == spot.state else 0,
        )  # fmt: skip
        ends = case.ends or (trust.at_least_ends if numbers[0] <= trust.least else None)
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


def web(scenario: Scenario, *, typed: bool = False) -> Web:
    """Return all that can happen, one move a turn, whatever the number of turns.

    Raises:
        TooManyError: If there are more than ``MOST_SPOTS``.
    """
    weaver = Weaver(scenario, typed)
    first = weaver.first
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
    if known.case.when is None:
        return True
    counted = all(least <= spot.numbers[at] <= most for at, least, most in known.limits)
    return counted and _lasts(known, spot)
