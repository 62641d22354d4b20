"""Ability: how much a person can do, on one scale with what each item asks of them."""

from __future__ import annotations

from salestrain.training.ability.adaptive import (
    Balance,
    Choice,
    Decision,
    Rule,
    decide,
    next_item,
    stop,
)
from salestrain.training.ability.calibration import Calibration, Prior, calibrate, prior
from salestrain.training.ability.estimate import Ability, abilities, ability
from salestrain.training.ability.model import Bank, expected_share, theta_at

__all__ = [
    "Ability",
    "Balance",
    "Bank",
    "Calibration",
    "Choice",
    "Decision",
    "Prior",
    "Rule",
    "abilities",
    "ability",
    "calibrate",
    "decide",
    "expected_share",
    "next_item",
    "prior",
    "stop",
    "theta_at",
]
