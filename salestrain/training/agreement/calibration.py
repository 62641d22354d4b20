"""What a calibration session shows: several raters have scored one run, and then talk.

Nobody's scores are the truth here; a rater is lenient or strict beside the others. What one run
shows holds for that run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Literal

from salestrain.training.statistics.beta import t_quantile
from salestrain.training.statistics.intervals import UNKNOWN, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Card = Mapping[str, int]
    Cards = Mapping[str, Card]

Lean = Literal["lenient", "strict", ""]

LOWEST, HIGHEST = 1, 5
FAR_APART = 2
"""Levels two raters are apart on a competency if they should talk about it first."""
FEWEST_SCORES = 5
"""Under so many competencies of one run, or so many runs, nobody is called lenient or strict."""
ROUNDED = 12**-0.5
"""Levels are whole, so a rater who is always just one level off is not known to be so exactly:
differences are taken to scatter at least as rounding makes them."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far ``n`` raters lie apart on one competency of a run.

    Attributes:
        low: The lowest level given; ``high`` the highest.
        mean: Of the levels, and their standard ``deviation``.
    """

    competency: str
    n: int
    low: int
    high: int
    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a rater scores beside the others.

    Attributes:
        n: Over how many competencies that others scored too (of one run), or over how many runs.
        gap: By how many levels above (lenient) or below the mean of the others; NaN without any.
        interval: Where it may lie (95 %); unknown if too few.
        lean: Which way, if it is more than chance among so many raters: empty else.
    """

    rater: str
    n: int
    gap: float
    interval: Interval
    lean: Lean


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two raters at least two levels apart: ``upper`` gave ``high``, ``lower`` gave ``low``."""

    competency: str
    upper: str
    high: int
    lower: str
    low: int


@dataclass(frozen=True, slots=True)
class Session:
    """What the scorecards of one run show.

    Attributes:
        spreads: Of each competency two raters or more scored, the widest first.
        leanings: Of each rater, the most lenient first.
        disagreements: To talk about, the widest first.
    """

    spreads: tuple[Spread, ...]
    leanings: tuple[Leaning, ...]
    disagreements: tuple[Disagreement, ...]


def session(cards: Cards) -> Session:
    """Return what the scorecards of one run show; little or nothing with fewer than two raters.

    Args:
        cards: By rater, the level (1–5) of each competency they scored.

    Raises:
        ValueError: If a level is none.
    """
    check(cards)
    levels = _by_competency(cards)
    spreads = [_spread(name, list(given.values())) for name, given in levels.items()]
    gaps = {rater: list(_gaps(rater, cards[rater], levels)) for rater in cards}
    return Session(
        tuple(sorted(spreads, key=lambda one: (one.low - one.high, -one.deviation))),
        _leanings(gaps),
        tuple(sorted(_disagreements(levels), key=lambda one: one.low - one.high)),
    )


def leanings(runs: Mapping[str, Cards]) -> tuple[Leaning, ...]:
    """Return how each rater scores beside the others over several runs, most lenient first.

    The unit is the run: what somebody gave on the competencies of one goes together.

    Args:
        runs: By run, its scorecards as in ``session``.

    Raises:
        ValueError: If a level is none.
    """
    gaps: dict[str, list[float]] = {}
    for cards in runs.values():
        check(cards)
        levels = _by_competency(cards)
        for rater, card in cards.items():
            found = list(_gaps(rater, card, levels))
            gaps.setdefault(rater, []).extend([fmean(found)] if found else [])
    return _leanings(gaps)


def check(cards: Cards) -> None:
    """Raise a ValueError if a level is none."""
    for rater, card in cards.items():
        for competency, level in card.items():
            if level not in range(LOWEST, HIGHEST + 1):
                raise ValueError(
                    f"{rater} gave {level!r} for {competency!r}; give a whole level from "
                    f"{LOWEST} to {HIGHEST}"
                )


def _by_competency(cards: Cards) -> dict[str, dict[str, int]]:
    """Return the level each rater gave, by competency, of those that two or more scored."""
    found: dict[str, dict[str, int]] = {}
    for rater, card in cards.items():
        for competency, level in card.items():
            found.setdefault(competency, {})[rater] = level
    return {name: levels for name, levels in found.items() if len(levels) > 1}


def _spread(name: str, given: Sequence[int]) -> Spread:
    return Spread(name, len(given), min(given), max(given), fmean(given), stdev(given))


def _gaps(rater: str, card: Card, levels: Mapping[str, Mapping[str, int]]) -> Iterator[float]:
    for competency, level in card.items():
        if competency in levels:
            given = levels[competency].items()
            yield level - fmean(each for other, each in given if other != rater)


def _leanings(gaps: Mapping[str, Sequence[float]]) -> tuple[Leaning, ...]:
    found = [_leaning(rater, each, len(gaps)) for rater, each in gaps.items()]
    return tuple(sorted(found, key=lambda one: (not one.n, -one.gap if one.n else 0.0)))


def _leaning(rater: str, gaps: Sequence[float], raters: int) -> Leaning:
    """Return a rater's leaning, named beyond Bonferroni's bound, since every rater is tried."""
    n, gap = len(gaps), fmean(gaps) if gaps else math.nan
    if n < FEWEST_SCORES:
        return Leaning(rater, n, gap, UNKNOWN, "")
    error = max(stdev(gaps), ROUNDED) / math.sqrt(n)
    half, bound = (error * t_quantile(1 - 0.025 / each, n - 1) for each in (1, raters))
    way: Lean = "lenient" if gap > 0 else "strict"
    return Leaning(rater, n, gap, Interval(gap - half, gap + half), way if abs(gap) > bound else "")


def _disagreements(levels: Mapping[str, Mapping[str, int]]) -> Iterator[Disagreement]:
    for competency, given in levels.items():
        for pair in combinations(given.items(), 2):
            (lower, low), (upper, high) = sorted(pair, key=lambda one: one[1])
            if high - low >= FAR_APART:
                yield Disagreement(competency, upper, high, lower, low)
