"""Full-text search: Chinese by pairs of characters, English by stems, slips of typing forgiven.

Own, because SQLite's trigram tokenizer misses words of two characters, as most Chinese words are.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import snowballstemmer

from salestrain.language import LANGUAGES, Language, Text
from salestrain.playbook.products import Fact
from salestrain.playbook.references import MENTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.playbook.whole import Playbook

    Weighted = dict[str, float]

HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
MARKUP = re.compile(
    r"^\s*(?:[-|: ]+$|[->]\s(?:\[.\]\s)?|\d+\.\s|!\[[^\]]*\]\(\S*\)$)|[*`|]", re.MULTILINE
)
IDS = re.compile(rf"[（(]?{MENTION.pattern}[)）]?")
SAID = ("purpose", "text", "formula", "read")
PRICE = Text("目录价格", "List price")
SMALL = re.compile(
    "a|about|an|and|are|at|be|by|can|do|does|for|from|has|have|how|i|if|in|is|it|long|many|may|me|"
    "much|must|my|of|on|or|our|out|should|so|that|the|their|them|there|they|this|to|us|we|what|"
    "when|where|which|who|whom|whose|why|will|with|you|your"
)
ASKED = re.compile(
    "多长时间|多久|什么时候|怎么办|怎么样|怎么|什么样|什么|哪些|哪个|哪天|几天|多少|谁来|谁|吗|呢|的|"
    "我们|我|要|该|能不能|可以|是不是"
)
BEFORE, LENGTH = 24, 140
TITLE_WEIGHT = 3
SATURATION, BY_LENGTH = 1.2, 0.5
"""BM25's k1 and b; a page's part is longer than a rule and no worse for it, so b is low."""
SLIP, LIKE = 0.6, 0.75
"""What a word that was meant counts, and how like it a slip must be (0–1)."""
SHORTEST_SLIP = 4
BESIDE = 5
"""How many passages of a section speak for one another."""


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


class Index:
    """The passages of one language, by the words in them."""

    def __init__(self, passages: Iterable[Passage], also: dict[str, tuple[str, ...]]) -> None:
        self.passages = tuple(passages)
        self.also = also
        counts = [_counts(passage) for passage in self.passages]
        self.lengths = [sum(count.values()) for count in counts]
        self.mean = sum(self.lengths) / max(len(counts), 1) or 1.0
        self.found: dict[str, list[tuple[int, float]]] = {}
        for place, count in enumerate(counts):
            for term, often in count.items():
                self.found.setdefault(term, []).append((place, often))
        self.words = [word for word in self.found if word.isascii() and len(word) >= SHORTEST_SLIP]

    def terms(self, query: str) -> list[Weighted]:
        """Return what is sought: for each word the terms that count for it, and how much."""
        sought = [{term: 1.0} for term in dict.fromkeys(_terms(query))]
        for weighted in sought:
            (term,) = weighted
            if term not in self.found and len(term) >= SHORTEST_SLIP and term.isascii():
                near = get_close_matches(term, self._like(term), n=2, cutoff=LIKE)
                weighted.update(dict.fromkeys(near, SLIP))
        folded = _folded(query)
        for name, others in self.also.items():
            if name in folded:
                sought += [{term: 1.0} for other in others for term in _terms(other)]
        return [one for one in sought if any(term in self.found for term in one)]

    def _like(self, term: str) -> list[str]:
        return [
            word for word in self.words if word[0] == term[0] and abs(len(word) - len(term)) < 3
        ]

    def scores(self, sought: list[Weighted]) -> Weighted:
        """Return the score of every passage that holds something sought, by its place."""
        total: dict[int, float] = {}
        met = Counter[int]()
        for one in sought:
            best: dict[int, float] = {}
            for term, worth in one.items():
                for place, score in self._scored(term):
                    best[place] = max(best.get(place, 0.0), worth * score)
            for place, score in best.items():
                total[place] = total.get(place, 0.0) + score
            met.update(best.keys())
        # all that was sought before much of one word
        whole = {place: score * met[place] / len(sought) for place, score in total.items()}
        return self._beside_its_section(whole)

    def _beside_its_section(self, scores: dict[int, float]) -> Weighted:
        """Return each score with what its section holds of it besides: a page on it comes first."""
        sections: dict[str, list[float]] = {}
        for place, score in scores.items():
            sections.setdefault(self._section(place), []).append(score)
        best = {
            section: sum(sorted(found, reverse=True)[:BESIDE]) / BESIDE
            for section, found in sections.items()
        }
        return {str(place): score + best[self._section(place)] for place, score in scores.items()}

    def _section(self, place: int) -> str:
        """Return a passage's section, of a fact its product."""
        cite = self.passages[place].cite
        return ".".join(cite.split(".")[: 2 if cite[0].isdigit() else 1])

    def _scored(self, term: str) -> Iterator[tuple[int, float]]:
        places = self.found.get(term, [])
        rarity = math.log(1 + (len(self.passages) - len(places) + 0.5) / (len(places) + 0.5))
        for place, often in places:
            long = 1 - BY_LENGTH + BY_LENGTH * self.lengths[place] / self.mean
            yield place, rarity * often * (SATURATION + 1) / (often + SATURATION * long)


