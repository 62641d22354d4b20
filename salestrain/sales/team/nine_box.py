"""The 9-box: performance by potential, each cut in three, with how sure a place in it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from salestrain.sales.team.evaluations import Standing

    Floats = npt.NDArray[np.float64]
    Cuts = tuple[float, float]

SURE = 0.95
STEPS, REACH = 400, 8.0
CERTAIN = 0.999999


class Box(NamedTuple):
    """One of nine: 0 low, 1 middle, 2 high on each axis."""

    performance: int
    potential: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody in the 9-box.

    Attributes:
        standing: Both figures.
        box: Where the figures as they stand put them.
        chances: Of each box, by performance and then potential (3 × 3); they add up to 1.
        between: Boxes that the intervals reach into, the likeliest first; just the one if sure.
    """

    standing: Standing
    box: Box
    chances: tuple[tuple[float, float, float], ...]
    between: tuple[Box, ...]

    @property
    def sure(self) -> bool:
        """Whether no interval crosses a cut."""
        return len(self.between) == 1

    def chance(self, box: Box) -> float:
        """Return how likely somebody belongs in a box."""
        return self.chances[box.performance][box.potential]


def third(value: float, cuts: Cuts) -> int:
    """Return 0 below the first cut, 1 from it on, 2 from the second on.

    >>> [third(value, (2.5, 4.0)) for value in (2.4, 2.5, 3.9, 4.0)]
    [0, 1, 1, 2]
    """
    return sum(value >= cut for cut in cuts)


def placed(standing: Standing, performance: Cuts, potential: Cuts) -> Placed:
    """Return where somebody stands in the 9-box, and how sure that is.

    Args:
        standing: Both figures with their errors.
        performance: The two cuts of that axis; a figure on a cut is above it.
        potential: Likewise.

    Source: Rudner (2001, 2005): the chance of a class is the area of the normal curve about the
    figure between the class's cuts; here over two axes whose errors go together.
    """
    chances = _chances(standing, performance, potential)
    box = Box(third(standing.performance, performance), third(standing.potential, potential))
    across = _reached(standing.performance, standing.performance_error, standing.width, performance)
    up = _reached(standing.potential, standing.potential_error, standing.width, potential)
    boxes = [Box(one, other) for one in across for other in up]
    likeliest = sorted(boxes, key=lambda one: -chances[one.performance][one.potential])
    rows = (tuple(map(float, row)) for row in chances)
    return Placed(standing, box, tuple((a, b, c) for a, b, c in rows), tuple(likeliest))


def expected(everybody: Iterable[Placed]) -> list[list[float]]:
    """Return how many people each box is likely to hold: the sum of their chances (3 × 3)."""
    total = np.zeros((3, 3))
    for one in everybody:
        total += np.array(one.chances)
    return [[float(each) for each in row] for row in total]


def _reached(value: float, error: float, width: float, cuts: Cuts) -> range:
    low, high = value - width * error, value + width * error
    return range(third(low, cuts), third(high, cuts) + 1)


def _chances(one: Standing, across: Cuts, up: Cuts) -> Floats:
    """Return the chance of each box: over performance by steps, over potential in closed form."""
    rho = min(max(one.together, -CERTAIN), CERTAIN)
    edges = _edges(across, one.performance, one.performance_error)
    bounds = _edges(up, one.potential, one.potential_error)
    found = np.zeros((3, 3))
    for column in range(3):
        low, high = edges[column], edges[column + 1]
        if high <= low:
            continue
        step = (high - low) / STEPS
        z: Floats = np.asarray(low + (np.arange(STEPS) + 0.5) * step, dtype=np.float64)
        weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * step
        below = [_normal((bound - rho * z) / math.sqrt(1 - rho**2)) for bound in bounds]
        found[column] = [(weight * (below[row + 1] - below[row])).sum() for row in range(3)]
    return np.asarray(found / found.sum(), dtype=np.float64)


def _edges(cuts: Cuts, value: float, error: float) -> list[float]:
    """Return the bounds of the three parts in standard errors from the figure, none beyond 8."""
    if error <= 0:
        places = [REACH if cut > value else -REACH for cut in cuts]
    else:
        places = [min(max((cut - value) / error, -REACH), REACH) for cut in cuts]
    return [-REACH, *places, REACH]


def _normal(z: Floats) -> Floats:
    return np.array([math.erfc(-each / math.sqrt(2)) / 2 for each in z], dtype=np.float64)
