"""Why somebody doesn't come on: each reason by itself, and that they don't hide each other."""

from __future__ import annotations

from datetime import date, timedelta

from salestrain.training.paths.path import Beside, Deed, progress
from salestrain.training.paths.signing import Signature
from salestrain.training.paths.stuck import Stuck, stuck
from tests.training import ninety
from tests.training.first_week import ALL, FAILED, NOON, NOTED, PASSED, PATH, READ, deed


def why(*deeds: Deed, days: int = 0, start: date | None = None) -> list[Stuck]:
    now = NOON + timedelta(days=days)
    return [*stuck(progress(PATH, deeds, now), deeds, now, start)]


def why_on_ninety(*deeds: Deed, signed: tuple[Signature, ...] = ()) -> list[Stuck]:
    found = progress(ninety.PATH, deeds, NOON, beside=Beside(signed))
    return [*stuck(found, deeds, NOON)]


def named(found: list[Stuck]) -> list[tuple[str, int, str]]:
    return [(one.reason, one.number, one.step.id if one.step else "") for one in found]


def test_who_comes_on_or_has_arrived_is_not_stuck() -> None:
    assert why(READ) == []
    assert why(*ALL, days=30) == []
    assert stuck(None, [READ], NOON) == ()


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


def test_what_nobody_has_signed_yet_waits_for_a_signature() -> None:
    handed = ninety.wrote("shadow", 10)
    assert named(why_on_ninety(handed)) == [("signature", 0, "shadow")]
    back = ninety.sign("shadow", 12, ok=False, text="no note")
    assert why_on_ninety(handed, signed=(back,)) == []
    again = ninety.wrote("shadow", 20)
    assert named(why_on_ninety(handed, again, signed=(back,))) == [("signature", 0, "shadow")]
    assert why_on_ninety(handed, signed=(ninety.sign("shadow", 12),)) == []


def test_without_another_step_there_is_no_chance_to_go_on() -> None:
    handed = ninety.wrote("shadow", 10)
    read = deed("playbook", "2.2", "read", 5)
    assert named(why_on_ninety(read, handed))[0] == ("signature", 0, "shadow")
    assert ("no_chance", 0, "") not in named(why_on_ninety(handed))


def test_who_has_not_begun_is_told_from_the_first_day_on() -> None:
    assert named(why(start=date(2026, 10, 6))) == [("not_begun", 3, "")]
    assert why(start=date(2026, 10, 12)) == []
    assert named(why()) == [("not_begun", 0, "")]


def test_a_note_written_is_no_evidence_that_waits() -> None:
    assert why(READ, PASSED, NOTED) == []
