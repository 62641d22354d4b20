from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from salestrain.cli.quiz_stats import stats
from salestrain.errors import UsageError
from salestrain.workspace import shipped

command = typer.Typer()
command.command()(stats)
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no records of this machine."""
    monkeypatch.setenv("SALESTRAIN_RECORDS", str(tmp_path / "records.db"))


def run(*words: str) -> str:
    where = ("--workspace", str(shipped()), "--lang", "en")
    done = CliRunner().invoke(command, [*where, *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_suspicious_items_stand_first_with_their_cause() -> None:
    head, first, *rest = run().splitlines()
    assert head.split()[:3] == ["item", "n", "facility"]
    assert first.startswith("2.3.i.which_cause")
    assert first.rstrip().endswith("The key is probably wrong")
    assert len(rest) > 150


def test_csv_and_json_say_the_same_with_evidence() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", "--section", "2.3"))))
    records = json.loads(run("--format", "json", "--section", "2.3"))
    assert [row["item"] for row in rows] == [one["item"] for one in records]
    assert {row["item"][:3] for row in rows} == {"2.3"}
    assert rows[0]["evidence"] == records[0]["evidence"]
    assert records[0]["evidence"].startswith("Of 36 people 23 chose")
    assert 0 <= records[0]["low"] <= records[0]["facility"] <= records[0]["high"] <= 1


def test_a_section_without_items_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"section '2\.9' has no items; did you mean '2\.\d'"):
        run("--section", "2.9")
