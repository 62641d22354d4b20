"""Full-text search: Chinese by pairs of characters, English by the beginnings of words.

Own, because SQLite's trigram tokenizer misses words of two characters, as most Chinese words are.
"""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.products import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.playbook.load import Playbook

HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
MARKUP = re.compile(r"^\s*(?:[-|: ]+$|[->]\s(?:\[.\]\s)?|\d+\.\s)|[*`|]", re.MULTILINE)
SAID = ("purpose", "text", "formula", "read")
PRICE = Text("目录价格", "List price")
SMALL = frozenset(["a", "an", "and", "are", "for", "in", "is", "it", "of", "on", "or", "the", "to"])
BEFORE, LENGTH = 24, 140
TITLE_WEIGHT = 4


class Passage(NamedTuple):
    """Something to find: what to open (a section, a rule, a fact), and its words."""

    cite: str
    language: Language
    title: str
    text: str


class Hit(NamedTuple):
    """A passage found; its excerpt in parts, each with whether it was sought."""

    cite: str
    title: str
    excerpt: tuple[tuple[str, bool], ...]
    score: float


def build_index(playbook: Playbook) -> tuple[Passage, ...]:
    """Return every passage of a playbook, in each language."""
    return (*_pages(playbook), *_entries(playbook))


def search(
    index: tuple[Passage, ...], query: str, language: Language, limit: int = 10
) -> tuple[Hit, ...]:
    """Return at most ``limit`` passages in the reader's language, those that fit best first."""
    terms = [re.compile(term, re.IGNORECASE) for term in dict.fromkeys(_terms(query))]
    here = [passage for passage in index if passage.language == language]
    counts = [[_count(term, passage) for term in terms] for passage in here]
    found = [sum(map(bool, column)) for column in zip(*counts, strict=True)]
    rarity = [math.log(1 + len(here) / (number + 0.5)) for number in found]
    hits = []
    for passage, row in zip(here, counts, strict=True):
        if any(row):
            score = sum(rare * n / (n + 1) for rare, n in zip(rarity, row, strict=True))
            score *= sum(map(bool, row)) / len(row)  # all that was sought before much of one word
            hits.append(Hit(passage.cite, passage.title, _excerpt(passage.text, terms), score))
    return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def _terms(query: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", query).casefold()
    for run in HAN.findall(folded):
        yield from [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    words = WORD.findall(folded)
    for word in [word for word in words if word not in SMALL] or words:
        rest = re.escape(word.removesuffix("s")) + "[a-z0-9]*" if len(word) > 3 else word
        yield rf"(?<![a-z0-9]){rest}(?![a-z0-9])"


def _count(term: re.Pattern[str], passage: Passage) -> int:
    return len(term.findall(passage.text)) + TITLE_WEIGHT * len(term.findall(passage.title))


def _excerpt(text: str, terms: list[re.Pattern[str]]) -> tuple[tuple[str, bool], ...]:
    first = min((found.start() for term in terms if (found := term.search(text))), default=0)
    start = max(first - BEFORE, 0)
    if text[start : start + 1].isascii() and start:  # begin with a whole word
        start = text.find(" ", start, first) + 1 or first
    cut = ("…" if start else "") + text[start : start + LENGTH]
    cut += "…" if len(text) > start + LENGTH else ""
    sought = {at for term in terms for found in term.finditer(cut) for at in range(*found.span())}
    parts = groupby(range(len(cut)), key=sought.__contains__)
    return tuple(("".join(cut[at] for at in part), is_hit) for is_hit, part in parts)


def _pages(playbook: Playbook) -> Iterator[Passage]:
    for (section, language), page in playbook.pages.items():
        for part in re.split(r"^(?=#)", page.markdown, flags=re.MULTILINE):
            heading, _, body = part.partition("\n") if part.startswith("#") else ("", "", part)
            title = heading.partition("`")[0].strip("# ") or page.head.title
            yield Passage(section, language, title, " ".join(MARKUP.sub(" ", body).split()))


def _entries(playbook: Playbook) -> Iterator[Passage]:
    for cite, entry in playbook.index.items():
        name, said = getattr(entry, "name", None), [getattr(entry, key, None) for key in SAID]
        if isinstance(entry, Fact):
            name = playbook.products[cite.partition(".")[0]].name
            if cite.endswith(".price"):
                said.insert(0, Text(*(f"{word} {entry.value} {entry.unit}" for word in PRICE)))
        for language in LANGUAGES:
            words = " ".join(text.in_(language) for text in said if isinstance(text, Text))
            if words:
                title = name.in_(language) if isinstance(name, Text) else cite
                yield Passage(cite, language, title, words)
