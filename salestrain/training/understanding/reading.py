"""Reading a message: which of its parts makes which move, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.understanding.clauses import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.training.understanding.encoder import Vectors

NONE = "none"
"""What makes no move."""
SURE = 0.35
"""A part read with less confidence than this is not understood."""
LONGEST_PART = 4
PART_COSTS = 0.5
"""What it costs to see one part more in a sentence, in units of log-likelihood."""


SENTENCE_COUNTS = 0.3
"""How much what its whole sentence does counts for a clause of it."""


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
    message: str, labels: Sequence[str], chances: Callable[[Sequence[str]], Vectors]
) -> tuple[Part, ...]:
    """Return the parts of a message in their order; neighbours that do the same are one part.

    A sentence is cut at its pauses wherever that makes its parts clearer.

    Args:
        message: Any text.
        labels: What a part can be read as; ``none`` is one of it.
        chances: For texts how likely each label is, shape (texts, labels).
    """
    sentences = clauses(message)
    spans = [
        (row, at, at + size)
        for row, sentence in enumerate(sentences)
        for size in range(1, min(len(sentence), LONGEST_PART) + 1)
        for at in range(len(sentence) - size + 1)
    ]
    wholes = [(row, 0, len(sentence)) for row, sentence in enumerate(sentences)]
    texts = {span: _text(sentences[span[0]], *span[1:]) for span in (*spans, *wholes)}
    found = dict(zip(texts, chances([*texts.values()]) if texts else (), strict=True))
    known = {
        span: _part(labels, texts[span], found[span] * found[wholes[span[0]]] ** SENTENCE_COUNTS)
        for span in spans
    }
    parts = (part for row, one in enumerate(sentences) for part in _best(known, row, len(one)))
    return _joined([*parts])


def _text(sentence: Sequence[str], at: int, to: int) -> str:
    wide = "".join(sentence).isascii()
    return (" " if wide else "").join(sentence[at:to]).strip(" ，,：")


def _part(labels: Sequence[str], text: str, weights: Vectors) -> Part:
    best = int(weights.argmax())
    return Part(text, labels[best], float(weights[best] / max(float(weights.sum()), 1e-12)))


def _best(known: dict[tuple[int, int, int], Part], row: int, length: int) -> list[Part]:
    """Return the parts a sentence is most likely made of, by dynamic programming from its end."""
    worth: list[tuple[float, list[Part]]] = [(0.0, [])]
    for at in reversed(range(length)):
        ways = []
        for to in range(at + 1, min(at + LONGEST_PART, length) + 1):
            part, (rest, parts) = known[row, at, to], worth[length - to]
            fit = (to - at) * float(np.log(max(part.sure, 1e-6)))
            ways.append((fit + rest - (PART_COSTS if parts else 0.0), [part, *parts]))
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
    texts = [_text(sentence, 0, len(sentence)) for sentence in clauses(message)]
    none = labels.index(NONE)
    return max((1.0 - float(row[none]) for row in chances(texts)), default=0.0) if texts else 0.0
