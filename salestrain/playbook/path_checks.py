"""What a path says of its own order and of the CRM: circles, milestones, tables and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.crm.tables import tables
from salestrain.errors import Fault, did_you_mean
from salestrain.playbook.paths import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salestrain.crm.tables import Table
    from salestrain.playbook.paths import Path

DAYS = ("date", "time")
ANY = "*"


def order_faults(path: Path) -> Iterator[Fault]:
    """Yield steps that wait for themselves, or for one that comes later."""
    after = {step.id: step.after for step in path.steps}
    steps = [step.id for step in path.steps]
    for number, step in enumerate(path.steps):
        place = path.place_of("steps", number, "after")
        if circle := _circle(step.id, after):
            yield Fault(place, f"a circle: {' waits for '.join(map(repr, circle))}", "break it")
        elif later := set(step.after) & set(steps) - set(steps[:number]):
            yield Fault(place, f"{step.id!r} waits for {min(later)!r}", "put it after that step")


def _circle(step: str, after: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a shortest way from a step back to itself, nothing if there is none."""
    ways, seen = [[step]], set[str]()
    while ways:
        way = ways.pop(0)
        for one in after.get(way[-1], ()):
            if one == step:
                return [*way, one]
            if one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []


def plan_faults(path: Path) -> Iterator[Fault]:
    """Yield milestones out of order, and steps that no phase has."""
    days = [milestone.due_day for milestone in path.plan]
    for number, (day, before) in enumerate(zip(days[1:], days, strict=False), 1):
        if day <= before:
            place = path.place_of("plan", number, "due_day")
            yield Fault(place, f"day {day} after day {before}", "put the milestones in order")
    for number, step in enumerate(path.steps):
        if days and step.due_day > max(days):
            place = path.place_of("steps", number, "due_day")
            what = f"{step.id!r} is due after the last milestone, on day {max(days)}"
            yield Fault(place, what, "move it, or the milestone")


def measured_faults(path: Path) -> Iterator[Fault]:
    """Yield tables and columns that the CRM doesn't have, and values a column never has."""
    for number, step in enumerate(path.steps):
        if isinstance(step, Measured):
            yield from _of_step(path, step, number)


def _of_step(path: Path, step: Measured, number: int) -> Iterator[Fault]:
    at = ("steps", number)
    table = tables().get(step.table)
    if table is None:
        mend = did_you_mean(step.table, tables())
        yield Fault(path.place_of(*at, "table"), f"unknown table {step.table!r}", mend)
        return
    if step.of is None and (table.owner is None or table.owner.through):
        what, mend = f"no person in {step.table!r}", "add `of:`, the column with the person's id"
        yield Fault(path.place_of(*at, "table"), what, mend)
    named = {"dated": step.dated, "of": step.of, "once_a_day": step.once_a_day}
    every = [((key,), name) for key, name in named.items() if name]
    for loc, name in [*every, *((("where", name), name) for name in step.where)]:
        if name not in table.columns:
            mend = did_you_mean(name, table.columns)
            what = f"{step.table!r} has no column {name!r}"
            yield Fault(path.place_of(*at, *loc), what, mend)
    yield from _values(path, step, number, table)


def _values(path: Path, step: Measured, number: int, table: Table) -> Iterator[Fault]:
    day = table.columns.get(step.dated)
    if day and day.kind not in DAYS:
        place = path.place_of("steps", number, "dated")
        yield Fault(place, f"{step.dated!r} is no day", "name a column with a date")
    for name, value in step.where.items():
        choices = table.columns[name].choices if name in table.columns else ()
        if choices and value not in {*choices, ANY}:
            place = path.place_of("steps", number, "where", name)
            yield Fault(place, f"{name!r} is never {value!r}", did_you_mean(value, choices))
