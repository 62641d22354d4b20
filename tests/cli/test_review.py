"""review through the installed command, on the public export."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import maven

pytestmark = pytest.mark.slow
SCRIPT = Path(sys.executable).with_name("salestrain")
ACTIVE, IDLE = "Darcel Schlecht", "Mei-Mei Johns"


def salestrain(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, *map(str, words)], capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = sorted(maven().glob("*.csv"))
    made = tmp_path_factory.mktemp("maven") / "ours"
    assert salestrain("init", made).returncode == 0
    said = salestrain("import", *files, "--mapping", "maven_crm", "--workspace", made)
    assert (said.returncode, said.stderr) == (0, "")
    return made


def test_a_rep_without_deals_gets_a_review_too(workspace: Path, tmp_path: Path) -> None:
    whom = (f"--for=rep:{ACTIVE}", f"--for=rep:{IDLE}")
    words = ("review", "kpi_review", "--workspace", workspace, "--period", "2017", *whom,
             "--lang", "en", "--jobs", "2", "--out", tmp_path / "out")  # fmt: skip
    said = salestrain(*words)
    assert said.stdout.splitlines() == [
        "2 made, 0 unchanged, 0 failed.",
        f"Open: {tmp_path}/out/index.html",
    ]
    assert said.returncode == 0
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    (idle,) = (tmp_path / "out").glob("rep-Mei-Mei_Johns-*.html")
    (active,) = (tmp_path / "out").glob("rep-Darcel_Schlecht-*.html")
    assert (ACTIVE in index, IDLE in index) == (True, True)
    assert "349/553" in active.read_text(encoding="utf-8")
    page = idle.read_text(encoding="utf-8")
    assert "Nothing on record in 2017" in page
    assert ">$0<" in page
    assert "n=0" in page
    resumed = salestrain(*words, "--resume")
    assert resumed.stdout.splitlines()[0] == "0 made, 2 unchanged, 0 failed."


def test_reps_without_deals_stay_on_the_board(workspace: Path) -> None:
    said = salestrain("kpi", "--workspace", workspace, "--period", "2017", "--by", "rep",
                      "--format", "csv", "--lang", "en", "--kpi", "3.1.won_value")  # fmt: skip
    rows = [line.split(",") for line in said.stdout.splitlines()[1:]]
    assert len(rows) == 35
    assert sum(float(row[6]) for row in rows) == 10_005_534.0
    assert sorted(row[3] for row in rows if float(row[6]) == 0) == [
        "Carl Lin", "Carol Thompson", "Elizabeth Anderson", "Mei-Mei Johns", "Natalya Ivanova"
    ]  # fmt: skip
