"""The playbook as a book: cover, contents, sections, glossary; one document, ready to print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.apps.playbook.text import both, section_text
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import Text, day
from salestrain.playbook.sections import CHAPTERS, SECTIONS, section_of
from salestrain.views.components import book
from salestrain.views.theme import book_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salestrain.language import Language
    from salestrain.playbook.whole import Playbook

TITLE, GLOSSARY = Text("销售手册", "Sales playbook"), Text("术语", "Glossary")
AS_OF = Text("{}印", "As of {}")
HEADING = re.compile(r"<(/?)h([2-5])\b")


def printed_book(
    playbook: Playbook, language: Language, today: date, sections: Sequence[str] = ()
) -> str:
    """Return sections as one HTML document that asks no host for anything.

    Args:
        playbook: What the company has written down.
        language: Of the pages.
        today: Stands on the cover.
        sections: Numbers such as ``2.2``; all that are written if none is given, as a book with
            cover, contents and glossary.

    Raises:
        UsageError: If there is no such section.
    """
    there = [one for one in SECTIONS if (one, language) in playbook.pages]
    if unknown := [one for one in sections if one not in there]:
        raise UsageError(f"no section {unknown[0]!r}; {did_you_mean(unknown[0], there)}")
    shown = [one for one in there if one in sections] if sections else there
    pages = "".join(_section(playbook, one, shown, language) for one in shown)
    title = f"{playbook.company.name.in_(language)} · {TITLE.in_(language)}"
    if sections:
        return book_document(title, language, pages)
    front = book.cover(
        playbook.company.name.in_(language), TITLE.in_(language), _as_of(today, language)
    )
    back = _glossary(playbook, language)
    return book_document(
        title, language, front + _contents(playbook, there, language) + pages + back
    )


def _as_of(today: date, language: Language) -> str:
    return AS_OF.in_(language).format(day(today, language))


def _section(playbook: Playbook, section: str, shown: Sequence[str], language: Language) -> str:
    """Return one section; its headings go one step down, under the book's own."""

    def href(cited: str) -> str:
        return f"#{cited}" if section_of(cited) in shown else ""

    page = playbook.pages[section, language]
    whole = section_text(page, playbook, href, with_rules=True)
    text = HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}", whole)
    chapter = CHAPTERS[section[0]].in_(language)
    return book.printed_section(section, page.head.title, chapter, text)


def _contents(playbook: Playbook, there: Sequence[str], language: Language) -> str:
    chapters = [
        book.Chapter(
            name.in_(language),
            tuple(
                book.Entry(one, playbook.pages[one, language].head.title, f"#{one}")
                for one in there
                if one[0] == number
            ),
        )
        for number, name in CHAPTERS.items()
    ]
    return book.printed_contents([each for each in chapters if each.entries], language)


def _glossary(playbook: Playbook, language: Language) -> str:
    if not playbook.glossary:
        return ""
    first, second = both(language)
    rows = [
        (term.name.in_(first), term.name.in_(second), term.text.in_(language))
        for term in playbook.glossary.terms
    ]
    return book.printed_glossary(GLOSSARY.in_(language), rows)
