from __future__ import annotations

import os
from pathlib import Path

import pytest

from salestrain.crm.importing import import_export
from salestrain.crm.store import open_crm
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
    export = tmp_path / "export"
    export.mkdir()
    (export / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (export / "opportunities.csv").write_text(DEALS.format(900), encoding="utf-8")
    import_export(sorted(export.glob("*.csv")), None, workspace.crm)
    write(workspace, 200)
    assert won(workspace) == 900


def test_without_data_the_way_to_bring_some_is_named(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="salestrain import FILE"):
        open_crm(workspace)
