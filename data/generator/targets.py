"""Targets of each rep and month, and what the market is thought to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.generator.catalogue import total
from data.generator.chance import stream
from data.generator.days import END, START, month_starts, quarter_start, quarters
from data.generator.people import Person, reps

if TYPE_CHECKING:
    from datetime import date

    from data.generator.orders import Order

RAMP = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # 3.1.ramp_quota: share of the full target by month
_MONTH = (0.80, 0.62, 0.95, 0.92, 0.95, 1.02, 0.95, 1.0, 1.1, 1.12, 1.28, 1.29)
_FULL = {"revenue": 400_000, "new_customers": 0.36, "visits": 13.4, "contracts": 0.95}
_TEAM = {"E1": 0.98, "E2": 1.12, "S1": 0.95, "S2": 1.02, "N1": 1.24, "N2": 1.15}
_GROWTH = {2024: 0.92, 2025: 1.0, 2026: 1.06}
_ERROR = {"华东": 0.10, "华南": 0.15, "华北": 0.12}


def share_of_full(rep: Person, month: date) -> float:
    """The share of the full target that counts in that month."""
    age = rep.months_since_joining(month)
    return RAMP[age] if age < len(RAMP) else 1.0


def full_revenue(rep: Person, month: date) -> float:
    """The revenue target of a settled rep for that month, in CNY."""
    senior = 1.05 if rep.joined_on.year < 2021 else 0.97
    return (
        _FULL["revenue"]
        * _MONTH[month.month - 1]
        * _GROWTH[month.year]
        * senior
        * _TEAM[rep.team_id]
    )


def target_rows() -> list[dict[str, object]]:
    """The rows of ``targets``."""
    rows: list[dict[str, object]] = []
    for rep in reps():
        owed = dict.fromkeys(_FULL, 0.0)
        for month in month_starts(max(START, rep.joined_on), min(END, rep.left_on or END)):
            for metric in _FULL:
                owed[metric] += _wanted(rep, metric, month)
                whole = round(owed[metric], -3 if metric == "revenue" else None)
                owed[metric] -= whole
                rows.append({
                    "target_id": f"G{len(rows) + 1:04}", "metric": metric,
                    "person_id": rep.person_id, "team_id": rep.team_id, "period_start": month,
                    "amount": int(whole),
                })  # fmt: skip
    return rows


def _wanted(rep: Person, metric: str, month: date) -> float:
    full = full_revenue(rep, month) if metric == "revenue" else _FULL[metric]
    return full * share_of_full(rep, month)


def market_rows(orders: list[Order]) -> list[dict[str, object]]:
    """The rows of ``market``; the last quarter is not published when the books end."""
    sold = _sold(orders)
    published = [day for day in quarters(START, END) if day < quarter_start(END)]
    rows: list[dict[str, object]] = []
    for quarter in published:
        for region, trade in sorted({(region, trade) for _, region, trade in sold}):
            rng = stream("market", quarter, region, trade)
            spend = _spend(sold, quarter, region, trade) * rng.uniform(0.95, 1.06)
            rows.append({
                "market_id": f"K{len(rows) + 1:03}", "quarter_start": quarter, "region": region,
                "industry": trade, "estimated_spend": round(spend, -4),
                "error_share": round(_ERROR[region] + rng.uniform(-0.02, 0.05), 2),
            })  # fmt: skip
    return rows


def _sold(orders: list[Order]) -> dict[tuple[date, str, str], int]:
    sold: dict[tuple[date, str, str], int] = {}
    for order in orders:
        key = (quarter_start(order.day), order.account.owner.region, order.account.industry)
        sold[key] = sold.get(key, 0) + total(order.lines)
    return sold


def _spend(sold: dict[tuple[date, str, str], int], quarter: date, region: str, trade: str) -> float:
    """A market near seven times our sales, following them only in part from quarter to quarter."""
    months = [day for day, where, what in sold if (where, what) == (region, trade)]
    mean = sum(sold[day, region, trade] for day in months) / len(quarters(START, END))
    now = sold.get((quarter, region, trade), 0)
    share = stream("share", region, trade).uniform(0.11, 0.16)
    return (0.55 * mean + 0.45 * now) / share
