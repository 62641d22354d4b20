"""Chinese and English: a text is a pair, and numbers are written as each reader expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

if TYPE_CHECKING:
    from datetime import date

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LOCALES: dict[Language, Locale] = {"zh": Locale.parse("zh_CN"), "en": Locale("en", "GB")}
MINUS = "\N{MINUS SIGN}"


class Text(NamedTuple):
    """One meaning, written in each language."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in the reader's language."""
        return self.zh if language == "zh" else self.en


def number(value: float, language: Language, digits: int = 0) -> str:
    """Write a number with the language's separators and a real minus sign.

    >>> number(-1234.5, "en", 1)
    '−1,234.5'
    """
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    text = format_decimal(abs(value), format=pattern, locale=LOCALES[language])
    zero = not any(digit in text for digit in "123456789")
    return text if value >= 0 or zero else MINUS + text


def money(value: float, language: Language, currency: str = "CNY") -> str:
    """Write an amount in three or four digits: 万元 and 亿元 in Chinese, k and M in English.

    >>> money(6_840_000, "en"), money(6_840_000, "zh")
    ('¥6.84M', '684 万元')
    """
    return _money_zh(value, currency) if language == "zh" else _money_en(value, currency)


def _money_zh(value: float, currency: str) -> str:
    word = "元" if currency == "CNY" else " " + currency
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{_three_digits(value / size, 'zh')} {name}{word}"
    return f"{number(value, 'zh')} {word.strip()}"


def _money_en(value: float, currency: str) -> str:
    symbol = "¥" if currency == "CNY" else get_currency_symbol(currency, locale="en_US")
    sign = MINUS if value < 0 else ""
    for size, name in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{sign}{symbol}{_three_digits(abs(value) / size, 'en')}{name}"
    return f"{sign}{symbol}{number(abs(value), 'en')}"


def _three_digits(value: float, language: Language) -> str:
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    text = number(value, language, digits)
    return text.rstrip("0").rstrip(".") if digits else text


def percent(rate: float, language: Language, digits: int = 0) -> str:
    """Write a rate (0–1) as a percentage.

    >>> percent(0.2692, "en")
    '27%'
    """
    return number(rate * 100, language, digits) + "%"


def day(value: date, language: Language) -> str:
    """Write a date as people say it: ``9 Oct 2026``, ``2026年10月9日``."""
    return format_date(value, "d MMM y" if language == "en" else "long", locale=LOCALES[language])
