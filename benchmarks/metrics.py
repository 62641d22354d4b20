"""16 KPIs × 3 layers × 8 quarters over N opportunities: salestrain, hand-written SQL, pandas.

    python benchmarks/metrics.py                 # 5,000,000 opportunities, 3 rounds
    python benchmarks/metrics.py --rows 200000

Every round runs each way once, in its own process and in turn, so that the machine's mood hits all
alike; the figures are compared before any time is believed. Prints seconds (median), the ratio to
the hand-written SQL, and the peak memory of each process.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd

from salestrain.crm.tables import tables
from salestrain.language import Text
from salestrain.periods import Period
from salestrain.playbook.standards.kpis import Kpi
from salestrain.sales.metrics import compute

AS_OF = date(2026, 9, 30)
FIRST, LAST = Period.parse("2024-Q4"), Period.parse("2026-Q3")
LEVELS = ("company", "team", "rep")
WAYS = ("salestrain", "sql", "pandas")
CLOSED = "outcome IN ('won', 'lost')"
WON = "outcome = 'won'"

# name, then one measure, or numerator and denominator; a measure is (date, aggregate, filter)
MEASURES: dict[str, list[tuple[str, str, str | None]]] = {
    "won_value": [("closed_on", "sum(amount)", WON)],
    "won_count": [("closed_on", "count(*)", WON)],
    "lost_count": [("closed_on", "count(*)", "outcome = 'lost'")],
    "average_deal": [("closed_on", "avg(amount)", WON)],
    "largest_deal": [("closed_on", "max(amount)", WON)],
    "sales_cycle": [("closed_on", "median(date_diff('day', created_on, closed_on))", WON)],
    "accounts_won": [("closed_on", "count(DISTINCT account_id)", WON)],
    "win_rate": [("closed_on", "count(*)", WON), ("closed_on", "count(*)", CLOSED)],
    "quote_win_rate": [
        ("closed_on", "count(*)", f"{WON} AND quoted_on IS NOT NULL"),
        ("closed_on", "count(*)", f"{CLOSED} AND quoted_on IS NOT NULL"),
    ],
    "tender_win_rate": [
        ("closed_on", "count(*)", f"{WON} AND is_tender"),
        ("closed_on", "count(*)", f"{CLOSED} AND is_tender"),
    ],
    "discount": [
        ("closed_on", "sum(list_amount - amount)", WON),
        ("closed_on", "sum(list_amount)", WON),
    ],
    "lost_to_price": [
        ("closed_on", "count(*)", "loss_reason = 'price'"),
        ("closed_on", "count(*)", "outcome = 'lost'"),
    ],
    "created_count": [("created_on", "count(*)", None)],
    "created_value": [("created_on", "sum(amount)", None)],
    "created_size": [("created_on", "avg(amount)", None)],
    "created_tenders": [
        ("created_on", "count(*)", "is_tender"),
        ("created_on", "count(*)", None),
    ],
}


def kpis() -> list[Kpi]:
    """Return the sixteen definitions as the playbook would hold them."""
    text = Text("–", "–")._asdict()
    found = []
    for name, sides in MEASURES.items():
        measures = [
            {"table": "opportunities", "date": day, "expr": expr, "where": where}
            for day, expr, where in sides
        ]
        keys = ("value",) if len(measures) == 1 else ("numerator", "denominator")
        facts = {"id": f"3.1.{name}", "name": text, "layer": "process", "unit": "count",
                 "better": "higher", "minimum_n": 1, "formula": text, "read": text, "gaming": text,
                 "ask": text}  # fmt: skip
        found.append(Kpi.model_validate(facts | dict(zip(keys, measures, strict=True))))
    return found


def make_tables(path: Path, rows: int) -> None:
    """Write a database with that many opportunities of 500 reps in 50 teams."""
    connection = duckdb.connect(str(path))
    for name in ("people", "teams", "opportunities"):
        columns = tables()[name].columns.values()
        listed = ", ".join(f"{c.name} {c.sql_type}" for c in columns)
        connection.execute(f"CREATE TABLE {name} ({listed})")
    connection.execute(
        "INSERT INTO teams (team_id, name, region) SELECT 'T' || i, 'T' || i, 'R' || i % 5 "
        "FROM range(50) t(i)"
    )
    connection.execute(
        "INSERT INTO people (person_id, name, role, team_id) "
        "SELECT 'P' || i, 'P' || i, 'rep', 'T' || i % 50 FROM range(500) t(i)"
    )
    connection.execute(
        """
        INSERT INTO opportunities BY NAME
        SELECT 'O' || i AS opportunity_id, 'P' || hash(i) % 500 AS owner_id,
          'A' || hash(i + 1) % 40000 AS account_id, created_on, is_tender, outcome,
          CASE WHEN outcome <> 'open' THEN created_on + (5 + hash(i + 2) % 170)::INT END
            AS closed_on,
          CASE WHEN hash(i + 3) % 2 = 0 THEN created_on + 20 END AS quoted_on,
          amount, round(amount * (1 + hash(i + 4) % 20 / 100), 2) AS list_amount,
          CASE WHEN outcome = 'lost'
            THEN ['price', 'spec', 'no_budget'][(1 + hash(i + 5) % 3)::INT] END AS loss_reason
        FROM (
          SELECT i, DATE '2024-04-01' + (hash(i + 6) % 900)::INT AS created_on,
            hash(i + 7) % 5 = 0 AS is_tender,
            ['won', 'lost', 'lost', 'open'][(1 + hash(i + 8) % 4)::INT] AS outcome,
            round(1000 + hash(i + 9) % 30000000 / 100, 2) AS amount
          FROM range(?) t(i))
        """,
        [rows],
    )
    connection.close()


def by_salestrain(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Compute the figures as a review does: with n, intervals and the minimum n."""
    present = {
        name: frozenset(tables()[name].columns) for name in ("people", "teams", "opportunities")
    }
    periods = [FIRST.shifted(step) for step in range(8)]
    metrics = compute(
        connection, kpis(), periods, present=present, as_of=AS_OF, levels=list(LEVELS)
    )
    frame = metrics.frame.assign(kpi=metrics.frame["kpi"].str.removeprefix("3.1."))
    return frame[["kpi", "level", "entity", "period", "value", "n"]]


