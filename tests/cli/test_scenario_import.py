"""scenario import: a draft that loads, a list of what is left, and nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from salestrain.playbook.load import load_playbook
from salestrain.workspace import shipped
from tests.cli.conftest import Run

TWEE = """\
:: Start
Who is it?
[[Your name->Name]]
[[Nothing->Shut]]

:: Name
Come in.

:: Shut
The door closes.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "the-door.twee"
    path.write_text(TWEE, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_story_becomes_a_draft_that_says_what_is_left(
    run: Run, workspace: Path, story: Path
) -> None:
    asked = "scenario", "import", story, "--section", "2.2", "--workspace", workspace
    said = run(*asked)
    file = workspace / "playbook/scenarios/the-door.yaml"
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Written: {file}. Left for you to decide: 14.\n")
    text = file.read_text("utf-8")
    line = 1 + next(n for n, one in enumerate(text.split("\n")) if "id: shut," in one)
    assert f"  playbook/scenarios/the-door.yaml:{line}: the verdict of “Shut”\n" in said.out
    assert ": nobody can pass: no good ending" in said.out
    assert "2.2.s.the_door" in load_playbook(workspace / "playbook", prove=False).scenarios

    checked = run("check", workspace)
    assert checked.code == 1
    assert (
        f"playbook/scenarios/the-door.yaml:{line}: not decided yet: the verdict of" in checked.err
    )

    file.write_text(f"{text}# mine\n", "utf-8")
    again = run(*asked)
    assert (again.code, again.err) == (
        2, "2.2.s.the_door exists already; choose another name\n"
    )  # fmt: skip
    assert file.read_text("utf-8").endswith("# mine\n")


@pytest.mark.slow
def test_a_file_of_that_name_is_never_overwritten(run: Run, workspace: Path, story: Path) -> None:
    folder = workspace / "playbook/scenarios"
    folder.mkdir()
    shutil.copy(shipped() / "playbook/scenarios/signing.yaml", folder / "the-door.yaml")
    before = (folder / "the-door.yaml").read_text("utf-8")
    asked = "scenario", "import", story, "--section", "2.2", "--workspace", workspace
    said = run(*asked)
    assert (said.code, said.err) == (
        2, "playbook/scenarios/the-door.yaml exists already; choose another --name\n"
    )  # fmt: skip
    assert (folder / "the-door.yaml").read_text("utf-8") == before
    named = run(*asked, "--name", "door_two", "--lang", "zh")
    assert named.out.startswith(f"写好了：{folder / 'door-two.yaml'}。要你定的有 14 处：\n")


@pytest.mark.slow
def test_what_the_playbook_cant_hold_is_taken_away_again(
    run: Run, workspace: Path, story: Path
) -> None:
    story.write_text(TWEE.replace("Come in.", "See 2.2.no_such_rule."), "utf-8")
    said = run("scenario", "import", story, "--section", "2.2", "--workspace", workspace)
    assert said.code == 1
    assert f"{story}: no role-play could say this: unknown id '2.2.no_such_rule'" in said.err
    assert not (workspace / "playbook/scenarios/the-door.yaml").exists()


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("door.html", "Come in.", "2 door.html is no Twee file; export the story from Twine"),
        ("none.twee", "", "2 can't read none.twee: "),
        ("第一天.twee", "Come in.", "2 第一天.twee gives no name; say one with --name"),
        ("door.twee", "<<if $a>>Come<</if>>", "1 door.twee:7: passage 'Name' uses macros"),
        ("door.twee", "<b>Come in.</b>", "1 door.twee:7: passage 'Name' has HTML: <b>"),
    ],
)
def test_what_cant_be_carried_over_is_refused_and_nothing_is_written(
    run: Run, workspace: Path, name: str, answer: str, said: str
) -> None:
    if answer:
        Path(name).write_text(TWEE.replace("Come in.", answer), "utf-8")
    found = run("scenario", "import", name, "--section", "2.2", "--workspace", workspace)
    assert f"{found.code} {found.err}".startswith(said)
    assert not (workspace / "playbook/scenarios").exists()


def test_an_unknown_section_is_wrong_usage(run: Run, workspace: Path, story: Path) -> None:
    said = run("scenario", "import", story, "--section", "9.9", "--workspace", workspace)
    assert (said.code, said.err.partition(";")[0]) == (2, "no section '9.9'")
