"""Typed rows → which can be taken: required cells, keys, ranges, order of dates, references."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pandas as pd

from salestrain.crm.columns import quoted
from salestrain.crm.intake import Rejection
from salestrain.crm.mapping import plain
from salestrain.errors import Fault, did_you_mean
from salestrain.language import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from salestrain.crm.intake import Intake
    from salestrain.crm.tables import Column

LARGEST = 1e12
IN_ORDER = {
    "people": ("joined_on", "left_on"),
    "opportunities": ("created_on", "closed_on"),
    "stage_changes": ("entered_on", "left_on"),
    "deliveries": ("shipped_on", "delivered_on"),
    "complaints": ("opened_at", "resolved_at"),
}
NOT_NEGATIVE = {("opportunities", "amount"), ("products", "list_price")}
STAGED = ("opportunities", "stage_changes")
MEND_RANGE = "correct it in the CRM"


def check_rows(intake: Intake) -> None:
    """Reject the rows that are wrong by themselves, then those that repeat a key."""
    for column in intake.table.columns.values():
        if column.name in intake.frame:
            _check_range(intake, column)
        if column.required:
            blank = intake.text[column.name] == ""
            intake.reject(blank, column.name, f"{column.name} is empty", "fill it in the CRM")
    if intake.table.name == "opportunities":
        _settle_close_dates(intake)
    _check_order(intake)
    _check_key(intake)


def check_stages(intake: Intake, known: Collection[str]) -> list[Fault]:
    """Return a fault for each value that is no stage of the playbook; its rows are kept."""
    faults = []
    if known and intake.table.name in STAGED and "stage" in intake.frame:
        stages = intake.frame["stage"]
        strange = stages[intake.good & stages.notna() & ~stages.isin(known)]
        for value, rows in strange.groupby(strange).groups.items():
            more = f" (and {len(rows) - 1} more like it)" if len(rows) > 1 else ""
            what = f"{value!r} is no stage of the playbook, so the row counts in none{more}"
            place = intake.place(int(rows[0]), "stage")
            faults.append(Fault(place, what, did_you_mean(str(value), known)))
    return faults


def _check_range(intake: Intake, column: Column) -> None:
    if column.kind not in ("money", "number", "count", "share"):
        return
    values = intake.frame[column.name]
    too_large = values.abs() > LARGEST
    intake.reject(too_large, column.name, "{} is beyond 1e12", "look for a misplaced point")
    least, most = column.least, column.most
    if column.kind in ("count", "share") or (intake.table.name, column.name) in NOT_NEGATIVE:
        least = 0.0
    if column.kind == "share":
        most = 1.0
    if least is not None:
        intake.reject(values < least, column.name, f"{{}} is below {least:g}", MEND_RANGE)
    if most is not None:
        above = (values > most) & ~too_large
        intake.reject(above, column.name, f"{{}} is above {most:g}", MEND_RANGE)
    if column.kind == "count":
        intake.reject(
            values % 1 > 0, column.name, "{} is not a whole number", "write it without decimals"
        )


def _settle_close_dates(intake: Intake) -> None:
    """Move an open deal's closing date to where it belongs: it is expected, not done."""
    frame = intake.frame
    if "closed_on" not in frame:
        return
    early = (frame["outcome"] == "open") & frame["closed_on"].notna()
    if early.any():
        if "expected_close_on" not in frame:
            frame["expected_close_on"] = pd.NaT
            intake.headings["expected_close_on"] = intake.headings.get("closed_on", "")
        frame["expected_close_on"] = frame["expected_close_on"].fillna(
            frame["closed_on"].where(early)
        )
        frame["closed_on"] = frame["closed_on"].mask(early)
        count = int(early.sum())
        intake.notes.append(
            Text(
                f"{count} 个进行中的商机带有关闭日期，已按预计签约日读入",
                f"{count} open deals have a closing date; it is read as the expected one",
            )
        )
    undated = (frame["outcome"] != "open") & frame["closed_on"].isna() & intake.good
    if count := int(undated.sum()):
        intake.notes.append(
            Text(
                f"{count} 个已关闭的商机没有关闭日期，不会计入任何期间",
                f"{count} closed deals have no closing date, so they count in no period",
            )
        )


