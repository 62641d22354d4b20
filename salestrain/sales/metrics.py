"""KPIs computed over a snapshot: every definition × level × entity × period in one tidy table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from salestrain.playbook.standards.kpis import Measure
from salestrain.sales import intervals
from salestrain.sales.entities import entities_of, there_in
from salestrain.sales.query import LEVELS, Span, columns_used, scan_sql, scans

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    import duckdb

    from salestrain.periods import Period
    from salestrain.playbook.standards.kpis import Kpi

    Present = Mapping[str, Collection[str]]

KEYS = ["level", "entity", "period"]
FIGURES = ["value", "n", "spread", "blank"]
COLUMNS = ["value", "low", "high", "n", "numerator", "denominator", "target", "shown"]
ADDITIVE = ("sum", "count")


@dataclass(frozen=True)
class Metrics:
    """What was computed, and what could not be.

    Attributes:
        frame: One row per (kpi, level, entity, period): ``value``, ``low`` and ``high`` (95 %),
            ``n``, ``numerator``, ``denominator``, ``target``, ``shown`` (n reaches the minimum).
            ``period`` is ``str(Period)``; the entity ``""`` is the company, or the unassigned.
        missing: For each KPI left out, the table (``orders``) or column (``orders.kind``) that
            would bring it.
    """

    frame: pd.DataFrame
    missing: dict[str, str]


class Found(NamedTuple):
    """What one measure came to, and the number of the period in which its table's books begin."""

    rows: pd.DataFrame
    begin: float


def compute(
    connection: duckdb.DuckDBPyConnection,
    kpis: Iterable[Kpi],
    periods: Sequence[Period],
    *,
    present: Present,
    as_of: date,
    levels: Sequence[str] = LEVELS,
) -> Metrics:
    """Compute KPIs for consecutive periods of one grain.

    Args:
        connection: Holds the CRM tables; nothing else is read.
        kpis: The definitions.
        periods: Consecutive, oldest first.
        present: The columns at hand by table.
        as_of: The day the books end; nothing later counts.
        levels: Some of company, region, team, rep.
    """
    wanted = list(kpis)
    missing = {kpi.id: lack for kpi in wanted if (lack := lacking(kpi, present))}
    kept = [kpi for kpi in wanted if kpi.id not in missing]
    span = Span(periods[0], periods[-1], as_of)
    every = [m for kpi in kept for m in kpi.measures] + _target_measures(kept, present)
    figures: dict[Measure, Found] = {}
    for scan in scans(every):
        sql = scan_sql(scan, span, levels, present)
        rows = connection.execute(sql).df()
        figures |= _by_measure(scan, rows, _begin(connection, scan[0], span))
    grid = _grid(connection, periods, levels, present)
    parts = [_kpi_rows(kpi, figures, grid) for kpi in kept]
    empty = pd.DataFrame(columns=["kpi", *KEYS, *COLUMNS])
    frame = pd.concat(parts, ignore_index=True) if parts else empty
    frame["period"] = frame["period"].map({period.index: str(period) for period in periods})
    return Metrics(frame, missing)


def lacking(kpi: Kpi, present: Present) -> str:
    """Return the first table or ``table.column`` a KPI needs and the data lack; "" if none."""
    for measure in kpi.measures:
        if measure.table not in present:
            return measure.table
        for column in sorted(columns_used(measure) - set(present[measure.table])):
            return f"{measure.table}.{column}"
    return ""


def _target_measures(kpis: Sequence[Kpi], present: Present) -> list[Measure]:
    if "targets" not in present:
        return []
    return [measure for kpi in kpis if (measure := target_measure(kpi))]


def _begin(connection: duckdb.DuckDBPyConnection, measure: Measure, span: Span) -> float:
    """Return the number of the period in which a table's books begin: earlier, nothing is known."""
    first = span.number(f"min({measure.date or measure.open_from})")
    row = connection.execute(f"SELECT {first} FROM {measure.table}").fetchone()
    return math.inf if row is None or row[0] is None else float(row[0])


def _by_measure(scan: Sequence[Measure], rows: pd.DataFrame, begin: float) -> dict[Measure, Found]:
    found = {}
    for number, measure in enumerate(scan):
        columns = [*KEYS, *(f"{letter}{number}" for letter in "vnsb")]
        frame = rows[columns].set_axis([*KEYS, *FIGURES], axis=1)
        found[measure] = Found(frame.astype(dict.fromkeys(FIGURES, float)), begin)
    return found


