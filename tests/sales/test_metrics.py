from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.periods import Period
from salestrain.sales.entities import entities_of
from salestrain.sales.figures import Book, Cell
from salestrain.sales.metrics import Metrics, compute, lacking
from tests.sales.crm_tables import PEOPLE, TEAMS, in_memory
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    Deals = Sequence[dict[str, object]]

KPIS = sample_playbook().kpis
AS_OF = date(2026, 9, 30)
Q3 = Period.parse("2026-Q3")


def deal(number: int, owner: str | None, outcome: str, **facts: object) -> dict[str, object]:
    return {
        "opportunity_id": str(number), "owner_id": owner, "outcome": outcome,
        "created_on": date(2026, 7, 1), "amount": 1000.0,
        "closed_on": None if outcome == "open" else date(2026, 8, 1), **facts,
    }  # fmt: skip


def figures(kpi: str, deals: Deals, **more: Deals) -> dict[tuple[str, str], dict[str, Any]]:
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=deals, **more)
    metrics = compute(connection, [KPIS[kpi]], [Q3.previous, Q3], present=present, as_of=AS_OF)
    frame = metrics.frame[metrics.frame["period"] == "2026-Q3"]
    rows = frame.to_dict("records")
    return {(row["level"], row["entity"]): {str(k): v for k, v in row.items()} for row in rows}


def test_where_nothing_can_be_computed_the_table_is_empty_but_has_its_columns() -> None:
    connection, present = in_memory(people=PEOPLE, teams=TEAMS)
    metrics = compute(connection, [KPIS["3.1.win_rate"]], [Q3], present=present, as_of=AS_OF)
    assert Book(metrics.frame).figure("3.1.win_rate", Cell("company", "", Q3)).n == 0
    assert metrics.missing == {"3.1.win_rate": "opportunities"}


def test_a_win_rate_worked_by_hand() -> None:
    deals = [deal(n, "a", "won" if n < 14 else "lost") for n in range(52)]
    row = figures("3.1.win_rate", deals)["team", "E"]
    assert (row["numerator"], row["denominator"], row["n"]) == (14, 52, 52)
    assert row["value"] == pytest.approx(14 / 52)
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.168, 0.403)


def test_too_few_cases_are_counted_but_not_shown() -> None:
    row = figures("3.1.win_rate", [deal(n, "a", "won") for n in range(3)])["rep", "a"]
    assert row["n"] == 3
    assert not row["shown"]


def test_a_rep_without_deals_is_a_zero_and_not_missing() -> None:
    frame = figures("3.1.won_value", [deal(1, "a", "won")])
    assert frame["rep", "b"]["value"] == 0
    assert frame["rep", "b"]["shown"]


def test_a_person_in_no_team_counts_for_the_company_as_unassigned() -> None:
    frame = figures("3.1.won_value", [deal(1, "d", "won"), deal(2, "a", "won")])
    assert frame["team", ""]["value"] == 1000
    assert frame["company", ""]["value"] == 2000
    assert frame["region", ""]["value"] == 1000


def test_a_median_has_the_quartiles_interval() -> None:
    days = [date(2026, 7, day) for day in range(1, 22)]
    deals = [deal(n, "a", "won", created_on=day) for n, day in enumerate(days)]
    row = figures("3.1.sales_cycle", deals)["company", ""]
    assert row["value"] == 21  # the middle of 31 … 11 days before 1 August
    assert row["high"] - row["value"] == pytest.approx(
        1.95996 * 1.2533 / 1.349 * 10 / 21**0.5, rel=1e-4
    )


def test_a_target_is_summed_from_the_targets_table() -> None:
    target = {"target_id": "1", "metric": "revenue", "person_id": "a",
              "period_start": date(2026, 7, 1), "amount": 500.0}  # fmt: skip
    other = {**target, "target_id": "2", "person_id": "c"}
    order = {"order_id": "1", "account_id": "x", "owner_id": "a",
             "ordered_on": AS_OF, "amount_ex_vat": 400.0, "status": "closed"}  # fmt: skip
    frame = figures("3.1.revenue", [], orders=[order], targets=[target, other])
    assert (frame["team", "E"]["value"], frame["team", "E"]["target"]) == (400.0, 500.0)
    assert frame["company", ""]["target"] == 1000.0


def test_a_target_booked_on_a_team_counts_there_and_for_the_company() -> None:
    target = {"target_id": "1", "metric": "revenue", "team_id": "S",
              "period_start": date(2026, 7, 1), "amount": 500.0}  # fmt: skip
    frame = figures("3.1.revenue", [], orders=[], targets=[target])
    assert frame["team", "S"]["target"] == 500.0
    assert frame["company", ""]["target"] == 500.0
    assert math.isnan(frame["rep", "c"]["target"])


