"""audit: who looked at what of whom, on the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from salestrain.records import open_records
from tests.cli.conftest import Run


@pytest.mark.parametrize("command", ["verify", "list"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    said = run("audit", command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Example: salestrain audit {command}" in said.out


def test_an_export_is_noted_and_a_changed_line_is_found(run: Run, workspace: Path) -> None:
    place = ("--workspace", workspace)
    assert run("audit", "verify", *place).out == "0 lines, none missing, none changed.\n"
    for who in ("ann", "bo"):
        run("people", "export", who, *place)
    records = open_records(workspace / ".salestrain" / "records.db")
    records.audit.saw("bo", "ann", "joined coaching", "hours")
    records.close()
    assert run("audit", "verify", *place).out == "3 lines, none missing, none changed.\n"
    rows = run("audit", "list", "--person", "ann", *place).out.splitlines()
    assert [row.split()[0] for row in rows] == ["number", "1", "3"]
    assert rows[2].split()[3:] == ["bo", "ann", "joined", "coaching", "hours"]
    assert len(run("audit", "list", "--by", "command line", *place).out.splitlines()) == 3
    unknown = run("audit", "list", "--by", "zed", *place)
    expected = "there is no person 'zed'; see `salestrain people list`\n"
    assert (unknown.code, unknown.err) == (2, expected)
    with sqlite3.connect(workspace / ".salestrain" / "records.db") as connection:
        connection.execute("UPDATE audit_openings SET value = 'ann' WHERE value = 'bo'")
    connection.close()
    found = run("audit", "verify", *place)
    assert (found.code, found.out) == (1, "")
    assert found.err == "Line 2 was changed.\nLines before it that are as written: 1.\n"
    zh = run("audit", "verify", "--lang", "zh", *place)
    assert zh.err == "第 2 条被改过。\n它前面的 1 条都对。\n"


def test_a_log_whose_end_was_cut_off_with_its_seals_gone_is_not_called_whole(
    run: Run, workspace: Path
) -> None:
    place = ("--workspace", workspace)
    run("people", "export", "ann", *place)
    seals = workspace / ".salestrain" / "audit.seals"
    seals.unlink()
    said = run("audit", "verify", *place)
    expected = f"The seals are wrong: {seals} is missing; copy it along with the records\n"
    assert (said.code, said.err) == (1, expected)
