"""The KPI board for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

FORMULA = "=cmd|' /C calc'!A0"


def test_a_table_to_read_and_what_the_data_lack(run: Run, workspace: Path) -> None:
    only = [f"--kpi=3.1.{name}" for name in ("won_value", "own_revenue", "visits", "revenue")]
    said = run("kpi", "--workspace", workspace, "--period", "2026-Q3", *only)
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["kpi", "name", "entity_name", "shown_as", "n"],
        ["3.1.won_value", "Won", "value", "¥11k", "11"],
    ]
    assert said.err.splitlines() == [
        "The data have no orders; left out: 3.1.own_revenue, 3.1.revenue",
        "The data have no activities; left out: 3.1.visits",
    ]


def test_in_chinese(run: Run, workspace: Path) -> None:
    said = run("kpi", "--workspace", workspace, "--lang", "zh", "--kpi", "3.1.won_value",
               "--kpi", "3.1.visits")  # fmt: skip
    assert said.out.splitlines()[1].split() == ["3.1.won_value", "赢单金额", "1.1", "万元", "11"]
    assert said.err == "数据里没有 activities，算不了：3.1.visits\n"


def test_csv_escapes_names_a_spreadsheet_would_run(run: Run, workspace: Path) -> None:
    said = run("kpi", "--workspace", workspace, "--by", "rep", "--format", "csv",
               "--kpi", "3.1.won_value")  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [(row["entity"], row["entity_name"], float(row["value"])) for row in rows] == [
        ("ann", "Ann Lee", 11_000.0),
        ("bo", f"'{FORMULA}", 0.0),
        ("idle", "Ida Low", 0.0),
    ]


def test_json_has_null_for_a_figure_with_too_few_cases(run: Run, workspace: Path) -> None:
    said = run("kpi", "--workspace", workspace, "--by", "rep", "--format", "json",
               "--kpi", "3.1.win_rate", "--kpi", "3.1.contracts_signed")  # fmt: skip
    rows = json.loads(said.out)
    found = {(row["kpi"], row["entity"]): (row["value"], row["n"]) for row in rows}
    assert found == {
        ("3.1.win_rate", "ann"): (1.0, 11),
        ("3.1.win_rate", "bo"): (None, 1),
        ("3.1.win_rate", "idle"): (None, 0),
        ("3.1.contracts_signed", "ann"): (11, 11),
        ("3.1.contracts_signed", "bo"): (0, 0),
        ("3.1.contracts_signed", "idle"): (0, 0),
    }


@pytest.mark.parametrize("level", ["company", "region", "team", "rep"])
def test_every_level_has_all_its_entities(run: Run, workspace: Path, level: str) -> None:
    said = run("kpi", "--workspace", workspace, "--by", level, "--format", "json",
               "--kpi", "3.1.won_value")  # fmt: skip
    rows = {row["entity"]: row["value"] for row in json.loads(said.out)}
    assert (
        rows
        == {
            "company": {"": 11_000},
            "region": {"Up": 11_000, "Down": 0},
            "team": {"north": 11_000, "south": 0},
            "rep": {"ann": 11_000, "bo": 0, "idle": 0},
        }[level]
    )


def test_a_damaged_snapshot_says_so(run: Run, workspace: Path) -> None:
    snapshot = workspace / ".salestrain" / "crm" / "crm.duckdb"
    snapshot.parent.mkdir(parents=True)
    snapshot.write_bytes(bytes(range(256)) * 20)
    said = run("kpi", "--workspace", workspace)
    assert (said.code, said.out, said.err) == (
        1, "", f"{snapshot}: the snapshot is damaged; delete it, or import again\n"
    )  # fmt: skip
