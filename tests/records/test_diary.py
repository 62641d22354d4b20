"""A diary tells what the log holds, whoever wrote it, and reads no step twice."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.records import Records
from salestrain.records.diary import Diary
from salestrain.records.steps import Entry, Steps
from tests.records.conftest import LIN, QIAN, answered

people = itertools.count()
writes = st.tuples(st.sampled_from("ab"), st.sampled_from(["2.2", "3.1"]), st.booleans())


@given(st.lists(writes, max_size=8))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_diary_tells_what_the_log_holds_whoever_wrote_it_and_whenever_it_looks(
    records: Records, done: list[tuple[str, str, bool]]
) -> None:
    who = [replace(LIN, id=f"{name} {next(people)}") for name in "ab"]
    for person in who:
        records.people.add(person)
    diaries = {person.id[0]: Diary(records.steps, person.id) for person in who}
    for number, (name, thread, looks) in enumerate(done):
        diary = diaries[name]
        step_id = f"{diary.person_id}.{number}"
        records.steps.append(diary.person_id, "quiz", thread, step_id, answered(number))
        if looks:
            assert diary.deeds == records.steps.of_person(diary.person_id)
    for diary in diaries.values():
        for thread in ("2.2", "3.1"):
            kept = records.steps.of(diary.person_id, "quiz", thread)
            assert diary.thread("quiz", thread) == kept
        assert diary.deeds == records.steps.of_person(diary.person_id)


def test_what_is_held_tells_the_same_until_it_is_let_go(records: Records) -> None:
    diary = Diary(records.steps, "R1")
    with diary.held():
        records.steps.append("R1", "quiz", "2.2", "s1", answered(1))
        with diary.held():
            assert diary.deeds == ()
        assert not diary.has("s1")
        assert diary.last == 0
    assert diary.has("s1")
    assert not diary.has("s2")
    assert diary.thread("quiz", "2.2") == (answered(1),)
    assert diary.last == records.steps.newest()


def test_who_is_forgotten_has_an_empty_diary(records: Records) -> None:
    diary = Diary(records.steps, QIAN.id)
    records.steps.append(QIAN.id, "quiz", "2.2", "s1", answered(1))
    assert len(diary.deeds) == 1
    records.people.forget(QIAN.id)
    assert list(diary.deeds) == []
    assert list(diary.thread("quiz", "2.2")) == []
    assert not diary.has("s1")
    assert diary.last == 0


def test_a_namesake_of_who_was_forgotten_has_a_diary_of_their_own(records: Records) -> None:
    diary = Diary(records.steps, QIAN.id)
    records.steps.append(QIAN.id, "quiz", "2.2", "s1", answered(1))
    assert len(diary.deeds) == 1
    records.people.forget(QIAN.id)
    records.people.add(QIAN)
    records.steps.append(QIAN.id, "quiz", "2.2", "s2", answered(2))
    assert [step for _, _, step in diary.deeds] == [answered(2)]


def test_only_what_was_added_is_read(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    since = Steps.since

    def watched(log: Steps, person_id: str, number: int) -> list[Entry]:
        asked.append(number)
        return since(log, person_id, number)

    monkeypatch.setattr(Steps, "since", watched)
    diary, ends = Diary(records.steps, "R1"), [0]
    for number in range(3):
        records.steps.append("R1", "quiz", "2.2", f"s{number}", answered(number))
        assert diary.deeds is diary.deeds
        ends.append(diary.last)
    assert asked == [ends[0], ends[1], ends[1], ends[2], ends[2], ends[3]]
