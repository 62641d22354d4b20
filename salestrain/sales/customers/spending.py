"""How much customers spend at a time: the gamma-gamma model.

What somebody spends varies about a mean of their own. One large order says little of that mean, so
it is pulled towards what all spend, the less the more orders there are.

Source: Fader and Hardie (2013), The gamma-gamma model of monetary value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.sales.customers.fitting import fitted, gammaln

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spending:
    """The model: each purchase is gamma with shape ``p``; its scale is gamma (``q``, ``gamma``)."""

    p: float
    q: float
    gamma: float
    likelihood: float = float("nan")

    @classmethod
    def fit(cls, counts: npt.ArrayLike, means: npt.ArrayLike) -> Spending:
        """Return the model under which what was spent is likeliest.

        Args:
            counts: Purchases of each customer, at least one.
            means: What each spent on average, above zero.

        Raises:
            UsageError: If scipy isn't installed.
            ValueError: For nobody, or a mean that isn't above zero.
        """
        n, mean = np.asarray(counts, dtype=np.float64), np.asarray(means, dtype=np.float64)
        if not n.size or not bool(((n >= 1) & (mean > 0)).all()):
            raise ValueError("spending takes customers with a purchase and a mean above zero")
        unit = float(np.median(mean))  # figures near one fit alike in any currency
        found, likelihood = fitted(
            lambda values: _likelihood(values, n, mean / unit), (2.0, 3.0, 2.0)
        )
        return cls(found[0], found[1], found[2] * unit, likelihood - n.size * float(np.log(unit)))

    def mean(self, counts: npt.ArrayLike, means: npt.ArrayLike) -> Numbers:
        """Return what each may be expected to spend on the next purchase."""
        n, mean = np.asarray(counts, dtype=np.float64), np.asarray(means, dtype=np.float64)
        ahead = (self.gamma + mean * n) * self.p / (self.p * n + self.q - 1)
        return np.asarray(ahead, dtype=np.float64)

    def simulated(
        self,
        counts: npt.ArrayLike,
        means: npt.ArrayLike,
        bought: Numbers,
        chance: np.random.Generator,
    ) -> Numbers:
        """Return what might be spent on so many purchases, customers × draws."""
        n = np.asarray(counts, dtype=np.float64)[:, None]
        mean = np.asarray(means, dtype=np.float64)[:, None]
        scale = chance.gamma(self.p * n + self.q, 1 / (self.gamma + mean * n), bought.shape)
        spent = chance.gamma(np.maximum(self.p * bought, 1e-9), 1, bought.shape) / scale
        return np.where(bought > 0, spent, 0.0)


def _likelihood(values: Numbers, n: Numbers, mean: Numbers) -> float:
    p, q, gamma = values
    shape = p * n
    each = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
    each += (shape - 1) * np.log(mean) + shape * np.log(n)
    each -= (shape + q) * np.log(gamma + n * mean)
    return float(each.sum())
