"""After the order: deliveries and complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from data.generator import stories
from data.generator.catalogue import PROBES
from data.generator.chance import around, pick, stream
from data.generator.days import END, START, after_minutes, later, within_hours, workday_until
from data.generator.orders import is_mix_up
from data.generator.people import of_role

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

    from data.generator.accounts import Account
    from data.generator.orders import Order

_WORKDAY = 540  # minutes
_CATEGORIES = {
    "drift": 24,
    "fault": 26,
    "late": 16,
    "installation": 16,
    "invoice": 10,
    "software": 8,
}
_SEVERITY = {"low": 45, "medium": 42, "high": 13}


@dataclass(slots=True)
class Complaint:
    """A complaint; the moments after the end of the books are not known yet."""

    account: Account
    order: Order
    product: str
    batch: str
    category: str
    severity: str
    opened: datetime
    responded: datetime
    resolved: datetime
    followed_up: date | None


def delivery_rows(orders: list[Order]) -> list[dict[str, object]]:
    """The rows of ``deliveries``; sets the status of recent orders on the way."""
    rng = stream("deliveries")
    rows: list[dict[str, object]] = []
    for order in orders:
        if not order.ships:
            continue
        for number, row in enumerate(_deliveries(rng, order), 1):
            row["delivery_id"] = f"{order.order_id}-D{number}"
            rows.append(row)
            _advance(order, row)
    return rows


def _deliveries(rng: Random, order: Order) -> list[dict[str, object]]:
    if is_mix_up(order):
        wrong = _delivery(order, order.promised, complete=False, returned=True)
        return [wrong, _delivery(order, later(order.promised, 14), complete=True, returned=False)]
    arrives = order.promised - timedelta(days=rng.randint(0, 5))
    if rng.random() < 0.055:
        arrives = later(order.promised, rng.randint(2, 16))
    complete = rng.random() < 0.965
    first = _delivery(order, max(arrives, order.day + timedelta(days=3)), complete=complete,
                      returned=rng.random() < 0.012)  # fmt: skip
    rest = [] if complete else [_delivery(order, later(arrives, 9), complete=True, returned=False)]
    return [one for one in (first, *rest) if one["shipped_on"]]


def _delivery(order: Order, arrives: date, *, complete: bool, returned: bool) -> dict[str, object]:
    arrives = workday_until(arrives)
    shipped = workday_until(arrives - timedelta(days=3))
    known = arrives <= END
    return {
        "delivery_id": "", "order_id": order.order_id, "promised_on": order.promised,
        "shipped_on": max(order.day, shipped) if shipped <= END else None,
        "delivered_on": arrives if known else None, "complete": complete if known else None,
        "returned": returned if known else None,
    }  # fmt: skip


def _advance(order: Order, delivery: dict[str, object]) -> None:
    if order.status in ("confirmed", "shipped"):
        order.status = "delivered" if delivery["delivered_on"] else "shipped"


def make_complaints(orders: list[Order], told: AbstractSet[str]) -> list[Complaint]:
    """All complaints, oldest first."""
    rng, made = stream("complaints"), []
    for order in orders:
        if not order.ships:
            continue
        if rng.random() < 0.085:
            made.append(_ordinary(rng, order))
        if stories.DRIFTING_BATCH in told and order.drifts:
            made += _drift(stream("drift", order.order_id), order)
        if is_mix_up(order):
            made.append(_complain(rng, order, "D-20", "version", later(order.promised, 1)))
    if stories.FADING_ACCOUNT in told:
        made += _slow(rng, orders)
    return sorted((one for one in made if one.opened.date() <= END), key=lambda one: one.opened)


def _ordinary(rng: Random, order: Order) -> Complaint:
    category = pick(rng, _CATEGORIES)
    probes = [line.product for line in order.lines if line.product in PROBES]
    product = rng.choice(probes) if probes else order.lines[0].product
    waits = rng.randint(0, 3) if category in ("late", "installation") else around(rng, 60, 0.9)
    return _complain(rng, order, product, category, later(order.promised, waits))


def _drift(rng: Random, order: Order) -> list[Complaint]:
    """The probes of the batch drift a few weeks after they are in the water."""
    if rng.random() > 0.75 and order.account.name_en != "Maiduo Foods":
        return []
    day = max(
        later(order.promised, around(rng, 16, 0.5)), later(date(2025, 12, 22), rng.randint(0, 40))
    )
    return [
        _complain(
            rng, order, "P-20", "drift", day, severity="high" if rng.random() < 0.5 else "medium"
        )
    ]


def _slow(rng: Random, orders: list[Order]) -> list[Complaint]:
    """The key account's two complaints that nobody drove."""
    theirs = [one for one in orders if one.account.name_en == stories.FADING and one.ships]
    made = []
    for opened, days in ((date(2025, 9, 16), 23), (date(2025, 12, 9), 31)):
        order = [one for one in theirs if one.day < opened][-1]
        slow = _complain(rng, order, order.lines[0].product, "fault", opened, severity="high")
        slow.responded = after_minutes(slow.opened, 2.4 * _WORKDAY)
        slow.resolved = after_minutes(slow.opened, days * _WORKDAY)
        slow.followed_up = None
        made.append(slow)
    return made


def _complain(
    rng: Random, order: Order, product: str, category: str, day: date, severity: str = ""
) -> Complaint:
    severity = severity or pick(rng, _SEVERITY)
    opened = within_hours(rng, max(day, START))
    responded = after_minutes(opened, around(rng, 55, 0.7))
    days = {"low": 1.6, "medium": 2.2, "high": 2.8}[severity]
    resolved = after_minutes(responded, around(rng, days, 0.55) * _WORKDAY)
    again = later(resolved.date(), rng.randint(1, 8)) if rng.random() < 0.78 else None
    products = [line.product for line in order.lines]
    batch = order.batches[products.index(product)] if product in products else ""
    return Complaint(
        order.account, order, product, batch, category, severity, opened, responded, resolved, again
    )


def complaint_rows(complaints: list[Complaint]) -> list[dict[str, object]]:
    """The rows of ``complaints``."""
    rng, handlers = stream("handlers"), of_role("service")
    rows: list[dict[str, object]] = []
    for one in complaints:
        present = [person for person in handlers if person.works_on(one.opened.date())]
        rows.append({
            "complaint_id": f"T{len(rows) + 1:04}", "account_id": one.account.account_id,
            "order_id": one.order.order_id, "product_id": one.product, "batch": one.batch,
            "handler_id": rng.choice(present).person_id, "category": one.category,
            "severity": one.severity, "opened_at": one.opened,
            "first_response_at": _known(one.responded), "resolved_at": _known(one.resolved),
            "followed_up_on": _past(one.followed_up),
        })  # fmt: skip
    return rows


def _past(day: date | None) -> date | None:
    return day if day and day <= END else None


def _known(moment: datetime) -> datetime | None:
    return moment if moment.date() <= END else None
