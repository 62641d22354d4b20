"""Who gets better: first and latest run of the same scenario, and first goes over time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.statistics.classes import FEW_PEOPLE, mean_of_people
from salestrain.training.statistics.intervals import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from salestrain.training.statistics.intervals import Interval
    from salestrain.training.talk_statistics.held import Talk

FEWEST_PAIRS = 3


class Change(NamedTuple):
    """By how many points of 100 people's latest run of a scenario beats their first.

    Attributes:
        people: Who played any scenario twice; ``pairs`` are all of theirs.
        first: Mean score of the first runs; ``latest`` likewise.
    """

    people: int
    pairs: int
    first: float
    latest: float
    change: float
    interval: Interval

    @property
    def sure(self) -> bool:
        """Whether it is more than chance; never under five people."""
        there = self.people >= FEW_PEOPLE
        return there and (self.interval.low > 0 or self.interval.high < 0)


class Point(NamedTuple):
    """How first goes went in a stretch of time, above or below what they usually bring."""

    people: int
    talks: int
    above: float
    interval: Interval

    @property
    def few(self) -> bool:
        """Whether too few people played to show it."""
        return self.people < FEW_PEOPLE


def change(talks: Iterable[Talk]) -> Change | None:
    """Return how the latest run of a scenario compares with the first; None if nobody has two.

    Each person's changes are averaged first, so that the interval is one over people.

    Args:
        talks: In the order of time.
    """
    pairs = _pairs(talks)
    if not pairs:
        return None
    first, latest = (float(np.mean([pair[end] for pair in pairs.values()])) for end in (0, 1))
    by: dict[str, list[float]] = defaultdict(list)
    for (person, _), (one, other) in pairs.items():
        by[person].append(other - one)
    middle, interval = _over_people(by)
    return Change(len(by), len(pairs), first, latest, middle, interval)


def changes(talks: Iterable[Talk]) -> dict[str, tuple[int, float, Interval]]:
    """Return for each person in how many scenarios they have two runs, and the mean change in them.

    Its interval is one over scenarios, so it needs three.
    """
    by: dict[str, list[list[float]]] = defaultdict(list)
    for (person, _), (one, other) in _pairs(talks).items():
        by[person].append([float(other - one)])
    found = {}
    for person, rows in by.items():
        middle, interval = mean_of_people(np.array(rows))
        found[person] = len(rows), middle, interval if len(rows) >= FEWEST_PAIRS else UNKNOWN
    return found


def _pairs(talks: Iterable[Talk]) -> dict[tuple[str, str], tuple[int, int]]:
    runs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for talk in talks:
        runs[talk.person, talk.scenario.id].append(talk.play.score)
    return {key: (own[0], own[-1]) for key, own in runs.items() if len(own) > 1}


def usual_first(talks: Iterable[Talk]) -> dict[str, float]:
    """Return what everybody's first run of each scenario scores on average."""
    scores: dict[str, list[int]] = defaultdict(list)
    for talk in talks:
        if talk.time == 1:
            scores[talk.scenario.id].append(talk.play.score)
    return {id_: float(np.mean(own)) for id_, own in scores.items()}


def course(
    talks: Iterable[Talk], usual: dict[str, float], when: Callable[[Talk], Hashable]
) -> dict[Hashable, Point]:
    """Return how first goes went by stretch of time, in points above what is usual there.

    First goes alone, because a second one shows that somebody remembers the scenario; above the
    usual, because some scenarios are harder.

    Args:
        talks: A class's.
        usual: By scenario, as ``usual_first`` returns it, of everybody.
        when: The stretch in which a talk lies.
    """
    found: dict[Hashable, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for talk in talks:
        if talk.time == 1:
            above = talk.play.score - usual[talk.scenario.id]
            found[when(talk)][talk.person].append(above)
    return {
        stretch: Point(len(by), sum(map(len, by.values())), *_over_people(by))
        for stretch, by in found.items()
    }


def _over_people(by: dict[str, list[float]]) -> tuple[float, Interval]:
    means = np.array([[float(np.mean(own))] for own in by.values()])
    middle, interval = mean_of_people(means)
    return middle, interval if len(by) > 1 else UNKNOWN
