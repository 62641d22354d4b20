"""Who may begin an exam, how often, and how long a pass holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from salestrain.playbook.exams import Exam
from salestrain.playbook.items import Item
from salestrain.training.exams.admission import Grants, Why, admission, grants, passed
from salestrain.training.exams.exam import Attempt, attempts
from salestrain.training.steps import Step
from tests.training.exams.test_exam import exam

Items = dict[str, Item]
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ITEM = "2.2.i.single"


def tries(items: Items, of: Exam, *when: tuple[int, bool]) -> tuple[Attempt, ...]:
    """Return attempts on these days, each passed or not."""
    steps: list[Step] = []
    for day, right in when:
        at = DAY + timedelta(days=day)
        steps += [
            Step("began", {"items": [ITEM], "seed": day, "minutes": 30}, at),
            Step("answered", {"item": ITEM, "answer": ["b"], "earned": float(right)}, at),
            Step("finished", {}, at + timedelta(minutes=1)),
        ]
    return attempts(of, steps, items)


@pytest.mark.parametrize(
    ("when", "day", "why", "left"),
    [
        ([], 0, "free", 3),
        ([(0, False)], 0, "wait", 2),
        ([(0, False)], 2, "free", 2),
        ([(0, False), (2, False), (4, False)], 60, "used_up", 0),
        ([(0, True)], 10, "passed", 3),
        ([(0, False), (2, True)], 10, "passed", 3),
        ([(0, True)], 71, "free", 3),  # less than thirty days before it runs out
        ([(0, True)], 200, "free", 3),
        ([(0, True), (150, False)], 151, "wait", 2),
    ],
)
def test_when_one_may_begin(
    items: Items, when: list[tuple[int, bool]], day: int, why: Why, left: int
) -> None:
    of = exam(attempts=3, wait_days=2, valid_days=100)
    found = admission(of, tries(items, of, *when), DAY + timedelta(days=day))
    assert (found.why, found.left, found.may) == (why, left, why == "free")


def test_an_attempt_that_runs_is_gone_on_with(items: Items) -> None:
    of = exam()
    running = attempts(of, [Step("began", {"items": [ITEM], "seed": 1, "minutes": 30}, DAY)], items)
    assert admission(of, running, DAY + timedelta(minutes=30)).why == "running"
    assert admission(of, running, DAY + timedelta(minutes=31)).why == "wait"


def test_it_opens_and_closes_on_its_days() -> None:
    of = exam(opens="2026-03-04", closes="2026-03-05")
    found = [admission(of, (), DAY + timedelta(days=day)) for day in range(5)]
    assert [one.why for one in found] == ["not_yet", "not_yet", "free", "free", "closed"]
    assert found[0].day == date(2026, 3, 4)


def test_a_pass_holds_its_days_and_no_longer(items: Items) -> None:
    of = exam(valid_days=100)
    taken = tries(items, of, (0, True))
    held = passed(of, taken, DAY + timedelta(days=100))
    assert held
    assert held.until == date(2026, 6, 10)
    assert passed(of, taken, DAY + timedelta(days=101)) is None
    for_good = exam(valid_days=None)
    held = passed(for_good, tries(items, for_good, (0, True)), DAY + timedelta(days=4000))
    assert held
    assert held.until is None


def test_who_has_passed_is_asked_only_what_has_changed(items: Items) -> None:
    of = exam(valid_days=365)
    taken = tries(items, of, (0, True))
    assert admission(of, taken, DAY + timedelta(days=9), changed=True).why == "difference"
    assert admission(of, taken, DAY + timedelta(days=9)).why == "passed"
    data = {"items": [ITEM], "seed": 2, "minutes": 30, "difference": True}
    steps = [
        Step("began", {"items": [ITEM], "seed": 0, "minutes": 30}, DAY),
        Step("answered", {"item": ITEM, "answer": ["b"], "earned": 1.0}, DAY),
        Step("finished", {}, DAY),
        Step("began", data, DAY + timedelta(days=9)),
        Step("answered", {"item": ITEM, "answer": ["b"], "earned": 1.0}, DAY + timedelta(days=9)),
        Step("finished", {}, DAY + timedelta(days=9)),
    ]
    held = passed(of, attempts(of, steps, items), DAY + timedelta(days=10))
    assert held
    assert held.as_of == date(2026, 3, 11)
    assert held.until == date(2027, 3, 2)  # what was asked in between makes it no younger


def test_a_trainer_grants_time_and_attempts(items: Items) -> None:
    of = exam(attempts=1)
    given = [
        Step("granted", {"exam": "", "extra_share": 0.5}, DAY),
        Step("granted", {"exam": of.id, "extra_share": 0.25}, DAY),
        Step("granted", {"exam": of.id, "attempts": 2}, DAY),
        Step("granted", {"exam": "4.3.e.other", "attempts": 5}, DAY),
    ]
    found = grants(given, of.id)
    assert found == Grants(0.25, 2)
    assert found.minutes(of) == 38  # 37.5, in favour of who needs them
    taken = tries(items, of, (0, False))
    assert admission(of, taken, DAY + timedelta(days=9)).why == "used_up"
    assert admission(of, taken, DAY + timedelta(days=9), granted=found).left == 2
