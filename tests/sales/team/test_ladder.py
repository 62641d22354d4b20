from __future__ import annotations

from datetime import date
from typing import Any

from salestrain.playbook.standards.team import Competency, Rung
from salestrain.sales.team.ladder import Climb, Climber, Person, Steady, climber
from salestrain.sales.team.shown import Ramp, Shown, read_shown
from tests.sales.crm_tables import in_memory

DAY = date(2026, 9, 30)
WHAT = {"zh": "甲", "en": "A"}
STEADY = Steady(4, 3)


def criterion(name: str, column: str | None = None) -> dict[str, Any]:
    return {"id": f"1.2.x.{name}", "text": WHAT, "evidence": WHAT, "column": column}


def rung(name: str, months: int, *criteria: dict[str, Any], **more: object) -> Rung:
    facts = {"id": f"1.2.{name}", "role": "rep", "name": WHAT, "text": WHAT, **more}
    return Rung.model_validate({**facts, "months_at_least": months, "criteria": criteria})


RUNGS = (
    rung("low", 0, criterion("hired", "candidates.score")),
    rung("middle", 3, criterion("exam")),
    rung("high", 18, criterion("quota", "targets.amount"),
         criterion("books", "opportunities.next_step_confirmed_on"),
         competencies={"1.1.selling": 3}),
    rung("top", 6, criterion("over", "accounts.owner_id")),
)  # fmt: skip
SELLING = Competency.model_validate({
    "id": "1.1.selling", "name": {"zh": "销售", "en": "Selling"}, "text": WHAT,
    "levels": [{"level": each, "text": WHAT} for each in (1, 2, 3, 4)],
})  # fmt: skip


def found(shown: Shown, joined: date | None = date(2020, 1, 6), **levels: float) -> Climber:
    who = Person("a", joined, {f"1.1.{name}": each for name, each in levels.items()})
    return climber(who, RUNGS, shown, {SELLING.id: SELLING}, STEADY, DAY)


def states(climb: Climb) -> dict[str, str]:
    return {one.id.rpartition(".")[2]: one.state for one in climb.conditions}


def test_what_no_table_shows_is_to_be_shown_and_never_missing() -> None:
    low, middle, high, top = found(Shown()).climbs
    assert states(low) == {"hired": "to_show"}
    assert states(middle) == {"months": "met", "exam": "to_show"}
    assert states(high) == {
        "months": "to_show", "quota": "to_show", "books": "to_show", "selling": "to_show",
    }  # fmt: skip
    assert states(top) == {"months": "to_show", "over": "to_show"}
    assert found(Shown()).held_up is None


def test_three_of_the_last_four_full_quarters_make_it_steady() -> None:
    good = Shown(reached={"a": (True, False, True, True, False)})
    bad = Shown(reached={"a": (True, False, False, True, True, True)})
    assert states(found(good).climbs[2])["quota"] == "met"
    held = found(bad).held_up
    assert held
    (missing,) = held.of("missing")
    assert missing.found.en == "2 of the last 4 full quarters reached"
    new = found(Shown(reached={})).climbs[2]
    assert [one.found.en for one in new.of("missing")] == ["no full quarter yet"]


def test_nobody_is_longer_on_a_rung_than_they_have_been_here() -> None:
    fresh = found(Shown(), joined=date(2026, 7, 15))
    assert states(fresh.climbs[1])["months"] == "missing"
    assert fresh.climbs[1].of("missing")[0].found.en == "joined 2 months ago"
    assert states(found(Shown(), joined=date(2025, 1, 15)).climbs[2])["months"] == "missing"
    assert states(found(Shown(), joined=None).climbs[1])["months"] == "to_show"


def test_books_accounts_scorecard_and_levels_are_looked_up() -> None:
    shown = Shown(stale={"a": 1}, accounts={"a": 2}, passed={"a": True})
    low, _, high, top = found(shown, selling=2.5).climbs
    assert states(low)["hired"] == "met"
    assert [one.found.en for one in high.of("missing")] == [
        "1 deal stood stalled too long", "rated at level 2.5",
    ]  # fmt: skip
    assert [one.found.zh for one in top.of("missing")] == ["名下还有 2 个客户"]
    assert found(shown, selling=2.5).open_for("1.2.high") == 2
    assert found(shown, selling=2.5).open_for("1.2.top") == 3
    clean = found(Shown(stale={}, accounts={}, passed={"a": False}), selling=3)
    assert states(clean.climbs[2])["books"] == states(clean.climbs[3])["over"] == "met"
    assert states(clean.climbs[0])["hired"] == "missing"


def deal(number: int, **facts: object) -> dict[str, Any]:
    usual = {"opportunity_id": str(number), "owner_id": "a", "outcome": "open",
             "created_on": date(2025, 1, 1), "stage_entered_on": date(2026, 8, 1)}  # fmt: skip
    return {**usual, **facts}


def test_the_tables_show_full_quarters_and_deals_that_stood_too_long() -> None:
    people = [{"person_id": "a", "name": "a", "joined_on": date(2025, 9, 15)}]
    targets = [
        {"target_id": str(month), "metric": "revenue", "person_id": "a", "amount": 100,
         "period_start": date(2026, month, 1)}
        for month in (1, 4, 7, 10)
    ]  # fmt: skip
    orders = [
        {"order_id": "1", "owner_id": "a", "amount_ex_vat": 100, "ordered_on": date(2026, 5, 9)},
        {"order_id": "2", "owner_id": "a", "amount_ex_vat": 99, "ordered_on": date(2026, 8, 9)},
    ]
    deals = [
        deal(1),  # sixty days in its stage today
        deal(2, stage_entered_on=date(2026, 8, 2)),
        deal(3, next_step_on=date(2026, 9, 20), next_step_confirmed_on=date(2026, 9, 1)),
        deal(4, outcome="lost", stage_entered_on=date(2026, 1, 1), closed_on=date(2026, 4, 15)),
        deal(5, outcome="lost", stage_entered_on=date(2025, 1, 1), closed_on=date(2026, 3, 1)),
    ]
    tables = {"people": people, "targets": targets, "orders": orders, "opportunities": deals}
    connection, present = in_memory(**tables, accounts=[])
    shown = read_shown(connection, present, DAY, Ramp(5, 60), {})
    # joined in September: full quota from February, so the first quarter doesn't count
    assert shown.reached == {"a": (False, True)}
    assert shown.stale == {"a": 2}
    assert shown.accounts == {}
    bare = read_shown(connection, {"people": frozenset({"person_id"})}, DAY, Ramp(5, 60), {})
    assert (bare.reached, bare.stale, bare.accounts) == (None, None, None)
