from __future__ import annotations

import math
from datetime import date

import pytest

from salestrain.sales.team.competencies import gaps, levels_of
from salestrain.sales.team.evaluations import Evaluated, lacking, read_evaluations, standings
from tests.sales.crm_tables import in_memory

FIRST, SECOND = date(2026, 4, 1), date(2026, 7, 1)


def evaluated(person: str, *pairs: tuple[float, float]) -> list[Evaluated]:
    return [
        Evaluated(person, period, criterion, score)
        for period, pair in zip((FIRST, SECOND), pairs, strict=False)
        for criterion, score in zip(("results", "process"), pair, strict=True)
    ]


def test_scatter_from_period_to_period_is_pooled_over_people() -> None:
    scores = [*evaluated("a", (3, 4), (5, 4)), *evaluated("b", (3, 2), (3, 4))]
    one, other = standings(scores, {"results": 1}, {"process": 1})
    # results: a deviates by ∓1, b not at all: 2 over 2 degrees of freedom; a mean of two halves it
    assert (one.performance, one.potential, one.periods) == (4, 4, 2)
    assert one.performance_error == other.performance_error == pytest.approx(math.sqrt(1 / 2))
    assert one.together == pytest.approx(0.0)


def test_criteria_weigh_as_the_form_says() -> None:
    scores = [
        Evaluated("a", period, criterion, score)
        for period in (FIRST, SECOND)
        for criterion, score in (("results", 5), ("customers", 1), ("process", 3))
    ]
    (found,) = standings(scores, {"results": 35, "customers": 25}, {"process": 1})
    assert found.performance == pytest.approx((35 * 5 + 25) / 60)


def test_one_evaluation_or_half_a_form_places_nobody() -> None:
    assert standings(evaluated("a", (3, 4)), {"results": 1}, {"process": 1}) == ()
    assert standings(evaluated("a", (3, 4), (3, 4)), {"results": 1}, {"growth": 1}) == ()
    assert standings(evaluated("a", (3, 4), (3, 4)), {"results": 1}, {}) == ()


def test_scores_are_read_for_the_periods_that_count() -> None:
    rows = [
        {"evaluation_id": str(n), "person_id": "a", "period_start": begins, "criterion": "results",
         "manager_score": score}
        for n, (begins, score) in enumerate([(FIRST, 3), (SECOND, None), (date(2025, 7, 1), 5)])
    ]  # fmt: skip
    connection, present = in_memory(evaluations=rows)
    found = read_evaluations(connection, present, date(2025, 9, 30), date(2026, 9, 30))
    assert found == (Evaluated("a", FIRST, "results", 3),)
    assert lacking({}) == "evaluations"
    assert lacking({"evaluations": {"criterion"}}) == "evaluations.manager_score"
    assert read_evaluations(connection, {}, FIRST, SECOND) == ()


def test_a_level_takes_as_many_scores_as_the_rule_says() -> None:
    scores = [Evaluated("a", FIRST, "selling", 2), Evaluated("a", SECOND, "selling", 3)]
    assert levels_of(scores, ["1.1.selling", "1.1.teamwork"], 2) == {"a": {"1.1.selling": 2.5}}
    assert levels_of(scores[:1], ["1.1.selling"], 2) == {"a": {}}
    assert levels_of(evaluated("a", (3, 4)), ["1.1.selling"], 1) == {}


def test_a_surplus_fills_no_gap_elsewhere() -> None:
    levels = {"a": {"s": 2.0, "t": 4.0}, "b": {"s": 4.0, "t": 1.0}, "c": {"s": 1.0}}
    found = gaps(levels, {"rep": {"s": 3, "t": 2}}, dict.fromkeys("abc", "rep"))
    assert [tuple(one) for one in found] == [("s", 3, 2, 1.5), ("t", 2, 1, 1.0)]
    assert gaps(levels, {"rep": {"s": 3}}, {}) == ()