def by_sql(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Compute value and n by the two statements a good analyst would write."""
    parts = []
    for day in ("closed_on", "created_on"):
        names = [name for name, sides in MEASURES.items() if sides[0][0] == day]
        figures = ", ".join(f"{_sql(name)} AS {name}, {_sql_n(name)} AS n_{name}" for name in names)
        frame = connection.execute(
            f"""
            WITH deals AS (
              SELECT o.*, p.team_id, year({day}) || '-Q' || quarter({day}) AS period
              FROM opportunities o LEFT JOIN people p ON p.person_id = o.owner_id
              WHERE {day} BETWEEN DATE '2024-10-01' AND DATE '2026-09-30')
            SELECT period, team_id, owner_id, {figures} FROM deals
            GROUP BY GROUPING SETS ((period), (period, team_id), (period, owner_id))
            """
        ).df()
        parts += [_tidy(frame, name) for name in names]
    return pd.concat(parts)


def _sql(name: str) -> str:
    sides = [f"{expr} FILTER (WHERE {kept or 'true'})" for _, expr, kept in MEASURES[name]]
    return " / ".join(sides)


def _sql_n(name: str) -> str:
    return f"count(*) FILTER (WHERE {MEASURES[name][-1][2] or 'true'})"


def _tidy(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    level = frame["owner_id"].notna().map({True: "rep", False: ""})
    level = level.where(level != "", frame["team_id"].notna().map({True: "team", False: "company"}))
    return pd.DataFrame(
        {"kpi": name, "level": level, "period": frame["period"], "value": frame[name],
         "entity": frame["owner_id"].fillna(frame["team_id"]).fillna(""), "n": frame[f"n_{name}"]}
    )  # fmt: skip


def by_pandas(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Compute value and n by pandas' group-bys, on columns already in memory."""
    deals = connection.execute(
        "SELECT o.owner_id, p.team_id, account_id, created_on, closed_on, quoted_on, is_tender, "
        "outcome, amount, list_amount, loss_reason "
        "FROM opportunities o LEFT JOIN people p ON p.person_id = o.owner_id"
    ).df()
    deals["days"] = (deals["closed_on"] - deals["created_on"]).dt.days
    deals["off"] = deals["list_amount"] - deals["amount"]
    for day in ("closed_on", "created_on"):
        deals[f"{day}_quarter"] = deals[day].dt.to_period("Q")
    won, closed = deals["outcome"] == "won", deals["outcome"] != "open"
    quoted = deals["quoted_on"].notna()
    masks = {
        WON: won,
        "outcome = 'lost'": deals["outcome"] == "lost",
        CLOSED: closed,
        f"{WON} AND quoted_on IS NOT NULL": won & quoted,
        f"{CLOSED} AND quoted_on IS NOT NULL": closed & quoted,
        f"{WON} AND is_tender": won & deals["is_tender"],
        f"{CLOSED} AND is_tender": closed & deals["is_tender"],
        "loss_reason = 'price'": deals["loss_reason"] == "price",
    }
    deals = deals.assign(**masks)
    parts = []
    for name, sides in MEASURES.items():
        for level, keys in {"company": [], "team": ["team_id"], "rep": ["owner_id"]}.items():
            found = [_pandas(deals, side, keys) for side in sides]
            value = found[0][0] / found[1][0] if len(found) > 1 else found[0][0]
            frame = pd.DataFrame({"value": value, "n": found[-1][1]}).reset_index()
            frame["entity"] = frame[keys[0]] if keys else ""
            frame["period"] = frame["period"].dt.strftime("%Y-Q%q")
            parts.append(frame.assign(kpi=name, level=level))
    return pd.concat(parts)[["kpi", "level", "entity", "period", "value", "n"]]


def _pandas(deals: pd.DataFrame, side: tuple[str, str, str | None], keys: list[str]) -> Any:  # noqa: ANN401 (a frame or a series)
    day, expr, kept = side
    rows = deals[deals[day].between("2024-10-01", "2026-09-30")]
    rows = rows[rows[kept]] if kept else rows
    grouped = rows.groupby([rows[f"{day}_quarter"].rename("period"), *keys])
    fn, _, arg = expr.removesuffix(")").partition("(")
    columns = {"date_diff('day', created_on, closed_on)": "days", "list_amount - amount": "off"}
    if arg == "*":
        value = grouped.size()
    elif arg.startswith("DISTINCT"):
        value = grouped["account_id"].nunique()
    else:
        value = grouped[columns.get(arg, arg)].agg("mean" if fn == "avg" else fn)
    return value, grouped.size()


def run(way: str, path: Path) -> None:
    """Compute one way in this process; print seconds, peak MB and where the figures are."""
    connection = duckdb.connect(str(path), read_only=True)
    started = time.perf_counter()
    frame = {"salestrain": by_salestrain, "sql": by_sql, "pandas": by_pandas}[way](connection)
    seconds = time.perf_counter() - started
    frame.to_csv(path.with_name(f"{way}.csv"), index=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mb": peak}))


def compare(folder: Path) -> int:
    """Return how many figures were compared; stop if the three ways differ anywhere."""
    keys = ["kpi", "level", "entity", "period"]
    frames = [pd.read_csv(folder / f"{way}.csv", keep_default_na=True) for way in WAYS]
    ours, *others = [frame.fillna({"entity": ""}).set_index(keys).sort_index() for frame in frames]
    for way, other in zip(WAYS[1:], others, strict=True):
        both = ours.merge(other, left_index=True, right_index=True, suffixes=("", "_other"))
        apart = (both["value"] - both["value_other"]).abs() > 1e-6 * both["value"].abs().clip(1)
        apart |= both["n"] != both["n_other"]
        if apart.any() or len(both) != len(other):
            sys.exit(f"salestrain and {way} differ:\n{both[apart].head(10)}")
    return len(ours)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WAY", "DATABASE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        run(chosen.one[0], Path(chosen.one[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deals.duckdb")
        make_tables(path, chosen.rows)
        runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
        for _ in range(chosen.rounds):
            for way in WAYS:
                done = subprocess.run(
                    [sys.executable, __file__, "--one", way, str(path)],
                    check=True, stdout=subprocess.PIPE, text=True,
                )  # fmt: skip
                runs[way].append(json.loads(done.stdout))
        count = compare(path.parent)
    print(f"{chosen.rows:,} opportunities, {chosen.rounds} rounds, {count:,} figures agree")
    base = runs["sql"]
    for way, found in runs.items():
        ratio = median(f["seconds"] / b["seconds"] for f, b in zip(found, base, strict=True))
        seconds, peak = (median(f[key] for f in found) for key in ("seconds", "mb"))
        print(f"{way:11} {seconds:7.2f} s   {ratio:5.2f} x sql   {peak:6.0f} MB")


if __name__ == "__main__":
    main()
