"""What is believed of a competency: a Beta distribution over the share of it that shows itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.statistics.beta import regularised_beta

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from salestrain.training.proficiency.observation import Observation, Weighing

PRIOR_WEIGHT = 2.0
"""What others in the role show counts as two things seen: it never settles anything by itself,
since a light takes as much of one's own."""
HALVINGS = 40


class Prior(NamedTuple):
    """What is believed before anything was seen: a mean share (0–1), and what that counts."""

    mean: float = 0.5
    weight: float = PRIOR_WEIGHT


class Belief(NamedTuple):
    """Beta(good, poor) over the share; ``n`` is what was seen of this person, without the prior."""

    good: float
    poor: float
    n: float

    @property
    def mean(self) -> float:
        """The share expected (0–1)."""
        return self.good / (self.good + self.poor)

    def above(self, bound: float) -> float:
        """Return how likely the share is at least so much."""
        return 1 - regularised_beta(bound, self.good, self.poor)

    def quantile(self, chance: float) -> float:
        """Return the share that it stays under with this chance."""
        return _quantile(chance, self.good, self.poor)


def belief(
    observations: Iterable[Observation], prior: Prior, now: datetime, weighing: Weighing
) -> Belief:
    """Return what is believed after all that was seen.

    Of one source counts one thing at most, each observation less the older it is
    (``Weighing.summed``), and both parts are added to the prior's. Shares between 0 and 1 count as
    part good and part not, which never makes the interval too narrow: they vary less than right and
    wrong with the same mean.

    Source: the beta–binomial model, Gelman and others, Bayesian Data Analysis (2013), 2.4; the
    discount of older trials is West and Harrison's (1997) power discounting.
    """
    good, poor = weighing.summed(observations, now)
    before = prior.mean * prior.weight, (1 - prior.mean) * prior.weight
    return Belief(before[0] + good, before[1] + poor, good + poor)


def prior_of(others: Iterable[tuple[float, float]], weight: float = PRIOR_WEIGHT) -> Prior:
    """Return what others in the role let one expect: the mean over people of their share.

    Two people of whom nothing is known stand beside them, so that one colleague alone pulls the
    prior a third of the way.

    Args:
        others: What was seen of each, good and not (``Weighing.summed``), without the person's own.
        weight: What the prior counts.

    >>> prior_of([(3.0, 1.0)]).mean
    0.5833333333333334
    """
    shares = [good / (good + poor) for good, poor in others if good + poor > 0]
    return Prior((sum(shares) + 1) / (len(shares) + 2), weight)


@lru_cache(maxsize=20_000)
def _quantile(chance: float, good: float, poor: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        under = regularised_beta(middle, good, poor) < chance
        low, high = (middle, high) if under else (low, middle)
    return (low + high) / 2
