"""What first decisions say about a node: facility, discrimination, and what people did instead."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.statistics.intervals import Interval, discoveries, of_correlation, of_share
from salestrain.training.statistics.item import FEWEST_PEOPLE, correlation, rest_scores
from salestrain.training.statistics.suspicion import RATE
from salestrain.training.statistics.verdicts import chance_of_negative
from salestrain.training.talk_statistics.decisions import BETWEEN, as_responses
from salestrain.training.talk_statistics.gaps import gap_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from salestrain.language import Text
    from salestrain.training.quizzes.responses import Floats, Responses
    from salestrain.training.talk_statistics.decisions import Decision
    from salestrain.training.talk_statistics.gaps import Gap


class Third(NamedTuple):
    """Of so many people at one end of the class, how many made a good move."""

    good: int
    n: int


@dataclass(frozen=True)
class Node:
    """One state of one scenario, from the first decisions of ``n`` people.

    Attributes:
        heard: What the other side had said most often when people came there.
        facility: Share that made a good move (0–1), with its interval.
        rested: Over how many people the discrimination is: those with three other decisions.
        discrimination: Correlation with how good they are at all other nodes, of this scenario and
            others (-1 to 1); NaN under ten people, or if all did the same.
        best: The third of them who are best at the other nodes; ``weakest`` likewise.
        wrong: Moves that were not good, with how many made each, the most frequent first.
        good: Those that were, likewise.
        suspicious: Whether good people fail it, beyond chance among all nodes looked at.
    """

    scenario: str
    state: str
    heard: Text
    n: int
    facility: float
    interval: Interval
    rested: int
    discrimination: float
    discrimination_interval: Interval
    best: Third
    weakest: Third
    wrong: tuple[tuple[str, int], ...]
    good: tuple[tuple[str, int], ...]
    suspicious: bool = False

    @property
    def name(self) -> str:
        """The node as one word."""
        return f"{self.scenario}{BETWEEN}{self.state}"

    @property
    def few(self) -> bool:
        """Whether too few people came there to say anything."""
        return self.n < FEW_PEOPLE


def nodes(found: Sequence[Decision]) -> tuple[Node, ...]:
    """Return every node that anybody came to, the one that most surely goes wrong first.

    That is by the upper end of the facility's interval, so that a few people's bad luck doesn't
    come before what many get wrong.

    Source: Henrysson (1963) for the correction: no node is part of the score it is held against.
    The chance findings among all nodes are held down by Benjamini and Hochberg (1995).
    """
    table = as_responses(found)
    rest, at = rest_scores(table.earned), defaultdict[str, list["Decision"]](list)
    for one in found:
        at[one.name].append(one)
    every = [_node(at[name], table, rest, column) for column, name in enumerate(table.items)]
    suspects = _failed_by_the_good(every)
    marked = [replace(one, suspicious=one.name in suspects) for one in every]
    return tuple(sorted(marked, key=lambda one: (one.interval.high, one.facility, one.name)))


def _failed_by_the_good(every: Sequence[Node]) -> set[str]:
    known = [one for one in every if not math.isnan(one.discrimination)]
    odds = [chance_of_negative(one.discrimination, one.rested) for one in known]
    named = zip(known, discoveries(odds, RATE), strict=True)
    return {one.name for one, stands in named if stands}


def _node(here: Sequence[Decision], table: Responses, rest: Floats, column: int) -> Node:
    earned, ranks = table.earned[:, column], rest[:, column]
    r, rested = correlation(earned, ranks)
    r = r if rested >= FEWEST_PEOPLE else math.nan
    facility = sum(one.good for one in here) / len(here)
    heard = Counter(one.heard for one in here).most_common(1)[0][0]
    scenario, state = here[0].node
    best, weakest = _thirds(earned, ranks)
    return Node(
        scenario=scenario,
        state=state,
        heard=heard,
        n=len(here),
        facility=facility,
        interval=of_share(facility, len(here)),
        rested=rested,
        discrimination=r,
        discrimination_interval=of_correlation(r, rested),
        best=best,
        weakest=weakest,
        wrong=_counted(one for one in here if not one.good),
        good=_counted(one for one in here if one.good),
    )


def _counted(those: Iterable[Decision]) -> tuple[tuple[str, int], ...]:
    counted = Counter(one.made.move for one in those)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _thirds(earned: Floats, rest: Floats) -> tuple[Third, Third]:
    """Return the third best and the third weakest elsewhere; who is level with the last is in."""
    known = ~(np.isnan(earned) | np.isnan(rest))
    if not known.any():
        return Third(0, 0), Third(0, 0)
    order, size = np.sort(rest[known]), -(-int(known.sum()) // 3)
    best, weakest = known & (rest >= order[-size]), known & (rest <= order[size - 1])
    one, other = (Third(int(earned[who].sum()), int(who.sum())) for who in (best, weakest))
    return one, other


def node_gap(found: Sequence[Decision], name: str, people: Collection[str]) -> Gap:
    """Return how a class does at a node against all others who came there."""
    here = [one for one in found if one.name == name]
    own = [one.good for one in here if one.person in people]
    theirs = [one.good for one in here if one.person not in people]
    return gap_of(sum(own), len(own), sum(theirs), len(theirs))
