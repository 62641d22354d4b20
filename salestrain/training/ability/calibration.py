"""What items ask of people: discrimination and location of each, from answers and a prior.

The answers of a class of 20 don't settle two figures an item; plain maximum likelihood then runs
to its bounds. Here each item starts from what its author expected and moves as far as the answers
warrant: with no answers it stays there, with a thousand the prior no longer shows.

People are taken from a normal population of mean 0 and spread 1, which fixes the scale. Shares
earned count as ``estimate`` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.ability.estimate import answers
from salestrain.training.ability.model import Bank, chances, logits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from salestrain.training.ability.model import Numbers

THETAS = np.linspace(-4.5, 4.5, 46)
"""Where the population is looked at, and how much of it is there."""
MASSES = np.exp(-(THETAS**2) / 2) / np.exp(-(THETAS**2) / 2).sum()
POINTS, SHARES = np.polynomial.hermite_e.hermegauss(5)
SHARES = SHARES / SHARES.sum()
"""Five points of any normal spread, and the share of it each stands for (Gauss and Hermite)."""
MOST_ROUNDS, NEAR = 1000, 1e-4
LONGEST_STEP = 0.5
USUAL_A, LOG_A_SD = 1.0, 0.5
B_SD, GUESS_SD = 1.5, 0.15
"""How far apart items lie, and how far off an author's guess of a share is."""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is believed of items before anyone answers: b normal, the logarithm of a normal.

    Attributes:
        b: The middle for each item; ``b_sd`` its spread.
        a: The middle for all; ``log_a_sd`` the spread of its logarithm.
    """

    b: Numbers
    b_sd: Numbers
    a: float = USUAL_A
    log_a_sd: float = LOG_A_SD


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Calibration(Bank):
    """A bank with standard errors (above 0, never wider than the prior's) and answers an item."""

    n: npt.NDArray[np.int64]


def prior(facilities: Sequence[float | None]) -> Prior:
    """Return what authors' guesses of the share answering right (0–1) say of their items.

    With a of 1, the share of the population that gets an item right is σ(−b / √(1 + π/8)), nearly,
    so that b = −1.18 logit(share). Turned round like that, a guess of 0.98 that should be 0.9 would
    put b off by 2. So a guess is weighed as what it is: the share, give or take 0.15, of an item
    whose b lies anywhere within ±3. Mean and spread of b by Bayes' rule are the prior's.

    Args:
        facilities: The guess for each item; None where there is none.

    Source: MacKay (1992) for the logistic averaged over a normal spread.

    >>> known = prior([0.3, 0.8, 0.98])
    >>> known.b.round(2).tolist(), known.b_sd.round(2).tolist()
    ([0.93, -1.38, -2.07], [0.8, 0.83, 0.84])
    """
    guesses = np.array([np.nan if each is None else each for each in facilities], dtype=float)
    shares = MASSES @ chances(THETAS, Bank(np.full_like(THETAS, USUAL_A), THETAS))
    off = (guesses[:, None] - shares) / GUESS_SD
    weights = np.exp(-((THETAS / B_SD) ** 2) / 2) * np.exp(-(np.nan_to_num(off) ** 2) / 2)
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ THETAS
    return Prior(mean, np.sqrt(weights @ THETAS**2 - mean**2))


def calibrate(earned: npt.ArrayLike, prior: Prior) -> Calibration:
    """Return the most likely a and b of each item, the people's abilities averaged over.

    Args:
        earned: What each person (row) earned on each item (column), 0–1; NaN where not asked.
        prior: One entry for each item.

    Returns:
        Finite figures for whatever was earned, also where all or none are right.

    Raises:
        ValueError: If there isn't a column for each item, or a figure isn't a share.

    Source: marginal maximum a posteriori, Bock and Aitkin (1981) and Mislevy (1986), by the
    gradient form of EM (Lange 1995): one step of Fisher's scoring to each weighing of the people.
    """
    got, given = answers(earned, prior.b.size)
    log_a, b = np.full_like(prior.b, np.log(prior.a)), prior.b.copy()
    for _ in range(MOST_ROUNDS):
        bank = Bank(np.exp(log_a), b)
        step = _step(bank, _likely(got, given, bank), (got, given), prior)
        step = step.clip(-LONGEST_STEP, LONGEST_STEP)
        log_a, b = log_a + step[:, 0], b + step[:, 1]
        if np.abs(step).max(initial=0) < NEAR:
            break
    bank = Bank(np.exp(log_a), b)
    se = _errors(bank, got, given, prior)
    counts = given.sum(axis=0).astype(np.int64)
    return Calibration(bank.a, b, bank.a * se[:, 0], se[:, 1], n=counts)


def _likely(got: Numbers, given: Numbers, bank: Bank) -> Numbers:
    """Return how likely each person (row) is at each of ``THETAS``."""
    logit = logits(THETAS, bank).T
    log = got @ logit - given @ np.logaddexp(0, logit) + np.log(MASSES)
    likely = np.exp(log - log.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))


