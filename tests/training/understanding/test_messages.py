"""Messages written from the definitions of the kinds alone are read as people judge them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
import yaml

from salestrain.language import LANGUAGES, Language
from salestrain.training.understanding.encoder import encoder
from salestrain.training.understanding.learning import kind_examples
from salestrain.training.understanding.reading import NONE, read, to_the_matter
from tests.sample import sample_playbook
from tests.training.understanding.taught import kinds

HERE = Path(__file__).parent
pytestmark = pytest.mark.slow


class Message(NamedTuple):
    """A message, and the kinds of moves it makes."""

    says: str
    kinds: frozenset[str]


def messages(language: Language) -> list[Message]:
    written = yaml.safe_load((HERE / f"messages.{language}.yaml").read_text("utf-8"))
    return [
        Message(one["says"], frozenset(kind for kind, _ in one["parts"]) - {NONE})
        for one in written
    ]


def chances(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    return kinds().chances(encoder().encode(texts))


def f1(kind: str, found: list[frozenset[str]], wanted: list[frozenset[str]]) -> float:
    """Return 2 · right / (2 · right + wrongly found + missed)."""
    pairs = list(zip(found, wanted, strict=True))
    right = sum(kind in a and kind in b for a, b in pairs)
    off = sum((kind in a) != (kind in b) for a, b in pairs)
    return 2 * right / (2 * right + off)


def test_there_are_enough_of_them_of_every_kind() -> None:
    ids = {kind.id for kind in sample_playbook().kinds_of_moves.kinds}
    for language in LANGUAGES:
        every = messages(language)
        assert len(every) >= 200
        assert sum(not one.kinds for one in every) >= 60
        assert {kind for one in every for kind in one.kinds} == ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_among_the_examples(language: Language) -> None:
    examples = {one.text for one in kind_examples(sample_playbook().kinds_of_moves)}
    same = [one.says for one in messages(language) if one.says in examples and one.kinds]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_are_read_with_a_macro_f1_of_at_least_80(language: Language) -> None:
    labels = kinds().labels
    every = messages(language)
    found = [
        frozenset(p.label for p in read(one.says, labels, chances) if p.understood) for one in every
    ]
    wanted = [one.kinds for one in every]
    scores = {kind: f1(kind, found, wanted) for kind in labels if kind != NONE}
    assert np.mean([*scores.values()]) >= 0.80, scores


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_off_topic_is_told_apart_with_an_auc_of_at_least_93(language: Language) -> None:
    labels = kinds().labels
    every = messages(language)
    score = np.array([to_the_matter(one.says, labels, chances) for one in every])
    off = np.array([not one.kinds for one in every])
    above = (score[~off][:, None] > score[off][None]).mean()
    assert above + (score[~off][:, None] == score[off][None]).mean() / 2 >= 0.93
