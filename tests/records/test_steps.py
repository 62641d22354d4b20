"""The log of steps: all that was appended is there, once, in order."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.errors import SalestrainError
from salestrain.records import Records
from salestrain.records.shared import ids_in, in_order
from salestrain.records.steps import Addressed, OvertakenError
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
        assert records.steps.of_person(who.id) == tuple((*thread, step) for thread, step in done)
    for wanted in {thread for thread, _ in done}:
        own = tuple(step for thread, step in done if thread == wanted)
        assert records.steps.of(who.id, *wanted) == own


looks = st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=12)


@given(looks)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_who_knows_all_that_was_done_adds_to_it(
    records: Records, done: list[tuple[str, bool]]
) -> None:
    who = replace(LIN, id=f"person {next(run)}")
    records.people.add(who)
    known, kept = {"a": 0, "b": 0}, []
    for number, (name, looks) in enumerate(done):
        before = records.steps.since(who.id, 0)
        last = before[-1].number if before else 0
        if looks:
            known[name] = last
        where = (who.id, "quiz", f"of {name}", f"{who.id}.{number}")
        if known[name] < last:
            with pytest.raises(OvertakenError):
                records.steps.append(*where, answered(number), after=known[name])
        else:
            assert records.steps.append(*where, answered(number), after=known[name])
            kept.append(answered(number))
    assert [entry.step for entry in records.steps.since(who.id, 0)] == kept


def test_a_resend_is_no_fault_however_much_was_done_since(records: Records) -> None:
    records.steps.append("R1", "quiz", "2.2", "s", answered(1), after=0)
    records.steps.append("R1", "quiz", "2.2", "t", answered(2))
    last = records.steps.newest()
    for after in (0, last - 1, last):
        assert not records.steps.append("R1", "quiz", "2.2", "s", answered(1), after=after)
    assert records.steps.of("R1", "quiz", "2.2") == (answered(1), answered(2))


def test_what_others_do_overtakes_nobody(records: Records) -> None:
    records.steps.append("R2", "quiz", "2.2", "s", answered(1))
    assert records.steps.append("R1", "quiz", "2.2", "t", answered(1), after=0)


def test_of_several_steps_that_come_too_late_none_is_kept(records: Records) -> None:
    records.steps.append("R1", "playbook", "2.2", "s", answered(1))
    with pytest.raises(OvertakenError) as error:
        records.steps.append("R1", "quiz", "2.2", "t", answered(2), answered(3), after=0)
    assert str(error.value) == "'R1' has done something else in the meantime"
    assert records.steps.of("R1", "quiz", "2.2") == ()


def test_of_two_at_the_same_instant_one_is_kept(records: Records) -> None:
    """Fails within a few rounds if the log is looked at before the transaction begins."""
    people, rounds = ["R1", "R2"], 15
    together = threading.Barrier(2 * len(people))

    def writes(person: str, tab: int) -> list[bool]:
        kept = []
        for number in range(rounds):
            there = records.steps.since(person, 0)
            together.wait(30)
            step_id, after = f"{person} {tab} {number}", there[-1].number if there else 0
            try:
                kept.append(
                    records.steps.append(
                        person, "quiz", "2.2", step_id, answered(number), after=after
                    )
                )
            except OvertakenError:
                kept.append(False)
            together.wait(30)
        return kept

    with ThreadPoolExecutor(together.parties) as pool:
        tabs = {(who, tab): pool.submit(writes, who, tab) for who in people for tab in (0, 1)}
    for person in people:
        one, other = (tabs[person, tab].result() for tab in (0, 1))
        assert [a + b for a, b in zip(one, other, strict=True)] == [1] * rounds
        steps = records.steps.of(person, "quiz", "2.2")
        assert steps == tuple(answered(number) for number in range(rounds))


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
    assert records.steps.since("R9", 0) == []


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
    assert records.steps.since("R1", 0) == []


def test_a_time_without_a_zone_is_refused(records: Records) -> None:
    with pytest.raises(Exception, match="has no time zone; records keep aware times"):
        records.steps.append(
            "R1", "quiz", "2.2", "s", Step("began", {}, START.replace(tzinfo=None))
        )
    assert records.steps.since("R1", 0) == []


@pytest.mark.parametrize("step_id", ["", "'; DROP TABLE steps; --", "长" * 9999])
def test_a_hostile_step_id_is_an_id_like_any(records: Records, step_id: str) -> None:
    for first in (True, False):
        assert records.steps.append("R1", "quiz", "2.2", step_id, answered(1)) is first
    assert records.steps.of("R1", "quiz", "2.2") == (answered(1),)


@pytest.mark.parametrize("step_id", ["\ud800", "a\udfff"])
def test_a_step_id_that_no_database_can_hold_is_refused(records: Records, step_id: str) -> None:
    with pytest.raises(SalestrainError):
        records.steps.append("R1", "quiz", "2.2", step_id, answered(1))
    assert records.steps.of("R1", "quiz", "2.2") == ()


def test_what_many_did_is_kept_at_once_and_a_resend_changes_nothing(records: Records) -> None:
    people = [replace(LIN, id=f"many {number}") for number in range(3)]
    for one in people:
        records.people.add(one)
    code = f"live {next(run)}"
    steps = [
        Addressed(one.id, "live", code, f"{code}.{one.id}", Step("joined", {"n": number}, START))
        for number, one in enumerate(people)
    ]
    records.steps.append_each(steps[:2])
    changed = steps[1]._replace(step=Step("joined", {"n": 99}, START))
    records.steps.append_each([changed, steps[2]])
    found = [(person, step.data["n"]) for person, step in in_order(records, "live", code)]
    assert found == [(one.id, number) for number, one in enumerate(people)]
    assert ids_in(records, "live", code) == {one.step_id for one in steps}


def test_of_many_with_a_stranger_among_them_nothing_is_kept(records: Records) -> None:
    code = f"live {next(run)}"
    step = Step("joined", {}, START)
    known = replace(LIN, id=f"known {code}")
    records.people.add(known)
    steps = [Addressed(who, "live", code, f"{code}.{who}", step) for who in (known.id, "nobody")]
    with pytest.raises(SalestrainError, match="somebody here is not among the people"):
        records.steps.append_each(steps)
    assert in_order(records, "live", code) == []
