"""What answers say about an item: facility, discrimination, and who chose which option."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.statistics.choices import choices_of
from salestrain.training.statistics.intervals import Interval, of_correlation, of_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.playbook.items import Item
    from salestrain.training.quizzes.responses import Floats, Responses

FEWEST_PEOPLE = 10
"""Discrimination is withheld below: with nine people its interval spans more than 1.2 of 2."""
FEWEST_OTHERS = 3
"""A rest score takes answers to so many other items at least."""
GUESS_WEIGHT = 5.0
"""The author's guess of a facility counts as so many answers."""


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """How one option of a choice did.

    Attributes:
        choice: Which choice of the item: a line, a card; empty where the item is one choice.
        option: Its id.
        key: Whether it is right.
        n: How many chose it; ``share`` of those who chose (0–1).
        rest: Mean rest score of those who did, in standard deviations; NaN if nobody.
    """

    choice: str
    option: str
    key: bool
    n: int
    share: float
    rest: float


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item, from the first answers of ``n`` people.

    Attributes:
        facility: Mean of what was earned (0–1), and its interval; NaN without answers.
        shrunk: The same with the author's guess counted as five answers.
        discrimination: Correlation with the rest score (-1 to 1) over ``rested`` people; NaN if
            withheld.
        point_biserial: Correlation with the score the item itself is part of; higher.
    """

    item: str
    n: int
    facility: float
    facility_interval: Interval
    shrunk: float
    rested: int
    discrimination: float
    discrimination_interval: Interval
    point_biserial: float
    options: tuple[OptionStatistics, ...]


def item_statistics(found: Responses, items: Mapping[str, Item]) -> tuple[ItemStatistics, ...]:
    """Return the statistics of each item, in the order of the responses' columns.

    Source: Lord and Novick (1968), chapter 15; the correction for overlap is Henrysson's (1963).
    """
    rest = rest_scores(found.earned)
    whole = total_scores(found.earned)
    return tuple(
        _statistics(items[id_], found, column, (rest[:, column], whole))
        for column, id_ in enumerate(found.items)
    )


def facilities(earned: Floats) -> Floats:
    """Return the mean earned of each item (0–1), over those who answered it; NaN for nobody."""
    n = (~np.isnan(earned)).sum(axis=0)
    return np.where(n > 0, np.nansum(earned, axis=0) / np.maximum(n, 1), np.nan)


def rest_scores(earned: Floats) -> Floats:
    """Return how each person did on all other items they answered (people × items).

    That is the mean of what they earned above or below the item's facility. Where everybody
    answered everything it ranks people as the plain sum of the others does; NaN with answers to
    fewer than three other items.
    """
    apart = earned - facilities(earned)
    there = ~np.isnan(earned)
    others = there.sum(axis=1, keepdims=True) - there
    total = np.nansum(apart, axis=1, keepdims=True) - np.nan_to_num(apart)
    return np.where(others >= FEWEST_OTHERS, total / np.maximum(others, 1), np.nan)


def total_scores(earned: Floats) -> Floats:
    """Return how each person did on all items they answered, above or below their facility."""
    apart, n = earned - facilities(earned), (~np.isnan(earned)).sum(axis=1)
    return np.where(n > FEWEST_OTHERS, np.nansum(apart, axis=1) / np.maximum(n, 1), np.nan)


def correlation(one: Floats, other: Floats) -> tuple[float, int]:
    """Return Pearson's correlation over the pairs that are whole, and how many those are.

    NaN where either doesn't vary: all right says nothing of whom an item tells apart.
    """
    both = ~(np.isnan(one) | np.isnan(other))
    a, b = one[both], other[both]
    if len(a) < 2 or np.ptp(a) < 1e-9 or np.ptp(b) < 1e-9:
        return math.nan, len(a)
    return float(np.clip(np.corrcoef(a, b)[0, 1], -1, 1)), len(a)


def shrunk(facility: float, n: int, guess: float) -> float:
    """Return a facility with the author's guess counted as five answers.

    >>> shrunk(1.0, 5, 0.6)
    0.8
    """
    right = facility * n if n else 0.0
    return (right + guess * GUESS_WEIGHT) / (n + GUESS_WEIGHT)


def _statistics(
    item: Item, found: Responses, column: int, scores: tuple[Floats, Floats]
) -> ItemStatistics:
    earned, (rest, whole) = found.earned[:, column], scores
    n = int((~np.isnan(earned)).sum())
    facility = float(np.nansum(earned) / n) if n else math.nan
    apart, rested = correlation(earned, rest)
    apart, part = (math.nan, math.nan) if rested < FEWEST_PEOPLE else (
        apart, correlation(earned, whole)[0]
    )  # fmt: skip
    return ItemStatistics(
        *(item.id, n, facility, of_share(facility, n), shrunk(facility, n, item.expected_facility)),
        *(rested, apart, of_correlation(apart, rested), part),
        tuple(_options(item, found, column, rest)),
    )


def _options(item: Item, found: Responses, column: int, rest: Floats) -> list[OptionStatistics]:
    spread = float(np.nanstd(rest)) if (~np.isnan(rest)).sum() > 1 else 0.0
    scaled = rest / spread if spread > 0 else np.full(len(rest), np.nan)
    told = []
    for choice in choices_of(item, [row[column] for row in found.answers], found.earned[:, column]):
        chose = [one is not None for one in choice.chosen]
        for option in choice.options:
            those = np.array([one == option for one in choice.chosen], bool)
            known = scaled[those & ~np.isnan(scaled)]
            n, mean = int(those.sum()), float(known.mean()) if len(known) else math.nan
            told.append(
                OptionStatistics(
                    *(choice.name, option, option == choice.key, n, n / max(sum(chose), 1), mean)
                )
            )
    return told
