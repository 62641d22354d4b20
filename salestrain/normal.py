"""What both sides of the house reckon 95 % intervals with: the normal quantile, Wilson, Student.

Functions take floats or arrays alike, and nothing but numpy's own arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

Z95 = 1.959963984540054


def wilson(share: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Return the ends of the interval of a share (0–1) of ``n``; NaN where ``n`` is 0.

    Source: Wilson (1927), the score interval without continuity correction.

    >>> low, high = wilson(0.75, 12)
    >>> round(float(low), 3), round(float(high), 3)
    (0.468, 0.911)
    """
    p, count = np.asarray(share, dtype=np.float64), np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        shrink = 1 + Z95**2 / count
        middle = (p + Z95**2 / (2 * count)) / shrink
        within = np.maximum(p * (1 - p), 0) / count + Z95**2 / (4 * count**2)
        half = Z95 / shrink * np.sqrt(within)
    # Rounding may push the ends a hair outside the share itself.
    return np.minimum(np.clip(middle - half, 0, 1), p), np.maximum(np.clip(middle + half, 0, 1), p)


def student(freedom: npt.ArrayLike) -> Numbers:
    """Return Student's 97.5 % quantile for so many degrees of freedom, by its first terms.

    Source: Abramowitz and Stegun (1964), 26.7.5.
    """
    degrees = np.asarray(freedom, dtype=np.float64)
    first = (Z95**3 + Z95) / 4
    second = (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / 96
    return np.asarray(Z95 + first / degrees + second / degrees**2)
