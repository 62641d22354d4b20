"""Which mistakes are common: critical ones by the rule they break, and moves of what kind fail."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.talk_statistics.gaps import gap_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from salestrain.training.talk_statistics.decisions import Decision
    from salestrain.training.talk_statistics.gaps import Gap
    from salestrain.training.talk_statistics.held import Talk


class Mistake(NamedTuple):
    """A critical mistake.

    Attributes:
        rule: The rule or fact it breaks, if the scenario names one.
        runs: In how many runs it was made, by so many ``people``, of ``all`` who played it.
    """

    scenario: str
    id: str
    rule: str
    runs: int
    people: int
    all: int


class Habit(NamedTuple):
    """A kind of move at first decisions: how often it was made, and how often it was no good one.

    Attributes:
        people: How many made one that was none.
    """

    kind: str
    made: int
    wrong: int
    people: int


def mistakes(talks: Iterable[Talk]) -> tuple[Mistake, ...]:
    """Return the critical mistakes made, that which most people made first."""
    runs: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    played: dict[str, set[str]] = defaultdict(set)
    for talk in talks:
        played[talk.scenario.id].add(talk.person)
        rules = {made.critical: made.rule for made in talk.play.made if made.critical}
        for id_, rule in rules.items():
            runs[talk.scenario.id, id_, rule].append(talk.person)
    found = [Mistake(*key, len(who), len({*who}), len(played[key[0]])) for key, who in runs.items()]
    return tuple(sorted(found, key=lambda one: (-one.people, -one.runs, one[:2])))


def mistake_gap(talks: Iterable[Talk], one: Mistake, people: Collection[str]) -> Gap:
    """Return what share of a class ever made a mistake, against all others who played there."""
    played, made = set[str](), set[str]()
    for talk in talks:
        if talk.scenario.id == one.scenario:
            played.add(talk.person)
            made |= {talk.person} if one.id in talk.play.critical else set()
    own = played.intersection(people)
    counts = len(made & own), len(own), len(made - own), len(played - own)
    return gap_of(*counts)


def habits(found: Iterable[Decision], kinds: dict[tuple[str, str], str]) -> tuple[Habit, ...]:
    """Return the kinds of moves, that which most people got wrong first.

    Args:
        found: First decisions.
        kinds: The kind of each move, by scenario and move.
    """
    by: dict[str, list[Decision]] = defaultdict(list)
    for one in found:
        by[kinds[one.node[0], one.made.move]].append(one)
    told = []
    for kind, those in by.items():
        wrong = [one.person for one in those if not one.good]
        told.append(Habit(kind, len(those), len(wrong), len({*wrong})))
    return tuple(sorted(told, key=lambda one: (-one.people, -one.wrong, one.kind)))
