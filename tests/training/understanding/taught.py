"""Readers taught by the shipped playbook, each made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from salestrain.apps.roleplay.readers import classifier_of
from salestrain.training.understanding.classifier import Classifier
from salestrain.training.understanding.encoder import encoder
from salestrain.training.understanding.learning import (
    Correction,
    kind_examples,
    move_examples,
)
from salestrain.training.understanding.reader import Reader
from tests.sample import sample_playbook


@cache
def kinds() -> Classifier:
    """Return what tells kinds of moves apart."""
    return classifier_of(kind_examples(sample_playbook().kinds_of_moves))


@cache
def reader(name: str, *corrections: Correction) -> Reader:
    """Return the reader of a scenario's talk."""
    playbook = sample_playbook()
    moves, scenario = playbook.kinds_of_moves, playbook.scenarios[name]
    own = classifier_of(move_examples(moves, scenario, corrections))
    kind_of = {move.id: move.kind for move in scenario.moves}
    return Reader(encoder(), kinds(), own, kind_of, playbook.unwise(scenario))
