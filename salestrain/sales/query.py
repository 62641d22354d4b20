"""KPI definitions → SQL: one scan for all measures that read the same rows by the same date.

Each scan aggregates over company, region, team and rep at once (GROUPING SETS). A measure yields
four columns: ``v`` its value, ``n`` the rows behind it, ``s`` what its interval is computed from,
``b`` the rows whose amount is blank.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.crm.tables import tables
from salestrain.periods import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from salestrain.periods import Period
    from salestrain.playbook.standards.kpis import Measure

LEVELS = ("company", "region", "team", "rep")
LITERAL = re.compile(r"'(?:[^']|'')*'")
WORD = re.compile(r"[A-Za-z_]\w*")
MAY_BE_EMPTY = re.compile(r"\w+ IS (?:(?:NOT )?DISTINCT FROM|NOT (?:TRUE|FALSE))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive periods of one grain, and the day on which the books end."""

    first: Period
    last: Period
    as_of: date

    def number(self, column: str) -> str:
        """Return SQL for the number (``Period.index``) of the period in which a date lies."""
        grain = self.first.grain
        offset = 0 if grain == "month" else self.first.year_starts - 1
        return f"((year({column}) * 12 + month({column}) - {1 + offset}) // {MONTHS[grain]})"

    def last_day(self, number: str) -> str:
        """Return SQL for the last day of a numbered period, or the day the books end if earlier."""
        width = MONTHS[self.first.grain]
        offset = 0 if self.first.grain == "month" else self.first.year_starts - 1
        month = f"({number} * {width} + {offset + width - 1})"
        end = f"last_day(make_date(({month} // 12)::INT, ({month} % 12 + 1)::INT, 1))"
        return f"least({end}, DATE '{self.as_of}')"


def scans(measures: Iterable[Measure]) -> list[list[Measure]]:
    """Group measures that can share one pass over a table."""
    groups: defaultdict[tuple[str, ...], list[Measure]] = defaultdict(list)
    for measure in dict.fromkeys(measures):
        key = (measure.table, measure.date or "", measure.open_from or "", measure.open_until or "")
        groups[key].append(measure)
    return list(groups.values())


def columns_used(measure: Measure) -> set[str]:
    """Return the columns of its table that a measure can't do without.

    One compared by IS [NOT] DISTINCT FROM or IS NOT FALSE may be empty, and so may be missing.
    """
    written = LITERAL.sub("", f"{measure.arg} {measure.where or ''}")
    written = MAY_BE_EMPTY.sub("", written)
    words = set(WORD.findall(written))
    words |= {measure.date or "", measure.open_from or "", measure.open_until or ""}
    return words & set(tables()[measure.table].columns)


def scan_sql(
    measures: Sequence[Measure], span: Span, levels: Sequence[str], present: Mapping[str, object]
) -> str:
    """Return the statement that computes all measures of one scan.

    Args:
        measures: Measures over one table and date.
        span: The periods wanted.
        levels: Some of ``LEVELS``.
        present: The tables at hand; where people, teams or the owner's table are missing, rows
            count as unassigned.

    Returns:
        SQL whose rows are (period, level, entity, v0, n0, s0, b0, v1, …).
    """
    measure = measures[0]
    figures = ", ".join(_figures(number, each) for number, each in enumerate(measures))
    keys = [level for level in LEVELS if level in levels]
    sets = ", ".join(f"(period, {level})" for level in keys)
    entity = " ".join(f"WHEN grouping({level}) = 0 THEN {level}" for level in keys)
    level = " ".join(f"WHEN grouping({level}) = 0 THEN '{level}'" for level in keys)
    return (
        f"WITH source AS ({_source(measure, span, present)}) "
        f"SELECT period, CASE {level} END AS level, CASE {entity} END AS entity, {figures} "
        f"FROM source GROUP BY GROUPING SETS ({sets})"
    )


def _figures(number: int, measure: Measure) -> str:
    kept = f" FILTER (WHERE {measure.where})" if measure.where else ""
    counted = measure.arg.removeprefix("DISTINCT ").removeprefix("distinct ")
    rows = f"count({counted}){kept} AS n{number}"
    value = f"{measure.fn}({measure.arg}){kept}"
    spread = {
        "sum": f"sum(({measure.arg}) * ({measure.arg})){kept}",
        "avg": f"stddev_samp({measure.arg}){kept}",
        "count": value,
    }.get(measure.fn, "NULL")
    if measure.fn == "median":  # one sorted pass gives the median and both quartiles
        quartiles = f"quantile_cont({measure.arg}, [0.25, 0.5, 0.75]){kept}"
        value, spread = f"{quartiles}[2]", f"{quartiles}[3] - {quartiles}[1]"
    blank = f"count(*){kept} - count({counted}){kept}" if measure.fn == "sum" else "0"
    return f"{value} AS v{number}, {rows}, {spread} AS s{number}, {blank} AS b{number}"


def _source(measure: Measure, span: Span, present: Mapping[str, object]) -> str:
    table = owned(measure.table, present)
    if measure.date:
        inside = f"t.{measure.date} BETWEEN DATE '{span.first.start}' AND DATE '{span.last.end}'"
        return f"SELECT *, {span.number(measure.date)} AS period FROM ({table} WHERE {inside})"
    first, last = span.first.index, span.last.index
    begin = f"greatest({span.number(f't.{measure.open_from}')}, {first})"
    # Open at a period's end means closed in a later period, or not at all.
    until = f"least(coalesce({span.number(f't.{measure.open_until}')}, {last + 1}), {last + 1})"
    table = table.replace("SELECT t.*", f"SELECT t.*, unnest(range({begin}, {until})) AS period", 1)
    return f"SELECT *, {span.last_day('period')} AS period_end FROM ({table})"


def owned(name: str, present: Mapping[str, object]) -> str:
    """Return SQL for a table's rows, each with its ``rep``, ``team``, ``region`` and ``company``.

    A row of nobody, or of somebody in no team, has "" there; ``company`` is always "".
    """
    return f"SELECT t.*, {_owner_columns(name, present)}"


def _owner_columns(name: str, present: Mapping[str, object]) -> str:
    owner = tables()[name].owner
    if name == "market":
        return (
            "'' AS rep, '' AS team, coalesce(t.region, '') AS region, '' AS company FROM market t"
        )
    joins, person = f"FROM {name} t", "NULL"
    if owner and not owner.table:
        person = f"t.{owner.column}"
    elif owner and owner.table in present:
        key = tables()[owner.table].key
        joins += f" LEFT JOIN {owner.table} o ON o.{key} = t.{owner.through}"
        person = f"o.{owner.column}"
    joins += f" LEFT JOIN people p ON p.person_id = {person}"
    team = "coalesce(p.team_id, t.team_id)" if name == "targets" else "p.team_id"
    region = "''"
    if "teams" in present:
        joins += f" LEFT JOIN teams g ON g.team_id = {team}"
        region = "coalesce(g.region, '')"
    return (
        f"coalesce({person}, '') AS rep, coalesce({team}, '') AS team, {region} AS region, "
        f"'' AS company {joins}"
    )
