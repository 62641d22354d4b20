"""Leads: those that became deals, and the rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from data.generator.accounts import book_of
from data.generator.chance import around, pick, poisson, stream
from data.generator.days import END, START, after_minutes, month_starts, within_hours, workday_until
from data.generator.people import Person, reps

if TYPE_CHECKING:
    from random import Random

    from data.generator.accounts import Account
    from data.generator.deals import Deal

_SOURCES = {"website": 30, "expo": 26, "referral": 14, "call": 14, "wechat": 10, "tender": 6}
_PER_MONTH = 3.9  # leads a rep gets and does not turn into a deal


def lead_rows(accounts: list[Account], deals: list[Deal]) -> list[dict[str, object]]:
    """The rows of ``leads``, by day."""
    rng = stream("leads")
    rows = [
        _won(rng, deal)
        for deal in deals
        if deal.created >= START + timedelta(days=12)
        and deal.source in _SOURCES
        and rng.random() < 0.55
    ]
    for rep in reps():
        rows += _unfruitful(stream("leads", rep.person_id), rep, book_of(rep, accounts))
    rows.sort(
        key=lambda row: (str(row["created_on"]), str(row["owner_id"]), str(row["opportunity_id"]))
    )
    for number, row in enumerate(rows, 1):
        row["lead_id"] = f"L{number:04}"
    return rows


def _won(rng: Random, deal: Deal) -> dict[str, object]:
    start = workday_until(deal.created - timedelta(days=rng.randint(1, 11)))
    start = max(start, deal.owner.joined_on, deal.account.created_on)
    contacted = min(_contacted(rng, start), within_hours(rng, deal.created))
    return _lead(deal.owner, deal.account, deal.source, start, contacted) | {
        "qualified_on": deal.created, "opportunity_id": deal.deal_id, "status": "qualified",
    }  # fmt: skip


def _unfruitful(rng: Random, rep: Person, book: list[Account]) -> list[dict[str, object]]:
    rows = []
    for month in month_starts(max(START, rep.joined_on), min(END, rep.left_on or END)):
        for _ in range(poisson(rng, _PER_MONTH)):
            day = workday_until(month + timedelta(days=rng.randint(7, 27)))
            if max(rep.joined_on, START) <= day <= (rep.left_on or END):
                rows.append(_idle(rng, rep, book, day))
    return rows


def _idle(rng: Random, rep: Person, book: list[Account], day: date) -> dict[str, object]:
    """A lead that is discarded, or still open when it is young."""
    known = [account for account in book if account.created_on <= day]
    account = rng.choice(known) if known and rng.random() < 0.35 else None
    contacted = _contacted(rng, day) if rng.random() < 0.9 else None
    row = _lead(rep, account, pick(rng, _SOURCES), day, contacted)
    young = (END - day).days < 60 and rng.random() < 0.6
    return row | {"status": "open" if young else "discarded"}


def _contacted(rng: Random, day: date) -> datetime:
    return after_minutes(within_hours(rng, day), around(rng, 150, 1.1))


def _lead(
    owner: Person, account: Account | None, source: str, day: date, contacted: datetime | None
) -> dict[str, object]:
    known = contacted if contacted and contacted.date() <= END else None
    return {
        "lead_id": "", "owner_id": owner.person_id,
        "account_id": account.account_id if account else "", "source": source, "created_on": day,
        "first_contact_at": known, "qualified_on": None, "opportunity_id": "", "status": "open",
    }  # fmt: skip
