"""Text → typed values: money, numbers, dates, flags and choices as people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd
import yaml

from salestrain.crm.dates import DatesError, read_dates
from salestrain.crm.mapping import plain
from salestrain.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.crm.intake import Intake
    from salestrain.crm.mapping import Mapping
    from salestrain.crm.tables import Column

CURRENCY = re.compile(r"RMB|CNY|USD|EUR|GBP|HKD|TWD|NT\$|US\$|HK\$|[¥$€£元圆\s]", re.IGNORECASE)
UNITS = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "k": 1e3, "m": 1e6, "千": 1e3, "百万": 1e6}
AMOUNT = re.compile(
    r"(?P<sign>[+-]?)(?P<number>(?:\d{1,3}(?:[,'’]\d{3})+|\d+)?(?:\.\d*)?(?:e[+-]?\d+)?)"
    r"(?P<unit>百万|[万萬亿億千km])?(?P<minus>-?)(?P<percent>%?)",
    re.IGNORECASE,
)
FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "1", "t", "是", "有", "√", "✓"), True),
    **dict.fromkeys(("false", "no", "n", "0", "f", "否", "无", "×", "✗"), False),
}
MEND_NUMBER = "write it as 1234.50, or say 'decimal' in the mapping"


@cache
def choice_words() -> dict[str, str]:
    """Return the choice each everyday word stands for, by its plain form (``赢单`` → ``won``)."""
    source = files("salestrain.crm").joinpath("words.yaml").read_text(encoding="utf-8")
    written: dict[str, list[str]] = yaml.safe_load(source)
    return {plain(word): choice for choice, words in written.items() for word in words}


def convert(intake: Intake, mapping: Mapping) -> None:
    """Fill ``intake.frame``; a cell that can't be read rejects its row."""
    entry = mapping.tables[intake.table.name]
    typed: dict[str, pd.Series] = {}
    for name, column in intake.table.columns.items():
        if name in intake.text:
            typed[name] = _column(intake, column, mapping)
            if name in entry.scale:
                typed[name] = typed[name] * entry.scale[name]
    intake.frame = pd.DataFrame(typed, index=intake.text.index)


def _column(intake: Intake, column: Column, mapping: Mapping) -> pd.Series:
    cells = intake.text[column.name]
    if column.kind in ("id", "text"):
        return cells.mask(cells == "")
    if column.kind in ("date", "time"):
        return _dates(intake, column, mapping)
    if column.kind == "choice":
        read, known = partial(choice, choices=column.choices), column.choices
        values = _by_value(cells, read).astype("str")
        _reject(intake, column, values, "{} is not known", f"map it to one of: {', '.join(known)}")
        return values
    if column.kind == "flag":
        flags = _by_value(cells, flag).astype("boolean")
        _reject(intake, column, flags, "{} is neither yes nor no", "write true or false")
        return flags
    numbers = _numbers(cells, mapping.decimal)
    _reject(intake, column, numbers, "{} is not a number", MEND_NUMBER)
    return numbers


def _reject(intake: Intake, column: Column, values: pd.Series, what: str, mend: str) -> None:
    intake.reject(values.isna() & (intake.text[column.name] != ""), column.name, what, mend)


def _by_value(cells: pd.Series[str], read: Callable[[str], object]) -> pd.Series:
    """Apply a reading once to each different value."""
    return cells.map({value: read(value) for value in cells.unique()})


def choice(cell: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice a word stands for, or None."""
    by_name = {plain(name): name for name in choices}
    word = plain(cell)
    found = by_name.get(word, choice_words().get(word))
    return found if found in choices else None


def flag(cell: str) -> bool | None:
    """Return what a yes or no word says, or None."""
    return FLAGS.get(unicodedata.normalize("NFKC", cell).casefold())


def _numbers(cells: pd.Series[str], decimal: str) -> pd.Series[float]:
    simple = decimal == "." and not cells.str.contains("[a-df-z_]", case=False).any()
    numbers = pd.to_numeric(cells.mask(cells == ""), errors="coerce") if simple else None
    hard = cells != "" if numbers is None else numbers.isna() & (cells != "")
    made = pd.Series(float("nan"), index=cells.index) if numbers is None else numbers.astype(float)
    if hard.any():
        made[hard] = _by_value(cells[hard], partial(amount, decimal=decimal)).astype(float)
    return made


def amount(cell: str, decimal: str = ".") -> float | None:
    """Return the number a cell says, or None.

    Reads currency signs, thousands separators, 万 and 亿, k and m, full-width digits, percent,
    and a minus before, after or as parentheses.

    >>> amount("¥1.2万"), amount("(1,234.50)"), amount("12%"), amount("twelve")
    (12000.0, -1234.5, 0.12, None)
    """
    text = CURRENCY.sub("", unicodedata.normalize("NFKC", cell)).replace("\N{MINUS SIGN}", "-")
    if decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    inner = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    found = AMOUNT.fullmatch(inner)
    if not found or not any(character.isdigit() for character in found["number"]):
        return None
    value = float(re.sub("[,'’]", "", found["number"])) * UNITS.get(
        (found["unit"] or "").lower(), 1
    )
    negative = (found["sign"] == "-") != bool(found["minus"]) or inner != text
    return (-value if negative else value) / (100 if found["percent"] else 1)


def _dates(intake: Intake, column: Column, mapping: Mapping) -> pd.Series:
    cells = intake.text[column.name]
    values = [value for value in cells[intake.whole].unique().tolist() if value]
    beside = chain.from_iterable(
        intake.text[name].unique()
        for name, other in intake.table.columns.items()
        if other.kind in ("date", "time") and name in intake.text and name != column.name
    )
    try:
        found = read_dates(values, mapping.date_formats, beside)
    except DatesError as fault:
        position = int((cells == fault.value).to_numpy().argmax())
        place = intake.place(position, column.name)
        intake.faults.append(Fault(place, str(fault), fault.mend))
        return pd.Series(pd.NaT, index=cells.index)
    moments = pd.to_datetime(cells.map(found.get))
    _reject(intake, column, moments, "{} is not a date", "write it as 2026-09-30")
    return moments.dt.normalize() if column.kind == "date" else moments
