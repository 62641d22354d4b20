"""What the models of customers need of scipy, which is an extra: special functions, and a fit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

NEEDS = "what customers are worth needs scipy; install it with pip install 'salestrain[value]'"
LEAST, MOST = -12.0, 12.0
"""Logarithms of parameters stay in between: beyond it nothing changes but rounding."""


def fitted(
    likelihood: Callable[[Numbers], float], start: Sequence[float]
) -> tuple[list[float], float]:
    """Return the parameters, all above zero, at which a log-likelihood is greatest, and its value.

    Raises:
        UsageError: If scipy isn't installed.
        ValueError: If the fit doesn't settle.
    """
    minimize: Any = _scipy("optimize").minimize

    def cost(logs: Numbers) -> float:
        value = -likelihood(np.exp(np.clip(logs, LEAST, MOST)))
        return value if np.isfinite(value) else 1e300

    steps = {"maxiter": 10_000, "maxfev": 10_000, "xatol": 1e-6, "fatol": 1e-8}
    found = minimize(cost, np.log(start), method="Nelder-Mead", options=steps)
    found = minimize(cost, found.x, method="Nelder-Mead", options=steps)  # out of a flat corner
    if not found.success:
        raise ValueError("the model's fit doesn't settle")
    return [float(each) for each in np.exp(np.clip(found.x, LEAST, MOST))], -float(found.fun)


def gammaln(values: npt.ArrayLike) -> Numbers:
    """Return the logarithm of the gamma function."""
    return np.asarray(_scipy("special").gammaln(values), dtype=np.float64)


def hyp2f1(a: npt.ArrayLike, b: npt.ArrayLike, c: npt.ArrayLike, z: npt.ArrayLike) -> Numbers:
    """Return Gauss's hypergeometric function."""
    return np.asarray(_scipy("special").hyp2f1(a, b, c, z), dtype=np.float64)


def _scipy(room: str) -> ModuleType:
    """Return a room of scipy: an extra, and slow to import."""
    try:
        return import_module(f"scipy.{room}")
    except ImportError as error:
        raise UsageError(NEEDS) from error
