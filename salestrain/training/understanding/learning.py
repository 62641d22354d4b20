"""What there is to learn from: the playbook's examples, and what trainers put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.language import LANGUAGES
from salestrain.training.understanding.classifier import trained
from salestrain.training.understanding.reading import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salestrain.playbook.moves import MoveKinds
    from salestrain.playbook.scenarios import Scenario, Utterances
    from salestrain.training.understanding.classifier import Classifier
    from salestrain.training.understanding.encoder import Encoder

PENALTY = 1e-4
"""Chosen by five-fold cross-validation over the kinds' examples."""


TOLD_COUNTS = 10
"""What a trainer put right counts as much as so many examples."""
GENERAL_MOST = 60
"""Examples of a general kind, in each language, that a scenario learns from."""


class Example(NamedTuple):
    """A sentence, and what it is an example of."""

    text: str
    label: str


class Correction(NamedTuple):
    """What a trainer put right: in a scenario this text makes that move (or ``none``)."""

    scenario: str
    text: str
    move: str


def kind_examples(
    moves: MoveKinds, scenarios: Iterable[Scenario] = (), corrections: Iterable[Correction] = ()
) -> tuple[Example, ...]:
    """Return examples of what a sentence does, whatever it is about.

    A scenario's own utterances are none: it tells its moves apart by what they are about, and a
    closed question may well be its way of finding out.
    """
    kinds = {(s.id, move.id): move.kind for s in scenarios for move in s.moves}
    told = (Example(one.text, kinds.get((one.scenario, one.move), NONE)) for one in corrections)
    return (*dict.fromkeys(_general(moves)), *(one for one in told for _ in range(TOLD_COUNTS)))


def move_examples(
    moves: MoveKinds, scenario: Scenario, corrections: Iterable[Correction] = ()
) -> tuple[Example, ...]:
    """Return examples of a scenario's moves.

    Where only one move is of a general kind, that kind's examples are examples of the move too;
    a general kind that the scenario lacks is none of its moves. Of each kind only so many are
    taken, lest they drown the scenario's own.
    """
    general = {kind.id for kind in moves.kinds if kind.general}
    own: dict[str, list[str]] = {}
    for move in scenario.moves:
        own.setdefault(move.kind, []).append(move.id)
    labels = {kind: own.get(kind, [NONE]) for kind in (*general, NONE)}
    shared = (
        Example(text, labels[kind][0])
        for text, kind in _general(moves, GENERAL_MOST)
        if len(labels.get(kind, ())) == 1
    )
    known = {NONE, *(move.id for move in scenario.moves)}
    told = (
        Example(one.text, one.move)
        for one in corrections
        if one.scenario == scenario.id and one.move in known
    )
    written = dict.fromkeys([*_own(scenario), *shared])
    return (*written, *(one for one in told for _ in range(TOLD_COUNTS)))


def learned(examples: Sequence[Example], encoder: Encoder) -> Classifier:
    """Return the classifier that these examples make."""
    vectors = encoder.encode([one.text for one in examples])
    return trained(vectors.astype(np.float32), [one.label for one in examples], penalty=PENALTY)


def _general(moves: MoveKinds, most: int = 0) -> Iterator[Example]:
    for kind in moves.kinds:
        yield from (Example(text, kind.id) for text in _each(kind.says, most))
    yield from (Example(text, NONE) for text in _each(moves.off_topic, 2 * most))


def _own(scenario: Scenario) -> Iterator[Example]:
    for move in scenario.moves:
        for says in filter(None, (move.says, move.also)):
            yield from (Example(text, move.id) for text in _each(says))
    for turn in (*scenario.model_answer, *scenario.bad_answer):
        yield from (Example(text, turn.move) for text in turn.text)


def _each(says: Utterances, most: int = 0) -> Iterator[str]:
    """Yield the utterances of both languages; of each at most so many, spread over the list."""
    for language in LANGUAGES:
        every = says.in_(language)
        step = max(1.0, len(every) / most) if most else 1.0
        yield from (every[int(at * step)] for at in range(int(len(every) / step)))
