"""Many processes at once: nothing is lost, nothing is doubled, order is kept; SIGKILL included."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from salestrain.records import Records, open_records
from tests.records.conftest import LIN, QIAN, answered

pytestmark = pytest.mark.slow
PROCESSES, STEPS = 8, 25
WORKER = """
import sys
from datetime import UTC, datetime
from salestrain.records import Person, open_records
from salestrain.training.steps import Step

place, name, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
records = open_records(place)
records.people.add(Person("R1", "林晓雨"))
for number in range(steps):
    step = Step("did", {"by": name, "number": number}, datetime.now(UTC))
    records.steps.append("R1", "quiz", "shared", f"{name}.{number}", step)
    records.steps.append("R1", "quiz", "resent", f"everyone.{number}", step)
    print(number, flush=True)
records.close()
"""
PEOPLE = ("R1", "R2")
TAB = """
import sys
from datetime import UTC, datetime
from salestrain.records import open_records
from salestrain.records.diary import Diary
from salestrain.records.steps import OvertakenError
from salestrain.training.steps import Step

place, name, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
records, (person, _) = open_records(place), name.split()
diary, kept, late = Diary(records.steps, person), 0, 0
print("ready", flush=True)
sys.stdin.readline()
while (number := len(diary.thread("quiz", "2.2"))) < most:
    step = Step("answered", {"number": number}, datetime.now(UTC))
    action = f"{name} {kept} {late}"
    try:
        records.steps.append(person, "quiz", "2.2", action, step, step, after=diary.last)
        kept += 1
    except OvertakenError:
        late += 1
print(kept, late)
records.close()
"""


def start(place: str | Path, name: str, steps: int, program: str = WORKER) -> subprocess.Popen[str]:
    words = [sys.executable, "-W", "error", "-c", program, str(place), name, str(steps)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(words, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def empty_place(tmp_path: Path) -> str:
    """Where nothing is yet, not even tables."""
    return str(tmp_path / "empty" / "records.db")


def test_eight_that_start_and_write_at_once(empty_place: str) -> None:
    working = [start(empty_place, f"p{number}", STEPS) for number in range(PROCESSES)]
    for one in working:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120) for one in working]
    assert [err for _, err in said] == [""] * PROCESSES
    records = open_records(empty_place)
    shared = records.steps.of("R1", "quiz", "shared")
    resent = records.steps.of("R1", "quiz", "resent")
    records.close()
    for number in range(PROCESSES):
        own = [step.data["number"] for step in shared if step.data["by"] == f"p{number}"]
        assert own == list(range(STEPS))
    assert len(shared) == PROCESSES * STEPS
    assert sorted(step.data["number"] for step in resent) == list(range(STEPS))


def test_two_kernels_of_each_person_answer_every_question_once(
    records: Records, place: str
) -> None:
    tabs = [start(place, f"{who} {tab}", 4 * STEPS, TAB) for who in PEOPLE for tab in (1, 2)]
    for one in tabs:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in tabs:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120) for one in tabs]
    assert [err for _, err in said] == [""] * len(tabs)
    told = [tuple(map(int, out.split())) for out, _ in said]
    for person in PEOPLE:
        numbers = [step.data["number"] for step in records.steps.of(person, "quiz", "2.2")]
        assert numbers == [number for number in range(0, 4 * STEPS, 2) for _ in "12"]
    assert sum(kept for kept, _ in told) == len(PEOPLE) * 2 * STEPS
    assert sum(late for _, late in told) > 0, "they never met"


def test_every_step_acknowledged_before_sigkill_is_there(empty_place: str) -> None:
    writing = start(empty_place, "p", 100_000)
    assert writing.stdin
    assert writing.stdout
    writing.stdin.write("go\n")
    writing.stdin.flush()
    for line in writing.stdout:
        if int(line) == 30:
            break
    writing.kill()
    rest = writing.stdout.read()  # with what was read ahead
    writing.communicate()
    acknowledged = int((rest.split() or ["30"])[-1])
    records = open_records(empty_place)
    kept = [step.data["number"] for step in records.steps.of("R1", "quiz", "shared")]
    assert kept[: acknowledged + 1] == list(range(acknowledged + 1))
    assert len(kept) - acknowledged in {1, 2}
    assert records.steps.append("R1", "quiz", "shared", "next", answered(1))
    records.close()


def test_a_step_of_another_process_is_seen_at_once(records: Records, place: str) -> None:
    other = open_records(place)
    for number in range(20):
        writer, reader = (records, other) if number % 2 else (other, records)
        writer.steps.append("R1", "quiz", "2.2", f"s{number}", answered(number))
        assert reader.steps.since("R1", 0)[-1].id == f"s{number}"
    assert {one.id for one in other.people.all()} == {LIN.id, QIAN.id}
    other.close()
