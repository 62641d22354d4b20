"""Generated reviews: each to those whose review it is."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from salestrain.batch.index import write_index
from salestrain.language import Text
from salestrain.records import Person
from salestrain.serving.reports import may_read, report_file, whose
from salestrain.workspace import report_name
from tests.served import Served

ADMIN = Person("D1", "", role="admin")
MANAGER = Person("M2", "", role="manager", team="E2")
REP = Person("R08", "", role="learner", team="E2")
TRAINER = Person("T1", "", role="trainer", team="E2")
TEAM = ["R08", "R09", "../R 10", "M2"]


@pytest.mark.parametrize(
    ("person", "report", "may"),
    [
        (ADMIN, "company", True),
        (ADMIN, "index", True),
        (ADMIN, "rep-R08", True),
        (MANAGER, "team-E2", True),
        (MANAGER, "rep-R08", True),
        (MANAGER, report_name("rep", "../R 10"), True),
        (MANAGER, "team-E1", False),
        (MANAGER, "rep-R01", False),
        (MANAGER, "company", False),
        (MANAGER, "region-East", False),
        (MANAGER, "index", False),
        (REP, "rep-R08", True),
        (REP, "rep-R09", False),
        (REP, "team-E2", False),
        (REP, "index", False),
        (TRAINER, "rep-R08", False),
        (TRAINER, "company", False),
    ],
)
def test_who_may_read_what(person: Person, report: str, may: bool) -> None:
    assert may_read(person, report, TEAM) is may


def test_a_manager_without_a_team_reads_only_their_own() -> None:
    alone = Person("M9", "", role="manager")
    assert not may_read(alone, "team", ["R08"])
    assert may_read(alone, "rep-M9", [])


@pytest.mark.parametrize(
    "path",
    [
        "../secret.html",
        "2026-Q3/../../secret.html",
        "/etc/passwd",
        ".hidden.html",
        "2026-Q3/.hidden.html",
        "2026-Q3//rep-R08.html",
        "2026-Q3/./rep-R08.html",
        "2026-Q3/rep-R08.html/",
        "2026-Q3\\rep-R08.html",
        "2026-Q3",
        "data.csv",
        "link.html",
        "nothing.html",
        "x\0.html",
        "",
    ],
)
def test_only_plain_paths_to_reports_are_files(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "reports"
    (folder / "2026-Q3").mkdir(parents=True)
    for name in ("2026-Q3/rep-R08.html", "2026-Q3/.hidden.html", ".hidden.html", "data.csv"):
        (folder / name).write_text("x")
    (tmp_path / "secret.html").write_text("x")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    assert report_file(folder, "2026-Q3/rep-R08.html") is not None
    assert report_file(folder, path) is None


@pytest.mark.slow
def test_reports_are_served_by_role(served: Served) -> None:
    folder = served.workspace.reports / "2026-Q3" / "kpi_review"
    folder.mkdir(parents=True)
    for name in ("index", "company", "team-E1", "rep-R01", "rep-R02"):
        (folder / f"{name}.html").write_text(f"this is {name}")
    (folder / "rep-R01.pdf").write_bytes(b"%PDF")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "rep-R01.ipynb").write_text("{}")

    def statuses(person: str) -> list[int]:
        names = ("index.html", "company.html", "team-E1.html", "rep-R01.html", "rep-R01.pdf")
        cookie = served.cookie_for(person)
        return [served.get(f"reports/2026-Q3/kpi_review/{name}", cookie).status for name in names]

    assert statuses("D1") == [200] * 5
    assert statuses("M1") == [403, 403, 200, 200, 200]
    assert statuses("R01") == [403, 403, 403, 200, 200]
    assert statuses("R02") == [403] * 5
    outside = served.get("reports/2026-Q3/kpi_review/rep-R01.html")
    assert outside.status == 302
    page = served.get("reports/2026-Q3/kpi_review/rep-R01.html", served.cookie_for("R01"))
    assert page.text == "this is rep-R01"
    assert "script-src 'none';" in page.headers["Content-Security-Policy"]
    notebook = "reports/2026-Q3/kpi_review/notebooks/rep-R01.ipynb"
    assert served.get(notebook, served.cookie_for("D1")).status == 404
    looks = served.records.audit.looks(whom="R01")
    assert {(one.by, one.what) for one in looks if one.what.startswith("report ")} == {
        ("D1", "report 2026-Q3/kpi_review"),
        ("M1", "report 2026-Q3/kpi_review"),
    }


@pytest.mark.slow
def test_an_index_may_run_its_own_script_and_no_other(served: Served) -> None:
    folder = served.workspace.reports / "2026-Q2" / "kpi_review"
    folder.mkdir(parents=True)
    index = write_index(folder, [], company="A", period=Text("二季度", "Q2"), language="en")
    script = index.read_text("utf-8").partition("<script>")[2].partition("</script>")[0]
    told = b64encode(sha256(script.encode()).digest()).decode()
    page = served.get("reports/2026-Q2/kpi_review/index.html", served.cookie_for("D1"))
    assert f"; script-src 'sha256-{told}'; " in page.headers["Content-Security-Policy"]


def test_whose_figures_a_report_shows() -> None:
    everybody = [ADMIN, MANAGER, REP, TRAINER, Person("../R 10", "", team="E1")]
    assert whose("rep-R08", everybody) == ["R08"]
    assert whose(report_name("rep", "../R 10"), everybody) == ["../R 10"]
    assert whose("team-E2", everybody) == ["M2", "R08", "T1"]
    assert [whose(one, everybody) for one in ("company", "index", "rep-R77")] == [[""]] * 3
