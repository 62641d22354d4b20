from __future__ import annotations

from datetime import UTC, date, datetime

from salestrain.training.actions import Action, actions, done_in_time
from salestrain.training.steps import Step

NOON = datetime(2026, 9, 21, 12, tzinfo=UTC)
TODAY = date(2026, 9, 30)


def agreed(what: str, by: str = "2026-09-28") -> Step:
    return Step("agreed", {"what": what, "who": "R08", "by": by}, NOON)


def settled(number: int, *, done: bool) -> Step:
    return Step("settled", {"action": number, "done": done}, NOON)


def test_an_action_is_open_until_it_is_settled_and_the_last_word_counts() -> None:
    steps = [agreed("call"), agreed("write"), settled(1, done=False), settled(1, done=True)]
    assert actions(steps) == (
        Action("call", "R08", date(2026, 9, 28)),
        Action("write", "R08", date(2026, 9, 28), done=True),
    )


def test_what_settles_nothing_and_other_steps_change_nothing() -> None:
    assert actions([settled(0, done=True), agreed("call"), settled(3, done=True)]) == (
        Action("call", "R08", date(2026, 9, 28)),
    )
    assert actions([Step("opened", {}, NOON)]) == ()


def test_a_day_that_is_none_is_left_open() -> None:
    assert actions([agreed("call", "soon")])[0].by is None
    assert not actions([agreed("call", "soon")])[0].late(TODAY)
    assert actions([agreed("call")])[0].late(TODAY)
    assert not actions([agreed("call", "2026-09-30")])[0].late(TODAY)


def test_only_what_fell_due_is_counted() -> None:
    every = actions([
        agreed("a"), agreed("b"), agreed("c", "2026-10-01"), settled(0, done=True),
        settled(1, done=False),
    ])  # fmt: skip
    assert done_in_time(every, TODAY) == (1, 2)
