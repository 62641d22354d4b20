"""How each rep makes deals: whom they work on, how long it takes, and whether it is won."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import catalogue, stories
from data.generator.accounts import book_of
from data.generator.chance import Evenly, around, pick, poisson, stream
from data.generator.days import (
    END,
    START,
    WARM_UP,
    later,
    month_starts,
    next_month,
    quarter_end,
    quarter_start,
    workday_from,
    workday_until,
)
from data.generator.deals import QUOTE, STAGES, Deal, Stay, bring_forward
from data.generator.people import Person, reps

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from data.generator.accounts import Account

_CYCLE_DAYS = {
    "municipal_water": 92, "waste_water": 80, "food_beverage": 50, "semiconductor": 178,
    "aquaculture": 21, "power_chemicals": 84,
}  # fmt: skip
_SHARE_OF_CYCLE = (0.22, 0.38, 0.215, 0.15)
_MOVES_ON = (0.64, 0.72)
_SIGNS = 0.94  # of those that leave the quote stage upwards
_LOSS = {"price": 32, "spec": 14, "no_budget": 20, "incumbent": 16, "no_decision": 18}
_SOURCES = {
    "customer": 34,
    "referral": 18,
    "website": 14,
    "expo": 12,
    "call": 10,
    "tender": 7,
    "wechat": 5,
}
_SEASON = {  # deals begun by month; waste-water plants spend upgrade money in the fourth quarter
    "waste_water": (0.6, 0.5, 0.7, 0.7, 0.8, 0.9, 1.4, 1.9, 2.0, 1.3, 0.7, 0.5),
    "": (1.0, 0.6, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 1.1, 0.9, 1.0, 0.9),
}
_PER_MONTH = 5.1


def skill(rep: Person) -> float:
    """What the rep's win rate is multiplied with."""
    return min(1.12, max(0.9, stream("skill", rep.person_id).gauss(1, 0.06)))


def make_deals(accounts: list[Account], told: AbstractSet[str]) -> list[Deal]:
    """All deals of the books, oldest first, as they would go on after the books end."""
    deals: list[Deal] = []
    for rep in reps():
        book = book_of(rep, accounts)
        seller = _Seller(rep, book, told)
        for month in month_starts(max(WARM_UP, rep.joined_on), END):
            deals.extend(seller.month(month))
    return [deal for deal in deals if deal.closed is None or deal.closed >= START]


