"""The two-parameter logistic model: what a person of an ability is likely to earn on an item.

Ability ``theta`` is counted in standard deviations from the mean of the people an item bank was
calibrated on. An item has a discrimination ``a`` (how sharply it parts those below from those
above) and a location ``b``: the theta at which half get it right. People are shown neither; they
are shown the share of a bank they can be expected to get right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

FARTHEST = 8.0
"""No ability is looked for beyond this many standard deviations."""
HALVINGS = 45
"""So often a bracket is halved: what remains of it is rounding."""


def _known() -> Numbers:
    return np.zeros(())


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Items as far as they are known: arrays of equal length, ``a`` above 0.

    Attributes:
        a: Discriminations, with standard errors ``se_a``; 0 where they are taken as known.
        b: Locations, likewise.
    """

    a: Numbers
    b: Numbers
    se_a: Numbers = field(default_factory=_known)
    se_b: Numbers = field(default_factory=_known)

    def __post_init__(self) -> None:
        if self.a.shape != self.b.shape or self.a.ndim != 1:
            raise ValueError(f"a has shape {self.a.shape} and b {self.b.shape}; give one each")
        if not (np.isfinite(self.a).all() and np.isfinite(self.b).all() and (self.a > 0).all()):
            raise ValueError("an item has no finite b, or an a that isn't above 0; recalibrate")

    def part(self, items: Sequence[int]) -> Bank:
        """Return some of the items, in this order, as well known as they are."""
        known = np.broadcast_arrays(self.a, self.b, self.se_a, self.se_b)
        return Bank(*(each[list(items)] for each in known))


def chances(theta: npt.ArrayLike, bank: Bank) -> Numbers:
    """Return what is expected to be earned (0–1) on each item: shape of theta, then items.

    Source: Birnbaum (1968), P = 1 / (1 + exp(−a(θ − b))).

    >>> chances([0, 2], Bank(np.array([1.0]), np.array([2.0]))).round(3).tolist()
    [[0.119], [0.5]]
    """
    return np.asarray(0.5 + 0.5 * np.tanh(logits(theta, bank) / 2))  # no exp() to overflow


def logits(theta: npt.ArrayLike, bank: Bank) -> Numbers:
    """Return a(θ − b): shape of theta, then items."""
    return np.asarray(bank.a * (np.asarray(theta, dtype=float)[..., None] - bank.b))


def information(theta: npt.ArrayLike, bank: Bank) -> Numbers:
    """Return what an answer to each item would tell of theta: a²P(1 − P), summing over answers.

    Source: Lord (1980). The standard error of theta is one over the root of the sum.
    """
    right = chances(theta, bank)
    return np.asarray(bank.a**2 * right * (1 - right))


def expected_share(theta: float, bank: Bank) -> float:
    """Return the share of the bank's items (0–1) that a person of this ability would get right.

    Source: the test characteristic curve, Lord (1980), divided by the number of items.

    Raises:
        ValueError: If the bank is empty.
    """
    if not bank.a.size:
        raise ValueError("a bank without items has no share to expect; calibrate some first")
    return float(chances(theta, bank).mean())


def theta_at(share: float, bank: Bank) -> float:
    """Return the ability at which that share of the bank's items is got right.

    It is what a pass mark given as a share means on the scale of ability. A share that no ability
    within ±8 reaches gives that end.
    """
    low, high = -FARTHEST, FARTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if expected_share(middle, bank) < share else (low, middle)
    return (low + high) / 2
