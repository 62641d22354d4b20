"""people: who may come in, on the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from salestrain.records import open_records, read_secret
from tests.cli.conftest import Run, Said

pytestmark = pytest.mark.slow

COMMANDS = ("add", "list", "invite", "revoke", "role", "leave", "pin", "forget", "export")
Ask = Run


@pytest.fixture
def people(run: Run, workspace: Path) -> Ask:
    """Run ``salestrain people …`` in the small company, of which Ann, Bo and Ida are known."""

    def command(*words: str) -> Said:
        return run("people", *words, "--workspace", workspace)

    return command


def listed(people: Ask, *words: str) -> dict[str, dict[str, object]]:
    said = people("list", "--format", "json", *words)
    return {row["id"]: row for row in json.loads(said.out)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    said = run("people", command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Example: salestrain people {command} " in said.out


def test_people_of_the_crm_are_there_from_the_start(people: Ask) -> None:
    assert list(listed(people)) == ["ann", "bo", "idle"]


def test_a_table_for_people_and_csv_for_spreadsheets(people: Ask) -> None:
    people("add", "T1", "周文", "--name-en", "Zhou Wen", "--role", "trainer", "--team", "north")
    table = people("list", "zw")
    assert (table.code, table.err) == (0, "")
    assert [line.split() for line in table.out.splitlines()] == [
        ["id", "name", "in_English", "role", "team", "reads", "active", "PIN"],
        ["T1", "周文", "Zhou", "Wen", "trainer", "north", "zh", "✓", "–"],
    ]
    rows = list(csv.DictReader(io.StringIO(people("list", "--format", "csv").out)))
    assert [row["id"] for row in rows] == ["T1", "ann", "bo", "idle"]
    assert rows[2]["name"] == "'=cmd|' /C calc'!A0"


def test_somebody_new(people: Ask) -> None:
    said = people("add", "T1", "周文", "--name-en", "Zhou Wen", "--role", "trainer")
    assert (said.code, said.out) == (0, "Added 周文 (T1).\n")
    assert listed(people, "zw")["T1"] == {
        "id": "T1",
        "name": "周文",
        "name_en": "Zhou Wen",
        "role": "trainer",
        "team": None,
        "language": "zh",
        "active": True,
        "has_pin": False,
    }
    again = people("add", "T1", "周武")
    assert (again.code, again.err) == (2, "the id 'T1' is taken by 周文; choose another\n")


def test_an_invitation_lets_its_person_in(people: Ask, workspace: Path) -> None:
    said = people("invite", "ann", "--days", "3", "--host", "https://practice.example/")
    link = re.fullmatch(r"https://practice\.example/join/(\S+)\n", said.out)
    assert link
    assert said.err.startswith("The link for Ann Lee, good until ")
    assert "█" in said.err
    state = workspace / ".salestrain"
    records = open_records(state / "records.db", secret=read_secret(state))
    assert records.invitations.accept(link[1]).id == "ann"
    (made,) = records.invitations.of("ann")
    assert (made.expires_at - made.made_at).days == 3
    before = records.people.get("ann").session_epoch
    assert people("revoke", "ann").out == "Took back the links of Ann Lee; they are signed out.\n"
    assert records.invitations.of("ann")[0].revoked
    assert records.people.get("ann").session_epoch != before
    records.close()


@pytest.mark.parametrize(
    ("host", "begins"),
    [("10.0.0.7:9000", "http://10.0.0.7:9000/join/"), ("", "http://127.0.0.1:8866/join/")],
)
def test_the_address_of_a_link(people: Ask, host: str, begins: str) -> None:
    assert people("invite", "bo", *(["--host", host] if host else [])).out.startswith(begins)


def test_what_can_be_changed_of_a_person(people: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert people("role", "ann", "trainer").out == "Ann Lee is now trainer.\n"
    assert people("leave", "idle", "--lang", "zh").out == "Ida Low 已离开，记录保留。\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("204816\n"))
    assert people("pin", "bo").code == 0
    changed = listed(people)
    assert changed["ann"]["role"] == "trainer"
    assert changed["idle"]["active"] is False
    assert changed["bo"]["has_pin"] is True
    assert people("leave", "idle", "--back").out == "Ida Low may sign in again.\n"
    assert people("pin", "bo", "--remove").code == 0
    changed = listed(people)
    assert changed["idle"]["active"] is True
    assert changed["bo"]["has_pin"] is False


def test_a_pin_of_other_than_six_digits(people: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))
    said = people("pin", "bo")
    assert said.code == 2
    assert said.err.endswith("a PIN has six digits; choose another\n")


def test_erasing_wants_to_be_meant(people: Ask) -> None:
    said = people("forget", "ann")
    assert (said.code, said.err) == (
        2,
        "this erases Ann Lee (ann) and 0 steps for good; add --yes\n",
    )
    assert json.loads(people("export", "ann").out)["person"]["name"] == "Ann Lee"
    done = people("forget", "ann", "--yes")
    assert (done.code, done.err) == (0, "")
    erased, proved, ours, *rows = done.out.splitlines()
    assert erased == (
        "Everything about Ann Lee is erased. Steps of theirs: 0, of others about them: 0, files: 0."
    )
    assert re.fullmatch(
        r"Looked through 7 tables and \d+ files: id and names, .* nowhere\.", proved
    )
    assert ours.startswith("Your own data and playbook still name them; remove that in the CRM")
    assert rows == [
        "data/opportunities.csv:2 (11)",
        "data/people.csv:2 (1)",
        ".salestrain/crm: opportunities (11)",
        ".salestrain/crm: people (1)",
    ]
    assert list(listed(people)) == ["bo", "idle"]


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("anna", "'anna' means nobody; see `salestrain people list`\n"),
        (
            "l",
            "'l' means 3 people; write the id: ann Ann Lee, bo =cmd|' /C calc'!A0, idle Ida Low\n",
        ),
    ],
)
def test_a_name_that_means_nobody_or_several(people: Ask, who: str, answer: str) -> None:
    for command in (["role", who, "admin"], ["export", who], ["forget", who, "--yes"]):
        said = people(*command)
        assert (said.code, said.out, said.err) == (2, "", answer)


def test_a_workspace_without_crm_data_begins_with_nobody(people: Ask, workspace: Path) -> None:
    for table in (workspace / "data").iterdir():
        table.unlink()
    assert listed(people) == {}
    assert people("add", "T1", "周文").code == 0
    assert list(listed(people)) == ["T1"]
