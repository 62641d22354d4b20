"""The log of steps: all that was appended is there, once, in order."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.errors import SalestrainError
from salestrain.records import Records
from salestrain.training.steps import Step
from tests.records.conftest import LIN, START, answered

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
times = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 (the zone follows)
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)
data = st.dictionaries(st.text(), json_values, max_size=4)
some_steps = st.builds(Step, st.sampled_from(["began", "answered"]), data, times)
threads = st.tuples(st.sampled_from(["quiz", "路径"]), st.sampled_from(["2.2", "3.1"]))
run = itertools.count()


@given(st.lists(st.tuples(threads, some_steps), max_size=6))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_appended_is_read_in_order_and_a_resend_changes_nothing(
    records: Records, done: list[tuple[tuple[str, str], Step]]
) -> None:
    who = replace(LIN, id=f"person {next(run)}")
    records.people.add(who)
    for first in (True, False):
        for number, (thread, step) in enumerate(done):
            step_id = f"{who.id}.{number}"
            assert records.steps.append(who.id, *thread, step_id, step) is first
            assert records.steps.seen(step_id)
        assert records.steps.of_person(who.id) == tuple((*thread, step) for thread, step in done)
    for wanted in {thread for thread, _ in done}:
        own = tuple(step for thread, step in done if thread == wanted)
        assert records.steps.of(who.id, *wanted) == own


def test_a_time_comes_back_in_utc(records: Records) -> None:
    eight = START.astimezone(timezone(timedelta(hours=8))) + timedelta(microseconds=7)
    records.steps.append("R1", "quiz", "2.2", "s", Step("began", {}, eight))
    ((at),) = [step.at for step in records.steps.of("R1", "quiz", "2.2")]
    assert (at, at.tzinfo) == (START + timedelta(microseconds=7), UTC)


def test_steps_of_several_people_are_told_apart(records: Records) -> None:
    for number, person in enumerate(["R1", "R2", "R1"]):
        records.steps.append(person, "quiz", "2.2", f"s{number}", answered(number))
    deeds = [("quiz", "2.2", answered(number)) for number in range(3)]
    assert records.steps.of_people(["R2", "R1", "nobody"]) == {
        "R2": (deeds[1],),
        "R1": (deeds[0], deeds[2]),
        "nobody": (),
    }
    assert records.steps.of_people([]) == {}


def test_who_did_something_last_comes_first(records: Records) -> None:
    assert records.steps.last_active(4) == ()
    for number, person in enumerate(["R2", "R1", "R2"]):
        records.steps.append(person, "quiz", "2.2", f"s{number}", answered(-number))
    assert records.steps.last_active(4) == ("R2", "R1")
    assert records.steps.last_active(1) == ("R2",)


def test_steps_of_people_who_left_are_kept(records: Records) -> None:
    records.steps.append("R1", "quiz", "2.2", "s", answered(1))
    records.people.update(replace(LIN, active=False))
    assert records.steps.of("R1", "quiz", "2.2") == (answered(1),)


def test_nobody_has_steps_who_is_not_known(records: Records) -> None:
    with pytest.raises(SalestrainError) as error:
        records.steps.append("R9", "quiz", "2.2", "s", answered(1))
    assert str(error.value) == "'R9' is not among the people; add them first"
    assert not records.steps.seen("s")


@pytest.mark.parametrize(
    "thread", [("R2", "quiz", "2.2"), ("R1", "play", "2.2"), ("R1", "quiz", "2.3")]
)
def test_a_step_id_of_another_thread_is_no_resend(
    records: Records, thread: tuple[str, str, str]
) -> None:
    records.steps.append("R1", "quiz", "2.2", "s", answered(1))
    with pytest.raises(SalestrainError) as error:
        records.steps.append(*thread, "s", answered(2))
    assert str(error.value) == "step 's' is one of another thread; send this under a new id"
    assert records.steps.of(*thread) == ()


@pytest.mark.parametrize("wrong", [float("nan"), {1, 2}, object()])
def test_data_that_are_no_json_are_refused_whole(records: Records, wrong: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        records.steps.append("R1", "quiz", "2.2", "s", Step("answered", {"item": wrong}, START))
    assert not records.steps.seen("s")


def test_a_time_without_a_zone_is_refused(records: Records) -> None:
    with pytest.raises(Exception, match="has no time zone; records keep aware times"):
        records.steps.append(
            "R1", "quiz", "2.2", "s", Step("began", {}, START.replace(tzinfo=None))
        )
    assert not records.steps.seen("s")


@pytest.mark.parametrize("step_id", ["", "'; DROP TABLE steps; --", "长" * 9999])
def test_a_hostile_step_id_is_an_id_like_any(records: Records, step_id: str) -> None:
    for first in (True, False):
        assert records.steps.seen(step_id) is not first
        assert records.steps.append("R1", "quiz", "2.2", step_id, answered(1)) is first
    assert records.steps.of("R1", "quiz", "2.2") == (answered(1),)


@pytest.mark.parametrize("step_id", ["\ud800", "a\udfff"])
def test_a_step_id_that_no_database_can_hold_is_refused(records: Records, step_id: str) -> None:
    with pytest.raises(SalestrainError):
        records.steps.seen(step_id)
    with pytest.raises(SalestrainError):
        records.steps.append("R1", "quiz", "2.2", step_id, answered(1))
    assert records.steps.of("R1", "quiz", "2.2") == ()
