"""A figure as its reader writes it, by the unit of its KPI."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from salestrain.language import MINUS, Language, Text, money, number, percent

if TYPE_CHECKING:
    from salestrain.playbook.standards.kpis import Unit

WORDS = {
    "count": Text("", ""),
    "days": Text(" 天", " days"),
    "score": Text(" 分", ""),
    "times": Text(" 倍", "×"),
}
POINTS = Text(" 点", " pts")
FEW = 10


def written(value: float, unit: Unit, language: Language, currency: str = "CNY") -> str:
    """Write a value: ``¥6.84M``, ``27%``, ``34 days``, ``4.3``; ``–`` for NaN."""
    if math.isnan(value):
        return "–"
    if unit == "money":
        return money(value, language, currency)
    if unit == "rate":
        digits = 1 if abs(value) < FEW / 100 and value else 0
        return percent(value, language, digits)
    small = abs(value) < FEW and not float(value).is_integer()
    digits = 1 if unit in ("score", "times") or small else 0
    word = WORDS[unit].in_(language)
    text = number(value, language, digits)
    return text + (" day" if text == "1" and word == " days" else word)


def step(difference: float, unit: Unit, language: Language, currency: str = "CNY") -> str:
    """Write the size of a change, without its sign; a change of a rate is in points."""
    if unit != "rate":
        return written(abs(difference), unit, language, currency)
    points = round(abs(difference) * 100, 1)
    text = number(points, language, 1 if 0 < points < 1 else 0)
    return text + (" pt" if text == "1" and language == "en" else POINTS.in_(language))


def span(low: float, high: float, unit: Unit, language: Language, currency: str = "CNY") -> str:
    """Write an interval: ``17 to 40%``, ``17–40%``; "" if there is none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    last = written(high, unit, language, currency)
    first = written(low, unit, language, currency)
    if unit != "money":  # the unit stands once, behind the second
        first = first.removesuffix("%" if unit == "rate" else WORDS[unit].in_(language))
    return f"{first} to {last}" if language == "en" else f"{first}–{last}"


def signed(amount: float, language: Language, currency: str = "CNY") -> str:
    """Write an amount with its sign: ``+¥0.23M``, ``−94 万元``."""
    text = money(abs(amount), language, currency)
    return ("+" if amount > 0 else MINUS if amount < 0 else "") + text
