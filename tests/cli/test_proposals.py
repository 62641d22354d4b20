"""proposals: what colleagues propose, on the command line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from salestrain.playbook.items import ItemsFile
from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from tests.cli.conftest import Run

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
LIN, SHEN = Person("R1", "林晓雨", "Lin Xiaoyu"), Person("T1", "沈明", "Shen Ming", role="trainer")
ITEM: dict[str, object] = {
    "kind": "item", "section": "4.3", "language": "en", "stem": "[red]How hot?[/red]",
    "key": "45 °C", "distractors": ["50 °C", "60 °C"],
}  # fmt: skip
EDITED: dict[str, object] = {
    **ITEM,
    "because": ["a", "b"],
    "cites": ["4.3.exam"],
    "solvers": ["Wu", "Xu"],
}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A workspace with records and an empty playbook, which this command never reads."""
    root = tmp_path / "ours"
    (root / "playbook").mkdir(parents=True)
    (root / ".salestrain").mkdir()
    records = open_records(root / ".salestrain" / "records.db")
    for one in (LIN, SHEN):
        records.people.add(one)
    steps: list[tuple[str, str, dict[str, object]]] = [
        ("R1", "proposed", ITEM),
        ("R1", "proposed", {**ITEM, "stem": "How long?"}),
    ]
    steps.append(("T1", "decided", {"of": "R1/1", "verdict": "accepted", "edited": EDITED}))
    for number, (who, kind, data) in enumerate(steps):
        records.steps.append(who, "quiz", "proposals", f"s{number}", Step(kind, data, AT))
    records.close()
    return root


@pytest.fixture(autouse=True)
def own_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the workspace's records, not those of this machine."""
    monkeypatch.delenv("SALESTRAIN_RECORDS", raising=False)
    assert "SALESTRAIN_RECORDS" not in os.environ


def test_those_that_wait_are_listed(run: Run, ours: Path) -> None:
    said = run("proposals", "--workspace", ours)
    assert said.code == 0
    head, row = said.out.splitlines()
    assert head.split() == ["id", "author", "day", "state", "section", "text"]
    assert row.split() == ["R1/2", "Lin", "Xiaoyu", "2026-11-26", "open", "4.3", "How", "long?"]
    chinese = run("proposals", "--workspace", ours, "--lang", "zh", "--state", "accepted")
    assert "林晓雨" in chinese.out
    assert "[red]How hot?[/red]" in chinese.out


def test_accepted_ones_are_items_to_be_completed(run: Run, ours: Path) -> None:
    said = run("proposals", "--workspace", ours, "--state", "accepted", "--format", "yaml")
    whole = yaml.safe_load(said.out.replace('""', "x"))
    (item,) = ItemsFile.model_validate(whole).items
    assert (item.by, item.cites) == (("林晓雨", "Lin Xiaoyu"), ("4.3.exam",))
    assert (item.stem.zh, item.stem.en) == ("x", "[red]How hot?[/red]")


def test_json_says_what_was_decided(run: Run, ours: Path) -> None:
    said = run("proposals", "--workspace", ours, "--state", "accepted", "--format", "json")
    (row,) = json.loads(said.out)
    assert (row["id"], row["state"], row["decided_by"]) == ("R1/1", "accepted", "T1")
    assert row["because"] == ["a", "b"]


def test_nothing_is_said_to_be_nothing(run: Run, ours: Path) -> None:
    said = run("proposals", "--workspace", ours, "--state", "rejected")
    assert (said.code, said.out, said.err) == (0, "", "There are none.\n")
    empty = run("proposals", "--workspace", ours, "--state", "rejected", "--format", "yaml")
    assert empty.out.endswith("There are none.\n")
    assert run("proposals", "--workspace", ours, "--state", "burnt").code == 2
