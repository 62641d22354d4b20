from __future__ import annotations

from datetime import date

from salestrain.sales.pipeline import OpenDeals, open_deals, stage_days
from tests.sales.crm_tables import PEOPLE, TEAMS, in_memory


def deal(number: int, **facts: object) -> dict[str, object]:
    return {
        "opportunity_id": str(number), "owner_id": "a", "outcome": "open", "amount": 100.0 * number,
        "stage": "2.2.needs", **facts,
    }  # fmt: skip


def test_open_deals_are_counted_and_summed_by_rep_and_stage() -> None:
    deals = [deal(1), deal(2), deal(4, stage="2.2.quote"), deal(8, outcome="won"),
             deal(16, owner_id="b", amount=None)]  # fmt: skip
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=deals)
    assert open_deals(connection, present) == {
        ("a", "2.2.needs"): OpenDeals(2, 300.0),
        ("a", "2.2.quote"): OpenDeals(1, 400.0),
        ("b", "2.2.needs"): OpenDeals(1, 0.0),
    }


def test_without_amounts_in_the_export_nothing_is_known() -> None:
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=[deal(1)])
    less = {**present, "opportunities": {*present["opportunities"]} - {"amount"}}
    assert open_deals(connection, less) == {}
    assert open_deals(connection, {}) == {}


def test_the_days_in_a_stage_are_those_of_deals_that_left_it_in_time() -> None:
    def stay(number: int, entered: int, left: date | None, **facts: object) -> dict[str, object]:
        return {"opportunity_id": "1", "change_id": str(number), "stage": "2.2.quote",
                "entered_on": date(2026, 9, entered), "left_on": left, **facts}  # fmt: skip

    stays = [stay(1, 1, date(2026, 9, 20)), stay(2, 5, date(2026, 9, 9)), stay(3, 1, None),
             stay(4, 1, date(2026, 10, 1))]  # fmt: skip
    connection, present = in_memory(
        people=PEOPLE, teams=TEAMS, opportunities=[deal(1)], stage_changes=stays
    )
    span = date(2026, 7, 1), date(2026, 9, 30)
    assert stage_days(connection, present, span) == {("a", "2.2.quote"): (4, 19)}
    assert stage_days(connection, {}, span) == {}
