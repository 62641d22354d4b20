from __future__ import annotations

from datetime import date

import pytest

from salestrain.playbook.standards.growing import Milestone
from salestrain.sales.newcomers import Newcomer, newcomer

WHAT = {"zh": "甲", "en": "A"}
MILESTONES = tuple(
    Milestone.model_validate({
        "id": f"4.1.day_{day}", "name": WHAT, "text": WHAT, "day": day, "signed_by": "manager",
        "criteria": [
            {"id": f"4.1.day_{day}.{name}", "text": WHAT, "evidence": WHAT}
            for name in ("exam", "visits")
        ],
    })
    for day in (30, 60, 90)
)  # fmt: skip
JOINED = date(2026, 9, 1)


def on(today: date, *signed: str) -> Newcomer | None:
    return newcomer("a", JOINED, today, MILESTONES, signed)


@pytest.mark.parametrize(
    ("today", "day", "ahead"),
    [
        (date(2026, 9, 1), 1, 30),
        (date(2026, 9, 30), 30, 30),
        (date(2026, 10, 1), 31, 60),
        (date(2026, 11, 29), 90, 90),
    ],
)
def test_the_day_of_joining_is_day_one(today: date, day: int, ahead: int) -> None:
    found = on(today)
    assert found
    assert (found.day, found.milestone.day) == (day, ahead)


def test_nobody_is_new_before_joining_or_after_the_last_milestone() -> None:
    assert on(date(2026, 8, 31)) is None
    assert on(date(2026, 11, 30)) is None
    assert newcomer("a", None, JOINED, MILESTONES, ()) is None
    assert newcomer("a", JOINED, JOINED, (), ()) is None


def test_what_was_signed_is_open_no_longer() -> None:
    def open_ones(*signed: str) -> list[str]:
        found = on(date(2026, 9, 7), *signed)
        return [one.id for one in found.open] if found else []

    assert open_ones() == ["4.1.day_30.exam", "4.1.day_30.visits"]
    assert open_ones("4.1.day_30.exam") == open_ones("exam") == ["4.1.day_30.visits"]
    assert open_ones("day_30") == open_ones("4.1.day_30") == []
