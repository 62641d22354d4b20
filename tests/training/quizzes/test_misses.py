from __future__ import annotations

from datetime import UTC, datetime, timedelta

from salestrain.training.paths.path import Deed
from salestrain.training.quizzes.misses import missed_twice
from salestrain.training.steps import Step

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
ITEMS = {"a", "b", "c", "d"}


def answered(item: str, earned: float, day: int, thread: str = "2.2") -> Deed:
    data = {"item": item, "answer": ["x"], "earned": earned}
    return "quiz", thread, Step("answered", data, NOON + timedelta(days=day))


def test_only_two_misses_in_a_row_at_the_end_count() -> None:
    deeds = [
        answered("a", 0.0, 0), answered("a", 0.5, 4),
        answered("b", 0.0, 1), answered("b", 0.0, 2), answered("b", 1.0, 3),
        answered("c", 0.0, 5),
        answered("d", 1.0, 6), answered("d", 0.0, 7),
    ]  # fmt: skip
    assert missed_twice(deeds, ITEMS, LATER) == ("a",)


def test_the_latest_comes_first_and_items_that_mislead_are_left_out() -> None:
    deeds = [answered(item, 0.0, day) for day, item in enumerate("bacabc")]
    assert missed_twice(deeds, ITEMS, LATER) == ("c", "b", "a")
    assert missed_twice(deeds, {"a"}, LATER) == ("a",)


def test_an_answer_in_an_exam_counts_once_it_is_over() -> None:
    began = Step("began", {"items": ["a"], "seed": "s", "minutes": 30}, NOON)
    deeds = [
        answered("a", 0.0, -3),
        ("quiz", "2.2.e.small", began),
        answered("a", 0.0, 0, "2.2.e.small"),
    ]
    assert missed_twice(deeds, ITEMS, NOON + timedelta(minutes=10)) == ()
    assert missed_twice(deeds, ITEMS, NOON + timedelta(minutes=40)) == ("a",)
