"""An exam is drawn, timed and scored from its steps alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.exams import Exam, exam_faults
from salestrain.playbook.items import Item
from salestrain.training.exams.exam import GRACE, Attempt, attempts, drawn
from salestrain.training.steps import Step
from tests.sample import sample_playbook
from tests.training.conftest import both

Items = dict[str, Item]
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SINGLE, MULTIPLE, ORDERING, NUMERIC = (
    f"2.2.i.{kind}" for kind in ("single", "multiple", "ordering", "numeric")
)


def exam(*lines: dict[str, Any], **more: object) -> Exam:
    given_: dict[str, Any] = {
        "id": "2.2.e.small",
        "title": both("A small exam"),
        "why": both("to see"),
        "for": ["rep"],
        "minutes": 30,
        "pass_share": 0.75,
        "blueprint": [*lines] or [{"section": "2.2", "count": 4}],
    }
    return Exam.model_validate(given_ | more)


def at(minute: float, kind: str, **data: object) -> Step:
    return Step(kind, data, NOON + timedelta(minutes=minute))


def began(*ids: str, minutes: int = 30) -> Step:
    return at(0, "began", items=list(ids), seed="s", minutes=minutes)


def answered(minute: float, item: str, *answer: str, earned: float = 1.0) -> Step:
    return at(minute, "answered", item=item, answer=list(answer), earned=earned)


def taken(items: Items, *steps: Step) -> Attempt:
    return attempts(exam(), steps, items)[-1]


def test_the_last_answer_to_a_question_counts(items: Items) -> None:
    found = taken(
        items,
        began(SINGLE, NUMERIC),
        answered(1, SINGLE, "a", earned=0.0),
        answered(2, NUMERIC, "87216"),
        answered(3, SINGLE, "b", earned=1.0),
    )
    assert (found.earned, found.share, found.unanswered) == (2.0, 1.0, ())
    assert found.run.asked[0].answer == ("b",)


def test_what_is_not_answered_earns_nothing(items: Items) -> None:
    found = taken(items, began(SINGLE, NUMERIC, ORDERING, MULTIPLE), answered(1, SINGLE, "b"))
    assert (found.share, found.unanswered, found.passed) == (0.25, (2, 3, 4), False)


@pytest.mark.parametrize(("late", "earned"), [(-1, 1.0), (5, 1.0), (6, 0.0)])
def test_an_answer_counts_until_five_seconds_after_the_end(
    items: Items, late: float, earned: float
) -> None:
    found = taken(items, began(SINGLE), answered(30 + late / 60, SINGLE, "b"))
    assert found.earned == earned
    assert timedelta(seconds=5) == GRACE


def test_the_time_runs_from_the_beginning_whatever_happens_between(items: Items) -> None:
    found = taken(items, began(SINGLE, minutes=38))
    assert found.seconds_left(NOON + timedelta(minutes=10, seconds=0.5)) == 28 * 60 - 1
    assert found.ends_at == NOON + timedelta(minutes=38)
    assert found.is_open(NOON + timedelta(minutes=38, seconds=5))
    assert not found.is_open(NOON + timedelta(minutes=38, seconds=5.1))
    assert found.seconds_left(NOON + timedelta(hours=2)) == 0


def test_handed_in_is_over_even_with_time_left(items: Items) -> None:
    found = taken(items, began(SINGLE), answered(1, SINGLE, "b"), at(2, "finished"))
    assert not found.is_open(NOON + timedelta(minutes=3))
    assert found.ended_at == NOON + timedelta(minutes=2)


def test_after_an_answer_comes_the_next_open_question_then_the_skipped_then_the_overview(
    items: Items,
) -> None:
    steps = [began(SINGLE, NUMERIC, ORDERING)]
    places = [taken(items, *steps).place]
    for one in (
        at(1, "went_to", place=2),
        answered(2, NUMERIC, "1", earned=0.0),
        answered(3, ORDERING, "ask", "sum", "trade", "confirm"),
        answered(4, SINGLE, "b"),
        at(5, "went_to", place=99),
    ):
        steps.append(one)
        places.append(taken(items, *steps).place)
    assert places == [1, 2, 3, 1, 4, 4]


def test_an_item_that_is_gone_keeps_what_it_earned(items: Items) -> None:
    steps = began(SINGLE, "2.2.i.gone"), answered(1, "2.2.i.gone", "x"), answered(2, SINGLE, "b")
    found = taken(items, *steps)
    assert (found.count, found.share) == (2, 1.0)
    assert [one.item.id for one in found.run.asked] == [SINGLE]


def test_each_beginning_is_an_attempt_of_its_own(items: Items) -> None:
    steps = began(SINGLE), answered(1, SINGLE, "b"), at(2, "finished"), began(NUMERIC)
    first, second = attempts(exam(), steps, items)
    assert (first.run.number, first.share) == (1, 1.0)
    assert (second.run.number, second.share) == (2, 0.0)


BANK = sample_playbook().items
SHIPPED = sample_playbook().exams


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers())
def test_a_draw_follows_the_blueprint(name: str, seed: int) -> None:
    of = SHIPPED[name]
    found = drawn(of, BANK.values(), seed)
    assert len(found) == len(set(found)) == of.count
    assert drawn(of, reversed(BANK.values()), seed) == found
    left = Counter(found)
    for line in sorted(of.blueprint, key=lambda one: -one.narrowness):
        fitting = [one for one in left if left[one] and line.takes(BANK[one])]
        assert len(fitting) >= line.count
    assert all(any(line.takes(BANK[one]) for line in of.blueprint) for one in found)
    assert "short_answer" not in {BANK[one].kind for one in found}


def test_two_people_get_other_questions_in_another_order() -> None:
    of = SHIPPED["4.3.e.products"]
    draws = [drawn(of, BANK.values(), seed) for seed in range(12)]
    assert len(set(draws)) == 12
    assert len({one for each in draws for one in each}) > 2 * of.count


def test_a_second_attempt_spares_the_questions_of_the_first() -> None:
    of = SHIPPED["4.3.e.products"]
    first = drawn(of, BANK.values(), 1)
    again = drawn(of, BANK.values(), 1, spared=first)
    fresh = [one for one in again if one not in first]
    assert len(fresh) >= of.count - 3  # there are few that only ask to recall


def test_a_blueprint_the_bank_cannot_fill_is_a_fault() -> None:
    wide = exam({"section": "2.2", "count": 5}, {"section": "2.2", "level": "judge", "count": 3})
    bank = [one for one in BANK.values() if one.section == "2.2" and one.kind != "short_answer"]
    judges = [one for one in bank if one.level == "judge"]
    some = [*judges[:3], *[one for one in bank if one.level == "apply"][:4]]
    (fault,) = exam_faults(wide, some)
    assert fault.what == "5 items are drawn here and 4 are there"
    assert fault.mend.startswith("write more of them, or lower the count")
    assert list(exam_faults(exam({"section": "2.2", "count": 7}), some)) == []
