"""What the new hires do at customers, by a model in which the effects are planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.generator.chance import around, poisson
from data.generator.newcomers.plan import DAYS, FIRST, STARTS, STRETCH, USEFUL, day_of

if TYPE_CHECKING:
    from random import Random

    from data.generator.newcomers.plan import Hire, Plan

Row = dict[str, object]
STAGES = ("2.2.first_contact", "2.2.needs", "2.2.quote", "2.2.signing")
EFFECT, TREND = 0.22, 0.02
"""What the useful module adds to the share of visits with a confirmed next step; what a stretch of
weeks adds for everybody."""
MOVES, MOVES_ANYWAY, LOST = 0.45, 0.08, 0.02
"""How likely a deal moves on after a visit with a confirmed next step, and after one without; how
likely it is lost."""
AT_ONCE, BEGUN_BEFORE = 5, 3
"""How many deals each has; how many stages the ones they took over may have had."""
TABLES = ("activities", "opportunities", "stage_changes", "orders")


@dataclass
class Deal:
    """A deal: its stages with the day each was entered, the last confirmed step, how it ended."""

    id: str
    owner: str
    entered: list[tuple[int, date]]
    confirmed: date | None = None
    outcome: str = "open"
    closed: date | None = None
    amount: float = 0.0


@dataclass
class Books:
    """The rows of the class's CRM."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})


def visit_days(hire: Hire, rng: Random) -> list[date]:
    """Return the days of somebody's visits, in order; several may be on one day."""
    days = [day for n in range(STARTS, DAYS) if (day := FIRST + timedelta(days=n)).weekday() < 5]
    count = poisson(rng, hire.busy * (DAYS - STARTS) / STRETCH / 2)
    count += poisson(rng, hire.busy * (DAYS - STARTS) / STRETCH / 2)
    return sorted(rng.choice(days) for _ in range(count))


def share_on(hire: Hire, day: date, helped_from: date) -> float:
    """Return how likely a visit on a day ends with a confirmed next step."""
    stretch = (day - day_of(0)).days // STRETCH
    return hire.share + TREND * stretch + (EFFECT if day >= helped_from else 0.0)


def work(plan: Plan, hire: Hire, books: Books, helped_from: date | None = None) -> None:
    """Add what one hire does in the 90 days to the books."""
    rng = plan.rng("customers", hire.id)
    helped_from = helped_from or plan.begins(USEFUL, hire)
    deals = [_deal(hire, n, FIRST, rng, rng.randrange(BEGUN_BEFORE)) for n in range(AT_ONCE)]
    for number, day in enumerate(visit_days(hire, rng)):
        deal = rng.choice([one for one in deals if one.outcome == "open"])
        confirmed = rng.random() < share_on(hire, day, helped_from)
        if confirmed:
            deal.confirmed = day
        books.rows["activities"].append({
            "activity_id": f"{hire.id}-V{number:03d}", "person_id": hire.id,
            "opportunity_id": deal.id, "kind": "visit", "happened_on": day,
            "next_step_confirmed_on": day if confirmed else None,
        })  # fmt: skip
        _moved(deal, day, MOVES if confirmed else MOVES_ANYWAY, rng)
        if deal.outcome != "open":
            deals.append(_deal(hire, len(deals), day, rng, 0))
    for deal in deals:
        _write(deal, books)


def _deal(hire: Hire, number: int, day: date, rng: Random, stage: int) -> Deal:
    found = Deal(f"{hire.id}-D{number:02d}", hire.id, [(stage, day)])
    found.amount = round(around(rng, 52_000, 0.5), -2)
    return found


def _moved(deal: Deal, day: date, chance: float, rng: Random) -> None:
    drawn, lost = rng.random(), rng.random()
    if drawn < chance:
        stage = deal.entered[-1][0] + 1
        if stage == len(STAGES):
            deal.outcome, deal.closed = "won", day
        else:
            deal.entered.append((stage, day))
    elif lost < LOST:
        deal.outcome, deal.closed = "lost", day


def _write(deal: Deal, books: Books) -> None:
    stage, since = deal.entered[-1]
    books.rows["opportunities"].append({
        "opportunity_id": deal.id, "owner_id": deal.owner, "created_on": deal.entered[0][1],
        "closed_on": deal.closed, "outcome": deal.outcome, "stage": STAGES[stage],
        "stage_entered_on": since, "amount": deal.amount, "next_step_confirmed_on": deal.confirmed,
    })  # fmt: skip
    ends = [*deal.entered[1:], (None, deal.closed)]
    for (stage, entered), (to, left) in zip(deal.entered, ends, strict=True):
        ended = deal.outcome if deal.closed else None
        books.rows["stage_changes"].append({
            "change_id": f"{deal.id}-{stage}", "opportunity_id": deal.id, "stage": STAGES[stage],
            "entered_on": entered, "left_on": left,
            "moved_to": ended if to is None else STAGES[to],
        })  # fmt: skip
    if deal.outcome == "won":
        books.rows["orders"].append({
            "order_id": f"{deal.id}-O", "opportunity_id": deal.id, "owner_id": deal.owner,
            "ordered_on": deal.closed, "kind": "new",
            "amount_ex_vat": deal.amount,
        })  # fmt: skip
