"""What the CRM knows of the reps: how deals move on, and their own figures held to something."""

from __future__ import annotations

from pathlib import Path

import pytest

from salestrain.apps.growth.selling import conversions, figures, pipeline, quarters, stages
from salestrain.coaching import Counts
from salestrain.crm.store import Crm, open_crm
from salestrain.playbook.standards.growing import Skills
from salestrain.playbook.standards.team import Roles
from salestrain.playbook.whole import Playbook
from salestrain.sales.pipeline import OpenDeals
from salestrain.training.proficiency import Shown
from salestrain.workspace import Workspace
from tests.apps.test_hour import tables


@pytest.fixture
def crm(tmp_path: Path) -> Crm:
    for part in ("playbook", "data"):
        (tmp_path / part).mkdir()
    books = tables(own_moved=6)
    made = "activity_id,person_id,kind,happened_on,next_step_confirmed_on\n"
    for number in range(40):
        confirmed = "2026-08-03" if number < 10 else ""
        made += f"l{number},lin,visit,2026-08-03,{confirmed}\n"
        made += f"p{number},p0,visit,2026-08-03,2026-08-03\n"
    for name, table in {**books, "activities": made}.items():
        (tmp_path / "data" / f"{name}.csv").write_text(table, encoding="utf-8")
    return open_crm(Workspace.at(tmp_path))


def test_each_stage_has_its_kpi_and_the_competencies_that_decide_in_it(playbook: Playbook) -> None:
    assert {stage: kpi.id for stage, kpi in conversions(playbook).items()} == {
        "2.2.first_contact": "3.1.conversion_first_contact",
        "2.2.needs": "3.1.conversion_needs",
        "2.2.quote": "3.1.conversion_quote",
    }
    assert [(one.id, one.competencies, one.least) for one in stages(playbook)][1:3] == [
        ("2.2.needs", ("1.1.communication", "1.1.selling"), 10),
        ("2.2.quote", ("1.1.communication", "1.1.selling"), 10),
    ]


def test_what_left_a_stage_lies_open_and_how_long_it_stayed(crm: Crm, playbook: Playbook) -> None:
    found = pipeline(crm, playbook)
    assert found.left["lin", "2.2.needs"] == Counts(6, 60)
    assert found.left["p0", "2.2.needs"] == Counts(36, 60)
    assert found.open["lin", "2.2.needs"] == OpenDeals(1, 500_000)
    assert len(found.days["lin", "2.2.needs"]) == 60


def test_four_whole_quarters_count(crm: Crm, playbook: Playbook) -> None:
    assert [str(one) for one in quarters(crm, playbook)] == [
        "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip


def test_a_figure_without_a_target_is_held_to_the_companys_own(
    crm: Crm, playbook: Playbook
) -> None:
    shown = Shown.of(playbook.standard(Roles), playbook.standard(Skills))
    found = figures(crm, playbook, shown, ["lin", "p0", "p1"])
    kept = {who: [one for one in each if one.source == "3.1.next_step_rate"]
            for who, each in found.items()}  # fmt: skip
    # 10 of 40 against 50 of 80 in the company; p0 is above that, and p1 made no visit
    assert [one.share for one in kept["lin"]] == [pytest.approx(0.25 / 0.625)]
    assert [one.share for one in kept["p0"]] == [1.0]
    assert kept["p1"] == []
    assert kept["lin"][0].competency == "1.1.execution"
    assert kept["lin"][0].at.date().isoformat() == "2026-09-30"