def _check_order(intake: Intake) -> None:
    first, then = IN_ORDER.get(intake.table.name, ("", ""))
    if first in intake.frame and then in intake.frame:
        backwards = intake.frame[then] < intake.frame[first]
        what = f"{then} {{}} is before {first}"
        intake.reject(backwards, then, what, "mend one of the two dates in the CRM")


def _check_key(intake: Intake) -> None:
    key, good = intake.table.key, intake.good.tolist()
    first: dict[str, int] = {}
    for position, value in enumerate(intake.frame[key].tolist()):
        if good[position] and first.setdefault(value, position) != position:
            one, other = intake.origins[first[value]], intake.origins[position]
            where = "" if one.sheet is other.sheet else f" of {one.sheet.path.name}"
            what = f"{key} {value!r} is already in row {one.row}{where}"
            intake.reject_row(position, Rejection(key, what, "keep one row for each"))


def check_references(intakes: dict[str, Intake]) -> list[Text]:
    """Settle every reference between tables; return what was noticed.

    A value that differs from exactly one key only in capitals, spaces or punctuation, or is
    exactly one row's name, is read as that key. What stays unknown rejects the row if the
    reference is required, and is kept otherwise.
    """
    required = {
        name: {c.refers for c in intake.table.columns.values() if c.required and c.refers}
        for name, intake in intakes.items()
    }
    order = [name for name in TopologicalSorter(required).static_order() if name in intakes]
    notes: list[Text] = []
    for need in (True, False):
        for name in order:
            for column in intakes[name].table.columns.values():
                if column.refers and column.required is need and column.name in intakes[name].frame:
                    notes += _check_reference(intakes[name], column, intakes.get(column.refers))
    return notes


def _check_reference(intake: Intake, column: Column, there: Intake | None) -> list[Text]:
    where = f"{intake.table.name}.{column.name}"
    if there is None:
        label = intake.table.label
        return [
            Text(
                f"没有 {column.refers} 表，{label.zh}的 {column.name} 未核对",
                f"there is no table {column.refers}, so {where} could not be checked",
            )
        ]
    good = there.frame[there.good]
    known = set(good[there.table.key])
    values = intake.frame[column.name]
    strange = values.notna() & ~values.isin(known) & intake.good
    if not strange.any():
        return []
    read_as = _read_as(values[strange].unique().tolist(), good, there.table.key)
    intake.frame[column.name] = values.map(lambda value: read_as.get(value, value))
    notes = [_read_note(where, value, key, values) for value, key in read_as.items()]
    unknown = strange & ~values.isin(set(read_as))
    if column.required:
        what = f"{{}} is not in {column.refers}"
        intake.reject(unknown, column.name, what, f"add it to {column.refers}, or correct it")
    elif unknown.any():
        notes.append(_unknown_note(where, column.refers, values[unknown]))
    return notes


def _read_as(strange: list[str], there: pd.DataFrame, key: str) -> dict[str, str]:
    """Return the key each value stands for, where exactly one row fits."""
    found: dict[str, str] = {}
    for column in (key, "name", "name_en"):
        if column in there:
            keys: dict[str, set[str]] = {}
            for name, row_key in zip(there[column].fillna(""), there[key], strict=True):
                keys.setdefault(plain(name), set()).add(row_key)
            for value in strange:
                fits = keys.get(plain(value), set()) if plain(value) else set()
                if len(fits) == 1:
                    found.setdefault(value, *fits)
    return found


def _read_note(where: str, value: str, key: str, values: pd.Series[str]) -> Text:
    rows = int((values == value).sum())
    return Text(
        f"{where}：「{value}」按「{key}」读入（{rows} 行）",
        f"{where}: {value!r} is read as {key!r} ({_rows(rows)})",
    )


def _unknown_note(where: str, refers: str, unknown: pd.Series[str]) -> Text:
    listed = quoted(unknown.unique().tolist())
    rows = _rows(len(unknown))
    return Text(
        f"{where}：{len(unknown)} 行的值不在 {refers} 表里，已保留：{listed}",
        f"{where}: {rows} with a value that {refers} doesn't have, kept as it is: {listed}",
    )


def _rows(count: int) -> str:
    return f"{count} row{'s' * (count != 1)}"
