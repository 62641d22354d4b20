from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.periods import Period
from salestrain.sales.bridge import Sales, bridge, log_mean, sales_of
from salestrain.sales.figures import Cell
from tests.sales.crm_tables import PEOPLE, TEAMS, in_memory

Q3 = Period.parse("2026-Q3")


def test_half_the_wins_at_the_same_price_is_all_win_rate() -> None:
    then = Sales(closed=20, won=10, by_kind={"new": 1000.0})
    now = Sales(closed=20, won=5, by_kind={"new": 500.0})
    amounts = {part.cause: part.amount for part in bridge(then, now).parts}
    assert amounts == pytest.approx({"closed": 0, "win_rate": -500, "average_deal": 0})


def test_repeat_orders_and_renewals_stand_for_themselves() -> None:
    then = Sales(2, 1, {"new": 10.0, "repeat": 30.0})
    now = Sales(2, 1, {"new": 10.0, "repeat": 20.0, "renewal": 5.0})
    amounts = {part.cause: part.amount for part in bridge(then, now).parts}
    assert (amounts["repeat"], amounts["renewal"]) == (-10.0, 5.0)


def test_without_a_win_new_business_stays_one_part() -> None:
    found = bridge(Sales(4, 2, {"new": 80.0}), Sales(3, 0, {}))
    assert [(part.cause, part.amount) for part in found.parts] == [("new", -80.0)]


positive = st.floats(1, 1e7)
kinds = st.fixed_dictionaries({"new": positive, "repeat": positive, "renewal": positive})
sales = st.builds(
    lambda closed, share, by_kind: Sales(closed, max(1, round(closed * share)), by_kind),
    st.integers(1, 500),
    st.floats(0, 1),
    kinds,
)


@given(sales, sales)
def test_the_parts_sum_to_the_change_exactly(then: Sales, now: Sales) -> None:
    found = bridge(then, now)
    total = math.fsum(part.amount for part in found.parts)
    assert total == pytest.approx(now.total - then.total, rel=1e-9, abs=1e-3)


@given(positive, positive)
def test_a_logarithmic_mean_lies_between_the_two(a: float, b: float) -> None:
    assert min(a, b) * (1 - 1e-9) <= log_mean(a, b) <= max(a, b) * (1 + 1e-9)


def test_sales_come_from_orders_by_kind_and_from_the_deals_closed() -> None:
    deals = [
        {"opportunity_id": str(n), "owner_id": "a", "outcome": how, "amount": 9.0,
         "closed_on": date(2026, 8, 1)}
        for n, how in enumerate(["won", "lost", "lost"])
    ]  # fmt: skip
    order = {"order_id": "1", "account_id": "x", "owner_id": "a", "ordered_on": Q3.end,
             "amount_ex_vat": 70.0, "kind": "repeat"}  # fmt: skip
    gone = {**order, "order_id": "2", "status": "cancelled"}
    connection, present = in_memory(
        people=PEOPLE, teams=TEAMS, opportunities=deals, orders=[order, gone]
    )
    found = sales_of(connection, Cell("team", "E", Q3), present)
    assert (found.closed, found.won, found.by_kind) == (3, 1, {"repeat": 70.0})
    elsewhere = sales_of(connection, Cell("team", "S", Q3), present)
    assert (elsewhere.closed, elsewhere.total) == (0, 0)


def test_without_orders_won_deals_are_the_sales() -> None:
    deal = {"opportunity_id": "1", "owner_id": "a", "outcome": "won", "amount": 9.0,
            "closed_on": Q3.start}  # fmt: skip
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=[deal])
    assert sales_of(connection, Cell("company", "", Q3), present).by_kind == {"new": 9.0}
