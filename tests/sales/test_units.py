from __future__ import annotations

import math

import pytest

from salestrain.playbook.standards.kpis import Unit
from salestrain.sales.units import signed, span, step, written


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (0.2692, "rate", "27%", "27%"),
        (0.085, "rate", "8.5%", "8.5%"),
        (34.0, "days", "34 天", "34 days"),
        (1.0, "days", "1 天", "1 day"),
        (4.31, "score", "4.3 分", "4.3"),
        (1.5, "count", "1.5", "1.5"),
        (math.nan, "money", "–", "–"),
    ],
)
def test_a_value_is_written_in_its_unit(value: float, unit: Unit, zh: str, en: str) -> None:
    assert (written(value, unit, "zh"), written(value, unit, "en")) == (zh, en)


def test_a_change_of_a_rate_is_in_points_and_a_trace_of_one_is_none() -> None:
    assert step(-0.13, "rate", "en") == "13 pts"
    assert step(0.01, "rate", "en") == "1 pt"
    assert step(0.004, "rate", "zh") == "0.4 点"
    assert step(0.0004, "rate", "en") == step(0, "rate", "en") == "0 pts"


def test_an_interval_says_its_unit_once() -> None:
    assert span(0.168, 0.403, "rate", "en") == "17 to 40%"
    assert span(27.4, 40.6, "days", "zh") == "27–41 天"
    assert span(math.nan, 1.0, "rate", "en") == ""


def test_an_amount_with_its_sign() -> None:
    assert signed(230_000, "en") == "+¥230k"
    assert signed(-940_000, "zh") == "−94 万元"
