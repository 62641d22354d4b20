"""All orders of the books: from won deals, repeated and renewed, numbered and followed up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import catalogue
from data.generator.accounts import first_customers
from data.generator.catalogue import Line, priced, total
from data.generator.chance import stream
from data.generator.days import END, START, later
from data.generator.orders import MIX_UP_ON, Order, is_mix_up
from data.generator.reorders import renewals, repeats

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

    from data.generator.accounts import Account
    from data.generator.deals import Deal

_NEW_AGAIN = timedelta(days=365)


def make_orders(accounts: list[Account], deals: list[Deal], told: AbstractSet[str]) -> list[Order]:
    """All orders, oldest first, with their numbers, versions, batches and promised days."""
    orders = [_from_deal(deal) for deal in deals if deal.outcome == "won"]
    since = _customers_since(accounts, orders)
    for account in accounts:
        if account.account_id in since:
            orders += repeats(account, since[account.account_id], told)
    orders += _maiduo(accounts)
    orders.sort(key=_when)
    for order in orders:
        _label(order)
    orders += renewals(accounts, orders, since, told)
    orders.sort(key=_when)
    _number(orders, accounts)
    return orders


def _when(order: Order) -> tuple[date, str, str]:
    return order.day, order.account.account_id, order.kind


def _from_deal(deal: Deal) -> Order:
    return Order(
        deal.account,
        deal.owner,
        deal.closed or END,
        "new",
        deal.lines,
        total(deal.list_lines),
        deal.deal_id,
    )


def _customers_since(accounts: list[Account], orders: list[Order]) -> dict[str, date]:
    since = {
        account.account_id: START - timedelta(days=90) for account in first_customers(accounts)
    }
    for order in sorted(orders, key=_when):
        since.setdefault(order.account.account_id, order.day)
    return since


def _maiduo(accounts: list[Account]) -> list[Order]:
    """Two orders the playbook tells of: "D-20" without a version, and probes that drifted."""
    account = next(one for one in accounts if one.name_en == "Maiduo Foods")
    made = []
    for day, wanted in (
        (MIX_UP_ON, [Line("D-20", 3), Line("C-100", 2)]),
        (date(2025, 12, 8), [Line("P-20", 4)]),
    ):
        lines, at_list = priced(wanted, day, 0.03), total(priced(wanted, day))
        made.append(Order(account, account.owner, day, "repeat", lines, at_list))
    return made


def _label(order: Order) -> None:
    order.versions = [catalogue.version(line.product, order.day) for line in order.lines]
    order.batches = [catalogue.batch(line.product, order.day) for line in order.lines]
    if is_mix_up(order):
        order.versions[0] = ""


def _earlier_deals(accounts: list[Account]) -> dict[str, date]:
    """The last deal before the books begin, of those who bought then."""
    rng = stream("earlier")
    return {
        account.account_id: START - timedelta(days=rng.randint(1, 600))
        for account in first_customers(accounts)
    }


def _number(orders: list[Order], accounts: list[Account]) -> None:
    """Give numbers, promised days and status; call a deal's order new once a year at most."""
    rng, last_deal = stream("orders"), _earlier_deals(accounts)
    for number, order in enumerate(orders, 1):
        order.order_id = f"O{number:04}"
        order.promised = later(order.day, rng.randint(14, 35))
        if order.kind == "new":
            before = last_deal.get(order.account.account_id)
            last_deal[order.account.account_id] = order.day
            if before and order.day - before < _NEW_AGAIN:
                order.kind = "repeat"
        order.status = _status(rng, order)


def _status(rng: Random, order: Order) -> str:
    age = (END - order.day).days
    if (
        order.kind == "repeat"
        and not order.deal_id
        and not is_mix_up(order)
        and rng.random() < 0.012
    ):
        return "cancelled"
    if order.kind == "renewal" or age > 120:
        return "closed"
    return "confirmed"  # deliveries move it on
