"""Out to each format and back: equal, or exactly what the losses say."""

from __future__ import annotations

from pathlib import Path

import pytest

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.exchange.formats import Format
from salestrain.playbook.exchange.plain import fields_of, plain_of
from salestrain.playbook.exchange.taking import take
from tests.playbook.exchange.trips import ENDS, bank, brought, put, sent, some, unforeseen
from tests.sample import sample_playbook

BY_FORMAT = pytest.mark.parametrize("form", ENDS)


@BY_FORMAT
def test_some_of_each_kind_come_back_as_they_were_or_as_foretold(
    form: Format, tmp_path: Path
) -> None:
    made = sent(form, some())
    heard = brought(put(made, form, tmp_path))
    assert heard.faults == []
    assert heard.left_out == {}
    assert unforeseen(some(), made, heard) == []


@pytest.mark.slow
@BY_FORMAT
def test_the_whole_bank_comes_back_as_it_was_or_as_foretold(form: Format, tmp_path: Path) -> None:
    made = sent(form, bank())
    heard = brought(put(made, form, tmp_path))
    assert heard.faults == []
    assert heard.left_out == {}
    assert unforeseen(bank(), made, heard) == []
    if form != "jupyterquiz":
        assert len(heard.items) == len(bank())


@pytest.mark.slow
@BY_FORMAT
def test_a_bank_that_comes_back_changes_nothing_in_the_playbook(
    form: Format, tmp_path: Path
) -> None:
    heard = brought(put(sent(form, bank()), form, tmp_path))
    playbook = sample_playbook()
    files = {path: path.read_text("utf-8") for path in (playbook.root / "items").glob("*.yaml")}
    found = take(playbook, files, heard.items, heard.faults, None)
    assert (found.changed, found.new, found.files) == ([], [], {})


@pytest.mark.slow
@BY_FORMAT
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_that_comes_back_in_one_language_changes_nothing_either(
    form: Format, language: Language, tmp_path: Path
) -> None:
    heard = brought(put(sent(form, bank(), (language,)), form, tmp_path))
    playbook = sample_playbook()
    files = {path: path.read_text("utf-8") for path in (playbook.root / "items").glob("*.yaml")}
    found = take(playbook, files, heard.items, heard.faults, None)
    assert (found.changed, found.new, found.files) == ([], [], {})


@BY_FORMAT
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_in_one_language_brings_that_one_only(
    form: Format, language: Language, tmp_path: Path
) -> None:
    made = sent(form, some(), (language,))
    heard = brought(put(made, form, tmp_path))
    assert heard.faults == []
    other = next(one for one in LANGUAGES if one != language)
    by_id = {item.id: fields_of(plain_of(item)) for item in some()}
    for each in heard.items:
        fields = fields_of(each.plain)
        assert not [name for name in fields if name.endswith(f".{other}") and "max_l" not in name]
        told = by_id[str(each.plain["id"])]
        assert fields[f"stem.{language}"] == told[f"stem.{language}"]


@BY_FORMAT
def test_the_same_items_give_the_same_bytes(form: Format) -> None:
    assert sent(form, some()).files == sent(form, some()).files


@BY_FORMAT
def test_labels_survive_where_a_format_has_no_word_for_them(form: Format, tmp_path: Path) -> None:
    heard = brought(put(sent(form, some()), form, tmp_path))
    by_id = {item.id: item for item in some()}
    assert heard.items
    for each in heard.items:
        item = by_id[str(each.plain["id"])]
        assert each.plain.get("tags", []) == list(item.tags)
        assert each.plain["cites"] == list(item.cites)
        assert (each.plain["level"], each.plain["expected_facility"]) == (
            item.level,
            item.expected_facility,
        )
