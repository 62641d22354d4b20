"""A first mapping for an export, from the names and the contents of its columns."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from salestrain.crm.columns import EMPTY, quoted
from salestrain.crm.convert import amount, choice, flag
from salestrain.crm.dates import DatesError, read_dates
from salestrain.crm.mapping import plain
from salestrain.crm.read import list_sheets
from salestrain.crm.recognise import header_of, match_names, own
from salestrain.crm.tables import Column, Table, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from salestrain.crm.read import Sheet

CLOSE = 0.85
MOSTLY = 0.8
ROWS, SAMPLE = 20_000, 500
CHOICES_AT_MOST = 40
READERS: dict[str, Callable[[str], object]] = {
    "money": amount,
    "number": amount,
    "count": amount,
    "share": amount,
    "flag": flag,
}
DERIVED = (("people", "opportunities", "owner_id"), ("teams", "people", "team_id"))
STAGES = "2.2.first_contact, 2.2.needs, 2.2.quote or 2.2.signing"


@dataclass(slots=True)
class Draft:
    """A sheet proposed as the source of one of our tables: our column → theirs."""

    table: Table
    sheet: Sheet
    values: dict[str, list[str]]
    columns: dict[str, str]
    distinct: bool = False

    @property
    def score(self) -> float:
        """How well the sheet fits: columns found, required ones twice; 0 if the key repeats."""
        key = self.values.get(self.columns.get(self.table.key, ""), [])
        if key and len(set(key)) < len(key) * MOSTLY:
            return 0.0
        found = sum(1 + self.table.columns[ours].required for ours in self.columns)
        missing = sum(
            c.required and c.name not in self.columns for c in self.table.columns.values()
        )
        return found - missing + 5 * (self.table.name in plain(self.sheet.name))


def suggest_mapping(files: Iterable[str | Path]) -> str:
    """Return a mapping for the export as commented YAML, to be read and corrected by hand.

    Raises:
        ContentError: If a file can't be read.
    """
    sheets = [sheet for source in files for sheet in list_sheets(source) if sheet.lines]
    drafts = _assign(sheets)
    _derive(drafts)
    for draft in drafts.values():
        if not draft.distinct:
            _refer(draft, drafts)
    chinese = any(not name.isascii() for draft in drafts.values() for name in draft.values)
    head = [
        "# A first mapping, guessed from names and contents: read it through and correct it.",
        "# ours: theirs; what starts with '#' is left for you to decide. docs/import.md explains.",
        "name: My CRM",
        f"currency: {'CNY' if chinese else 'USD'}  # guessed",
        *_date_lines(drafts.values()),
        "tables:",
    ]
    order = [name for name in tables() if name in drafts]
    return "\n".join(head + [line for name in order for line in _lines(drafts[name])]) + "\n"


def _assign(sheets: Sequence[Sheet]) -> dict[str, Draft]:
    """Give each sheet the table it fits best, best fits first."""
    drafts = []
    for sheet in sheets:
        values = _values(sheet)
        drafts += [_draft(table, sheet, values) for table in tables().values()]
    chosen: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda draft: -draft.score):
        taken = draft.table.name in chosen or any(d.sheet is draft.sheet for d in chosen.values())
        if draft.score > 1 and not taken:
            chosen[draft.table.name] = draft
    return chosen


def _values(sheet: Sheet) -> dict[str, list[str]]:
    """Return the cells of each column that say something."""
    row, header = header_of(sheet, tables().values())
    lines = [cells for number, cells in sheet.lines if number > row][:ROWS]
    return {
        name: [
            cell
            for line in lines
            if (cell := "".join(line[at : at + 1]).strip()).casefold() not in EMPTY
        ]
        for at, name in enumerate(header)
        if name
    }


def _draft(table: Table, sheet: Sheet, values: dict[str, list[str]]) -> Draft:
    draft = Draft(table, sheet, values, match_names(list(values), table))
    for ours, column in table.columns.items():
        if ours in draft.columns and not fits(column, values[draft.columns[ours]]):
            del draft.columns[ours]
        if ours not in draft.columns and (name := _near(column, draft)):
            draft.columns[ours] = name
    stage = draft.columns.get("stage", "")
    if "outcome" in table.columns and stage and fits(table.columns["outcome"], values[stage]):
        draft.columns.setdefault("outcome", stage)
    return draft


def _near(column: Column, draft: Draft) -> str:
    """Return the free column whose name is nearly one of ours, and whose contents fit."""
    free = {plain(name): name for name in draft.values if name not in draft.columns.values()}
    for name in (*own(column), *column.also):
        for near in get_close_matches(plain(name), free, n=1, cutoff=CLOSE):
            if fits(column, draft.values[free[near]]):
                return free[near]
    return ""


def fits(column: Column, values: Sequence[str]) -> bool:
    """Whether most of the values read as the column's kind."""
    values = list(dict.fromkeys(values))[:SAMPLE]
    if column.kind in ("date", "time"):
        try:
            return len(read_dates(values)) >= MOSTLY * len(values)
        except DatesError:
            return True
    read = READERS.get(column.kind)
    if column.kind == "choice" and column.name == "outcome":
        return any(choice(value, column.choices) for value in values)
    return not read or sum(read(value) is not None for value in values) >= MOSTLY * len(values)


