"""What customers answer when they are asked: after deliveries and complaints, and once a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from data.generator import stories
from data.generator.chance import stream
from data.generator.days import END, START, later

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from random import Random

    from data.generator.accounts import Account
    from data.generator.care import Complaint
    from data.generator.orders import Order

_COMMENTS = {
    5: ("装得利索，班长当天就会用。", "备用机第二天就到了，没耽误。", "读数稳，比原来那套省心。"),
    4: ("东西不错，说明书再厚一点就好。", "响应快，就是要先报编号。", "挺好，发票晚了几天。"),
    3: ("能用，交货比说好的晚。", "打了两次电话才有人回。", "校准讲得太快，没记住。"),
    2: ("问题拖了很久才修好。", "换了三个人接，每次都要从头说。"),
    1: ("一直没有人给说法。", "飘得没法用，差点报错数。"),
}


class _Asked(NamedTuple):
    """A customer asked on a day, and the score to expect of it."""

    day: date
    occasion: str
    account: Account
    mood: float


def survey_rows(
    accounts: list[Account],
    orders: list[Order],
    complaints: list[Complaint],
    told: AbstractSet[str],
) -> list[dict[str, object]]:
    """The rows of ``surveys``, oldest first."""
    rng = stream("surveys")
    asked = [
        *_after_deliveries(rng, orders),
        *_after_complaints(rng, complaints),
        *_yearly(rng, accounts),
    ]
    asked = [one for one in asked if START <= one.day <= END]
    asked.sort(key=lambda one: (one.day, one.account.account_id, one.occasion))
    return [_survey(rng, f"U{number:04}", one, told) for number, one in enumerate(asked, 1)]


def _after_deliveries(rng: Random, orders: list[Order]) -> Iterator[_Asked]:
    for order in orders:
        if order.ships and rng.random() < 0.24:
            day = later(order.promised, rng.randint(3, 12))
            yield _Asked(day, "delivery", order.account, 4.45)


def _after_complaints(rng: Random, complaints: list[Complaint]) -> Iterator[_Asked]:
    for one in complaints:
        if rng.random() < 0.5:
            days = (one.resolved - one.opened).total_seconds() / 86400
            mood = 4.3 - 0.07 * days - (0.6 if one.category == "drift" else 0)
            day = later(one.resolved.date(), rng.randint(1, 9))
            yield _Asked(day, "complaint", one.account, mood)


def _yearly(rng: Random, accounts: list[Account]) -> Iterator[_Asked]:
    for account in accounts:
        for year in (2024, 2025):
            if account.customer and rng.random() < 0.45:
                yield _Asked(later(date(year, 11, 1), rng.randint(0, 40)), "yearly", account, 4.35)


def _survey(rng: Random, key: str, asked: _Asked, told: AbstractSet[str]) -> dict[str, object]:
    fading = stories.FADING_ACCOUNT in told and asked.account.name_en == stories.FADING
    mood = 2.4 if fading and asked.day >= stories.FADES_SINCE else asked.mood
    score = min(5, max(1, round(rng.gauss(mood, 0.75))))
    return {
        "survey_id": key, "account_id": asked.account.account_id, "answered_on": asked.day,
        "occasion": asked.occasion, "score": score,
        "comment": rng.choice(_COMMENTS[score]) if rng.random() < 0.25 else "",
    }  # fmt: skip
