"""Orders and their lines, and the rows they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from data.generator import stories
from data.generator.catalogue import Line, total
from data.generator.days import END

if TYPE_CHECKING:
    from data.generator.accounts import Account
    from data.generator.people import Person

MIX_UP_ON = date(2025, 10, 13)


@dataclass(slots=True)
class Order:
    """An order with its lines; ``at_list`` are the same lines at list price."""

    account: Account
    owner: Person
    day: date
    kind: str
    lines: list[Line]
    at_list: int
    deal_id: str = ""
    order_id: str = ""
    promised: date = END
    status: str = "confirmed"
    batches: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    @property
    def ships(self) -> bool:
        """Whether goods go out for it."""
        return self.kind != "renewal" and self.status != "cancelled"

    @property
    def drifts(self) -> bool:
        """Whether it holds probes of the drifting batch."""
        return stories.BATCH in self.batches


def is_mix_up(order: Order) -> bool:
    """Whether it is the order whose contract named no version."""
    return order.account.name_en == "Maiduo Foods" and order.day == MIX_UP_ON


def order_rows(orders: list[Order]) -> list[dict[str, object]]:
    """The rows of ``orders``."""
    return [
        {
            "order_id": one.order_id, "account_id": one.account.account_id,
            "opportunity_id": one.deal_id, "owner_id": one.owner.person_id,
            "ordered_on": one.day, "kind": one.kind, "status": one.status,
            "amount_ex_vat": total(one.lines), "list_amount": one.at_list,
            "promised_on": None if one.kind == "renewal" else one.promised,
        }
        for one in orders
    ]  # fmt: skip


def line_rows(orders: list[Order]) -> list[dict[str, object]]:
    """The rows of ``order_lines``; each order's amount is the sum of its lines."""
    return [
        {
            "line_id": f"{order.order_id}-{number}", "order_id": order.order_id,
            "product_id": line.product, "version": order.versions[number - 1],
            "batch": order.batches[number - 1], "quantity": line.quantity,
            "unit_price": line.price, "amount_ex_vat": line.amount,
        }
        for order in orders
        for number, line in enumerate(order.lines, 1)
    ]  # fmt: skip
