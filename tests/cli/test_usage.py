"""Wrong usage: exit 2, and a message that says what would be right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from salestrain.cli import ROOMS, app, load
from tests.cli.conftest import Run

pytestmark = pytest.mark.slow

COMMANDS = (
    "init",
    "check",
    "import",
    "review",
    "kpi",
    "serve",
    "demo",
    "new",
    "book",
    "proposals",
    "calendar",
)
GROUPS = ("quiz", "exam", "people", "audit", "scenario")
BESIDE = {"scenario": ("scenarios", "playing"), "quiz": {"quiz_stats"}}
"""Modules that a group's own loads with it."""


def rooms_of(group: typer.Typer) -> set[str]:
    """Return the modules a group's commands are written in."""
    return {one.callback.__module__ for one in group.registered_commands if one.callback}


def test_each_command_is_in_the_module_that_is_loaded_for_it() -> None:
    load()
    found = {
        one.name or one.callback.__name__: {one.callback.__module__}
        for one in app.registered_commands
        if one.callback
    }
    for group in app.registered_groups:
        assert group.typer_instance
        found[str(group.name or group.typer_instance.info.name)] = rooms_of(group.typer_instance)
    assert found == {
        name: {f"salestrain.cli.{one}" for one in {room, *BESIDE.get(name, ())}}
        for name, room in ROOMS.items()
    }
    assert {*COMMANDS, *GROUPS} == set(ROOMS)


@pytest.mark.slow
@pytest.mark.parametrize("command", [*COMMANDS, *GROUPS])
def test_a_process_of_its_own_knows_the_command(command: str) -> None:
    script = Path(sys.executable).with_name("salestrain")
    said = subprocess.run([script, command, "--help"], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    said = run(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Example: salestrain {command} " in said.out


def test_without_a_command_all_are_listed(run: Run) -> None:
    said = run()
    assert said.code == 2
    assert [name for name in COMMANDS if f"│ {name} " not in said.out] == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("chek",), "No such command 'chek'. Did you mean 'check'?"),
        (("kpi", "--perod", "2026"), "No such option: --perod"),
        (("kpi", "--by", "store"), "'store' is not one of 'company', 'region', 'team', 'rep'."),
        (("kpi", "--format", "xml"), "'xml' is not one of 'table', 'csv', 'json'."),
        (("kpi", "--lang", "fr"), "'fr' is not one of 'zh', 'en'."),
        (("review",), "Missing argument 'name'."),
        (("review", "kpi_review", "--jobs", "0"), "Input should be greater than or equal to 1"),
        (("init",), "Missing argument 'folder'."),
        (("import",), "Missing argument 'files'."),
    ],
)
def test_words_the_command_line_does_not_know(
    run: Run, words: tuple[str, ...], answer: str
) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert answer in said.err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (
            ("kpi", "--period", "2026-Q5"),
            (
                "'2026-Q5' is not a period; write a year (2026), a quarter (2026-Q3) or a month "
                "(2026-10)\n"
            ),
        ),
        (
            ("kpi", "--period", "2026-Q4"),
            (
                "2026-Q4 begins after the books end on 2026-09-30; "
                "name an earlier period or import newer data\n"
            ),
        ),
        (
            ("kpi", "--kpi", "3.1.winrate", "--kpi", "3.1.visit"),
            (
                "no KPI '3.1.winrate'; did you mean '3.1.win_rate'?\n"
                "no KPI '3.1.visit'; did you mean '3.1.visits'?\n"
            ),
        ),
        (
            ("review", "kpi_reviw"),
            (
                "there is no review 'kpi_reviw'; did you mean 'kpi_review'? "
                "(reviews here: kpi_review, meeting_pack, quiz_review, roleplay_review, "
                "team_review, training_review)\n"
            ),
        ),
        (
            ("review", "kpi_review", "--for", "team:E9", "--for", "rep:an", "--for", "each-store"),
            (
                "--for 'team:E9': there is no team 'E9'; use one of: north, south\n"
                "--for 'rep:an': there is no rep 'an'; did you mean 'ann'?\n"
                "--for 'each-store' is not known; did you mean 'each-rep'?\n"
            ),
        ),
    ],
)
def test_requests_that_fit_nothing_in_the_workspace(
    run: Run, workspace: Path, words: tuple[str, ...], answer: str
) -> None:
    said = run(*words, "--workspace", workspace)
    assert (said.code, said.out) == (2, "")
    assert said.err == answer
    assert not (workspace / "reports").exists()


def test_a_folder_that_is_no_workspace(run: Run, tmp_path: Path) -> None:
    said = run("kpi", "--workspace", tmp_path)
    assert (said.code, said.err) == (
        2,
        (
            f"{tmp_path} holds no playbook/ folder; "
            f"make a workspace with `salestrain init {tmp_path}`, "
            "or name another with --workspace\n"
        ),
    )


def test_a_folder_that_cannot_be_written(run: Run, workspace: Path) -> None:
    (workspace / ".salestrain").touch()
    said = run("kpi", "--workspace", workspace)
    assert (said.code, said.err) == (
        1,
        (
            f"{workspace}/.salestrain/crm: Not a directory; "
            "check the folder, its rights and the space left\n"
        ),
    )
