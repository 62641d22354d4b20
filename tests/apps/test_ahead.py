from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from salestrain.apps.roleplay.ahead import _alone, is_done, stamp
from salestrain.apps.roleplay.readers import LEARNED, learned_last
from salestrain.workspace import Workspace, shipped


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "ours"
    shutil.copytree(shipped() / "playbook", root / "playbook")
    return Workspace.at(root)


def test_what_was_learned_once_is_known_until_a_text_changes(place: Workspace) -> None:
    assert not is_done(place)
    stamp(place).parent.mkdir(parents=True)
    stamp(place).touch()
    assert is_done(place)
    (place.playbook / "glossary.yaml").touch()
    assert is_done(place)
    scenario = place.playbook / "scenarios" / "cold-call.yaml"
    scenario.write_text(scenario.read_text("utf-8") + "# more\n", "utf-8")
    assert not is_done(place)


def test_what_a_trainer_put_right_is_learned_anew(place: Workspace) -> None:
    before = stamp(place)
    place.state.mkdir(parents=True, exist_ok=True)
    (place.state / LEARNED).write_text('[["2.2.s.needs", "hello", "greet"]]', "utf-8")
    learned_last.cache_clear()
    assert stamp(place) != before


@pytest.mark.usefixtures("place")
def test_two_servers_of_a_machine_do_not_learn_the_same_twice() -> None:
    with _alone() as first, _alone() as second:
        assert (first, second) == (True, False)
    with _alone() as again:
        assert again