def test_what_the_data_lack_is_named() -> None:
    _, present = in_memory(people=PEOPLE, opportunities=[])
    assert lacking(KPIS["3.1.revenue"], present) == "orders"
    present["opportunities"] -= {"created_on"}
    assert lacking(KPIS["3.1.sales_cycle"], present) == "opportunities.created_on"
    assert lacking(KPIS["3.1.win_rate"], present) == ""


def test_people_alone_are_enough_to_know_who_there_is() -> None:
    connection, present = in_memory(people=PEOPLE)
    named = entities_of(connection, present)
    assert named.loc[named["level"] == "team", "entity"].tolist() == ["E", "S"]
    assert (named["level"] == "rep").sum() == 4


OUTCOMES = st.sampled_from(["won", "lost", "open"])
DEALS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", None]),
        OUTCOMES,
        st.floats(0, 1e9).map(lambda x: round(x, 2)),
        st.dates(date(2026, 4, 1), date(2026, 9, 30)),
    ),
    max_size=30,
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(DEALS)
def test_reps_sum_to_teams_and_teams_to_the_company(deals: list[Any]) -> None:
    rows = [
        deal(n, who, how, amount=amount, closed_on=day if how != "open" else None)
        for n, (who, how, amount, day) in enumerate(deals)
    ]
    connection, present = in_memory(people=PEOPLE, teams=TEAMS, opportunities=rows)
    metrics = compute(
        connection, [KPIS["3.1.won_value"]], [Q3.previous, Q3], present=present, as_of=AS_OF
    )
    assert_adds_up(metrics, connection.execute(
        "SELECT coalesce(sum(amount), 0) FROM opportunities WHERE outcome = 'won'"
    ).fetchone())  # fmt: skip


def assert_adds_up(metrics: Metrics, total: tuple[Any, ...] | None) -> None:
    assert total
    frame = metrics.frame.fillna({"value": 0})  # before the books begin: unknown, adds nothing
    sums = frame.groupby("level")["value"].sum()
    for level in ("company", "region", "team", "rep"):
        assert sums[level] == pytest.approx(total[0], rel=1e-9, abs=1e-6)
    team_of = {"a": "E", "b": "E", "c": "S", "d": "", "": ""}
    reps = frame[frame["level"] == "rep"]
    own = reps["entity"].map(lambda rep: team_of[rep])
    by_team = reps.groupby(["period", own])["value"].sum()
    teams = frame[frame["level"] == "team"].set_index(["period", "entity"])["value"]
    for key, value in by_team.items():
        assert teams.get(key, 0.0) == pytest.approx(value, rel=1e-9, abs=1e-6)


def test_an_export_without_order_status_still_has_revenue() -> None:
    _, present = in_memory(people=PEOPLE, opportunities=[], orders=[])
    present["orders"] -= {"status"}
    assert lacking(KPIS["3.1.revenue"], present) == ""
    present["orders"] -= {"amount_ex_vat"}
    assert lacking(KPIS["3.1.revenue"], present) == "orders.amount_ex_vat"


def test_before_the_books_begin_nothing_is_known() -> None:
    connection, present = in_memory(people=PEOPLE, opportunities=[deal(1, "a", "won")])
    periods = [Q3.shifted(-2), Q3.previous, Q3]
    metrics = compute(connection, [KPIS["3.1.won_value"]], periods, present=present, as_of=AS_OF)
    company = metrics.frame[metrics.frame["level"] == "company"].set_index("period")
    assert company["shown"].tolist() == [False, False, True]
    assert company["value"].tolist()[2] == 1000


def test_deals_whose_amount_nobody_entered_are_worth_an_unknown_sum() -> None:
    frame = figures("3.1.own_pipeline", [deal(1, "a", "open", amount=None), deal(2, "b", "open")])
    assert not frame["rep", "a"]["shown"]
    assert frame["rep", "b"]["value"] == 1000
    assert frame["rep", "c"]["value"] == 0


def test_a_rep_who_had_left_is_no_zero() -> None:
    left = {"person_id": "z", "name": "郑", "role": "rep", "left_on": date(2026, 6, 30)}
    deals = [deal(1, "a", "won"), deal(2, "z", "won", closed_on=date(2026, 5, 1))]
    connection, present = in_memory(people=[*PEOPLE, left], opportunities=deals)
    metrics = compute(
        connection, [KPIS["3.1.won_value"]], [Q3.previous, Q3], present=present, as_of=AS_OF
    )
    own = metrics.frame[metrics.frame["entity"] == "z"]
    assert own[["period", "value"]].to_numpy().tolist() == [["2026-Q2", 1000.0]]
