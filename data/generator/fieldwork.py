"""What reps do: visits, calls, messages, mails and demonstrations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator import stories
from data.generator.accounts import book_of
from data.generator.chance import pick, poisson, stream
from data.generator.days import END, START, is_workday
from data.generator.people import Person, reps

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from data.generator.accounts import Account
    from data.generator.deals import Deal

_REST = {"call": 55, "message": 25, "email": 12, "demo": 8}
_CONFIRMS = {"visit": 0.5, "demo": 0.55, "call": 0.28, "message": 0.22, "email": 0.12}


def activity_rows(
    accounts: list[Account], deals: list[Deal], told: AbstractSet[str]
) -> list[dict[str, object]]:
    """The rows of ``activities``, by day."""
    rows: list[dict[str, object]] = []
    for rep in reps():
        diary = _Diary(rep, accounts, deals, told)
        day = max(START, rep.joined_on)
        while day <= min(END, rep.left_on or END):
            rows += diary.day(day) if is_workday(day) else []
            day += timedelta(days=1)
    rows.sort(key=lambda row: (str(row["happened_on"]), str(row["person_id"])))
    for number, row in enumerate(rows, 1):
        row["activity_id"] = f"V{number:05}"
    return rows


class _Diary:
    """One rep's days."""

    def __init__(
        self, rep: Person, accounts: list[Account], deals: list[Deal], told: AbstractSet[str]
    ) -> None:
        self.rep, self.told, self.rng = rep, told, stream("fieldwork", rep.person_id)
        self.book = book_of(rep, accounts)
        self.deals = [deal for deal in deals if deal.owner is rep]
        self.busy = stories.BUSY_REP in told and rep.person_id == stories.BUSY
        self.key_account = self._key_account()
        self.visits = 1.05 if self.busy else self.rng.uniform(0.62, 0.76)

    def day(self, day: date) -> list[dict[str, object]]:
        """What the rep did on a working day."""
        kinds = ["visit"] * poisson(self.rng, self.visits)
        kinds += [pick(self.rng, _REST) for _ in range(poisson(self.rng, 0.45))]
        return [row for kind in kinds if (row := self._row(kind, day))]

    def _row(self, kind: str, day: date) -> dict[str, object] | None:
        rng = self.rng
        live = [deal for deal in self.deals if deal.open_on(day)]
        deal = rng.choice(live) if live and rng.random() < 0.72 else None
        known = [one for one in self.book if one.created_on <= day]
        account = deal.account if deal else (rng.choice(known) if known else None)
        if kind == "visit" and self.key_account and rng.random() < 0.12:
            deal, account = None, self.key_account
        if account is None or (kind == "visit" and self._shuns(account, day)):
            return None
        confirms = _CONFIRMS[kind] * (0.4 if self.busy else 1)
        return {
            "activity_id": "", "person_id": self.rep.person_id, "account_id": account.account_id,
            "opportunity_id": deal.deal_id if deal else "", "kind": kind, "happened_on": day,
            "next_step_confirmed_on": day if deal and rng.random() < confirms else None,
        }  # fmt: skip

    def _key_account(self) -> Account | None:
        """The key account this rep looks in on even without a deal."""
        told = stories.FADING_ACCOUNT in self.told
        return next((one for one in self.book if told and one.name_en == stories.FADING), None)

    def _shuns(self, account: Account, day: date) -> bool:
        """Visits to the fading account get rare, then stop."""
        if stories.FADING_ACCOUNT not in self.told or account.name_en != stories.FADING:
            return False
        return day > stories.LAST_VISIT or (day > stories.FADES_SINCE and self.rng.random() < 0.6)