def _step(bank: Bank, likely: Numbers, seen: tuple[Numbers, Numbers], prior: Prior) -> Numbers:
    """Return by how much log a and b of each item (row) should move.

    Scoring's curvature is the expected one; what the real one may have on top of it is added, else
    two steps could undo each other for ever.
    """
    got, given = (each.T @ likely for each in seen)
    over = got - given * chances(THETAS, bank).T
    slope = np.stack([(over * logits(THETAS, bank).T).sum(1), -bank.a * over.sum(1)], axis=1)
    on_top = np.abs(slope) + [[1, 0]] * np.abs(slope[:, 1:])
    pull = np.stack([np.log(bank.a / prior.a), bank.b - prior.b], axis=1) * _precisions(prior)
    curved = _told(bank, given) + (_precisions(prior) + on_top)[:, :, None] * np.eye(2)
    return np.asarray(np.linalg.solve(curved, (slope - pull)[..., None])[..., 0])


def _precisions(prior: Prior) -> Numbers:
    return np.stack([np.full_like(prior.b, prior.log_a_sd**-2), prior.b_sd**-2], axis=1)


def _told(bank: Bank, given: Numbers) -> Numbers:
    """Return what answers would tell of log a and b if abilities were known: items × 2 × 2.

    Args:
        bank: The items.
        given: How many answers each item (row) has at each of ``THETAS``.
    """
    right, logit = chances(THETAS, bank).T, logits(THETAS, bank).T
    way = np.stack([logit, np.broadcast_to(-bank.a[:, None], logit.shape)], axis=1)
    return np.asarray((way * (given * right * (1 - right))[:, None]) @ way.swapaxes(1, 2))


def _errors(bank: Bank, got: Numbers, given: Numbers, prior: Prior) -> Numbers:
    """Return the standard errors of log a and b of each item (row).

    Answers tell what they would with abilities known, less what is unknown of each person, which
    all their items share. In units of the prior's spread the prior itself tells 1 of each.
    Source: Louis (1982).
    """
    likely, items = _likely(got, given, bank), bank.a.size
    told = np.zeros((items, 2, items, 2))
    told[range(items), :, range(items), :] = _told(bank, given.T @ likely)
    waver = _wavering(bank, got, given, likely)
    spreads = _precisions(prior).ravel() ** -0.5
    net = (told.reshape(2 * items, 2 * items) - waver.T @ waver) * np.outer(spreads, spreads)
    value, way = np.linalg.eigh(net)
    variances = (way**2 / (1 + value.clip(0))).sum(axis=1)
    return np.asarray(np.sqrt(variances) * spreads).reshape(items, 2)


def _wavering(bank: Bank, got: Numbers, given: Numbers, likely: Numbers) -> Numbers:
    """Return how the slopes of the log likelihood vary with what each ability may be.

    Each person's ability is taken as normal and looked at in five points, a row for each; columns
    are log a and b of each item. The product with itself sums the covariances over people.
    """
    mean = likely @ THETAS
    sd = np.sqrt((likely @ THETAS**2 - mean**2).clip(0))
    thetas = mean[:, None] + sd[:, None] * POINTS
    over = got[:, None] - given[:, None] * chances(thetas, bank)
    slopes = np.stack([over * logits(thetas, bank), -bank.a * over], axis=-1)
    slopes -= np.tensordot(SHARES, slopes, axes=(0, 1))[:, None]
    slopes *= np.sqrt(SHARES)[:, None, None]
    return slopes.reshape(likely.shape[0] * POINTS.size, 2 * bank.a.size)
