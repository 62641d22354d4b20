"""How often customers will buy again: the BG/NBD model.

Each buys at a rate of their own until, after some purchase, they stop without saying so. Rates and
the chance of stopping vary from customer to customer; four figures say how. Fitted to all, the
model tells of each how likely they are still a customer and how much they may be expected to buy.

Source: Fader, Hardie and Lee (2005), “Counting your customers” the easy way, Marketing Science 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.sales.customers.fitting import fitted, gammaln, hyp2f1

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


class Histories(NamedTuple):
    """What customers have bought so far, a figure each; times in weeks since the first purchase.

    Attributes:
        repeats: Purchases after the first; several of a day are one.
        last: When the last one was; 0 without any.
        seen: How long each was watched, to the day the books end.
    """

    repeats: Numbers
    last: Numbers
    seen: Numbers


@dataclass(frozen=True)
class Buying:
    """The model: rates vary as a gamma (``r``, ``alpha`` weeks), chances to stop as a beta.

    Attributes:
        likelihood: The log-likelihood reached.
    """

    r: float
    alpha: float
    a: float
    b: float
    likelihood: float = float("nan")

    @classmethod
    def fit(cls, histories: Histories) -> Buying:
        """Return the model under which what was seen is likeliest.

        Raises:
            UsageError: If scipy isn't installed.
            ValueError: If nobody has bought twice, or the fit doesn't settle.
        """
        if not bool((histories.repeats > 0).any()):
            raise ValueError("nobody has bought twice, so nothing tells how often they do")
        found, likelihood = fitted(
            lambda values: _likelihood(values, histories), (1.0, 5.0, 1.0, 3.0)
        )
        r, alpha, a, b = found
        return cls(r, alpha, a, b, likelihood)

    def alive(self, histories: Histories) -> Numbers:
        """Return how likely each is still a customer, 0 to 1."""
        return 1 / (1 + self._stopped(histories))

    def expected(self, histories: Histories, weeks: float) -> Numbers:
        """Return how many purchases each may be expected to make in the weeks to come."""
        x, _, seen = histories
        total = self.alpha + seen + weeks
        series = hyp2f1(self.r + x, self.b + x, self.a + self.b + x - 1, weeks / total)
        still = ((self.alpha + seen) / total) ** (self.r + x) * series
        ahead = (self.a + self.b + x - 1) / (self.a - 1) * (1 - still)
        return np.asarray(ahead / (1 + self._stopped(histories)), dtype=np.float64)

    def simulated(
        self, histories: Histories, weeks: float, chance: np.random.Generator, draws: int
    ) -> Numbers:
        """Return purchases in the weeks to come as they might turn out, customers × draws.

        Each draw takes a rate and a chance of stopping that fit what that customer did, then lets
        time run.
        """
        x, _, seen = (each[:, None] for each in histories)
        shape = (histories.repeats.size, draws)
        rate = chance.gamma(self.r + x, 1 / (self.alpha + seen), shape)
        stops = chance.beta(self.a, self.b + x, shape)
        active = chance.random(shape) < self.alive(histories)[:, None]
        bought, at = np.zeros(shape), np.zeros(shape)
        while bool(active.any()):
            at = np.where(active, at + chance.exponential(1, shape) / rate, at)
            active &= at <= weeks
            bought += active
            active &= chance.random(shape) >= stops
        return bought

    def _stopped(self, histories: Histories) -> Numbers:
        """Return the odds that each has stopped."""
        x, last, seen = histories
        gone = self.a / (self.b + np.maximum(x, 1) - 1)
        waited = ((self.alpha + seen) / (self.alpha + last)) ** (self.r + x)
        return np.where(x > 0, gone * waited, 0.0)


def _likelihood(values: Numbers, histories: Histories) -> float:
    r, alpha, a, b = values
    x, last, seen = histories
    rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stops = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    still = -(r + x) * np.log(alpha + seen)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    both = np.where(x > 0, np.logaddexp(still, gone), still)
    return float((rates + stops + both).sum())
