"""What reads the talk of one scenario: its own moves first, helped by what kind each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.understanding.clauses import clauses, clean
from salestrain.training.understanding.reading import (
    BY_MESSAGE,
    NONE,
    Part,
    read,
    sentences,
    to_the_matter,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from salestrain.training.understanding.classifier import Classifier
    from salestrain.training.understanding.encoder import Encoder, Vectors

KIND_COUNTS = 0.4
"""How much what kind of move it sounds like counts beside which move it sounds like."""
TO_THE_MATTER = 0.8
IN_THIS_TALK = 0.95
"""A message less likely than the first to make a move of any kind, and than the second to make one
of this talk, isn't searched for one."""
NOT_HERE = 0.4
"""How much less likely a move is where the talk doesn't offer it."""
OF_ITS_OWN = 0.7
"""So sure, a sentence makes a move of its own beside another's; else the message is one whole."""
CERTAIN = 0.9
MOST_MOVES = 3
"""So many moves of one message count; nobody takes in more at once."""


@dataclass(frozen=True)
class Reader:
    """Reads a message typed in a scenario.

    Attributes:
        kinds: Tells kinds of moves apart; ``moves`` the scenario's own.
        kind_of: Move → kind.
        unwise: The moves that a message makes only as a whole, never by one of its sentences.
    """

    encoder: Encoder
    kinds: Classifier
    moves: Classifier
    kind_of: Mapping[str, str]
    unwise: frozenset[str] = frozenset()

    @property
    def labels(self) -> tuple[str, ...]:
        """What a part can be read as: a move's id, or ``none``."""
        return self.moves.labels

    def _off_topic(self, message: str) -> bool:
        return (
            any(clauses(message))
            and self._matters(message, self.kinds) < TO_THE_MATTER
            and self._matters(message, self.moves) < IN_THIS_TALK
        )

    def _matters(self, message: str, classifier: Classifier) -> float:
        def chances(texts: Sequence[str]) -> Vectors:
            return classifier.chances(self.encoder.encode(texts))

        return to_the_matter(message, classifier.labels, chances)

    @cached_property
    def _columns(self) -> list[int]:
        return [self.kinds.labels.index(self.kind_of.get(label, NONE)) for label in self.labels]

    def read(self, message: str, offered: Collection[str]) -> tuple[Part, ...]:
        """Return the parts of a message in order, each with the move it makes.

        Args:
            message: Any text.
            offered: The moves that the talk offers now; they are likelier than others.
        """
        texts, good = sentences(message), {*offered} - self.unwise
        whole = self._in_doubt_for(self._read(message, offered), texts, good)
        if len(texts) == 1 or any(one.understood and one.label in self.unwise for one in whole):
            return whole
        each = [part for text in texts for part in self._read(text, offered)]
        heard = {one for one in each if one.label in good and one.sure >= OF_ITS_OWN}
        if len({one.label for one in heard}) < 2:
            return whole
        return tuple(one if one in heard else one._replace(label=NONE) for one in each)

    def _in_doubt_for(
        self, parts: tuple[Part, ...], texts: Sequence[str], good: Collection[str]
    ) -> tuple[Part, ...]:
        """Take less than a sentence for nothing unwise where the rest is to the good."""
        if not any(one.understood and one.label in good for one in parts):
            return parts
        return tuple(
            one._replace(label=NONE)
            if one.label in self.unwise and not any(text in one.text for text in texts)
            else one
            for one in parts
        )

    def _read(self, message: str, offered: Collection[str]) -> tuple[Part, ...]:
        if self._off_topic(message):
            return (Part(clean(message), NONE, 1.0),)
        here = np.array(
            [1.0 if one in offered or one == NONE else NOT_HERE for one in self.labels],
            dtype=np.float32,
        )

        def chances(texts: Sequence[str]) -> Vectors:
            vectors = self.encoder.encode(texts)
            kinds = self.kinds.chances(vectors)[:, self._columns] ** KIND_COUNTS
            found = self.moves.chances(vectors) * kinds * here
            whole: Vectors = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-12)
            return whole

        return read(message, self.labels, chances, BY_MESSAGE)


def counted(
    parts: Iterable[Part],
    offered: Collection[str],
    *,
    asks: Collection[str],
    mistakes: Collection[str],
) -> tuple[str, ...]:
    """Return the moves of a message that count, in order, each once.

    Of several questions people answer the last one they can, and more than ``MOST_MOVES`` nobody
    takes in. What can be a critical mistake is never overheard, but must be ``CERTAIN``: in doubt
    for the learner.

    Args:
        parts: What was read.
        offered: The moves that the talk offers now.
        asks: The moves that are questions.
        mistakes: The moves that can be a critical mistake.
    """
    clear = (
        part for part in parts
        if part.understood and (part.label not in mistakes or part.sure >= CERTAIN)
    )  # fmt: skip
    made = [*dict.fromkeys(part.label for part in clear)]
    questions = [move for move in made if move in asks]
    answered = [move for move in questions if move in offered] or questions
    heard = [move for move in made if move not in asks or move == answered[-1]]
    return (*heard[:MOST_MOVES], *(move for move in heard[MOST_MOVES:] if move in mistakes))
