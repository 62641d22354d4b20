"""How far two shares lie apart, and whether that is more than chance among dozens of looks."""

from __future__ import annotations

import math
from typing import NamedTuple

from salestrain.training.statistics.classes import FEW_PEOPLE, LEADS_FROM
from salestrain.training.statistics.intervals import UNKNOWN, Interval, of_share


class Gap(NamedTuple):
    """A class's share of so many people, against that of the others.

    Attributes:
        gap: Own share less that of the others (-1 to 1); NaN if either are nobody.
    """

    hits: int
    n: int
    others_hits: int
    others: int
    gap: float
    interval: Interval

    @property
    def share(self) -> float:
        """The class's own share (0–1); NaN for nobody."""
        return self.hits / self.n if self.n else math.nan

    @property
    def others_share(self) -> float:
        """That of the others."""
        return self.others_hits / self.others if self.others else math.nan

    @property
    def sure(self) -> bool:
        """Whether it is more than chance brings about among dozens; never under five people."""
        if math.isnan(self.gap) or min(self.n, self.others) < FEW_PEOPLE:
            return False
        near = self.interval.high if self.gap < 0 else self.interval.low
        return abs(self.gap) > LEADS_FROM * abs(near - self.gap)


def gap_of(hits: int, n: int, others_hits: int, others: int) -> Gap:
    """Return the gap between two shares with its interval.

    >>> gap = gap_of(56, 70, 48, 80)
    >>> round(gap.gap, 2), [round(end, 4) for end in gap.interval]
    (0.2, [0.0524, 0.3339])

    Source: Newcombe (1998), method 10: the two Wilson intervals joined as squares.
    """
    counts = hits, n, others_hits, others
    if not n or not others:
        return Gap(*counts, math.nan, UNKNOWN)
    one, other = hits / n, others_hits / others
    own, theirs = of_share(one, n), of_share(other, others)
    below = math.hypot(one - own.low, theirs.high - other)
    above = math.hypot(own.high - one, other - theirs.low)
    return Gap(*counts, one - other, Interval(one - other - below, one - other + above))
