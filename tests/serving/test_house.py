"""The first start: who of the CRM may come in, and as what."""

from __future__ import annotations

import logging
import sys

import pytest
from nbclient.exceptions import CellExecutionError, DeadKernelError

from salestrain.crm.store import open_crm
from salestrain.serving.house import Assets, people_of
from salestrain.serving.server import without_sources
from salestrain.workspace import Workspace


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            CellExecutionError("salary = 1\nFile /a/b.py:7, in f()\n  salary", "E", "no"),
            "a cell failed in /a/b.py:7: E: no",
        ),
        (DeadKernelError("died"), "a cell failed in its kernel: DeadKernelError('died')"),
    ],
)
def test_the_log_tells_of_a_failing_cell_without_what_it_holds(error: Exception, told: str) -> None:
    said = "Error at server while executing cell: %r", ({"source": "salary = 1"},)
    try:
        raise error
    except (CellExecutionError, DeadKernelError):
        info = sys.exc_info()
    record = logging.LogRecord("", logging.ERROR, "", 0, *said, info)
    assert without_sources(record)
    assert logging.Formatter().format(record) == told


@pytest.mark.slow
def test_the_people_of_the_crm_come_in_by_their_role(prepared: Workspace) -> None:
    people = {one.id: one for one in people_of(open_crm(prepared), "en")}
    director, manager, rep = people["D1"], people["M2"], people["R01"]
    assert director.role == "admin"
    assert (manager.role, manager.team) == ("manager", "E2")
    assert (rep.role, rep.team, rep.name_en, rep.language) == ("learner", "E1", "Gu Siqi", "en")
    assert {one.role for one in people.values()} == {"admin", "manager", "learner"}


@pytest.mark.slow
def test_who_has_left_does_not_come_in(prepared: Workspace) -> None:
    people = {one.id for one in people_of(open_crm(prepared), "zh")}
    assert "R06" not in people
    assert len(people) == 54


def test_the_version_of_the_assets_changes_with_them() -> None:
    assets = Assets.read()
    assert {"page.js", "screen.js", "app.css", "icon-192.png", "icon-512.png"} <= set(assets.files)
    assert Assets.read().version == assets.version
