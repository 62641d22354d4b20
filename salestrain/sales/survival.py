"""How long something takes when some of it isn't over yet: survival curves.

A mean over what is over is too short, because the slow ones are still waiting. So whoever still
waits counts as one who waited at least so long (censored), and whoever was first seen after a
while counts from then on only (late entry).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.normal import Z95

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """The share that still waits after each time at which something ended.

    Attributes:
        times: When something ended, rising; n of them.
        at_risk: How many still waited just before.
        ended: How many ended then.
        share: The share still waiting after it, 1 to 0.
        low: Lower end of its 95 % interval; NaN where the share is 0.
        high: Upper end.
        count: How many there were in all.
    """

    times: Numbers
    at_risk: Numbers
    ended: Numbers
    share: Numbers
    low: Numbers
    high: Numbers
    count: int

    def share_at(self, time: float) -> float:
        """Return the share that still waits after a time; NaN beyond what was seen."""
        return _at(self.times, self.share, time, 1.0)

    def quantile(self, part: float = 0.5) -> tuple[float, float, float]:
        """Return after how long a part of all has ended, and its 95 % interval.

        Each is infinite where the curve, or the end of its interval, never comes down so far.

        Source: Brookmeyer and Crowley (1982), with the interval of the log-log curve.
        """
        left = 1 - part
        ends = (_first(self.times, curve <= left + 1e-12) for curve in (self.low, self.high))
        low, high = ends
        return _first(self.times, self.share <= left + 1e-12), low, high


def kaplan_meier(
    waited: npt.ArrayLike, ended: npt.ArrayLike, entered: npt.ArrayLike | None = None
) -> Curve:
    """Return the curve of who still waits.

    Args:
        waited: How long each one waited, to the end or until it was last seen; n of them, in any
            unit, none below zero.
        ended: Whether each one's wait is over.
        entered: How long each one had waited when it was first seen; None: all from the start.

    Source: Kaplan and Meier (1958); the interval by Greenwood's variance on the log-log scale
        (Kalbfleisch and Prentice 1980); with late entry as in Klein and Moeschberger (2003), 4.6.
    """
    time, over, late = _given(waited, ended, entered)
    times, events = np.unique(time[over], return_counts=True)
    at_risk = _at_risk(times, time, late)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(np.cumprod(1 - events / at_risk), dtype=np.float64)
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        half = Z95 * np.sqrt(variance) / np.abs(np.log(share))
        low, high = share ** np.exp(half), share ** np.exp(-half)
    none = (share <= 0) | ~np.isfinite(half)
    low, high = np.where(none, np.nan, low), np.where(none, np.nan, high)
    return Curve(times, at_risk, events.astype(np.float64), share, low, high, time.size)


@dataclass(frozen=True)
class Incidence:
    """The share that has ended in one way by each time, other ways taking theirs.

    Attributes:
        times: When something ended in any way, rising.
        share: The share that has ended in this way by then, 0 to 1.
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    times: Numbers
    share: Numbers
    low: Numbers
    high: Numbers

    def by(self, time: float) -> tuple[float, float, float]:
        """Return the share by a time with its interval; zero before the first end."""
        curves = (self.share, self.low, self.high)
        share, low, high = (_at(self.times, curve, time, 0.0) for curve in curves)
        return share, low, high


def incidence(
    waited: npt.ArrayLike,
    ended: npt.ArrayLike,
    this: npt.ArrayLike,
    entered: npt.ArrayLike | None = None,
) -> Incidence:
    """Return how much has ended in one way by each time.

    One minus a survival curve would be too much where there are several ways: who was lost can't
    be won any more.

    Args:
        waited: As for ``kaplan_meier``.
        ended: Whether each one's wait is over, in whatever way.
        this: Whether it is over in this way.
        entered: As for ``kaplan_meier``.

    Source: Aalen and Johansen (1978); variance of Marubini and Valsecchi (1995), the interval on
        the log-log scale.
    """
    time, over, late = _given(waited, ended, entered)
    mine = np.asarray(this, dtype=bool) & over
    times, events = np.unique(time[over], return_counts=True)
    at_risk = _at_risk(times, time, late)
    own = np.array([(mine & (time == one)).sum() for one in times], dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        before = np.concatenate([[1.0], np.cumprod(1 - events / at_risk)[:-1]])
        share = np.cumsum(before * own / at_risk)
        variance = _variance(share, before, own, events.astype(np.float64), at_risk)
        half = Z95 * np.sqrt(variance) / np.abs(share * np.log(share))
        low, high = share ** np.exp(half), share ** np.exp(-half)
    some = (share > 0) & (share < 1) & np.isfinite(half)
    return Incidence(times, share, np.where(some, low, share), np.where(some, high, share))


def _variance(
    share: Numbers, before: Numbers, own: Numbers, events: Numbers, at_risk: Numbers
) -> Numbers:
    """Return the variance of a cumulative incidence at each time (the delta method)."""
    n = at_risk
    spread = np.where(n > events, events / (n * (n - events)), 0.0)
    first, middle = spread, before * own / n**2
    last = before**2 * (n - own) / n**3 * own
    a = share**2 * np.cumsum(first) - 2 * share * np.cumsum(share * first)
    a += np.cumsum(share**2 * first)
    c = share * np.cumsum(middle) - np.cumsum(share * middle)
    return np.asarray(np.maximum(a + np.cumsum(last) - 2 * c, 0), dtype=np.float64)


def _given(
    waited: npt.ArrayLike, ended: npt.ArrayLike, entered: npt.ArrayLike | None
) -> tuple[Numbers, npt.NDArray[np.bool_], Numbers]:
    time = np.asarray(waited, dtype=np.float64)
    over = np.asarray(ended, dtype=bool)
    late = np.full(time.shape, -math.inf)
    if entered is not None:
        late = np.asarray(entered, dtype=np.float64)
        late = np.where(late > 0, late, -math.inf)  # from the start, so at risk at time zero too
    if bool((time < 0).any()) or bool(np.isnan(time).any()):
        raise ValueError("a wait is below zero or missing")
    seen = late < time  # who entered as it ended tells nothing
    return time[seen], over[seen], late[seen]


def _at_risk(times: Numbers, time: Numbers, late: Numbers) -> Numbers:
    """Return how many waited just before each time and had been seen by then."""
    ends, enters = np.sort(time), np.sort(late)
    gone = np.searchsorted(ends, times, side="left")
    there = np.searchsorted(enters, times, side="left")
    return (there - gone).astype(np.float64)


def _at(times: Numbers, curve: Numbers, time: float, start: float) -> float:
    place = int(np.searchsorted(times, time, side="right"))
    return float(curve[place - 1]) if place else start


def _first(times: Numbers, reached: npt.NDArray[np.bool_]) -> float:
    found = np.flatnonzero(reached)
    return float(times[found[0]]) if found.size else math.inf
