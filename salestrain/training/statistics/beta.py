"""The incomplete beta function, and the quantiles of F and of Student's t that follow from it.

Raters and learners are few, and so are degrees of freedom: no approximation will do. These are
right to eight digits from one degree of freedom on.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 20_000
"""Terms of the fraction; about the root of the degrees of freedom are needed."""
PRECISE = 1e-15
TINY = 1e-300
HALVINGS = 80
FURTHEST = 600.0
"""The logarithm of an F that is looked for is at most so far from 0."""


def regularised_beta(x: float, a: float, b: float) -> float:
    """Return the chance that a Beta(a, b) variable is at most x.

    Args:
        x: From 0 to 1.
        a: Above 0, like ``b``.
        b: Above 0.

    >>> round(regularised_beta(0.9, 3, 1), 6)
    0.729

    Source: Abramowitz and Stegun (1964), 26.5.8: the continued fraction.
    """
    return _at_most(x, 1 - x, a, b)


def f_quantile(chance: float, degrees: tuple[float, float]) -> float:
    """Return the value that F stays under with this chance.

    Args:
        chance: Above 0 and below 1.
        degrees: Of freedom, of the numerator and of the denominator; 1 or more.

    Raises:
        ValueError: If the chance or the degrees are none.

    >>> round(f_quantile(0.95, (5, 15)), 3)
    2.901
    """
    above, below = degrees
    if not (0 < chance < 1 and above > 0 and below > 0):
        raise ValueError(
            f"no F of {above:g} and {below:g} degrees has a quantile at {chance:g}; give degrees "
            "above 0 and a chance between 0 and 1"
        )
    low, high = -FURTHEST, FURTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        # x and 1 - x each by itself: near 1 their difference would lose its digits
        x, rest = 1 / (1 + math.exp(-middle)), 1 / (1 + math.exp(middle))
        under = _at_most(x, rest, above / 2, below / 2) < chance
        low, high = (middle, high) if under else (low, middle)
    return below / above * math.exp((low + high) / 2)


def t_quantile(chance: float, freedom: float) -> float:
    """Return the value that Student's t stays under with this chance, from 0.5 on.

    Source: the square of t is F with 1 degree of freedom in the numerator.

    >>> round(t_quantile(0.975, 2), 3)
    4.303
    """
    return math.sqrt(f_quantile(2 * chance - 1, (1, freedom)))


def _at_most(x: float, rest: float, a: float, b: float) -> float:
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on one side of the mean only
        return 1 - _by_fraction(rest, x, b, a)
    return _by_fraction(x, rest, a, b)


def _by_fraction(x: float, rest: float, a: float, b: float) -> float:
    size = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(size + a * math.log(x) + b * math.log(rest))
    return front / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """Return 1 + d1/(1 + d2/(1 + …)). Source: Lentz (1976), from the front on."""
    value = upper = 1.0
    lower = 0.0
    for term in _terms(x, a, b):
        lower = 1 / _not_zero(1 + term * lower)
        upper = _not_zero(1 + term / upper)
        value *= upper * lower
        if abs(upper * lower - 1) < PRECISE:
            break
    return value


def _terms(x: float, a: float, b: float) -> Iterator[float]:
    for m in range(LONGEST):
        yield -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        n = m + 1
        yield n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
