"""Managers choose and open reports; each only what is theirs."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from salestrain.apps.roster import Whom
from salestrain.language import Text
from salestrain.records import Person
from salestrain.views.screen import Action, Refused
from salestrain.workspace import Workspace, report_name
from tests.apps.manager_company import (
    HEAD,
    LEE,
    PEOPLE,
    Make,
    ask,
    asked,
    company,
    offered,
    opened,
    shown,
    workspace,
)  # fmt: skip

__all__ = ["company", "opened", "workspace"]  # fixtures


def keep(workspace: Workspace, folder: str, name: str, headline: str = "", age: int = 0) -> Path:
    """Put a report where they are kept, made ``age`` seconds ago."""
    page = workspace.reports / folder / f"{name}.html"
    (page.parent / ".batch").mkdir(parents=True, exist_ok=True)
    page.write_text("x" * 76_400)
    facts = {"digest": "", "facts": {"headline": headline, "seconds": 1.0}}
    if headline:
        (page.parent / ".batch" / f"{name}.json").write_text(json.dumps(facts))
    os.utime(page, (time.time() - age,) * 2)
    return page


def test_a_manager_is_offered_the_own_team_and_each_in_it(opened: Make) -> None:
    app = opened()
    assert offered(app) == ["team:north", "rep:ann", "rep:bo", "rep:gone"]
    drawn = shown(app)
    assert [text for text in ("South", "Ida", "Down", "Whole company") if text in drawn] == []
    ticked = re.findall(r'value="([^"]*)" checked style="--reports:1"', drawn)
    assert ticked == ["team:north", "rep:ann", "rep:bo"]
    assert "joined 3 Aug 2026" in drawn
    assert "left 31 May 2026" in drawn
    assert "2020" not in drawn
    assert "&lt;b&gt;Bo&lt;/b&gt;" in drawn


def test_an_admin_is_offered_everybody_and_reps_by_team(opened: Make) -> None:
    app = opened(HEAD)
    regions = ["company:", "region:上", "region:下"]
    assert offered(app) == [*regions, "team:north", "reps:north", "team:south", "reps:south"]
    assert 'value="reps:north" checked style="--reports:2"' in shown(app)


@pytest.mark.parametrize("person", [replace(LEE, team=None), replace(LEE, role="learner")])
def test_who_leads_nobody_is_told_whom_to_ask(opened: Make, person: Person) -> None:
    app = opened(person)
    assert "No team is yours yet" in shown(app)
    with pytest.raises(Refused, match="Not all of these are yours"):
        ask(app, "team:north")


def test_the_latest_periods_stand_first_and_the_books_say_where_they_end(opened: Make) -> None:
    drawn = shown(opened())
    usual = re.findall(r'name="period" value="([^"]*)"', drawn)
    assert usual == ["2026-Q3", "2026-Q2", "2026-09", "2026", ""]
    others = re.findall(r'<option value="([^"]*)"', drawn)
    assert others == [
        "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4",
        *(f"2026-{month:02}" for month in range(9, 0, -1)), "2025-12", "2025-11", "2026", "2025",
    ]  # fmt: skip
    assert "2026 to date" in drawn
    assert "The books run to 30 Sept 2026." in drawn
    assert "账记到 2026年9月30日。" in shown(opened(language="zh"))


def test_whom_one_may_not_see_is_refused_and_nothing_is_made(opened: Make) -> None:
    app = opened()
    others = (
        "team:south",
        "company:",
        "region:上",
        "rep:idle",
        "reps:south",
        "reps:north",
        "x",
        "",
    )
    for whom in others:
        with pytest.raises(Refused, match="Not all of these are yours to see"):
            ask(app, "team:north", whom)
    assert asked(app) == []
    assert not app.visit.workspace.reports.exists()


def test_what_is_not_offered_is_refused(opened: Make) -> None:
    app = opened()
    wrong: list[dict[str, str]] = [
        *({"review": name} for name in ("../../x", "kpi_review.ipynb", "")),
        *({"period": period} for period in ("2026-Q4", "2024", "../x")),
        *({"period": "", "other": period} for period in ("2026-Q4", "x", "")),
    ]
    for fields in wrong:
        with pytest.raises(Refused, match="There is no such review or time"):
            ask(app, "team:north", **fields)
    with pytest.raises(Refused, match="Choose for whom first"):
        ask(app)
    assert asked(app) == []


def test_reports_in_scope_are_listed_newest_first(opened: Make, workspace: Workspace) -> None:
    keep(workspace, "2026-Q3/kpi_review", "rep-ann", "Won <5%>", age=60)
    keep(workspace, "2025-12/own", "team-north", age=30)
    for other in ("rep-idle", "team-south", "company", "index"):
        keep(workspace, "2026-Q3/kpi_review", other, "secret")
    keep(workspace, "elsewhere/kpi_review", "rep-ann", "not ours")
    drawn = shown(opened())
    rows = re.findall(r"<tr>(?!<th)(.*?)</tr>", drawn.partition("<tbody>")[2])
    cells = [html.unescape(re.sub("<[^>]*>", "|", row)) for row in rows]
    assert [re.sub(r"\|+", "|", row).split("|")[1:4] for row in cells] == [
        ["North · own", "December 2025", "Stopped part-way"],
        ["Ann · KPI review", "Won <5%>", "2026 Q3"],
    ]
    assert 'href="/reports/2026-Q3/kpi_review/rep-ann.html"' in drawn
    assert "76 kB" in drawn
    assert "<5%>" not in drawn
    assert "/reports/" not in shown(opened(base_url=""))


def test_after_twenty_reports_the_rest_comes_on_demand(opened: Make, workspace: Workspace) -> None:
    for n in range(23):
        keep(workspace, f"20{n + 10}/kpi_review", "rep-ann", f"finding {n}", age=n)
    app = opened()
    assert shown(app).count("finding ") == 20
    assert "finding 19<" in shown(app)
    assert "Show all 23" in shown(app)
    app.act(Action("a1", "all", app.at, {}))
    assert shown(app).count("finding ") == 23
    assert "Show all" not in shown(app)


def test_a_workspace_without_data_says_how_to_bring_some(
    opened: Make, workspace: Workspace
) -> None:
    shutil.rmtree(workspace.crm)
    shutil.rmtree(workspace.data)
    drawn = shown(opened(language="zh"))
    assert "这一页现在打不开" in drawn
    assert "bring some with `salestrain import FILE --mapping NAME`" in drawn


def test_a_fault_in_the_company_file_is_shown_with_its_place(
    opened: Make, workspace: Workspace
) -> None:
    file = workspace.playbook / "company.yaml"
    file.write_text(file.read_text("utf-8").replace("currency:", "curency:"), "utf-8")
    drawn = shown(opened())
    assert re.search(r'class="fault-place">playbook/company.yaml:\d+: .*curency', drawn)
    assert "Traceback" not in drawn


def test_reps_of_no_team_are_an_admins(workspace: Workspace, opened: Make) -> None:
    (workspace.data / "people.csv").write_text(PEOPLE + "solo,独,Solo,rep,,2020-01-01,\n", "utf-8")
    assert offered(opened(HEAD))[-1] == "reps:"
    assert "rep:solo" not in offered(opened(replace(LEE, id="x", team=""))), "no team is no scope"


def test_a_report_of_an_odd_id_is_found_again(workspace: Workspace, opened: Make) -> None:
    whom = Whom("rep", "a/b", Text("a", "a"), "north", date(2020, 1, 1), None)
    (workspace.data / "people.csv").write_text(PEOPLE + "a/b,奇,Odd,rep,north,,\n", "utf-8")
    keep(workspace, "2026/kpi_review", report_name(whom.level, whom.entity), "odd finding")
    assert "odd finding" in shown(opened())