def _derive(drafts: dict[str, Draft]) -> None:
    """People can be read out of the deals' owners, teams out of the people."""
    for name, source, column in (
        ("people", "opportunities", "owner_id"),
        ("teams", "people", "team_id"),
    ):
        there = drafts.get(source)
        if there and name not in drafts and column in there.columns:
            table = tables()[name]
            columns = match_names(list(there.values), table) if name == "teams" else {}
            columns = {ours: theirs for ours, theirs in columns.items() if ours == "region"}
            columns |= {table.key: there.columns[column], "name": there.columns[column]}
            drafts[name] = Draft(table, there.sheet, there.values, columns, distinct=True)


def _refer(draft: Draft, drafts: dict[str, Draft]) -> None:
    """Fill references still open with the free column whose values are the other table's keys."""
    for ours, column in draft.table.columns.items():
        there = drafts.get(column.refers)
        if not there or there is draft or ours in draft.columns:
            continue
        keys = set(there.values[there.columns[there.table.key]])
        for name, values in draft.values.items():
            held = sum(value in keys for value in values)
            if name not in draft.columns.values() and values and held >= MOSTLY * len(values):
                draft.columns[ours] = name
                break


def _date_lines(drafts: Iterable[Draft]) -> list[str]:
    for draft in drafts:
        for ours, theirs in draft.columns.items():
            if draft.table.columns[ours].kind in ("date", "time"):
                try:
                    read_dates(dict.fromkeys(draft.values[theirs]))
                except DatesError as fault:
                    return [
                        "# date_formats: [dd/mm/yyyy]  # or mm/dd/yyyy: " + f"{theirs}: {fault}"
                    ]
    return []


def _lines(draft: Draft) -> list[str]:
    table = draft.table
    lines = [f"  {table.name}:", f"    from: {_yaml(draft.sheet.file)}"]
    if draft.sheet.name not in draft.sheet.file:
        lines.append(f"    sheet: {_yaml(draft.sheet.name)}")
    if draft.distinct:
        lines.append("    distinct: true  # one row for each different value")
    lines.append("    columns:")
    lines += [
        f"      {ours}: {_yaml(draft.columns[ours])}"
        for ours in table.columns
        if ours in draft.columns
    ]
    for column in table.columns.values():
        if column.required and column.name not in draft.columns:
            lines.append(f"      {column.name}: {_yaml('?')}  # required: name the column")
    if table.name == "people" and "role" not in draft.columns:
        lines.append("    constants: {role: rep}")
    rest = [name for name in draft.values if name not in draft.columns.values()]
    if rest and not draft.distinct:
        lines.append(f"    # not used: {quoted(rest, 30)}")
    return lines + _value_lines(draft)


def _value_lines(draft: Draft) -> list[str]:
    lines = []
    for ours, theirs in draft.columns.items():
        column, values = draft.table.columns[ours], sorted(set(draft.values[theirs]))
        stage = ours == "stage" and draft.table.name == "opportunities"
        unknown = [
            value
            for value in values
            if not (value.startswith("2.2.") if stage else choice(value, column.choices))
        ]
        if (column.choices or stage) and unknown and len(values) <= CHOICES_AT_MOST:
            asks = STAGES if stage else ", ".join(column.choices)
            lines.append(f"      {ours}:  # each one is {asks}; '~' is none")
            for value in values:
                known = choice(value, column.choices) or ("open" if ours == "outcome" else "~")
                told = "=" if stage else known
                lines.append(
                    f"        {_yaml(value)}: {_yaml(told)}" + "  # decide" * (value in unknown)
                )
    return ["    values:", *lines] if lines else []


def _yaml(text: str) -> str:
    """Write one scalar; anything but a plain word is quoted."""
    return (
        text
        if text.replace("_", "").isalnum() or text == "~"
        else json.dumps(text, ensure_ascii=False)
    )
