"""What one person knows, from small items whose topics one can count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrain.playbook.items import Item
from salestrain.training.memory import recall
from salestrain.training.memory.knowledge import (
    MOST_A_DAY,
    NEARLY_FORGOTTEN,
    NEW_A_DAY,
    Ground,
    Knowledge,
    minutes_for,
)
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from tests.training.conftest import item, options
from tests.training.exams.test_exam import exam

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SMALL = "2.2.e.small"


def bank(count: int, section: str = "2.2") -> dict[str, Item]:
    """Items that each rest on a rule of its own: ``2.2.i.n0`` on ``2.2.r0``."""
    made = (
        item(
            "single",
            id=f"{section}.i.n{n}",
            cites=[f"{section}.r{n}"],
            options=options(a=True, b=False, c=False),
        )
        for n in range(count)
    )
    return {one.id: one for one in made}


def answered(number: int, earned: float = 1.0, day: int = 0, thread: str = "2.2") -> Deed:
    data = {"item": f"2.2.i.n{number}", "answer": ["a"], "earned": earned}
    return "quiz", thread, Step("answered", data, NOON + timedelta(days=day))


def knowledge(*deeds: Deed, day: float = 0, ground: Ground | None = None) -> Knowledge:
    return Knowledge(ground or Ground(bank(4), {}), deeds, NOON + timedelta(days=day))


def test_a_point_just_answered_is_known_and_due_two_days_later() -> None:
    """A first right answer leaves a stability of 2.3 days, which is due after two."""
    known = [knowledge(answered(0), day=day) for day in (0, 1, 2)]
    assert [(len(one.met), one.due) for one in known] == [(1, ()), (1, ()), (1, ("2.2.r0",))]
    assert known[2].recall("2.2.r0") == pytest.approx(0.9095, abs=0.0001)


def test_what_is_nearly_forgotten_is_the_part_of_what_is_due_that_fell_lowest() -> None:
    later = knowledge(answered(0), answered(1, 0.0), day=10)
    assert later.due == ("2.2.r1", "2.2.r0")  # what was wrong is remembered less
    assert later.nearly_forgotten == ("2.2.r1",)
    assert later.recall("2.2.r1") < NEARLY_FORGOTTEN < later.recall("2.2.r0")


def test_answers_of_an_exam_count_once_it_is_over() -> None:
    of = exam()
    ground = Ground(bank(4), {SMALL: of})
    began = Step("began", {"items": ["2.2.i.n0"], "seed": "s", "minutes": 30}, NOON)
    deeds = (("quiz", SMALL, began), answered(0, thread=SMALL))
    assert not Knowledge(ground, deeds, NOON + timedelta(minutes=30)).met
    assert list(Knowledge(ground, deeds, NOON + timedelta(minutes=31)).met) == ["2.2.r0"]


def test_items_on_what_has_changed_are_no_longer_asked() -> None:
    items = bank(2)
    ground = Ground(items, {}, frozenset({"2.2.i.n0"}))
    known = knowledge(answered(0), answered(1), day=30, ground=ground)
    assert list(known.memories) == ["2.2.r0", "2.2.r1"]
    assert known.due == ("2.2.r1",)
    assert known.queue == ("2.2.r1",)


def test_todays_review_asks_what_is_due_and_a_few_new_points_of_sections_begun() -> None:
    ground = Ground({**bank(15), **bank(3, "3.1")}, {})
    known = knowledge(answered(0), day=5, ground=ground)
    assert "2.2.r0" in known.queue
    assert len(known.queue) == 1 + NEW_A_DAY
    assert not [topic for topic in known.queue if topic.startswith("3.1")]
    read: Deed = ("playbook", "3.1", Step("read", {}, NOON))
    small = Ground({**bank(5), **bank(3, "3.1")}, {})
    both = knowledge(answered(0), read, day=5, ground=small)
    assert both.begun == {"2.2", "3.1"}
    assert len(both.queue) == 1 + 4 + 3


def test_todays_review_stays_within_a_quarter_of_an_hour() -> None:
    known = knowledge(*(answered(n) for n in range(30)), day=60, ground=Ground(bank(40), {}))
    assert len(known.due) == 30
    assert len(known.queue) == MOST_A_DAY
    assert minutes_for(len(known.queue)) == 15


def test_a_named_day_puts_its_plan_in_place_of_what_is_due() -> None:
    items = {**bank(6), **bank(3, "3.1")}
    ground = Ground(items, {SMALL: exam({"section": "2.2", "count": 6})})
    aimed = Step("aimed", {"exam": SMALL, "day": "2026-09-12"}, NOON)
    read = Step("read", {}, NOON)
    did = (*(answered(n) for n in range(6)), ("playbook", "3.1", read))
    deeds = (*did, ("quiz", "aim", aimed))
    planned, free = (knowledge(*each, day=10, ground=ground) for each in (deeds, did))
    assert planned.plan
    assert planned.aim == (SMALL, date(2026, 9, 12))
    first = planned.plan.days[0].topics
    assert 0 < len(first) < len(planned.due) == 6
    assert set(planned.queue) == set(first)  # and nothing new of 3.1 before the exam
    assert len(free.queue) == 6 + 3
    assert knowledge(*deeds, day=30, ground=ground).aim is None  # the day has come


def test_the_weakest_is_what_an_exam_would_lose_most_marks_by() -> None:
    """The exam asks n0 and one of the three others: they are worth 1 and a third."""
    items = bank(4)
    items["2.2.i.n0"] = items["2.2.i.n0"].model_copy(update={"tags": ("price",)})
    lines = {"section": "2.2", "tag": "price", "count": 1}, {"section": "2.2", "count": 1}
    ground = Ground(items, {SMALL: exam(*lines)})
    known = knowledge(answered(0), answered(1, 0.0), answered(2, day=20), day=21, ground=ground)
    found = known.weakest([SMALL])
    assert [one.topic for one in found] == ["2.2.r0", "2.2.r1"]  # n2 is known, n3 never met
    assert [round(one.worth, 2) for one in found] == [1.25, 0.25]
    assert found[0].recall > found[1].recall
    assert [one.topic for one in known.weakest([])] == ["2.2.r1", "2.2.r0"]  # all worth the same


def test_what_no_exam_asks_is_not_put_first() -> None:
    ground = Ground({**bank(1), **bank(1, "3.1")}, {SMALL: exam({"section": "3.1", "count": 1})})
    known = knowledge(answered(0), day=30, ground=ground)
    assert known.due == ("2.2.r0",)
    assert known.weakest([SMALL]) == ()


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 60)),
        min_size=1,
        max_size=12,
    ),
    st.integers(60, 200),
)
def test_everything_met_is_known_or_due_and_only_what_is_due_is_forgotten(
    did: list[tuple[int, float, int]], day: int
) -> None:
    known = knowledge(*(answered(*one) for one in did), day=day)
    fresh = known.met.keys() - set(known.due)
    assert all(recall(known.met[topic], known.today) > 0.89 for topic in fresh)
    assert set(known.nearly_forgotten) <= set(known.due) <= known.met.keys()
    assert known.due == knowledge(*(answered(*one) for one in reversed(did)), day=day).due