class _Seller:
    """One rep's way of making deals."""

    def __init__(self, rep: Person, book: list[Account], told: AbstractSet[str]) -> None:
        self.rep, self.book, self.told = rep, book, told
        self.rng = stream("deals", rep.person_id)
        self.luck = Evenly("quotes", rep.person_id)
        self.rate = skill(rep)

    def month(self, month: date) -> list[Deal]:
        """The deals begun in that month."""
        rng, made = self.rng, []
        last = min(next_month(month) - timedelta(days=1), END, self._stops())
        for _ in range(poisson(rng, _PER_MONTH * self._pace(month))):
            day = workday_from(month + timedelta(days=rng.randrange(30)))
            if max(self.rep.joined_on, WARM_UP) <= day <= last and (deal := self._deal(day)):
                made.append(deal)
        return made

    def _stops(self) -> date:
        return self.rep.left_on - timedelta(days=75) if self.rep.left_on else END

    def _pace(self, month: date) -> float:
        age = self.rep.months_since_joining(month)
        if stories.TWO_HIRES in self.told and self.rep.person_id == stories.FAST:
            return 1.25
        if stories.TWO_HIRES in self.told and self.rep.person_id == stories.SLOW:
            return 0.4
        busy = stories.BUSY_REP in self.told and self.rep.person_id == stories.BUSY
        return 1.3 if busy else min(1.0, 0.35 + 0.13 * age)

    def _deal(self, day: date) -> Deal | None:
        account = self._account(day)
        if account is None:
            return None
        product = self._product(account, day)
        stays = self._walk(account, product, day)
        deal = Deal(
            self.rep, account, product, day, stays, 0, self._scale(account), self._source(account)
        )
        if deal.outcome == "lost":
            deal.loss = self._loss()
        if self.rep.left_on and (deal.closed or END) > self.rep.left_on:
            return None
        self._pull_forward(deal)
        deal.discount = self._discount(deal)
        return deal

    def _account(self, day: date) -> Account | None:
        weights = {
            n: self._wish(account, day)
            for n, account in enumerate(self.book)
            if account.created_on <= day
        }
        return self.book[pick(self.rng, weights)] if weights else None

    def _wish(self, account: Account, day: date) -> float:
        fading = stories.FADING_ACCOUNT in self.told and account.name_en == stories.FADING
        if fading and day >= stories.FADES_SINCE:
            return 1e-9
        season = _SEASON.get(account.industry, _SEASON[""])
        return season[day.month - 1]

    def _product(self, account: Account, day: date) -> str:
        weights = dict(catalogue.MAIN[account.industry])
        launched = stories.D20_LAUNCH in self.told and day >= catalogue.D20_V2 - timedelta(days=45)
        if launched and self.rep.region == stories.LAUNCH_REGION and "D-20" in weights:
            weights["D-20"] *= 3
        return pick(self.rng, weights)

    def _scale(self, account: Account) -> float:
        if stories.BUSY_REP in self.told and self.rep.person_id == stories.BUSY:
            return 1.9
        if stories.TWO_HIRES in self.told and self.rep.person_id == stories.SLOW:
            return 0.6
        team = 0.86 if self.rep.team_id == stories.STALLED_TEAM else 1
        return team * self.rng.uniform(0.85, 1.2) * (1.25 if account.key_account else 1)

    def _source(self, account: Account) -> str:
        source = pick(self.rng, _SOURCES)
        return "call" if source == "customer" and not account.customer else source

    def _loss(self) -> str:
        rng = self.rng
        busy = stories.BUSY_REP in self.told and self.rep.person_id == stories.BUSY
        reason = pick(rng, {**_LOSS, "no_budget": 130 if busy else 20})
        return "" if rng.random() < 0.07 else reason

    def _walk(self, account: Account, product: str, day: date) -> list[Stay]:
        """The stays of a deal from first contact to won or lost."""
        cycle = _CYCLE_DAYS[account.industry] * self._hurry()
        stays: list[Stay] = []
        for number, stage in enumerate(STAGES):
            stay = Stay(stage, day)
            stays.append(stay)
            stay.left = self._leaves(
                day, around(self.rng, cycle * _SHARE_OF_CYCLE[number], 0.4), number
            )
            if not self._moves_on(number, product, stay.left):
                stay.to = "lost"
                return stays
            stay.to = STAGES[number + 1] if number < len(STAGES) - 1 else "won"
            day = stay.left
        return stays

    def _hurry(self) -> float:
        fast = stories.TWO_HIRES in self.told and self.rep.person_id == stories.FAST
        return 0.55 if fast else 1

    def _leaves(self, day: date, days: float, number: int) -> date:
        left = later(day, max(1, days))
        if number == QUOTE and self._stalled(left):
            left = later(left, max(6, self.rng.gauss(16, 4)))
        return left

    def _stalled(self, day: date) -> bool:
        here = stories.QUOTE_STALL in self.told and self.rep.team_id == stories.STALLED_TEAM
        return here and day >= stories.STALLED_SINCE

    def _moves_on(self, number: int, product: str, left: date) -> bool:
        if number < QUOTE:
            return self.rng.random() < _MOVES_ON[number]
        if number > QUOTE:
            return self.rng.random() < _SIGNS
        return self.luck.draw() < self._win_rate(product, left) / _SIGNS

    def _win_rate(self, product: str, left: date) -> float:
        if self._stalled(left):
            return 0.245
        if stories.BUSY_REP in self.told and self.rep.person_id == stories.BUSY:
            return 0.2
        rate = (0.41 if self.rep.team_id == stories.STALLED_TEAM else 0.44) * self.rate
        launched = stories.D20_LAUNCH in self.told and left >= catalogue.D20_V2
        if launched and product == "D-20" and self.rep.region == stories.LAUNCH_REGION:
            rate += 0.1
        return rate

    def _early(self) -> bool:
        return stories.QUARTER_END in self.told and self.rep.team_id == stories.DISCOUNTING_TEAM

    def _pull_forward(self, deal: Deal) -> None:
        """East-1 signs next quarter's first deals in the last days of this quarter."""
        closed = deal.closed
        if not self._early() or deal.outcome != "won" or closed is None:
            return
        if closed < next_month(quarter_start(closed)) and self.rng.random() < 0.4:
            goal = quarter_start(closed) - timedelta(days=self.rng.randint(1, 12))
            days = (closed - workday_until(goal)).days
            if deal.created - timedelta(days=days) >= max(
                self.rep.joined_on, deal.account.created_on
            ):
                bring_forward(deal, days)

    def _discount(self, deal: Deal) -> float:
        closed = deal.closed
        if len(deal.stays) <= QUOTE:
            return 0
        if (
            self._early()
            and deal.outcome == "won"
            and closed
            and (quarter_end(closed) - closed).days < 14
        ):
            return round(self.rng.uniform(0.11, 0.17), 2)
        return round(self.rng.triangular(0, 0.09, 0.03), 2)
