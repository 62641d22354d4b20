from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from salestrain.playbook.standards.team import Scorecard
from salestrain.sales.team.foretelling import foretold, lacking, read_outcomes
from salestrain.sales.team.hiring import Candidate, Hiring, read_hiring
from tests.sales.crm_tables import in_memory

if TYPE_CHECKING:
    from tests.sales.crm_tables import Rows

WHAT = {"zh": "甲", "en": "A"}
CARD = Scorecard.model_validate({
    "id": "1.2.card", "role": "rep", "name": WHAT, "text": WHAT, "pass_score": 3.4,
    "criteria": [
        {
            "id": f"1.2.card.{name}", "name": WHAT, "text": WHAT, "weight": weight,
            "method": method, "must_reach": floor, "anchors": {"1": WHAT, "3": WHAT, "5": WHAT},
        }
        for name, weight, method, floor in (
            ("listening", 50, "interview", 3), ("numbers", 30, "written_test", 1),
            ("call", 20, "practical", 1),
        )
    ],
})  # fmt: skip
DAY = date(2026, 9, 30)


def scored(
    candidate: str, rater: str, scores: dict[str, float], **facts: object
) -> list[dict[str, Any]]:
    return [
        {
            "score_id": f"{candidate}{rater}{criterion}", "candidate_id": candidate, "role": "rep",
            "name": candidate, "applied_on": date(2026, 5, 4), "interviewer_id": rater,
            "criterion": criterion, "score": score, **facts,
        }
        for criterion, score in scores.items()
    ]  # fmt: skip


def hiring(*rows: list[dict[str, Any]], **tables: Rows) -> Hiring:
    connection, present = in_memory(candidates=[one for each in rows for one in each], **tables)
    found = read_hiring(connection, present, [CARD], DAY)
    assert found
    return found


def one(*rows: list[dict[str, Any]]) -> Candidate:
    (found,) = hiring(*rows).candidates
    return found


def test_the_total_is_the_weighted_mean_and_each_method_has_its_own() -> None:
    found = one(
        scored("b", "x", {"listening": 4, "numbers": 2, "call": 5}),
        scored("b", "y", {"listening": 3, "numbers": 3, "call": 4}),
    )
    assert found.means == {"listening": 3.5, "numbers": 2.5, "call": 4.5}
    assert found.total == pytest.approx(0.5 * 3.5 + 0.3 * 2.5 + 0.2 * 4.5)  # 3.4
    assert [found.by_method(each) for each in ("interview", "written_test", "practical")] == [
        3.5, 2.5, 4.5,
    ]  # fmt: skip
    assert found.verdict == "passed"


def test_below_the_floor_no_total_helps() -> None:
    found = one(scored("b", "x", {"listening": 2.5, "numbers": 5, "call": 5}))
    assert found.total > 3.4
    assert found.verdict == "floor"
    assert [each.id for each in found.below_floor] == ["1.2.card.listening"]


def test_a_card_with_a_criterion_nobody_scored_is_not_finished() -> None:
    found = one(scored("b", "x", {"listening": 4, "numbers": 4}))
    assert (found.verdict, found.by_method("practical")) == ("partial", None)
    assert [each.id for each in found.missing] == ["1.2.card.call"]
    assert one(scored("b", "x", {"listening": 3, "numbers": 3, "call": 3})).verdict == "below"


def test_who_scored_only_the_strong_side_is_taken_for_no_milder() -> None:
    found = one(
        scored("b", "x", {"listening": 5}),
        scored("b", "y", {"listening": 5, "numbers": 1, "call": 1}),
    )
    assert [each.score for each in found.given()] == [3.0, 3.0]


def test_candidates_of_other_days_cards_and_criteria_are_left_out() -> None:
    found = hiring(
        scored("b", "x", {"listening": 4, "hobbies": 5}),
        scored("late", "x", {"listening": 4}, applied_on=date(2026, 10, 1)),
        scored("other", "x", {"listening": 4}, role="service"),
        scored("nobody", None, {"listening": 4}),  # type: ignore[arg-type] # no interviewer
    )
    assert [each.applicant.id for each in found.candidates] == ["b"]
    assert found.candidates[0].means == {"listening": 4}


def test_those_who_cannot_be_told_apart_from_the_best_share_its_group() -> None:
    full = ("listening", "numbers", "call")
    worth = {"a": 4.6, "b": 4.4, "c": 2.2, "d": 2.0}
    scatter = {"x": 0.1, "y": -0.1, "z": 0.0}
    rows = [
        scored(who, rater, dict.fromkeys(full, value + off * (1 if who in "ac" else -1)))
        for who, value in worth.items()
        for rater, off in scatter.items()
    ]
    found = hiring(*rows)
    bands = found.bands(found.candidates)
    names = [[place.candidate.applicant.id for place in band] for band in bands]
    assert names == [["a", "b"], ["c", "d"]]
    assert bands[0][0].low < 4.6 < bands[0][0].high


