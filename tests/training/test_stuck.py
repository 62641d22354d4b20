"""Why somebody doesn't come on: each reason by itself, and that they don't hide each other."""

from __future__ import annotations

from datetime import date, timedelta

from salestrain.training.path import Deed, progress
from salestrain.training.stuck import Stuck, stuck
from tests.training.first_week import ALL, FAILED, NOON, NOTED, PASSED, PATH, READ, deed


def why(
    *deeds: Deed, days: int = 0, about: tuple[Deed, ...] = (), start: date | None = None
) -> list[Stuck]:
    now = NOON + timedelta(days=days)
    return [*stuck(progress(PATH, deeds, now), deeds, about, now, start)]


def named(found: list[Stuck]) -> list[tuple[str, int, str]]:
    return [(one.reason, one.number, one.step.id if one.step else "") for one in found]


def test_who_comes_on_or_has_arrived_is_not_stuck() -> None:
    assert why(READ) == []
    assert why(*ALL, days=30) == []
    assert stuck(None, [READ], (), NOON) == ()


def test_a_step_failed_twice_is_named_with_how_often() -> None:
    assert why(READ, FAILED) == []
    again = deed("quiz", "2.2", "finished", 7, earned=5, of=10)
    assert named(why(READ, FAILED, again)) == [("failed", 2, "quiz")]
    assert why(READ, FAILED, again, PASSED) == []


def test_who_is_late_is_told_by_how_many_working_days_and_where() -> None:
    # from Friday the 9th to Monday the 12th: the quiz was due on the first day, this is the second
    assert named(why(READ, days=3)) == [("late", 1, "quiz")]


def test_three_working_days_without_practice_are_idle_and_a_weekend_is_not() -> None:
    assert "idle" not in [one.reason for one in why(READ, PASSED, days=4)]
    assert ("idle", 3, "") in named(why(READ, PASSED, days=5))


def test_evidence_that_nobody_has_looked_at_waits_for_a_signature() -> None:
    handed = deed("onboarding", PATH.id, "evidence", 10, step="note")
    assert named(why(READ, PASSED, handed)) == [("signature", 0, "note"), ("no_chance", 0, "")]
    signed = deed("onboarding", PATH.id, "signed", 12, step="note", person="lin", ok=False, text="")
    assert why(READ, PASSED, handed, about=(signed,)) == []
    again = deed("onboarding", PATH.id, "evidence", 20, step="note")
    assert named(why(READ, PASSED, again, about=(signed,)))[0] == ("signature", 0, "note")


def test_there_is_a_chance_while_another_step_is_open() -> None:
    handed = deed("onboarding", PATH.id, "evidence", 10, step="note")
    assert named(why(READ, handed)) == [("signature", 0, "note")]


def test_who_has_not_begun_is_told_from_the_first_day_on() -> None:
    assert named(why(start=date(2026, 10, 6))) == [("not_begun", 3, "")]
    assert why(start=date(2026, 10, 12)) == []
    assert named(why()) == [("not_begun", 0, "")]


def test_a_note_written_is_no_evidence_that_waits() -> None:
    assert why(READ, PASSED, NOTED) == []
