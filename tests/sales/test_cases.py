from __future__ import annotations

from datetime import date

from salestrain.periods import Period
from salestrain.sales.cases import Attention, attention
from salestrain.sales.figures import Cell
from tests.sales.crm_tables import PEOPLE, TEAMS, in_memory

TODAY = date(2026, 9, 30)
HERE = Cell("team", "E", Period.parse("2026-Q3"))


def deal(number: int, **facts: object) -> dict[str, object]:
    healthy = {
        "opportunity_id": str(number), "owner_id": "a", "outcome": "open", "amount": 100.0 * number,
        "stage": "2.2.needs", "stage_entered_on": date(2026, 9, 20),
        "next_step_on": date(2026, 10, 5), "next_step_confirmed_on": date(2026, 9, 28),
    }  # fmt: skip
    return {**healthy, **facts}


def found(*deals: dict[str, object], columns: set[str] | None = None) -> Attention:
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=deals)
    shown = {**present, "opportunities": present["opportunities"] - (columns or set())}
    return attention(
        connection, HERE, shown, as_of=TODAY, limits={"2.2.needs": 45}, stalled_days=14
    )


def test_a_deal_with_a_confirmed_step_ahead_needs_no_talk() -> None:
    assert found(deal(1)).deals == ()


def test_each_reason_is_named() -> None:
    old = deal(1, stage_entered_on=date(2026, 8, 1))
    late = deal(2, expected_close_on=date(2026, 9, 29))
    silent = deal(3, next_step_confirmed_on=None, stage_entered_on=date(2026, 9, 16))
    assert [d.reasons for d in found(old, late, silent).deals] == [
        ("no_next_step",),
        ("overdue",),
        ("over_limit",),
    ]


def test_thirteen_days_of_silence_are_not_yet_stalled() -> None:
    assert (
        found(deal(1, next_step_confirmed_on=None, stage_entered_on=date(2026, 9, 17))).deals == ()
    )


def test_an_export_without_next_steps_holds_nothing_against_a_deal() -> None:
    silent = deal(1, next_step_confirmed_on=None, stage_entered_on=date(2026, 9, 1))
    assert found(silent, columns={"next_step_confirmed_on"}).deals == ()


def test_the_largest_come_first_and_all_open_ones_are_counted() -> None:
    late = {"expected_close_on": date(2026, 9, 1)}
    some = found(deal(1, **late), deal(5, **late), deal(3), deal(9, outcome="won"))
    assert [d.amount for d in some.deals] == [500.0, 100.0]
    assert (some.open_count, some.open_amount, some.amount) == (3, 900.0, 600.0)
