"""What customers order again: more probes now and then, service and cloud once a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import catalogue, stories
from data.generator.catalogue import Line, priced, total
from data.generator.chance import pick, stream
from data.generator.days import (
    END,
    START,
    month_starts,
    quarter_end,
    quarter_start,
    workday_from,
    workday_until,
)
from data.generator.orders import Order
from data.generator.people import Person, reps

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from random import Random

    from data.generator.accounts import Account

_AGAIN = {"large": 0.55, "medium": 0.36, "small": 0.2}  # chance of a repeat order in a month
_SEASON = {
    "waste_water": (0.6, 0.6, 0.8, 0.8, 0.9, 0.9, 0.9, 1.0, 1.1, 1.5, 1.8, 1.7),
    "aquaculture": (0.5, 0.7, 1.3, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.8, 0.6, 0.5),
    "": (0.9, 0.7, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.1, 1.0, 1.1, 1.1),
}
_BASE = {"small": 5, "medium": 14, "large": 45}  # probes in use before the books begin
_RENEWS, _RENEWS_AFTER_DRIFT = 0.86, 0.52
_LEARNING = {stories.FAST: 2.5, stories.SLOW: 14}


def credited(account: Account, day: date, rng: Random, told: AbstractSet[str]) -> Person:
    """Whose order it is: the owner's, or a team mate's while the owner is absent or learning."""
    owner = account.owner
    mates = [one for one in reps(owner.team_id) if one.works_on(day) and one is not owner]
    settled = [one for one in mates if one.months_since_joining(day) >= 6] or mates
    learning = min(1.0, owner.months_since_joining(day) / _learns(owner, told))
    if owner.works_on(day) and rng.random() < learning:
        return owner
    return rng.choice(settled)


def _learns(owner: Person, told: AbstractSet[str]) -> float:
    """Months until all the orders of an account are credited to its new owner."""
    usual = 6
    return _LEARNING.get(owner.person_id, usual) if stories.TWO_HIRES in told else usual


def repeats(account: Account, since: date, told: AbstractSet[str]) -> list[Order]:
    """The repeat orders of a customer, months apart."""
    rng, made = stream("again", account.account_id), []
    season = _SEASON.get(account.industry, _SEASON[""])
    for month in month_starts(START, END):
        chance = _AGAIN[account.size] * season[month.month - 1]
        day = workday_from(month + timedelta(days=rng.randrange(27)))
        wanted = rng.random() < chance and since + timedelta(days=60) < day <= END
        if fading := stories.FADING_ACCOUNT in told and account.name_en == stories.FADING:
            wanted = month.month % 3 == 2
        if wanted:
            made.append(_repeat(rng, account, day, told, fading=fading))
    return made


def _repeat(
    rng: Random, account: Account, day: date, told: AbstractSet[str], *, fading: bool
) -> Order:
    deep = stories.QUARTER_END in told and account.owner.team_id == stories.DISCOUNTING_TEAM
    if deep and day < quarter_start(day) + timedelta(days=31) and rng.random() < 0.35:
        early = workday_until(quarter_start(day) - timedelta(days=rng.randint(1, 12)))
        day = early if early >= START else day
    discount = rng.triangular(0, 0.07, 0.03)
    if deep and (quarter_end(day) - day).days < 14:
        discount = rng.uniform(0.10, 0.16)
    lines = catalogue.spares(rng, _wishes(account, day, told), account.size)
    if fading:
        lines = _faded(day)
    return Order(
        account, credited(account, day, rng, told), day, "repeat",
        priced(lines, day, discount), total(priced(lines, day)),
    )  # fmt: skip


def _wishes(account: Account, day: date, told: AbstractSet[str]) -> dict[str, float]:
    """What a customer orders again; in the North the new D-20 replaces the old."""
    weights = dict(catalogue.MAIN[account.industry])
    north = stories.D20_LAUNCH in told and account.owner.region == stories.LAUNCH_REGION
    if north and day >= catalogue.D20_V2 and "D-20" in weights:
        weights["D-20"] *= 2
    return weights


def _faded(day: date) -> list[Line]:
    """The key account's orders by quarter: steady, then less each time."""
    quarter = day.year * 4 + (day.month - 1) // 3
    shrunk = {2025 * 4 + 2: 22, 2025 * 4 + 3: 12, 2026 * 4: 6, 2026 * 4 + 1: 3, 2026 * 4 + 2: 1}
    probes = shrunk.get(quarter, 32 + day.year % 2 * 3)
    return [Line("P-20", probes), Line("E-15", max(1, probes // 2))]


def renewals(
    accounts: list[Account], orders: list[Order], since: dict[str, date], told: AbstractSet[str]
) -> list[Order]:
    """Each customer's service and cloud, renewed once a year until it is not."""
    drifted = {order.account.account_id for order in orders if order.drifts}
    made: list[Order] = []
    for account in accounts:
        if account.account_id in since:
            hurt = stories.DRIFTING_BATCH in told and account.account_id in drifted
            made += _yearly(account, since[account.account_id], orders, hurt=hurt, told=told)
    return made


def _yearly(
    account: Account, since: date, orders: list[Order], *, hurt: bool, told: AbstractSet[str]
) -> list[Order]:
    rng, made = stream("renewals", account.account_id), []
    plan = pick(rng, {"Plus": 55, "Basic": 30, "": 15})
    day = since + timedelta(days=rng.randint(1, 365) if since < START else 365)
    while plan and day <= END:
        rate = _RENEWS_AFTER_DRIFT if hurt and day >= stories.NOTICE_ON else _RENEWS
        fading = stories.FADING_ACCOUNT in told and account.name_en == stories.FADING
        if rng.random() >= rate or (fading and day >= stories.FADES_SINCE):
            break
        made.append(_renewal(rng, account, workday_from(day), plan, orders, told))
        day += timedelta(days=365)
    return [order for order in made if START <= order.day <= END]


def _renewal(
    rng: Random, account: Account, day: date, plan: str, orders: list[Order], told: AbstractSet[str]
) -> Order:
    """One year more for the probes and controllers in use."""
    probes = _BASE[account.size] if account.customer else 0
    for order in orders:
        if order.account is account and order.day < day:
            probes += sum(line.quantity for line in order.lines if line.product in catalogue.PROBES)
    covered = max(2, round(min(probes, _BASE[account.size] * 2) * 0.8))
    lines = [Line(plan, covered)]
    if rng.random() < 0.65:
        lines.append(Line("LakeView", max(1, covered // 5)))
    order = Order(account, credited(account, day, rng, told), day, "renewal", priced(lines, day), 0)
    order.at_list = total(order.lines)
    order.versions, order.batches = ["1"] * len(lines), [""] * len(lines)
    return order
