"""The whole books: every table of the CRM as rows, and as files."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING

from data.generator.accounts import account_rows, contact_rows, make_accounts
from data.generator.care import complaint_rows, delivery_rows, make_complaints
from data.generator.catalogue import product_rows
from data.generator.fieldwork import activity_rows
from data.generator.hiring import candidate_rows, evaluation_rows
from data.generator.leads import lead_rows
from data.generator.ordering import make_orders
from data.generator.orders import line_rows, order_rows
from data.generator.people import people_rows, team_rows
from data.generator.pipeline import close_books, opportunity_rows, stage_change_rows
from data.generator.stories import ALL
from data.generator.surveys import survey_rows
from data.generator.targets import market_rows, target_rows
from salestrain.crm.tables import tables

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

Rows = list[dict[str, object]]


def make_books(told: AbstractSet[str] = ALL) -> dict[str, Rows]:
    """Every table's rows, with the stories that are to be told in them."""
    accounts = make_accounts(told)
    contacts = contact_rows(accounts)
    deals = close_books(accounts, told)
    orders = make_orders(accounts, deals, told)
    deliveries = delivery_rows(orders)
    complaints = make_complaints(orders, told)
    return {
        "people": people_rows(), "teams": team_rows(), "accounts": account_rows(accounts),
        "contacts": contacts, "leads": lead_rows(accounts, deals),
        "opportunities": opportunity_rows(deals), "stage_changes": stage_change_rows(deals),
        "activities": activity_rows(accounts, deals, told), "orders": order_rows(orders),
        "order_lines": line_rows(orders), "deliveries": deliveries,
        "complaints": complaint_rows(complaints),
        "surveys": survey_rows(accounts, orders, complaints, told), "targets": target_rows(),
        "products": product_rows(), "market": market_rows(orders),
        "evaluations": evaluation_rows(), "candidates": candidate_rows(),
    }  # fmt: skip


def write_books(books: dict[str, Rows], folder: Path) -> None:
    """Write one CSV a table, with the columns of the CRM contract in their order."""
    for name, table in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(
                [_written(row[column]) for column in table.columns] for row in books[name]
            )


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
