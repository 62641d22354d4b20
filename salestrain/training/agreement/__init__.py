"""How far people agree who score the same: kappa, intraclass correlation, calibration sessions."""

from __future__ import annotations

from salestrain.training.agreement.calibration import (
    Disagreement,
    Leaning,
    Session,
    Spread,
    leanings,
    session,
)
from salestrain.training.agreement.icc import IntraclassCorrelation, icc, mean_squares
from salestrain.training.agreement.kappa import Kappa, light_kappa, weighted_kappa
from salestrain.training.agreement.runs import Agreement, agreements

__all__ = [
    "Agreement",
    "Disagreement",
    "IntraclassCorrelation",
    "Kappa",
    "Leaning",
    "Session",
    "Spread",
    "agreements",
    "icc",
    "leanings",
    "light_kappa",
    "mean_squares",
    "session",
    "weighted_kappa",
]