Indexes = dict[Language, Index]


def build_index(playbook: Playbook) -> Indexes:
    """Return every passage of a playbook, for each language."""
    passages = (*_pages(playbook), *_entries(playbook))
    return index_of(passages, playbook.glossary.synonyms() if playbook.glossary else None)


def index_of(
    passages: Iterable[Passage], also: dict[Language, dict[str, tuple[str, ...]]] | None = None
) -> Indexes:
    """Return an index for each language.

    Args:
        passages: What there is to find.
        also: By language, what else a word in a query stands for.
    """
    kept = tuple(passages)
    also = also or {}
    return {
        language: Index((one for one in kept if one.language == language), also.get(language, {}))
        for language in LANGUAGES
    }


def search(indexes: Indexes, query: str, language: Language, limit: int = 10) -> tuple[Hit, ...]:
    """Return at most ``limit`` passages in the reader's language, those that fit best first."""
    index = indexes[language]
    sought = index.terms(query)
    scores = index.scores(sought)
    best = sorted(scores, key=lambda place: (-scores[place], int(place)))[:limit]
    shown = [_pattern(term) for one in sought for term in one]
    return tuple(
        Hit(one.cite, one.title, _excerpt(one.text, shown), scores[place])
        for place in best
        for one in (index.passages[int(place)],)
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word)) if word.isalpha() else word


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _terms(query: str) -> Iterator[str]:
    folded = _folded(query)
    asked = ASKED.sub(" ", folded)
    for run in HAN.findall(asked) or HAN.findall(folded):
        yield from _pairs(run)
    words = WORD.findall(folded)
    yield from (_stem(word) for word in [w for w in words if not SMALL.fullmatch(w)] or words)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def _counts(passage: Passage) -> Counter[str]:
    count = Counter[str]()
    for text, weight in ((passage.title, TITLE_WEIGHT), (passage.text, 1)):
        folded = _folded(text)
        for run in HAN.findall(folded):
            for term in {*_pairs(run), *run}:  # one sign alone can be sought too
                count[term] += weight * run.count(term)
        for word in WORD.findall(folded):
            count[_stem(word)] += weight
    return count


def _pattern(term: str) -> re.Pattern[str]:
    """Return what to mark in an excerpt: a pair, or the words that share a stem."""
    stem = re.escape(term.removesuffix("i"))  # company, companies
    word = rf"(?<![a-z0-9]){stem}[a-z0-9]*" if term.isascii() else stem
    return re.compile(word, re.IGNORECASE)


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
            yield Passage(
                section, language, title, " ".join(MARKUP.sub(" ", IDS.sub(" ", body)).split())
            )


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
