"""What names a person in a text: their names however written, and their id where it can be told.

Case, width, accents and spaces don't matter. Chinese names are found anywhere in a text, names in
Latin letters as whole words, also with the family name last. Nicknames, initials and a first name
alone are not found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "〔…〕"
"""Stands where a name was."""
LEAST_LETTERS, PLAIN_ID = 2, 10
FIRST_WIDE = "\u2e80"
"""From here on a character is no part of a word in Latin letters or digits."""
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Named:
    """Finds a person in texts.

    Attributes:
        person_id: Theirs.
        names: As they are written, in Chinese and in Latin letters; empty ones don't count.
        others: Everybody else's. A name inside a longer one of theirs is theirs, and one that
            somebody else has too tells nobody apart: it is not looked for.
    """

    person_id: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    wanted: tuple[str, ...] = field(init=False)
    longer: tuple[str, ...] = field(init=False)
    shared: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is looked for."""
        taken = {_folded(name)[0] for name in self.others}
        own = {_folded(form)[0]: name for name in self.names for form in _forms(name)}
        found = {form: name for form, name in own.items() if len(form) >= LEAST_LETTERS}
        wanted = tuple(form for form in found if form not in taken)
        longer = (name for name in taken for form in wanted if form in name)
        shared = dict.fromkeys(found[form] for form in found if form in taken)
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "longer", tuple(dict.fromkeys(longer)))
        object.__setattr__(self, "shared", tuple(shared))

    def within(self, text: str) -> bool:
        """Whether a text names them."""
        return next(self._spans(text), None) is not None

    def replaced(self, text: str) -> str:
        """Return a text with a mark in place of each mention."""
        if text and text == self.person_id:
            return MARK
        for start, end in sorted(self._spans(text), reverse=True):
            text = text[:start] + MARK + text[end:]
        return text

    def replaced_in(self, value: object) -> object:
        """Return a JSON value with its texts and keys so replaced."""
        if isinstance(value, str):
            return self.replaced(value)
        if isinstance(value, list):
            return [self.replaced_in(one) for one in value]
        if isinstance(value, dict):
            return {self.replaced(key): self.replaced_in(one) for key, one in value.items()}
        return value

    def names_alone(self) -> Named:
        """Return the same without the id, for bytes in which a short one may stand by chance."""
        return Named("", self.names, self.others)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where they are named; none overlaps another."""
        end = 0
        for start, stop in sorted([*self._by_name(text), *self._by_id(text)]):
            if start >= end:
                yield start, stop
                end = stop

    def _by_name(self, text: str) -> Iterator[tuple[int, int]]:
        if not any(form in _folded_whole(text) for form in self.wanted):
            return
        folded, places = _folded(text)
        theirs = [span for name in self.longer for span in _found(name, folded, places, text)]
        for form in self.wanted:
            for start, end in _found(form, folded, places, text):
                if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in theirs):
                    yield start, end

    def _by_id(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the id stands: as a whole text, in quotes, in a run's name, as a word.

        As a word only where it can't well be another: it has letters and more than letters.
        """
        if not self.person_id:
            return
        if text == self.person_id:
            yield 0, len(text)
            return
        one = re.escape(self.person_id)
        for found in re.finditer(rf"(?<=-){one}(?=-[1-9]\d*)|(?<=[\"']){one}(?=[\"'])", text):
            yield found.span()
        if self._is_telling():
            for found in re.finditer(rf"(?<!\w){one}(?!\w)", text, re.IGNORECASE | re.ASCII):
                yield found.span()

    def _is_telling(self) -> bool:
        letters = sum(one.isalpha() for one in self.person_id)
        return 0 < letters < len(self.person_id) >= LEAST_LETTERS + 1 or letters >= PLAIN_ID


def plain(text: str) -> str:
    r"""Return a text with JSON's ``\u`` escapes and HTML's resolved."""
    from html import unescape  # noqa: PLC0415 (seldom needed)

    return unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def _forms(name: str) -> Iterator[str]:
    words = name.split()
    yield name
    if len(words) > 1:
        yield " ".join([*words[1:], words[0]])
        yield " ".join([words[-1], *words[:-1]])


def _folded_whole(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one) and not one.isspace())


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text folded, and for each character of that where it stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, one in enumerate(text):
        folded = _folded_whole(one)
        letters += folded
        places += [place] * len(folded)
    return "".join(letters), places


def _found(form: str, folded: str, places: list[int], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a folded name stands in a text, in Latin letters as whole words alone."""
    at = folded.find(form)
    while at >= 0:
        start, end = places[at], places[at + len(form) - 1] + 1
        before, after = text[start - 1 : start], text[end : end + 1]
        joined = (_joins(before) and _joins(form[0])) or (_joins(after) and _joins(form[-1]))
        if not joined:
            yield start, end
        at = folded.find(form, at + 1)


def _joins(one: str) -> bool:
    return one.isalnum() and unicodedata.normalize("NFKC", one) < FIRST_WIDE
