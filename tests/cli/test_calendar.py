"""``salestrain calendar``: whose, and refused when it can't be known."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from tests.cli.conftest import Run


def test_it_prints_a_persons_days_and_a_mentors(run: Run, workspace: Path) -> None:
    (workspace / ".salestrain").mkdir()
    with closing(open_records(workspace / ".salestrain" / "records.db")) as records:
        records.people.add(Person("ann", "安", "Ann", language="en"))
        records.people.add(Person("bo", "博", "Bo", language="en"))
        pair = Step("paired", {"person": "ann", "mentor": "bo"}, datetime.now(UTC))
        records.steps.append("bo", "trainer", "mentors", "p", pair)
    said = run("calendar", "--mentor", "bo", "--workspace", workspace)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("BEGIN:VCALENDAR")
    assert re.findall(r"SUMMARY:(.*?)\r?\n", said.out) == ["Talk with Ann"]
    said = run("calendar", "--person", "ann", "--workspace", workspace, "--lang", "zh")
    assert "X-WR-CALNAME:安 的路径" in said.out


def test_it_has_to_be_said_whose(run: Run, workspace: Path) -> None:
    both = ("--person", "ann", "--mentor", "bo")
    for given in ((), both):
        said = run("calendar", *given, "--workspace", workspace)
        assert said.code == 2
        assert said.err == (
            "say whose: --person for somebody on a path, --mentor for a mentor, one of them\n"
        )
