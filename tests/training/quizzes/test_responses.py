from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from salestrain.playbook.items import Item
from salestrain.training.paths.path import Deed
from salestrain.training.quizzes.responses import Responses, given, responses
from salestrain.training.steps import Step

Items = dict[str, Item]
SINGLE, NUMERIC = "2.2.i.single", "2.2.i.numeric"
EXAM = "2.2.e.spring"
MONDAY = datetime(2026, 9, 28, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=1)


def answered(item: str, answer: str, earned: float, minute: int = 0, thread: str = "2.2") -> Deed:
    data = {"item": item, "answer": [answer], "earned": earned}
    return "quiz", thread, Step("answered", data, MONDAY + timedelta(minutes=minute))


def did(kind: str, minute: int, thread: str = EXAM) -> Deed:
    data = {"minutes": 20, "items": [SINGLE]} if kind == "began" else {}
    return "quiz", thread, Step(kind, data, MONDAY + timedelta(minutes=minute))


def of(items: Items, **deeds: list[Deed]) -> Responses:
    return responses(deeds, items, LATER)


def test_the_first_answer_counts_in_whichever_thread_it_was_given(items: Items) -> None:
    found = of(
        items,
        ann=[answered(SINGLE, "b", 1.0, 9), answered(SINGLE, "a", 0.0, 5, thread="review")],
        bo=[],
    )
    column = found.items.index(SINGLE)
    assert found.people == ("ann", "bo")
    assert found.earned[0, column] == 0
    assert np.isnan(found.earned[1]).all()
    assert found.answers[0][column] == ("a",)
    assert found.at[0, column] == (MONDAY + timedelta(minutes=5)).timestamp()
    assert found.count == 1


def test_in_an_exam_the_answer_handed_in_counts(items: Items) -> None:
    deeds = [
        did("began", 0),
        answered(SINGLE, "a", 0.0, 1, EXAM),
        answered(SINGLE, "b", 1.0, 2, EXAM),
        did("finished", 3),
        did("began", 60),
        answered(SINGLE, "a", 0.0, 61, EXAM),
        did("finished", 62),
    ]
    assert [one.step.data["answer"] for one in given(deeds, LATER)] == [["b"], ["a"]]
    found = of(items, ann=deeds)
    assert found.earned[0, found.items.index(SINGLE)] == 1


def test_an_exam_that_still_runs_gives_no_answers_until_its_time_is_up(items: Items) -> None:
    running = [
        did("began", 0),
        answered(SINGLE, "b", 1.0, 1, EXAM),
        answered(SINGLE, "a", 0.0, 30, EXAM),
    ]
    assert given(running, MONDAY + timedelta(minutes=20)) == ()
    over = given(running, MONDAY + timedelta(minutes=21))
    assert [one.step.data["answer"] for one in over] == [["b"]]
    left = [*running[:2], did("finished", 2)]
    assert len(given(left, MONDAY + timedelta(minutes=3))) == 1
    assert of(items, ann=running).count == 1


def test_practice_and_other_apps_can_be_left_out(items: Items) -> None:
    deeds = [
        answered(SINGLE, "b", 1.0),
        ("roleplay", "2.2", answered(NUMERIC, "1", 0.0)[2]),
        did("began", 1),
        answered(NUMERIC, "87216", 1.0, 2, EXAM),
        did("finished", 3),
    ]
    assert of(items, ann=deeds).count == 2
    found = responses({"ann": deeds}, items, LATER, exams_only=True)
    assert (found.count, found.earned[0, found.items.index(NUMERIC)]) == (1, 1)


def test_an_answer_is_marked_by_todays_key(items: Items) -> None:
    then = [answered(SINGLE, "b", 0.0)]  # the key was another one when it was given
    assert of(items, ann=then).earned[0, list(items).index(SINGLE)] == 1


def test_what_is_no_answer_to_todays_item_is_none(items: Items) -> None:
    gone = [answered(SINGLE, "an option there was", 1.0), answered("2.2.i.gone", "b", 1.0)]
    found = of(items, ann=gone)
    assert found.count == 0
    assert set(found.answers[0]) == {()}


def test_rows_columns_and_times_can_be_cut_out(items: Items) -> None:
    found = of(
        items,
        ann=[answered(SINGLE, "b", 1.0, 0), answered(NUMERIC, "1", 0.0, 30)],
        bo=[answered(SINGLE, "a", 0.0, 60)],
    )
    one = found.of({"bo", "nobody"}).among({SINGLE})
    assert (one.people, one.items, one.earned.tolist(), one.answers) == (
        ("bo",), (SINGLE,), [[0.0]], ((("a",),),)
    )  # fmt: skip
    half = MONDAY + timedelta(minutes=30)
    assert [found.between(end=half).count, found.between(half).count] == [1, 2]
    assert found.between(half).answers[0][found.items.index(SINGLE)] == ()
    assert found.between(half, half).count == 0


@pytest.mark.parametrize("kind", ["read", "went_on"])
def test_other_steps_are_no_answers(items: Items, kind: str) -> None:
    assert of(items, ann=[did(kind, 0, "2.2")]).count == 0


def test_of_a_live_session_the_last_answer_before_the_discussion_counts(items: Items) -> None:
    def live(answer: str, earned: float, minute: int, vote: int) -> Deed:
        data = {"item": SINGLE, "answer": [answer], "earned": earned, "vote": vote}
        return "live", "478206", Step("answered", data, MONDAY + timedelta(minutes=minute))

    deeds = [live("b", 1.0, 1, 1), live("a", 0.0, 2, 1), live("b", 1.0, 5, 2)]
    assert [one.step.data["answer"] for one in given(deeds, LATER)] == [["a"]]
    found = of(items, ann=deeds)
    assert found.earned[0, found.items.index(SINGLE)] == 0
