"""The deals on the day the books end: what is cut off, what is still open, and their rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator.catalogue import total
from data.generator.chance import stream
from data.generator.days import END, later, workday_until
from data.generator.deals import QUOTE, STAGES, Deal, fill_basket
from data.generator.retold import RETOLD
from data.generator.selling import make_deals

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

    from data.generator.accounts import Account

_PROJECTS = {
    "municipal_water": ("滤池出水浊度", "出厂水 pH", "加药间改造", "取水口监测", "管网余量监测"),
    "waste_water": ("曝气池溶氧", "二沉池出水", "中和池 pH", "提标改造", "风机联动"),
    "food_beverage": ("CIP 清洗 pH", "废水站改造", "发酵罐溶氧", "清洗水电导率", "灌装线水质"),
    "semiconductor": ("抛光混床电导率", "超纯水站", "废水中和", "回用水监测"),
    "aquaculture": ("塘口溶氧", "增氧机联动", "育苗车间", "循环水溶氧"),
    "power_chemicals": ("凝结水电导率", "循环水 pH", "脱硫废水", "化水站改造"),
}
_STEPS = {
    "2.2.first_contact": ("看现场", "约设备科见面"),
    "2.2.needs": ("发测点清单", "确认量程和接口", "给出预算科目"),
    "2.2.quote": ("组织评审", "书面回复四项条件", "报副厂长签字"),
    "2.2.signing": ("合同盖章", "安排预付款"),
}


def close_books(accounts: list[Account], told: AbstractSet[str]) -> list[Deal]:
    """All deals as they stand when the books end, with their lines and ids."""
    rng = stream("pipeline")
    deals: list[Deal] = []
    for deal in make_deals(accounts, told):
        _cut(deal, stream("cut", deal.owner.person_id, deal.created, deal.account.account_id))
        if deal.outcome == "open" and deal.owner.name_en == "Zhou Min":
            continue
        fill_basket(
            stream("basket", deal.owner.person_id, deal.created, deal.product, len(deals)), deal
        )
        if deal.outcome == "open":
            deal.next_step = _next_step(rng, deal)
        deals.append(deal)
    by_name = {account.name_en: account for account in accounts}
    deals += [plan.deal(by_name[plan.account]) for plan in RETOLD]
    deals.sort(key=lambda deal: (deal.created, deal.owner.person_id, deal.account.account_id))
    for number, deal in enumerate(deals, 1):
        deal.deal_id = f"D{number:04}"
    return deals


def _cut(deal: Deal, rng: Random) -> None:
    """Drop what lies after the books' end; some lost deals were never closed in the CRM."""
    closed = deal.closed
    if deal.outcome == "lost" and closed and (END - closed).days < 110 and rng.random() < 0.04:
        deal.stays[-1].left, deal.stays[-1].to, deal.loss = None, "", ""
    deal.stays = [stay for stay in deal.stays if stay.entered <= END]
    last = deal.stays[-1]
    if last.left and last.left > END:
        last.left, last.to, deal.loss = None, "", ""
    if deal.outcome == "open" and len(deal.stays) <= QUOTE:
        deal.discount = 0


def _next_step(rng: Random, deal: Deal) -> tuple[str, date, date | None] | None:
    """What the customer does next; one deal in ten has none on record."""
    if rng.random() < 0.1:
        return None
    last = deal.stays[-1]
    on = later(max(END - timedelta(days=12), last.entered), rng.uniform(0, 42))
    who = rng.choice(deal.account.contacts)["name"] if deal.account.contacts else "客户"
    confirmed = workday_until(min(END, on) - timedelta(days=rng.randint(0, 8)))
    sure = rng.random() < 0.88 and confirmed >= deal.created
    return f"{who}{rng.choice(_STEPS[last.stage])}", on, confirmed if sure else None


def opportunity_rows(deals: list[Deal]) -> list[dict[str, object]]:
    """The rows of ``opportunities``."""
    return [_opportunity(stream("row", deal.deal_id), deal) for deal in deals]


def _opportunity(rng: Random, deal: Deal) -> dict[str, object]:
    last, step = deal.stays[-1], deal.next_step or ("", None, None)
    return {
        "opportunity_id": deal.deal_id,
        "name": deal.title or rng.choice(_PROJECTS[deal.account.industry]),
        "owner_id": deal.owner.person_id, "account_id": deal.account.account_id,
        "product_id": deal.product, "source": deal.source, "is_tender": deal.source == "tender",
        "created_on": deal.created, "quoted_on": deal.quoted, "closed_on": deal.closed,
        "expected_close_on": deal.expected or _expected(rng, deal), "outcome": deal.outcome,
        "stage": last.stage, "stage_entered_on": last.entered, "amount": total(deal.lines),
        "list_amount": total(deal.list_lines), "loss_reason": deal.loss, "next_step": step[0],
        "next_step_on": step[1], "next_step_confirmed_on": step[2],
    }  # fmt: skip


def _expected(rng: Random, deal: Deal) -> date:
    """The signing day on record: near the true one; open deals may be overdue."""
    if deal.closed:
        early = timedelta(days=round(abs(rng.gauss(0, 12))))
        return later(max(deal.created, deal.closed - early), 0)
    return later(END, rng.uniform(-8, 25 + 30 * (len(STAGES) - len(deal.stays))))


def stage_change_rows(deals: list[Deal]) -> list[dict[str, object]]:
    """The rows of ``stage_changes``: one for each stay."""
    return [
        {
            "change_id": f"{deal.deal_id}-{number}", "opportunity_id": deal.deal_id,
            "stage": stay.stage, "entered_on": stay.entered, "left_on": stay.left,
            "moved_to": stay.to,
        }
        for deal in deals
        for number, stay in enumerate(deal.stays, 1)
    ]  # fmt: skip
