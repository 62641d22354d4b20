"""What a class knows less well than others, and what each person has to practise.

The unit is the person, not the answer: twenty answers of two people say little of a class of eight.
So a share is the mean over people of what each earned, with the interval of a mean over so many;
and a gap is the mean over people of what each earned above or below what the others earn on the
same items, so that whoever met hard items is not taken for weak.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.normal import student
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from salestrain.playbook.items import Item
    from salestrain.training.quizzes.responses import Floats, Responses

FEW_PEOPLE = 5
"""Under so many a share is shown as small, and a gap is never called sure."""
LEADS_FROM = 1.5
"""A gap is called sure if it is so many times as far from zero as its interval reaches: a review
compares dozens of sections and teams, and by chance one in 300 lies so far (z of 2.9)."""
OWN_WEIGHT = 6.0
"""Somebody's standing in all sections counts as so many answers in each."""
ENOUGH = 10
"""Under so many answers nothing is said of a person."""
LOW = 0.6
MOST = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How a class stands on some items.

    Attributes:
        name: Of the section or the rule.
        people: How many of the class answered any, with ``answers`` answers.
        share: Mean over them of the share earned (0–1), with its interval.
        gap: By how much they are above or below the others on the same items; NaN if nobody else
            answered them, with its interval.
    """

    name: str
    people: int
    answers: int
    share: float
    interval: Interval
    gap: float
    gap_interval: Interval

    @property
    def few(self) -> bool:
        """Whether too few people answered to lean on it."""
        return self.people < FEW_PEOPLE

    @property
    def sure(self) -> bool:
        """Whether the gap is more than chance would bring about among dozens."""
        reach = self.gap - self.gap_interval.low
        return not self.few and abs(self.gap) > LEADS_FROM * reach

    @property
    def behind(self) -> bool:
        """Whether the class is surely behind the others."""
        return self.sure and self.gap < 0


@dataclass(frozen=True, slots=True)
class Need:
    """What a person has to practise.

    Attributes:
        answers: How many first answers they have given, and the ``share`` they earned (0–1).
        sections: Where they stand lowest, at most three; none if nothing is low, or if the answers
            are too few to say.
    """

    person: str
    answers: int
    share: float
    sections: tuple[str, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few answers to say anything."""
        return self.answers < ENOUGH


def grouped(items: Iterable[Item], *, by_rule: bool = False) -> dict[str, tuple[str, ...]]:
    """Return item ids by section, or by the rule or fact that each cites first."""
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        name = item.cites[0] if by_rule else item.section
        found[name] = (*found.get(name, ()), item.id)
    return dict(sorted(found.items()))


def standings(
    found: Responses, people: Collection[str], groups: Mapping[str, Collection[str]]
) -> tuple[Standing, ...]:
    """Return how these people stand on each group of items that any of them answered."""
    ours = np.array([one in people for one in found.people], bool)
    told = []
    for name, items in groups.items():
        earned = found.among(items).earned
        own, theirs = earned[ours], earned[~ours]
        if not np.isnan(own).all():
            told.append(_standing(name, own, theirs))
    return tuple(told)


def _standing(name: str, own: Floats, theirs: Floats) -> Standing:
    answered = ~np.isnan(own)
    share, interval = mean_of_people(own)
    seen = (~np.isnan(theirs)).sum(axis=0)
    usual = np.where(seen > 0, np.nansum(theirs, axis=0) / np.maximum(seen, 1), np.nan)
    gap, gap_interval = mean_of_people(own - usual)
    held = Interval(max(interval.low, 0.0), min(interval.high, 1.0))
    count = int(answered.any(axis=1).sum()), int(answered.sum())
    return Standing(name, *count, share, held, gap, gap_interval)


def mean_of_people(values: Floats) -> tuple[float, Interval]:
    """Return the mean over people of the mean of each, and its interval.

    Args:
        values: People × items, NaN where there is none.

    Source: Student's t, by Cornish and Fisher's first two terms within 2 % from five people on.
    """
    there = (~np.isnan(values)).sum(axis=1)
    each = np.nansum(values, axis=1)[there > 0] / there[there > 0]
    n = len(each)
    if not n:
        return math.nan, UNKNOWN
    middle = float(each.mean())
    if n < 2:
        return middle, UNKNOWN
    half = float(student(n - 1)) * float(each.std(ddof=1)) / math.sqrt(n)
    return middle, Interval(middle - half, middle + half)


def needs(found: Responses, items: Mapping[str, Item]) -> tuple[Need, ...]:
    """Return what each person has to practise, who needs most first, who said too little last.

    Somebody's share in a section is shrunk towards what they earn everywhere, which counts as six
    answers; a section is named from two answers on, if the shrunk share is under six in ten.
    """
    groups = grouped(items[id_] for id_ in found.items)
    told = [_need(found, row, groups) for row in range(len(found.people))]
    return tuple(sorted(told, key=lambda one: (one.few, one.share if not one.few else 0)))


def _need(found: Responses, row: int, groups: Mapping[str, Collection[str]]) -> Need:
    earned = found.earned[row]
    n = int((~np.isnan(earned)).sum())
    share = float(np.nansum(earned) / n) if n else math.nan
    low: dict[str, float] = {}
    for name, ids in groups.items():
        mine = earned[[one in ids for one in found.items]]
        answers = int((~np.isnan(mine)).sum())
        held = (np.nansum(mine) + OWN_WEIGHT * share) / (answers + OWN_WEIGHT)
        if n >= ENOUGH and answers >= 2 and held < LOW:
            low[name] = float(held)
    return Need(found.people[row], n, share, tuple(sorted(low, key=low.__getitem__)[:MOST]))
