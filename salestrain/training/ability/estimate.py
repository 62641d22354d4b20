"""How able a person is, from what they earned on items whose bank is calibrated.

The most likely theta after weighing the answers with a normal population (maximum a posteriori). It
is defined for everyone: someone who has answered nothing stands at the population's mean, with
its spread as standard error; all right or all wrong is as far from it as so many answers warrant.

What is earned may be a share. Half of an item then counts as half a right and half a wrong answer
(a quasi-likelihood, Papke and Wooldridge 1996): the estimate is sound so long as P is what is
earned on average, and the standard error errs on the wide side, since marks between 0 and 1 scatter
less than rights and wrongs of the same mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.ability.model import HALVINGS, chances, logits

if TYPE_CHECKING:
    import numpy.typing as npt

    from salestrain.training.ability.model import Bank, Numbers


class Ability(NamedTuple):
    """An ability in standard deviations of the population, and its standard error (above 0).

    The error is what so few answers leave open, and items known only roughly.
    """

    theta: float
    se: float


POPULATION = Ability(0.0, 1.0)
"""Whom a bank is calibrated on: what is known of a person before their first answer."""


def ability(earned: npt.ArrayLike, bank: Bank, before: Ability = POPULATION) -> Ability:
    """Return one person's ability.

    Args:
        earned: What each item of the bank earned (0–1), NaN where it wasn't answered.
        bank: The items.
        before: What is known of the person without these answers: mean and spread.

    Raises:
        ValueError: If there isn't one figure for each item, or one isn't a share.

    >>> from salestrain.training.ability import Bank
    >>> bank = Bank(np.array([1.0, 1.5]), np.array([-1.0, 0.5]))
    >>> [round(each, 2) for each in ability([1, 0], bank)]
    [-0.13, 0.78]
    """
    theta, se = abilities(np.asarray(earned, dtype=float)[None], bank, before)
    return Ability(float(theta[0]), float(se[0]))


def abilities(
    earned: npt.ArrayLike, bank: Bank, before: Ability = POPULATION
) -> tuple[Numbers, Numbers]:
    """Return the abilities of many people and their standard errors: ``earned`` has a row for each.

    The slope of the log posterior only falls as theta rises, so that halving a bracket always finds
    where it is 0. Source: Birnbaum (1969).
    """
    got, given = answers(earned, bank.a.size)
    mean, precision = before.theta, before.se**-2
    reach = given @ bank.a / precision
    low, high = mean - reach, mean + reach
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        slope = (got - given * chances(middle, bank)) @ bank.a - precision * (middle - mean)
        low, high = np.where(slope > 0, middle, low), np.where(slope > 0, high, middle)
    theta = (low + high) / 2
    return theta, _errors(theta, got, given, bank, precision)


def _errors(theta: Numbers, got: Numbers, given: Numbers, bank: Bank, precision: float) -> Numbers:
    """Return the standard errors of abilities: from the curvature, and from those of a and b.

    Source: the delta method, theta's equation differentiated by each item's a and b.
    """
    right = chances(theta, bank)
    weights = given * right * (1 - right)
    known = weights @ bank.a**2 + precision
    by_a = got - given * right - weights * logits(theta, bank)
    by_b = weights * bank.a**2
    doubt = ((by_a * bank.se_a) ** 2 + (by_b * bank.se_b) ** 2).sum(axis=1) / known**2
    return np.asarray(np.sqrt(1 / known + doubt))


def answers(earned: npt.ArrayLike, items: int) -> tuple[Numbers, Numbers]:
    """Return what was earned with 0 where nothing was answered, and 1 where something was, else 0.

    Raises:
        ValueError: If a row hasn't one figure for each item, or one isn't a share.
    """
    table = np.asarray(earned, dtype=float)
    if table.ndim != 2 or table.shape[1] != items:
        raise ValueError(f"answers of shape {table.shape} to {items} items; give each a column")
    given = ~np.isnan(table)
    got = np.where(given, table, 0.0)
    wrong = np.argwhere((got < 0) | (got > 1))
    if wrong.size:
        row, column = wrong[0]
        raise ValueError(
            f"row {row}, item {column} earned {table[row, column]}; give a share from 0 to 1, "
            "or NaN where it wasn't answered"
        )
    return got, given.astype(float)
