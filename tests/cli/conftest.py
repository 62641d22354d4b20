"""The commands, run as the shell runs them, on a small company of three reps."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from salestrain.cli import main
from salestrain.workspace import shipped
from tests.sample import without_shown_by

PEOPLE = """person_id,name,role,team_id
ann,Ann Lee,rep,north
bo,=cmd|' /C calc'!A0,rep,north
idle,Ida Low,rep,south
"""
TEAMS = "team_id,name,region\nnorth,North,Up\nsouth,South,Down\n"
DEALS = "opportunity_id,owner_id,outcome,created_on,closed_on,amount,stage\n"
UNUSED = shutil.ignore_patterns("items", "scenarios", "exams", "paths")
WON = "d{},ann,won,2026-07-{:02},2026-09-01,1000,2.2.signing\n"
SMALL = {
    "people": PEOPLE,
    "teams": TEAMS,
    "opportunities": DEALS
    + "".join(WON.format(number, number) for number in range(1, 12))
    + "b1,bo,lost,2026-07-02,2026-09-30,500,2.2.quote\nb2,bo,open,2026-09-02,,70,2.2.needs\n",
}


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


def put(folder: Path, **tables: str) -> list[Path]:
    """Write ``name=text`` as ``name.csv``."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return sorted(folder / f"{name}.csv" for name in tables)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run ``salestrain ...`` in an empty folder, in English; fail on any traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")

    def command(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["salestrain", *map(str, words)])
        code: object = 0
        try:
            main()
        except SystemExit as stopped:
            code = stopped.code
        said = capsys.readouterr()
        assert isinstance(code, int)
        assert "Traceback" not in said.err + said.out
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with the small company's tables and the shipped playbook's standards and pages.

    Its items, role-plays and paths would make each reading of it four times as long.
    """
    root = tmp_path / "ours"
    for part in ("playbook", "notebooks"):
        shutil.copytree(shipped() / part, root / part, ignore=UNUSED)
    without_shown_by(root / "playbook")
    put(root / "data", **SMALL)
    return root


def maven() -> Path:
    """Return the folder of the public CRM export, or skip where it isn't."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "maven_crm"
    if not folder.is_dir():
        pytest.skip("the public export 'maven_crm' is not on this machine (../shared/data)")
    return folder


def pipe(path: Path) -> Path:
    """Put a pipe in the file's place; whoever opens it waits forever."""
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    return path
