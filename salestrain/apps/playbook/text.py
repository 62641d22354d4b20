"""A section as it is read: its rules linked, its words explained, its figures drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.apps.playbook.rules import rule_list
from salestrain.language import LANGUAGES, Text
from salestrain.playbook.references import MENTION
from salestrain.views.components import book
from salestrain.views.components.ground import rule_link
from salestrain.views.components.layout import definition
from salestrain.views.figures import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salestrain.language import Language
    from salestrain.playbook.glossary import Term
    from salestrain.playbook.pages import Page, Picture
    from salestrain.playbook.whole import Playbook

RULES = Text("规则", "Rules")
CHECKBOX = re.compile(r"<input[^>]*>")
TAG = r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>"""
CITED = re.compile(rf"[(（]({MENTION.pattern})[)）]|({MENTION.pattern})")
"""An id, with the brackets around it alone: a chip needs none."""
MARKUP = re.compile(rf"(<a\b.*?</a>|{TAG})", re.DOTALL)
APART = rf"<(?P<apart>a|h\d|th|code)\b.*?</(?P=apart)>|{TAG}"
"""Where a word that opens would be in the way; and every tag."""


def section_text(
    page: Page, playbook: Playbook, href: Callable[[str], str], *, with_rules: bool = False
) -> str:
    """Return a page as finished HTML.

    Args:
        page: In the reader's language.
        playbook: What it belongs to.
        href: Gives the address of a section, rule or fact; empty for none.
        with_rules: Whether all rules of its section follow.
    """
    language, section = page.head.lang, page.head.section
    words = Explained(playbook, language, section)

    def drawn(part: str | Picture) -> str:
        if isinstance(part, str):
            text = with_links(CHECKBOX.sub("☐ ", part), playbook.index, href)
            return words.explained(text)
        if part.image:
            return book.image(part.image, part.caption)
        return figure(part.figure, part.caption, playbook, language)

    text = "".join(map(drawn, page.parts))
    rules = rule_list(playbook, section, language) if with_rules else ""
    return f"{text}<h2>{RULES.in_(language)}</h2>{rules}" if rules else text


def with_links(html: str, known: Iterable[str], href: Callable[[str], str]) -> str:
    """Return a page's sanitised HTML with every mention of a known id made a link."""
    ids = frozenset(known)

    def chip(mention: re.Match[str]) -> str:
        id_ = mention[1] or mention[2]
        return rule_link(id_, href(id_)) if id_ in ids else mention[0]

    parts = MARKUP.split(html)  # every second one is markup
    return "".join(part if n % 2 else CITED.sub(chip, part) for n, part in enumerate(parts))


class Explained:
    """The glossary at work in one section: the first mention of a word opens what it means."""

    def __init__(self, playbook: Playbook, language: Language, section: str) -> None:
        terms = playbook.glossary.terms if playbook.glossary else ()
        self.terms = {term.name.in_(language).casefold(): term for term in terms}
        self.language, self.section = language, section
        longest = sorted(map(re.escape, self.terms), key=len, reverse=True)
        one_of = "|".join(longest) or "(?!)"
        word = rf"(?P<word>{one_of})" if language == "zh" else rf"\b(?P<word>{one_of})s?\b"
        self.pattern = re.compile(f"{APART}|{word}", re.DOTALL | re.IGNORECASE)
        self.seen: list[Term] = []

    def explained(self, html: str) -> str:
        """Return sanitised HTML in which each word met for the first time can be opened."""
        return self.pattern.sub(self._opened, html)

    def _opened(self, found: re.Match[str]) -> str:
        term = self.terms.get((found["word"] or "").casefold())
        if term is None or term in self.seen:
            return found[0]
        self.seen.append(term)
        names = " · ".join(dict.fromkeys(term.name.in_(each) for each in both(self.language)))
        name = f"term-{self.section}-{len(self.seen)}"
        return definition(found[0], term.text.in_(self.language), name, title=names)


def both(first: Language) -> list[Language]:
    """Return both languages, one's own first."""
    return sorted(LANGUAGES, key=lambda each: each != first)
