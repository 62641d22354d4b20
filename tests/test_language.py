from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.language import Text, day, money, number, percent


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (6_840_000, "684 万元", "¥6.84M"),
        (-1_760_000, "−176 万元", "−¥1.76M"),
        (123_456_789, "1.23 亿元", "¥123M"),
        (96_300, "9.63 万元", "¥96.3k"),
        (800, "800 元", "¥800"),
        (0, "0 元", "¥0"),
    ],
)
def test_money_has_three_digits_and_the_readers_unit(value: float, zh: str, en: str) -> None:
    assert money(value, "zh") == zh
    assert money(value, "en") == en


def test_another_currency_keeps_its_sign() -> None:
    assert money(10_005_534, "en", "USD") == "$10M"
    assert money(10_005_534, "zh", "USD") == "1,001 万 USD"


def test_a_text_is_read_in_the_readers_language() -> None:
    text = Text("赢单率", "Win rate")
    assert (text.in_("zh"), text.in_("en")) == ("赢单率", "Win rate")


def test_numbers_percentages_and_days() -> None:
    assert number(-1234.5, "zh", 1) == "−1,234.5"
    assert number(-0.004, "en", 2) == "0.00"
    assert percent(0.2692, "zh") == "27%"
    assert day(date(2026, 10, 9), "zh") == "2026年10月9日"
    assert day(date(2026, 10, 9), "en") == "9 Oct 2026"


@given(st.floats(-1e12, 1e12))
def test_money_never_runs_to_more_than_four_digits(value: float) -> None:
    for language in ("zh", "en"):
        digits = [c for c in money(value, language) if c.isdigit()]
        assert len(digits) <= 5
