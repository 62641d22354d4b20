"""Anki decks, opened again as Anki opens them: a zip with a collection in SQLite."""

from __future__ import annotations

import io
import sqlite3
import sys
import zipfile
from pathlib import Path

import pytest

from salestrain.errors import SalestrainError
from salestrain.language import LANGUAGES, Language
from salestrain.playbook.exchange.markup import as_html
from salestrain.playbook.items import Ordering
from tests.playbook.exchange.trips import sent, some

pytest.importorskip("genanki", reason="genanki is not installed; see salestrain[anki]")
SEPARATOR = "\x1f"


def notes(data: bytes, folder: Path) -> dict[str, tuple[str, str, str, str]]:
    """Return the notes by the id of their item: guid, tags, front and back."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert set(archive.namelist()) == {"collection.anki2", "media"}
        assert archive.read("media") == b"{}"
        file = Path(archive.extract("collection.anki2", folder))
    with sqlite3.connect(file) as opened:
        found = opened.execute("SELECT guid, tags, flds FROM notes").fetchall()
        cards = opened.execute("SELECT count(*) FROM cards").fetchone()[0]
    opened.close()
    assert cards == len(found)
    named = ((guid, tags, *fields.split(SEPARATOR)) for guid, tags, fields in found)
    return {id_: (guid, tags, front, back) for guid, tags, id_, front, back in named}


def test_every_item_is_a_card_with_its_question_and_its_answer(tmp_path: Path) -> None:
    found = notes(sent("anki", some(), ("en",)).files[""], tmp_path)
    assert found.keys() == {item.id for item in some()}
    for item in some():
        _, tags, front, back = found[item.id]
        assert f" level:{item.level} " in tags
        stem = item.stem.en.strip().split("\n")[0]
        assert as_html(stem) in front
        assert all(cite in back for cite in item.cites)
        assert 'lang="zh"' not in front + back
    single = next(item for item in some() if item.kind == "single")
    _, _, front, back = found[single.id]
    for option in single.chosen_from:
        assert option.en in front
    (key,) = single.solution("en")
    right = next(option.en for option in single.chosen_from if option.id == key)
    assert f'<span class="right">{right}</span>' in back
    for item in some():
        _, _, front, _ = found[item.id]
        parts = [*item.chosen_from, *item.given_to]
        assert all(as_html(part.en.strip()) in front for part in parts)
    orders = [item for item in some() if isinstance(item, Ordering)]
    shown = {item.id: [found[item.id][2].index(as_html(step.en)) for step in item.steps]
             for item in orders}  # fmt: skip
    assert [id_ for id_, places in shown.items() if places == sorted(places)] == []
    assert not any("✓" in front or "class=" in front for _, _, front, _ in found.values())


@pytest.mark.parametrize("languages", [("zh",), ("en",), LANGUAGES])
def test_a_card_speaks_the_languages_it_was_asked_in(
    languages: tuple[Language, ...], tmp_path: Path
) -> None:
    found = notes(sent("anki", some(), languages).files[""], tmp_path)
    for item in some():
        _, _, front, back = found[item.id]
        for language in LANGUAGES:
            assert (f'<div lang="{language}">' in front) == (language in languages)
            assert (f'<div lang="{language}">' in back) == (language in languages)


def test_a_note_keeps_its_identity_when_its_text_changes(tmp_path: Path) -> None:
    before = notes(sent("anki", some(), ("zh",)).files[""], tmp_path)
    after = notes(sent("anki", some()[::-1], ("en",)).files[""], tmp_path)
    assert {id_: note[0] for id_, note in before.items()} == {
        id_: note[0] for id_, note in after.items()
    }
    assert len({note[0] for note in before.values()}) == len(some())


def test_each_section_has_a_deck(tmp_path: Path) -> None:
    data = sent("anki", some(), ("en",)).files[""]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        file = Path(archive.extract("collection.anki2", tmp_path))
    opened = sqlite3.connect(file)
    (decks,) = opened.execute("SELECT decks FROM col").fetchone()
    opened.close()
    for section in {item.section for item in some()}:
        assert f'"salestrain::{section}"' in decks


def test_without_genanki_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(SalestrainError) as caught:
        sent("anki", some(), ("en",))
    assert str(caught.value) == "Anki decks need genanki; install 'salestrain[anki]'"
