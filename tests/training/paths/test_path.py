from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.paths.path import Deed, Progress, Tried, progress, rhythm
from salestrain.training.steps import Step
from tests.training.first_week import (
    ALL,
    FAILED,
    LOST,
    NOON,
    NOTED,
    PASSED,
    PATH,
    READ,
    WON,
    deed,
)

FRIDAY = date(2026, 10, 9)


def states(deeds: list[Deed]) -> list[str]:
    return [one.state for one in progress(PATH, deeds, NOON).steps]


def test_at_first_the_first_step_is_now_and_what_needs_others_is_locked() -> None:
    found = progress(PATH, [], NOON)
    assert [one.state for one in found.steps] == ["now", "locked", "open", "locked", "locked"]
    assert found.steps[3].waits_for == (2, 3)
    assert (found.done, found.minutes_left, found.day) == (0, 50, 1)


def test_reading_unlocks_the_quiz() -> None:
    assert states([READ]) == ["done", "now", "open", "locked", "locked"]


def test_a_failed_quiz_leaves_the_step_open_and_says_so() -> None:
    quiz = progress(PATH, [READ, FAILED], NOON).steps[1]
    assert quiz.state == "now"
    assert quiz.tried == Tried(0.6, enough=False)


def test_exactly_the_share_it_takes_is_enough() -> None:
    quiz = progress(PATH, [READ, FAILED, PASSED], NOON).steps[1]
    assert (quiz.state, quiz.tried, quiz.done_at) == ("done", Tried(0.7, enough=True), PASSED[2].at)


def test_who_fails_again_later_keeps_the_step_and_sees_the_last_result() -> None:
    again = deed("quiz", "2.2", "finished", 15, earned=1, of=10)
    quiz = progress(PATH, [READ, PASSED, again], NOON).steps[1]
    assert (quiz.state, quiz.tried, quiz.done_at) == (
        "done",
        Tried(0.1, enough=False),
        PASSED[2].at,
    )


def test_marks_that_add_up_to_the_share_it_takes_are_enough() -> None:
    earned = sum([0.6, 0.6, 0.6, 0.8, 0.8, 0.8])
    assert earned / 6 < 0.7
    assert states([READ, deed("quiz", "2.2", "finished", earned=earned, of=6)])[1] == "done"


def test_a_quiz_of_no_marks_passes_nobody() -> None:
    assert states([READ, deed("quiz", "2.2", "finished", earned=0, of=0)])[1] == "now"


def test_a_lost_role_play_leaves_the_step_open() -> None:
    play = progress(PATH, [READ, PASSED, NOTED, LOST], NOON).steps[3]
    assert (play.state, play.tried) == ("now", Tried(0.4, enough=False))


def test_a_role_play_that_need_not_be_passed_is_done_when_it_ends() -> None:
    play = PATH.steps[3].model_copy(update={"must_pass": False, "after": ()})
    path = PATH.model_copy(update={"steps": (play,)})
    assert progress(path, [LOST], NOON).steps[0].state == "done"


def test_deeds_of_other_threads_apps_and_steps_count_for_nothing() -> None:
    others = [
        deed("playbook", "3.1", "read"),
        deed("quiz", "2.2", "read"),
        deed("quiz", "3.1", "finished", earned=10, of=10),
        deed("onboarding", "4.1.other", "noted", step="note", text="…"),
        deed("roleplay", "2.2.s.price", "moved", move="ask", says="…"),
    ]
    assert progress(PATH, others, NOON).done == 0


def test_what_was_done_ahead_of_its_turn_counts() -> None:
    assert states([WON]) == ["now", "locked", "open", "done", "open"]


def test_when_all_is_done_nothing_is_now() -> None:
    found = progress(PATH, ALL, NOON)
    assert (found.done, found.now, found.minutes_left, found.days_ahead) == (5, None, 0, 0)


def test_due_days_are_working_days_from_the_first_day() -> None:
    assert [one.due.isoformat() for one in progress(PATH, [], NOON).steps] == [
        "2026-10-09",
        "2026-10-09",
        "2026-10-12",
        "2026-10-13",
        "2026-10-15",
    ]


def test_who_begins_on_a_sunday_has_monday_as_the_first_day() -> None:
    found = progress(PATH, [], NOON, start=date(2026, 10, 4))
    assert found.steps[0].due == date(2026, 10, 5)
    assert found.day == 5


def test_the_first_deed_begins_the_path_in_the_zone_of_the_reader() -> None:
    late = ("playbook", "2.2", Step("read", {}, datetime(2026, 10, 8, 16, 30, tzinfo=UTC)))
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    assert progress(PATH, [late], NOON).day == 2
    assert progress(PATH, [late], shanghai).day == 1


@pytest.mark.parametrize(
    ("deeds", "days_later", "ahead"),
    [
        ([], 0, 0),
        ([], 3, -1),  # a weekend is no delay
        ([READ, PASSED], 0, 0),  # done what today asks for
        ([READ, PASSED, NOTED], 0, 1),
        ([READ, PASSED, NOTED, WON], 0, 2),
        ([READ, PASSED, NOTED, WON], 4, 0),
        ([READ, PASSED, NOTED, WON], 7, -1),
    ],
)
def test_ahead_of_the_plan_or_behind_it(deeds: list[Deed], days_later: int, ahead: int) -> None:
    then = NOON + timedelta(days=days_later)
    assert progress(PATH, deeds, then, start=FRIDAY).days_ahead == ahead


SOME = st.lists(st.sampled_from(ALL), max_size=8)


def done_steps(found: Progress) -> set[str]:
    return {one.step.id for one in found.steps if one.state == "done"}


@given(SOME, SOME, st.integers(-400, 400))
def test_more_deeds_never_undo_a_step(some: list[Deed], more: list[Deed], days: int) -> None:
    then = NOON + timedelta(days=days)
    assert done_steps(progress(PATH, some, then)) <= done_steps(progress(PATH, some + more, then))


@given(SOME)
def test_now_is_the_only_one_and_waits_for_nothing(some: list[Deed]) -> None:
    found = progress(PATH, some, NOON)
    nows = [one for one in found.steps if one.state == "now"]
    assert len(nows) == (found.done < len(PATH.steps))
    assert not any(one.waits_for for one in nows)
    assert all(one.waits_for for one in found.steps if one.state == "locked")


@given(st.permutations(ALL))
def test_the_order_in_which_deeds_are_told_does_not_matter(deeds: list[Deed]) -> None:
    assert progress(PATH, deeds, NOON) == progress(PATH, ALL, NOON)


def test_practice_is_the_time_between_deeds_but_no_long_pause() -> None:
    deeds = [deed("quiz", "2.2", "answered", minute) for minute in (0, 3, 120)]
    minutes = rhythm(deeds, NOON)
    assert list(minutes) == [FRIDAY - timedelta(days=back) for back in range(14, -1, -1)]
    assert minutes[FRIDAY] == 1 + 3 + 5
    assert sum(minutes.values()) == 9


def test_what_lies_further_back_and_the_night_between_two_days_are_no_practice() -> None:
    deeds = [deed("quiz", "2.2", "answered", -60 * 24 * days) for days in (0, 1, 15)]
    assert {day: took for day, took in rhythm(deeds, NOON).items() if took} == {
        FRIDAY - timedelta(days=1): 1,
        FRIDAY: 1,
    }
