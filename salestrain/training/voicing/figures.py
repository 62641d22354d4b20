"""The figures of a text: amounts, shares and days, alike however they are written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ZH = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_BIG = {"k": 10**3, "m": 10**6, "hundred": 100, "thousand": 10**3, "million": 10**6, **_UNITS}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN = {word: value for value, word in enumerate(_SMALL.split())}
_EN |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)} | {"dozen": 12}
_WORD = "|".join([*_EN, "hundred", "thousand", "million"])
_DIGITS = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
    r"(?:\s?(万|亿|千|百|hundred\b|thousand\b|million\b)|([km])(?![a-z]))?(成(?![交功立本为]))?"
)
_CHINESE = re.compile(r"([零〇一二两三四五六七八九十百千万亿]+)(?:(成)(?![交功立本为])(半)?)?")
_ENGLISH = re.compile(rf"\b(?:{_WORD})(?:(?:[\s-]|\s+and\s+)(?:{_WORD}))*\b")
_IDIOMS = re.compile(
    r"(?<![\d一二两三四五六七八九十百千])万一|百分之|千万(?=[别不要记得给])|(?<![一二两三四五六七八九])十分(?![之钟])|一成不变"
)
_MEASURED_ZH = re.compile(r"\s*(?:个点|成|天|日|号|周|个?星期|个?月|年|元|小时|个小时)")
_MEASURED_EN = re.compile(
    r"[\s-]*(?:%|per\s?cent|percent|points?|hours?|days?|weeks?|months?|quarters?|years?|yuan)\b"
)
_DAYS_ZH = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_WEEK = "monday tuesday wednesday thursday friday saturday sunday"
_YEAR = "january february march april may june july august september october november december"
_WEEKDAYS, _MONTHS = _WEEK.split(), _YEAR.split()
_NAMED = "|".join(name for name in [*_WEEKDAYS, *_MONTHS] if name not in {"may", "march"})
# verbs too: as months they have a capital, and “May” has something before or after it
_NAMED_EN = re.compile(rf"\b(?:(?i:{_NAMED})|March|(?<=[a-z\d] )May|May(?= \d))\b")
_MONTH_ZH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月")
_RELATIVE = re.compile(
    r"(?:今|明|后)[天早晚年]|大后天|[本这下上]个?(?:周|星期|月|季度?)|月底|月初|年底|年初|"
    r"\b(?:today|tonight|tomorrow|(?:this|next|last)\s+(?:week|month|quarter|year)|"
    r"(?:end|beginning)\s+of\s+(?:the\s+)?(?:week|month|quarter|year))\b"
)


def figures_in(*texts: str) -> frozenset[str]:
    """Return the numbers and days of texts, each in one form; small counts in words are none.

    >>> sorted(figures_in("十万以内，11 月 10 号，让一成半"))
    ['10', '100000', '11', '15', 'month 11']
    >>> sorted(figures_in("A hundred thousand by Thursday, or one of those at 3%."))
    ['100000', '3', 'thursday']
    """
    return frozenset(figure for text in texts for figure in _figures(text))


def _figures(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    yield from _days(plain)
    plain = _IDIOMS.sub(" ", _DAYS_ZH.sub(" ", plain.casefold()))
    yield from map(_written, _in_digits(plain))
    yield from map(_written, _in_chinese(_DIGITS.sub(" ", plain)))
    yield from map(_written, _in_english(_DIGITS.sub(" ", plain)))


def _days(text: str) -> Iterator[str]:
    for found in _DAYS_ZH.finditer(text):
        yield _WEEKDAYS["一二三四五六日".find(found[1].replace("天", "日"))]
    for name in map(str.casefold, _NAMED_EN.findall(text)):
        yield name if name in _WEEKDAYS else f"month {_MONTHS.index(name) + 1}"
    for found in _MONTH_ZH.finditer(text):
        yield f"month {_written(_number(found[1]))}"
    yield from (" ".join(found[0].split()) for found in _RELATIVE.finditer(text.casefold()))


def _in_digits(text: str) -> Iterator[Decimal]:
    for whole, part, word, letter, tenths in _DIGITS.findall(text):
        size = _BIG.get(word or letter, 1) * (10 if tenths else 1)
        yield Decimal(whole.replace(",", "") + part) * size


def _in_chinese(text: str) -> Iterator[Decimal]:
    for found in _CHINESE.finditer(text):
        value = _number(found[1]) * (10 if found[2] else 1) + (5 if found[3] else 0)
        if value > 2 or found[2] or _MEASURED_ZH.match(text, found.end()):
            yield value


def _in_english(text: str) -> Iterator[Decimal]:
    for found in _ENGLISH.finditer(text):
        value = _sum(re.findall(_WORD, found[0]))
        if value > 2 or _MEASURED_EN.match(text, found.end()):
            yield value


def _number(signs: str) -> Decimal:
    """Return a Chinese numeral's value, or that of digits."""
    if signs.isdigit() and signs.isascii():
        return Decimal(signs)
    if not any(sign in _UNITS for sign in signs):
        return Decimal("".join(str(_ZH[sign]) for sign in signs))
    total = section = digit = 0
    last = 1
    for sign in signs:
        unit = _UNITS.get(sign)
        if unit is None:
            digit, last = _ZH[sign], last if _ZH[sign] else 1
        elif unit < 10**4:
            section, digit, last = section + (digit or 1) * unit, 0, unit
        else:
            total, section, digit, last = (total + section + digit or 1) * unit, 0, 0, unit
    # 三百五 is 350, and 十一万五 is 115,000
    return Decimal(total + section + digit * (last // 10 if last > 10 else 1))


def _sum(words: Iterable[str]) -> Decimal:
    total = now = 0
    for word in words:
        if word == "hundred":
            now = (now or 1) * 100
        elif word in _BIG:
            total, now = total + (now or 1) * _BIG[word], 0
        else:
            now = now * _EN[word] if word == "dozen" and now else now + _EN[word]
    return Decimal(total + now)


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"
