from __future__ import annotations

import os
from pathlib import Path

import pytest

from salestrain.crm import importing
from salestrain.crm.importing import import_export
from salestrain.crm.store import check_own, open_crm
from salestrain.errors import UsageError
from salestrain.workspace import Workspace

PEOPLE = "person_id,name\nr1,An\n"
DEALS = "opportunity_id,owner_id,outcome,closed_on,amount\n1,r1,won,2026-08-01,{}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for part in ("playbook", "data", "notebooks"):
        (tmp_path / part).mkdir()
    return Workspace.at(tmp_path)


def write(workspace: Workspace, amount: int) -> None:
    (workspace.data / "people.csv").write_text(PEOPLE, encoding="utf-8")
    deals = workspace.data / "opportunities.csv"
    deals.write_text(DEALS.format(amount), encoding="utf-8")
    os.utime(deals, (amount, amount))


def import_another(workspace: Workspace, export: Path) -> None:
    """Import an export that lies elsewhere, whose only deal is worth 900."""
    export.mkdir()
    (export / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (export / "opportunities.csv").write_text(DEALS.format(900), encoding="utf-8")
    import_export(sorted(export.glob("*.csv")), None, workspace.crm)


def won(workspace: Workspace) -> float:
    row = open_crm(workspace).connection.execute("SELECT amount FROM opportunities").fetchone()
    assert row
    return float(row[0])


def test_a_workspace_brings_its_own_tables(workspace: Workspace) -> None:
    write(workspace, 100)
    assert won(workspace) == 100


def test_changed_tables_are_read_again(workspace: Workspace) -> None:
    write(workspace, 100)
    open_crm(workspace)
    write(workspace, 200)
    assert won(workspace) == 200


def test_an_import_of_ones_own_is_never_replaced(workspace: Workspace, tmp_path: Path) -> None:
    write(workspace, 100)
    open_crm(workspace)
    import_another(workspace, tmp_path / "export")
    write(workspace, 200)
    assert won(workspace) == 900


def test_without_data_the_way_to_bring_some_is_named(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="salestrain import FILE"):
        open_crm(workspace)


def said(workspace: Workspace, *stages: str) -> list[str]:
    return [fault.what for fault in check_own(workspace, stages)]


def test_a_fault_in_ones_own_tables_is_told_each_time(workspace: Workspace) -> None:
    write(workspace, 100)
    deals = workspace.data / "opportunities.csv"
    deals.write_text(deals.read_text("utf-8") + "2,r1,won,2026-08-02,plenty\n", "utf-8")
    for _ in range(2):  # the first time a snapshot is made on the way
        assert said(workspace) == ["'plenty' is not a number"]
    assert won(workspace) == 100
    write(workspace, 200)
    assert said(workspace) == []
    assert won(workspace) == 200


def test_what_was_sound_is_read_again_when_its_rules_have_changed(workspace: Workspace) -> None:
    write(workspace, 100)
    deals = workspace.data / "opportunities.csv"
    first, row = deals.read_text("utf-8").splitlines()
    deals.write_text(f"{first},stage\n{row},2.2.needs\n", "utf-8")
    assert said(workspace, "2.2.needs") == []
    assert said(workspace, "2.2.needs") == []
    assert len(said(workspace, "2.2.quote")) == 1


def test_sound_tables_are_not_read_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, 100)
    assert said(workspace) == []
    monkeypatch.setattr(importing, "check_export", lambda *_: pytest.fail("read again"))
    assert said(workspace) == []


def test_tables_beside_an_import_of_ones_own_are_checked_and_leave_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_another(workspace, tmp_path / "export")
    write(workspace, 100)
    assert said(workspace) == []
    deals = workspace.data / "opportunities.csv"
    deals.write_text(deals.read_text("utf-8") + "2,r1,won,2026-08-02,plenty\n", "utf-8")
    assert said(workspace) == ["'plenty' is not a number"]
    assert won(workspace) == 900
