"""Proofs are kept with the playbook, and made again only for what has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from salestrain.cli.proofs import NAME, proof_of, prove_changed, read_proofs
from salestrain.playbook.load import load_playbook
from salestrain.playbook.skeletons import begin
from salestrain.workspace import shipped
from tests.sample import sample_playbook, without_shown_by

SIGNING = "2.2.s.signing"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A playbook with one role-play."""
    shutil.copytree(shipped() / "playbook", tmp_path / "playbook")
    for file in (tmp_path / "playbook" / "scenarios").glob("*.yaml"):
        if file.stem != "signing":
            file.unlink()
    without_shown_by(tmp_path / "playbook")
    shutil.rmtree(tmp_path / "playbook" / "paths")
    (tmp_path / "playbook" / NAME).unlink()
    return tmp_path / "playbook"


def proved(root: Path) -> tuple[list[int], list[str]]:
    told = list[int]()
    faults = prove_changed(load_playbook(root, prove=False), told.append)
    return told, [str(one) for one in faults]


@pytest.mark.slow
def test_a_role_play_is_proved_once_and_again_when_it_changes(root: Path) -> None:
    assert proved(root) == ([1], [])
    kept = json.loads((root / NAME).read_text("utf-8"))
    assert kept.keys() == {SIGNING}
    assert kept[SIGNING]["luck"]["chosen"] < 0.05
    assert proved(root) == ([], [])
    file = root / "scenarios" / "signing.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("pass_score: 70", "pass_score: 100"), encoding="utf-8")
    told, _ = proved(root)
    assert told == [1]


@pytest.mark.slow
def test_what_is_not_sound_is_told_every_time_and_not_kept(root: Path) -> None:
    file = root / "scenarios" / "signing.yaml"
    never = "  - {id: never, verdict: fail, zh: 不会这样, en: Never}\n"
    text = file.read_text("utf-8").replace("\nendings:\n", f"\nendings:\n{never}")
    file.write_text(text, encoding="utf-8")
    for _ in range(2):
        told, faults = proved(root)
        assert told == [1]
        assert "no talk ends with 'never'" in faults[0]
        line = text[: text.index(never)].count("\n") + 1
        assert faults[0].startswith(f"playbook/scenarios/signing.yaml:{line}: ")
    assert read_proofs(root) == {}


@pytest.mark.parametrize("spoilt", ["{", "[]", "null"])
def test_a_spoilt_file_of_proofs_is_none(root: Path, spoilt: str) -> None:
    (root / NAME).write_text(spoilt, encoding="utf-8")
    assert read_proofs(root) == {}


@pytest.mark.slow
def test_the_shipped_proofs_are_those_of_the_shipped_role_plays() -> None:
    told = list[int]()
    before = read_proofs(shipped() / "playbook")
    assert prove_changed(sample_playbook(), told.append) == []
    assert told == [], "run `salestrain check`, and commit playbook/.proofs.json"
    assert before.keys() == sample_playbook().scenarios.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", sample_playbook().scenarios)
def test_each_shipped_role_play_is_sound(name: str) -> None:
    proofs, faults = proof_of(sample_playbook().scenarios[name])
    assert faults == []
    kept = read_proofs(shipped() / "playbook")[name]
    for one in proofs:
        way = "typed" if one.typed else "chosen"
        assert kept["luck"][way] == pytest.approx(one.luck, abs=1e-5)
        assert kept["situations"][way] == one.spots


def test_a_role_play_begun_anew_is_sound(root: Path) -> None:
    for path, text in begin(sample_playbook(), "scenario", "2.1", "first_call"):
        (root / path).write_text(text, encoding="utf-8")
    scenario = load_playbook(root, prove=False).scenarios["2.1.s.first_call"]
    assert proof_of(scenario)[1] == []
