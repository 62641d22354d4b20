"""scenario play: a role-play by number and in one's own words, and stories of two kinds."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PRICE = "2.2.s.price_objection"
STORY = Path(__file__).parents[1] / "training" / "stories" / "talk.ink.json"
TWEE = """\
:: StoryData
{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "start": "Door"}

:: Door
Who is it?
[[Say your name->Name]]
[[Leave->End]]

:: Name
Come in.
[[Thank her->End]]

:: End
The door closes.
"""


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.mark.slow
def test_a_talk_by_number_and_in_ones_own_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(
        monkeypatch, "99", "What is in their quote, line by line?", "", "Ten it is, I decide that."
    )
    said = run("scenario", "play", PRICE, "--lang", "en")
    assert said.code == 0
    assert "There is no such number." in said.out
    assert "You: What is in their quote, line by line?\nHere, look. Six DO probes" in said.out
    assert (
        "Promised a discount nobody had approved: with that it isn’t passed. 10 points" in said.out
    )


@pytest.mark.slow
def test_the_number_says_the_sentence_it_stands_before(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "1")
    said = run("scenario", "play", PRICE, "--lang", "en", "--seed", "3")
    shown = next(line[4:] for line in said.out.splitlines() if line.startswith("  1 "))
    assert f"You: {shown}" in said.out


def test_a_twee_story_is_told_to_its_end(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "door.twee").write_text(TWEE, encoding="utf-8")
    typing(monkeypatch, "1", "7", "1")
    said = run("scenario", "play", "door.twee")
    assert said.code == 0
    told = ["Who is it?", "Come in.", "There is no such number.", "The door closes."]
    places = [said.out.index(line) for line in told]
    assert places == sorted(places)


def test_a_compiled_ink_story_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "2", "1", "2")
    said = run("scenario", "play", str(STORY))
    assert said.code == 0
    assert said.out.endswith("好，发合同吧。\n")


def test_a_fault_in_a_story_has_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "door.twee").write_text(TWEE.replace("->Name]]", "->Nmae]]"), encoding="utf-8")
    said = run("scenario", "play", "door.twee")
    assert said.code == 1
    assert "door.twee:6: " in said.err
    assert "did you mean 'Name'?" in said.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("2.2.s.price", "no scenario '2.2.s.price'; did you mean"),
        ("none.twee", "can't read none.twee"),
    ],
)
def test_what_is_not_there_is_wrong_usage(run: Run, name: str, why: str) -> None:
    said = run("scenario", "play", name)
    assert said.code == 2
    assert why in said.err
