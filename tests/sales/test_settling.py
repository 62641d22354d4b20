from __future__ import annotations

from datetime import date

from salestrain.periods import Period
from salestrain.sales.figures import Cell
from salestrain.sales.settling import Unsettled, lacking, unsettled
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


def found(*deals: dict[str, object]) -> tuple[Unsettled, ...]:
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=deals)
    return unsettled(connection, HERE, present, as_of=TODAY, stalled_days=14)


def test_a_deal_with_a_confirmed_step_ahead_needs_no_settling() -> None:
    assert found(deal(1)) == ()


def test_fourteen_days_without_a_confirmed_step_are_stalled_and_thirteen_not() -> None:
    silent = {"next_step_on": None, "next_step_confirmed_on": None}
    (one,) = found(
        deal(1, stage_entered_on=date(2026, 9, 16), **silent),
        deal(2, stage_entered_on=date(2026, 9, 17), **silent),
    )
    assert (one.silent_days, one.reasons, one.step_on) == (14, ("stalled",), None)


def test_a_step_that_nobody_confirmed_counts_once_its_day_is_past() -> None:
    past = {"next_step_on": date(2026, 9, 29), "next_step_confirmed_on": None}
    (one,) = found(deal(1, **past))
    assert one.reasons == ("step_past",)
    (both,) = found(deal(1, stage_entered_on=date(2026, 9, 1), **past))
    assert both.reasons == ("stalled", "step_past")
    assert found(deal(1, **{**past, "next_step_on": TODAY})) == ()


def test_the_largest_come_first_and_only_the_groups_open_ones() -> None:
    past = {"next_step_on": date(2026, 9, 1)}
    deals = found(
        deal(1, **past), deal(5, **past), deal(9, outcome="won", **past),
        deal(7, owner_id="c", **past),
    )  # fmt: skip
    assert [one.amount for one in deals] == [500.0, 100.0]
    assert [one.rep for one in deals] == ["a", "a"]


def test_an_export_without_next_steps_says_so() -> None:
    connection, present = in_memory(people=PEOPLE, opportunities=[deal(1)])
    short = {**present, "opportunities": present["opportunities"] - {"next_step_on"}}
    assert lacking(short) == "opportunities.next_step_on"
    assert unsettled(connection, HERE, short, as_of=TODAY, stalled_days=14) == ()
    assert lacking(present) == ""
