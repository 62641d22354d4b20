"""Deals: the stages each one walks through, and what it is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import catalogue
from data.generator.days import END

if TYPE_CHECKING:
    from random import Random

    from data.generator.accounts import Account
    from data.generator.catalogue import Line
    from data.generator.people import Person

STAGES = ("2.2.first_contact", "2.2.needs", "2.2.quote", "2.2.signing")
QUOTE = 2


@dataclass(slots=True)
class Stay:
    """The days a deal spent in one stage, and where it went."""

    stage: str
    entered: date
    left: date | None = None
    to: str = ""


@dataclass(slots=True)
class Deal:
    """One opportunity; dates after the end of the books are cut off by ``close_books``."""

    owner: Person
    account: Account
    product: str
    created: date
    stays: list[Stay]
    discount: float
    scale: float
    source: str
    loss: str = ""
    deal_id: str = ""
    lines: list[Line] = field(default_factory=list)
    list_lines: list[Line] = field(default_factory=list)
    next_step: tuple[str, date, date | None] | None = None
    title: str = ""
    expected: date | None = None

    @property
    def closed(self) -> date | None:
        """The day it was won or lost, none while open."""
        return self.stays[-1].left

    @property
    def outcome(self) -> str:
        """open, won or lost."""
        return self.stays[-1].to or "open"

    @property
    def quoted(self) -> date | None:
        """The day the quote went out."""
        return self.stays[QUOTE].entered if len(self.stays) > QUOTE else None

    def open_on(self, day: date) -> bool:
        """Whether someone could work on it that day."""
        return self.created <= day and (self.closed is None or day <= self.closed)


def bring_forward(deal: Deal, days: int) -> None:
    """Move a whole deal that many days earlier."""
    back = timedelta(days=days)
    deal.created -= back
    for stay in deal.stays:
        stay.entered -= back
        stay.left = stay.left - back if stay.left else None


def fill_basket(rng: Random, deal: Deal) -> None:
    """Give a deal its lines, priced on the day it closed (or the last day of the books)."""
    account = deal.account
    day = min(deal.closed or END, END)
    lines = catalogue.basket(rng, deal.product, account.industry, account.size, deal.scale)
    deal.list_lines = catalogue.priced(lines, day)
    deal.lines = catalogue.priced(lines, day, deal.discount)
