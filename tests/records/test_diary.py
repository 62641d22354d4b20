"""A diary tells what the log holds, whoever wrote it, and reads no step twice."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.records import Records
from salestrain.records.diary import Diary
from salestrain.records.schema import steps
from salestrain.records.steps import Steps
from tests.records.conftest import LIN, QIAN, START, answered

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


def test_a_step_numbered_earlier_and_committed_later_is_told_in_its_place(
    records: Records,
) -> None:
    diary = Diary(records.steps, "R1")

    def commit(number: int) -> None:
        row = {"person_id": "R1", "app": "quiz", "thread": "2.2", "kind": "answered"}
        row |= {"id": number, "step_id": f"s{number}", "data": f'{{"item":{number}}}'}  # type: ignore[dict-item]
        with records.database.writing() as connection:
            connection.execute(steps.insert(), {**row, "at": START})

    for number, told in ((7, [7]), (5, [5, 7]), (9, [5, 7, 9])):
        commit(number)
        assert [step.data["item"] for step in diary.thread("quiz", "2.2")] == told
    commit(8)
    commit(10)
    assert [step.data["item"] for _, _, step in diary.deeds] == [5, 7, 8, 9, 10]


def test_who_is_forgotten_has_an_empty_diary(records: Records) -> None:
    diary = Diary(records.steps, QIAN.id)
    records.steps.append(QIAN.id, "quiz", "2.2", "s1", answered(1))
    assert len(diary.deeds) == 1
    records.people.forget(QIAN.id)
    assert list(diary.deeds) == []
    assert list(diary.thread("quiz", "2.2")) == []


def test_only_what_was_added_is_read(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    between = Steps.between

    def watched(log: Steps, person_id: str, *which: int) -> list[tuple[int, str, str, object]]:
        found = between(log, person_id, *which)
        read.append(len(found))
        return found  # type: ignore[return-value]

    monkeypatch.setattr(Steps, "between", watched)
    diary = Diary(records.steps, "R1")
    for number in range(3):
        records.steps.append("R1", "quiz", "2.2", f"s{number}", answered(number))
        assert diary.deeds is diary.deeds
        diary.thread("quiz", "2.2")
    assert read == [1, 1, 1]
