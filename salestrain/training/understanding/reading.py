"""Reading a message: which of its parts makes which move, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.understanding.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.training.understanding.encoder import Vectors

    Spans = dict[tuple[int, int, int], "Part"]

NONE = "none"
"""What makes no move."""
SURE = 0.35
"""A part read with less confidence than this is not understood."""
SENTENCE_COUNTS = 0.3
"""How much what its whole sentence does counts for a clause of it."""


class Cut(NamedTuple):
    """How a message is cut into parts.

    Attributes:
        over_sentences: Whether a part may reach over several sentences.
        longest: Clauses of a part, at most.
        by_clause: Whether each clause of a part counts, or each part alike.
        costs: What one part more costs, in units of log-likelihood.
    """

    over_sentences: bool
    longest: int
    by_clause: bool
    costs: float


BY_SENTENCE = Cut(over_sentences=False, longest=4, by_clause=True, costs=0.5)
"""Every sentence by itself: finds most of what a message does."""
BY_MESSAGE = Cut(over_sentences=True, longest=6, by_clause=False, costs=0.0)
"""As one whole if that is as clear: a turn in a talk mostly makes one move, at some length."""


class Part(NamedTuple):
    """A part of a message, what it is read as, and how sure that is (0–1)."""

    text: str
    label: str
    sure: float

    @property
    def understood(self) -> bool:
        """Whether it makes a move, and it is clear which."""
        return self.label != NONE and self.sure >= SURE


def read(
    message: str,
    labels: Sequence[str],
    chances: Callable[[Sequence[str]], Vectors],
    cut: Cut = BY_SENTENCE,
) -> tuple[Part, ...]:
    """Return the parts of a message in their order; neighbours that do the same are one part.

    It is cut at its pauses wherever that makes its parts clearer.

    Args:
        message: Any text.
        labels: What a part can be read as; ``none`` is one of it.
        chances: For texts how likely each label is, shape (texts, labels).
        cut: How it may be cut.
    """
    sentences = clauses(message)
    if cut.over_sentences and sentences:
        sentences = (tuple(clause for sentence in sentences for clause in sentence),)
    spans = [
        (row, at, at + size)
        for row, sentence in enumerate(sentences)
        for size in range(1, min(len(sentence), cut.longest) + 1)
        for at in range(len(sentence) - size + 1)
    ]
    wholes = [(row, 0, len(sentence)) for row, sentence in enumerate(sentences)]
    texts = {span: _text(sentences[span[0]], *span[1:]) for span in (*spans, *wholes)}
    found = dict(zip(texts, chances([*texts.values()]) if texts else (), strict=True))
    known = {
        span: _part(labels, texts[span], found[span] * found[wholes[span[0]]] ** SENTENCE_COUNTS)
        for span in spans
    }
    parts = (part for row, one in enumerate(sentences) for part in _best(known, row, len(one), cut))
    return _joined([*parts])


def _text(sentence: Sequence[str], at: int, to: int) -> str:
    wide = "".join(sentence).isascii()
    return (" " if wide else "").join(sentence[at:to]).strip(" ，,：")


def _part(labels: Sequence[str], text: str, weights: Vectors) -> Part:
    best = int(weights.argmax())
    return Part(text, labels[best], float(weights[best] / max(float(weights.sum()), 1e-12)))


def _best(known: Spans, row: int, length: int, cut: Cut) -> list[Part]:
    """Return the parts a sentence is most likely made of, by dynamic programming from its end."""
    worth: list[tuple[float, list[Part]]] = [(0.0, [])]
    for at in reversed(range(length)):
        ways = []
        for to in range(at + 1, min(at + cut.longest, length) + 1):
            part, (rest, parts) = known[row, at, to], worth[length - to]
            weight = to - at if cut.by_clause else 1
            fit = weight * float(np.log(max(part.sure, 1e-6)))
            ways.append((fit + rest - (cut.costs if parts else 0.0), [part, *parts]))
        worth.append(max(ways, key=lambda way: way[0]))
    return worth[-1][1]


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    found: list[Part] = []
    for part in parts:
        last = found.pop() if found and found[-1].label == part.label else None
        whole = (
            Part(f"{last.text} {part.text}", part.label, max(last.sure, part.sure))
            if last
            else part
        )
        found.append(whole)
    return tuple(found)


def to_the_matter(
    message: str, labels: Sequence[str], chances: Callable[[Sequence[str]], Vectors]
) -> float:
    """Return how likely it is that at least one sentence of a message makes a move (0–1)."""
    texts, none = sentences(message), labels.index(NONE)
    return max((1.0 - float(row[none]) for row in chances(texts)), default=0.0) if texts else 0.0


def sentences(message: str) -> list[str]:
    """Return the sentences of a message that are looked at."""
    return [_text(sentence, 0, len(sentence)) for sentence in clauses(message)]
