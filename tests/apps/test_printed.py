"""The playbook as one document: whole or in part, its links inside it; traditional characters."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from salestrain.apps.playbook.hant import in_traditional
from salestrain.apps.playbook.printed import printed_book
from salestrain.errors import UsageError
from salestrain.language import Language
from salestrain.playbook.sections import SECTIONS
from tests.sample import sample_playbook

DAY = date(2026, 10, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_book_holds_every_section_and_leads_nowhere_else(language: Language) -> None:
    html = printed_book(sample_playbook(), language, DAY)
    ids = set(re.findall(r' id="([^"]*)"', html))
    assert set(SECTIONS) <= ids
    links = set(re.findall(r' href="([^"]*)"', html))
    assert links
    assert {link[1:] for link in links} <= ids
    assert {link[0] for link in links} == {"#"}
    assert "<script" not in html
    assert not re.search(r"https?://", html)


@pytest.mark.parametrize(
    ("language", "part", "words"),
    [("zh", "报价谈判", ("停滞", "Stalled")), ("en", "Needs analysis", ("Stalled", "停滞"))],
)
def test_sections_parts_and_words_have_their_places(
    language: Language, part: str, words: tuple[str, str]
) -> None:
    html = printed_book(sample_playbook(), language, DAY)
    assert html.count("<h1>") == 1  # the book's own
    assert f"<h3>{part}" in html
    glossary = html[html.rindex("<h2") :]
    assert all(word in glossary for word in words)


def test_no_id_stands_twice_in_the_book() -> None:
    ids = re.findall(r' id="([^"]*)"', printed_book(sample_playbook(), "zh", DAY))
    assert len(ids) == len(set(ids))


def test_a_section_alone_links_only_what_it_holds() -> None:
    html = printed_book(sample_playbook(), "en", DAY, ["2.2"])
    assert 'href="#2.2.stalled"' in html
    assert 'href="#3.1' not in html
    assert 'class="book-cover"' not in html


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"no section '2\.9'; did you mean '2\.\d'"):
        printed_book(sample_playbook(), "en", DAY, ["2.9"])


def test_traditional_characters_come_from_the_simplified_ones() -> None:
    html = in_traditional(printed_book(sample_playbook(), "zh", DAY, ["2.2"]))
    assert '<html lang="zh-Hant">' in html
    assert "商機階段" in html
    assert "2.2.stalled" in html


def test_without_opencc_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(UsageError, match=r"pip install 'salestrain\[hant\]'"):
        in_traditional("")
