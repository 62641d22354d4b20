"""check names what is wrong with a story, with its line, and looks again when it is mended."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

INK = Path(__file__).parents[1] / "training" / "stories" / "talk.ink.json"


@pytest.mark.slow
def test_a_storys_faults_are_named_until_they_are_mended(run: Run, workspace: Path) -> None:
    story = workspace / "playbook/stories/door.twee"
    story.write_text(":: Start\n[[Go->End]]\n:: End\nBye.\n", "utf-8")
    assert run("check", workspace).code == 0
    story.write_text(":: Start\n[[Go->Edn]]\n:: End\nBye.\n", "utf-8")
    (story.parent / "odd.txt").write_text("x", "utf-8")
    said = run("check", workspace)
    assert said.code == 1
    assert said.err == (
        "playbook/stories/door.twee:2: a link leads to 'Edn', no passage of the story; "
        "did you mean 'End'?\n"
        "playbook/stories/door.twee:3: no link leads to passage 'End'; "
        "link to it as [[text->End]], or take it out\n"
        "playbook/stories/odd.txt: a file no story is read from; "
        "end its name in .twee or .ink.json\n"
    )


@pytest.mark.slow
def test_a_missing_extra_is_named_with_what_brings_it(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = workspace / "playbook/stories/talk.ink.json"
    story.write_text(INK.read_text("utf-8").replace("天气", "云彩"), "utf-8")
    monkeypatch.setitem(sys.modules, "bink.story", None)
    said = run("check", workspace)
    assert said.code == 1
    assert said.err == (
        "playbook/stories/talk.ink.json: Ink stories need bink; "
        "install it with pip install 'salestrain[ink]'\n"
    )