def _grid(
    connection: duckdb.DuckDBPyConnection,
    periods: Sequence[Period],
    levels: Sequence[str],
    present: Present,
) -> pd.DataFrame:
    entities = entities_of(connection, present)
    entities = entities[entities["level"].isin(levels)]
    parts = [there_in(entities, each).assign(period=each.index)[KEYS] for each in periods]
    return pd.concat(parts, ignore_index=True)


def target_measure(kpi: Kpi) -> Measure | None:
    """Return the measure that sums a KPI's booked targets, if it has such."""
    if kpi.target is None or kpi.target.metric is None:
        return None
    return Measure(
        table="targets",
        expr="sum(amount)",
        where=f"metric = '{kpi.target.metric}'",
        date="period_start",
    )


def _kpi_rows(kpi: Kpi, figures: Mapping[Measure, Found], grid: pd.DataFrame) -> pd.DataFrame:
    parts = [figures[measure] for measure in kpi.measures]
    keys = pd.concat([grid[KEYS], *(part.rows[KEYS] for part in parts)]).drop_duplicates()
    keys = keys[keys["level"].isin(kpi.levels)]
    sides = [_side(measure, figures[measure], keys) for measure in kpi.measures]
    rows = keys.reset_index(drop=True).assign(kpi=kpi.id)
    rows = _ratio(kpi, rows, *sides) if len(sides) > 1 else _value(kpi, rows, sides[0])
    additive = len(sides) == 1 and kpi.measures[0].fn in ADDITIVE
    rows["shown"] = rows["value"].notna() & (additive | (rows["n"] >= kpi.minimum_n))
    if kpi.interval == "none":
        rows[["low", "high"]] = np.nan
    return _with_target(kpi, rows, figures)


def _side(measure: Measure, found: Found, keys: pd.DataFrame) -> pd.DataFrame:
    """Return a measure for every key: no rows are a zero, unless nothing could be known."""
    side = keys.merge(found.rows, on=KEYS, how="left")
    side["n"] = side["n"].fillna(0)
    if measure.fn in ADDITIVE:
        unknown = (side["period"] < found.begin) | ((side["n"] == 0) & (side["blank"] > 0))
        filled = side[["value", "spread"]].fillna(0)
        side[["value", "spread"]] = filled.mask(unknown)
    return side


def _ratio(kpi: Kpi, rows: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    top, base = kpi.measures
    numerator, denominator = upper["value"], lower["value"].where(lower["value"] != 0)
    if (top.fn, base.fn) == ("count", "count") and top.table == base.table:
        low, high = intervals.wilson(numerator, denominator)
    else:  # the denominator (a target, a market) is taken as known
        low, high = intervals.of_sum(numerator, upper["spread"])
        low, high = low / denominator, high / denominator
    return rows.assign(
        value=numerator / denominator,
        low=low,
        high=high,
        n=upper["n"] if base.table == "targets" else lower["n"],
        numerator=numerator,
        denominator=lower["value"],
    )


def _value(kpi: Kpi, rows: pd.DataFrame, side: pd.DataFrame) -> pd.DataFrame:
    (measure,) = kpi.measures
    value, spread, n = side["value"], side["spread"], side["n"]
    low = high = np.full(len(side), np.nan)
    if measure.open_from:
        pass  # a stock counted on one day, not a sample
    elif measure.fn in ADDITIVE:
        low, high = intervals.of_sum(value, spread)
    elif measure.fn == "avg":
        low, high = intervals.of_mean(value, spread, n)
    elif measure.fn == "median":
        low, high = intervals.of_median(value, spread, n)
    return rows.assign(value=value, low=low, high=high, n=n, numerator=np.nan, denominator=np.nan)


def _with_target(kpi: Kpi, rows: pd.DataFrame, figures: Mapping[Measure, Found]) -> pd.DataFrame:
    booked = target_measure(kpi)
    if booked is None:
        constant = kpi.target.value if kpi.target else None
        return rows.assign(target=np.nan if constant is None else constant)
    if booked not in figures:
        return rows.assign(target=np.nan)
    target = figures[booked].rows[[*KEYS, "value"]].rename(columns={"value": "target"})
    return rows.merge(target, on=KEYS, how="left")
