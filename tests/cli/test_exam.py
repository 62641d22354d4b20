"""exam: results, certificates and grants, on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salestrain.records import Person, Records, open_records, read_secret
from salestrain.training.exams.admission import GRANTS, passed
from salestrain.training.exams.certificate import code
from salestrain.training.exams.exam import attempts
from salestrain.training.steps import Step
from salestrain.workspace import shipped
from tests.cli.conftest import Run
from tests.sample import sample_playbook

pytestmark = pytest.mark.slow
OTHERS = shutil.ignore_patterns("[1-5].*.yaml", "pages", "paths", "scenarios")
EXAM = "6.2.e.customer_data"
LIN, TANG = Person("R1", "林晓雨", "Lin Xiaoyu"), Person("R2", "=唐晓", "Tang Xiao")


@pytest.fixture
def sample_workspace(tmp_path: Path) -> Path:
    """The sample company with nothing but what one exam rests on."""
    root = tmp_path / "company"
    shutil.copytree(shipped() / "playbook", root / "playbook", ignore=OTHERS)
    for file in (root / "playbook/exams").glob("*.yaml"):
        if f"id: {EXAM}\n" not in file.read_text(encoding="utf-8"):
            file.unlink()
    return root


@pytest.fixture
def records(sample_workspace: Path) -> Records:
    state = sample_workspace / ".salestrain"
    found = open_records(state / "records.db", secret=read_secret(state))
    for one in (LIN, TANG):
        found.people.add(one)
    return found


def take(records: Records, person: Person, right: int, days_ago: float) -> None:
    """Let somebody take the exam with so many of its twelve questions right."""
    items = [one.id for one in sample_playbook().items.values() if one.section == "6.2"][:12]
    at = datetime.now(UTC) - timedelta(days=days_ago)
    steps = [Step("began", {"items": items, "seed": "s", "minutes": 20}, at)]
    steps += [
        Step("answered", {"item": one, "answer": ["x"], "earned": float(number < right)}, at)
        for number, one in enumerate(items)
    ]
    steps.append(Step("finished", {"earned": right, "of": 12}, at))
    for number, step in enumerate(steps):
        records.steps.append(person.id, "quiz", EXAM, f"{person.id}-{days_ago}-{number}", step)


def test_results_by_person_for_people_and_spreadsheets(
    run: Run, sample_workspace: Path, records: Records
) -> None:
    take(records, LIN, 11, 3)
    take(records, TANG, 6, 2)
    take(records, TANG, 7, 1)
    said = run("exam", "results", "--format", "json", "--workspace", sample_workspace)
    rows = json.loads(said.out)
    assert [(r["person"], r["attempts"], r["share"], r["passed"]) for r in rows] == [
        ("R1", 1, 0.9167, "yes"),
        ("R2", 2, 0.5833, "no"),
    ]
    table = run("exam", "results", "--format", "csv", "--workspace", sample_workspace).out
    assert [row["name"] for row in csv.DictReader(io.StringIO(table))] == ["林晓雨", "'=唐晓"]
    assert "林晓雨" in run("exam", "results", "--workspace", sample_workspace).out


@pytest.mark.parametrize(("days_ago", "holds"), [(3, True), (400, False)])
def test_a_certificate_is_genuine_or_not(
    run: Run, sample_workspace: Path, records: Records, days_ago: int, *, holds: bool
) -> None:
    take(records, LIN, 12, days_ago)
    exam, steps = sample_playbook().exams[EXAM], records.steps.of("R1", "quiz", EXAM)
    (attempt,) = attempts(exam, steps, sample_playbook().items)
    assert bool(passed(exam, [attempt], datetime.now(UTC))) is holds
    made = code(read_secret(sample_workspace / ".salestrain"), "R1", attempt)
    said = run("exam", "check", made.lower(), "--lang", "en", "--workspace", sample_workspace)
    assert said.code == 0
    assert said.out.startswith("Genuine: 林晓雨 (R1) passed “Customer data exam” on ")
    assert ("no longer valid" in said.out) is not holds
    wrong = run("exam", "check", "0000-0000-0000", "--lang", "en", "--workspace", sample_workspace)
    assert (wrong.code, wrong.err) == (1, "There is no such certificate here.\n")


def test_time_and_attempts_are_granted(run: Run, sample_workspace: Path, records: Records) -> None:
    place = ("--workspace", sample_workspace, "--lang", "en")
    said = run("exam", "allow", "R1", "--extra-time", "25", "--attempts", "1", *place)
    assert said.out == "林晓雨 may have: 25% more time, 1 further attempts.\n"
    (step,) = records.steps.of("R1", "quiz", GRANTS)
    assert step.data == {"exam": "", "by": "command line", "extra_share": 0.25, "attempts": 1}
    for wrong, told in {
        (): "nothing to grant; give --extra-time 25 or --attempts 1",
        ("--exam", "6.2.e.custmer_data", "--attempts", "1"): "did you mean '6.2.e.customer_data'?",
    }.items():
        said = run("exam", "allow", "R1", *wrong, *place)
        assert said.code == 2
        assert told in said.err