def test_without_the_table_there_is_no_hiring() -> None:
    connection, present = in_memory(people=[])
    assert read_hiring(connection, present, [CARD], DAY) is None
    connection, present = in_memory(candidates=[])
    assert read_hiring(connection, present, [CARD], DAY) is None


# the outcomes of those hired

HIRED = [
    {"person_id": "p1", "name": "p1", "joined_on": date(2025, 3, 3)},
    {"person_id": "p2", "name": "p2", "joined_on": date(2025, 3, 3), "left_on": date(2025, 8, 1)},
    {"person_id": "p3", "name": "p3", "joined_on": date(2026, 3, 2)},
]
QUOTA = [
    {"target_id": f"{who}{month}", "metric": "revenue", "person_id": who, "amount": 100,
     "period_start": date(2025, month, 1)}
    for who in ("p1", "p2") for month in (3, 12)
]  # fmt: skip
SOLD = [
    {"order_id": "1", "owner_id": "p1", "amount_ex_vat": 150, "ordered_on": date(2025, 4, 1)},
    {"order_id": "2", "owner_id": "p1", "amount_ex_vat": 999, "ordered_on": date(2026, 3, 1)},
    {"order_id": "3", "owner_id": "p1", "amount_ex_vat": 70, "ordered_on": date(2025, 5, 1),
     "status": "cancelled"},
]  # fmt: skip
RATED = [
    {"evaluation_id": "1", "person_id": "p1", "period_start": date(2025, 4, 1),
     "criterion": "results", "manager_score": 4},
    {"evaluation_id": "2", "person_id": "p1", "period_start": date(2026, 4, 1),
     "criterion": "results", "manager_score": 1},
]  # fmt: skip


def test_only_the_first_twelve_months_count_and_only_of_those_who_had_them() -> None:
    connection, present = in_memory(people=HIRED, targets=QUOTA, orders=SOLD, evaluations=RATED)
    outcomes = read_outcomes(connection, "attainment", present, DAY, 12)
    assert outcomes == {"p1": 0.75}  # 150 of 200; the cancelled one and the thirteenth month don't
    assert read_outcomes(connection, "evaluation", present, DAY, 12) == {"p1": 4.0}
    assert lacking("attainment", {"people": {"joined_on", "left_on"}}) == "orders"
    short = {**present, "targets": frozenset()}
    assert lacking("attainment", short) == "targets.person_id"
    assert read_outcomes(connection, "attainment", short, DAY, 12) == {}


def test_who_sold_nothing_in_twelve_months_came_to_nothing() -> None:
    connection, present = in_memory(people=HIRED[:1], targets=QUOTA, orders=[])
    assert read_outcomes(connection, "attainment", present, DAY, 12) == {"p1": 0.0}


def many(n: int, sign: float) -> tuple[Hiring, dict[str, float]]:
    rows = [
        scored(f"c{i}", rater, dict.fromkeys(("listening", "numbers", "call"), 1 + 4 * i / n + off),
               hired_as=f"p{i}")
        for i in range(n) for rater, off in (("x", 0.0), ("y", 0.05 * (-1) ** i))
    ]  # fmt: skip
    return hiring(*rows), {f"p{i}": 1 + sign * (i + 7 * (i % 3)) for i in range(n)}


@pytest.mark.parametrize(
    ("n", "sign", "verdict"), [(12, 1, "few"), (30, 1, "foretells"), (30, -1, "backwards")]
)
def test_nothing_is_concluded_below_the_least_number(n: int, sign: float, verdict: str) -> None:
    found = foretold(*_with(many(n, sign)), role="rep", least=30)
    assert found.verdict == verdict
    assert found.line.n == n
    assert 0 < found.narrowed <= 1.01


def test_an_interval_that_holds_zero_is_cannot_tell() -> None:
    hired, _ = many(30, 1)
    shuffled = {f"p{i}": float((i * 7) % 10) for i in range(30)}
    found = foretold(hired, "attainment", shuffled, role="rep", least=30)
    assert found.line.low < 0 < found.line.high
    assert found.verdict == "unclear"


def _with(found: tuple[Hiring, dict[str, float]]) -> tuple[Hiring, Any, dict[str, float]]:
    return found[0], "attainment", found[1]
