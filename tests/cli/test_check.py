"""init and check: a workspace of one's own, and every fault in it at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Run, pipe, put

pytestmark = pytest.mark.slow  # each reads a whole playbook or workspace

KPIS = Path("playbook/standards/kpis.yaml")
REVIEW = Path("notebooks/reviews/kpi_review.ipynb")


def swap(path: Path, old: str, new: str) -> int:
    """Replace the first ``old`` of a file; return its line."""
    text = path.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def test_a_sound_workspace(run: Run, workspace: Path) -> None:
    said = run("check", workspace)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("No faults: ")
    first, missing, *holes = said.out.splitlines()
    assert first.endswith(" 36 pages, 18 rows of data; role-plays: 0.")
    assert missing == "Still missing:"
    assert "  3.1 ✓✓·✓ Layered KPIs: exercise" in holes
    assert run("check", workspace, "--lang", "zh").out.startswith("没有问题：")


def test_every_fault_is_told_at_once_with_its_line(run: Run, workspace: Path) -> None:
    line = swap(workspace / KPIS, "    gaming:", "    gamin:")
    entry = (workspace / KPIS).read_text(encoding="utf-8").partition("- id:")[0].count("\n") + 1
    notebook = json.loads((workspace / REVIEW).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"].pop("tags", None)
    (workspace / REVIEW).write_text(json.dumps(notebook), encoding="utf-8")
    swap(workspace / "data" / "opportunities.csv", "d3,ann", "d3,nan cy")
    said = run("check", workspace)
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        (
            "data/opportunities.csv:4: column 'owner_id': 'nan cy' is not in people; "
            "add it to people, or correct it"
        ),
        (
            "notebooks/reviews/kpi_review.ipynb: no cell is tagged 'parameters'; "
            "see how the shipped reviews do it"
        ),
        f"playbook/standards/kpis.yaml:{entry}: key 'gaming' is missing; add `gaming:`",
        f"playbook/standards/kpis.yaml:{line}: unknown key 'gamin'; did you mean 'gaming'?",
    ]


def test_a_stage_that_the_playbook_does_not_have(run: Run, workspace: Path) -> None:
    table = workspace / "data" / "opportunities.csv"
    for _ in range(2):
        swap(table, "2026-09-01,1000,2.2.signing", "2026-09-01,1000,2.2.singing")
    swap(table, "70,2.2.needs", "70,Qualified")
    said = run("check", workspace)
    counts = "is no stage of the playbook, so the row counts in none"
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            (
                f"data/opportunities.csv:2: column 'stage': '2.2.singing' {counts} "
                "(and 1 more like it); did you mean '2.2.signing'?"
            ),
            (
                f"data/opportunities.csv:14: column 'stage': 'Qualified' {counts}; "
                "use one of: 2.2.first_contact, 2.2.needs, 2.2.quote, 2.2.signing"
            ),
        ],
    )


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (KPIS, "can't be read: a pipe; put the file there"),
        (REVIEW, "this is not a file; see how the shipped reviews do it"),
        (
            Path("data/people.csv"),
            "this is a pipe or a device; save what it gives to a file first",
        ),
    ],
)
def test_a_pipe_in_place_of_a_file_is_not_waited_for(
    run: Run, workspace: Path, file: Path, message: str
) -> None:
    pipe(workspace / file)
    said = run("check", workspace)
    assert (said.code, said.err) == (1, f"{file.as_posix()}: {message}\n")


@pytest.mark.parametrize("file", [KPIS, REVIEW])
def test_garbage_and_folders_in_place_of_files(run: Run, workspace: Path, file: Path) -> None:
    (workspace / file).write_bytes(b"\xff\xfe\x00" * 99)
    garbage = run("check", workspace)
    (workspace / file).unlink()
    (workspace / file).mkdir()
    folder = run("check", workspace)
    assert (garbage.code, folder.code) == (1, 1)
    assert garbage.err.count("\n") == folder.err.count("\n") == 1
    assert garbage.err.startswith(file.as_posix())
    assert folder.err.startswith(file.as_posix())


def test_a_workspace_without_data(run: Run, workspace: Path) -> None:
    shutil.rmtree(workspace / "data")
    assert run("check", workspace).err == (
        f"{workspace} has no CRM data yet; "
        "bring some with `salestrain import FILE --mapping NAME`\n"
    )


def test_init_makes_a_workspace_that_editors_and_commands_know(run: Run, tmp_path: Path) -> None:
    said = run("init", "our sales", "--lang", "en")
    made = tmp_path / "our sales"
    assert (said.code, said.out) == (0, f"Made: {made}. Begin with playbook/company.yaml.\n")
    settings = json.loads((made / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    named = [made / schema for schema in settings["yaml.schemas"]]
    assert named
    assert [schema for schema in named if not schema.is_file()] == []
    for table in (made / "data").glob("*.csv"):
        table.unlink()
    put(made / "data", **SMALL)
    assert run("check", made).code == 0
    assert "3.1.won_value" in run("kpi", "--workspace", made).out


def test_a_new_workspace_is_sound_and_computes(run: Run) -> None:
    assert run("init", "ours").code == 0
    assert run("check", "ours").code == 0
    found = run("kpi", "--workspace", "ours", "--by", "team", "--format", "json")
    assert (found.code, found.err) == (0, "")
    assert len({row["entity"] for row in json.loads(found.out)}) >= 6


def test_init_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "plan.txt").touch()
    said = run("init", "ours")
    assert (said.code, said.err) == (
        2, "ours is not empty; name a new folder, nothing was written\n"
    )  # fmt: skip
    assert [path.name for path in (tmp_path / "ours").iterdir()] == ["plan.txt"]
