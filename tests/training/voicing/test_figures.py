"""Figures are alike however they are written, and words that only look like some are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.voicing.figures import figures_in


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("十万以内，11 月 10 号，让一成半", "100000 11 10 month-11 15"),
        ("10万、10 万、100,000、100k、１０万", "100000"),
        ("三百五，十一万五，一百零五，二〇二六", "350 115000 105 2026"),
        ("降一成，或者百分之十二", "10 12"),
        ("3.50 和 3.5", "3.5"),
        ("两天，两个点，三个点", "2 3"),
        ("周四，星期四，礼拜天", "thursday sunday"),
        ("明天下周三", "明天 下周 wednesday"),
        ("一下，两份，万一不行，千万别说，十分抱歉，成交", ""),
        ("A hundred thousand by Thursday at 3%", "100000 thursday 3"),
        ("twenty-five thousand, two dozen, a million and ten", "25000 24 1000010"),
        ("two days, one of us, a second", "2"),
        ("in May, on 3 March, March on, may I? It may be.", "month-5 3 month-3"),
        ("NOVEMBER, november 10", "month-11 10"),
        ("tomorrow or next  week", "tomorrow next-week"),
        ("D-20 and C-300", "20 300"),
    ],
)
def test_the_figures_of_a_text(text: str, figures: str) -> None:
    assert {one.replace(" ", "-") for one in figures_in(text)} == {*figures.split()}


@given(st.integers(3, 10**9))
def test_a_number_is_the_same_with_and_without_separators(value: int) -> None:
    assert figures_in(f"{value:,}") == figures_in(f"a {value} b") == {str(value)}


@given(st.integers(3, 99_999))
def test_a_number_is_the_same_in_chinese_signs(value: int) -> None:
    assert figures_in(chinese(value)) == {str(value)}


def chinese(value: int) -> str:
    if value > 9_999:
        high, rest = divmod(value, 10_000)
        zero = "零" if 0 < rest < 1_000 else ""
        return f"{chinese(high)}万{zero}{chinese(rest) if rest else ''}"
    text, zero = "", ""
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += zero + "零一二三四五六七八九"[digit] + sign
        zero = "零" if text and not digit else ""
    return text


@given(st.text())
def test_any_text_has_figures_or_none(text: str) -> None:
    assert figures_in(text) == figures_in(text, "")
