"""scenario prove, on the shipped role-plays and on a broken one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from salestrain.workspace import shipped
from tests.cli.conftest import Run

PRICE = "2.2.s.price_objection"


@pytest.mark.slow
def test_the_shipped_role_plays_are_sound(run: Run) -> None:
    said = run("scenario", "prove", PRICE, "2.2.s.signing", "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert PRICE in said.out
    assert "Choosing at random, 0.11% pass" in said.out
    assert "Typing at random, 0.01% pass" in said.out
    assert "Working out the value 0–25 of 25" in said.out


@pytest.mark.slow
def test_the_shortest_talk_to_an_ending_is_printed(run: Run) -> None:
    said = run("scenario", "prove", PRICE, "--transcript", "--lang", "en")
    talk = said.out.partition("— broken_promise\n")[2].partition("—")[0].split("\n")
    assert [line.strip().partition(":")[0] for line in talk[:3]] == ["They", "You", "They"]
    assert talk[1] == "  You: Ten it is, send it upstairs."


@pytest.mark.slow
def test_an_unknown_name_is_wrong_usage(run: Run) -> None:
    said = run("scenario", "prove", "2.2.s.price_objction")
    assert said.code == 2
    assert f"no scenario '2.2.s.price_objction'; did you mean '{PRICE}'?" in said.err


@pytest.mark.slow
def test_a_fault_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    shutil.copytree(shipped() / "playbook", tmp_path / "playbook")
    (tmp_path / "data").mkdir()
    file = tmp_path / "playbook" / "scenarios" / "price-objection.yaml"
    text = file.read_text(encoding="utf-8").replace("at_least_ends: lost", "at_least_ends: parked")
    text = text.replace("{ends: lost,", "{ends: parked,")
    file.write_text(text, encoding="utf-8")
    said = run("scenario", "prove", PRICE, "--workspace", str(tmp_path))
    line = text[: text.index("- id: lost\n")].count("\n") + 1
    assert said.code == 1
    assert f"price-objection.yaml:{line}: no talk ends with 'lost'" in said.err
