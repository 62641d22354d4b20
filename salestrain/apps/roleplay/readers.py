"""Readers of typed talk, made of the playbook and what trainers put right, and kept on disk.

They lie in the user's cache, each named by the hash of all that it rests on, so that every
workspace and process of a machine makes the same one only once. What was put right, and learned at
the last `salestrain check`, lies with the workspace.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING

import numpy as np

from salestrain.records.shared import everybodys
from salestrain.training import understanding
from salestrain.training.understanding.classifier import Classifier
from salestrain.training.understanding.encoder import encoder
from salestrain.training.understanding.learning import (
    Correction,
    kind_examples,
    learned,
    move_examples,
)
from salestrain.training.understanding.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.whole import Playbook
    from salestrain.records import Records
    from salestrain.training.understanding.learning import Example

CORRECTIONS, CORRECTED = "corrections", "corrected"
"""The thread in which trainers put readings right, and its kind of step."""
LEARNED = "corrections.json"
MOST_KEPT = 300
AWAKE = "ok"
_LOADING = Lock()
_READERS: dict[tuple[int, str], tuple[Playbook, Reader]] = {}
"""What this process has made, by the playbook it was made of; to find it again is no work."""


def corrections_of(records: Records) -> tuple[Correction, ...]:
    """Return what trainers put right; of what was put right twice the last counts."""
    said = everybodys(records, "roleplay", CORRECTIONS)
    steps = sorted((one for each in said.values() for one in each), key=lambda step: step.at)
    found = {
        (step.data["scenario"], step.data["text"]): step.data["move"]
        for step in steps
        if step.kind == CORRECTED
    }
    return tuple(Correction(*key, move) for key, move in found.items())


def reader_of(playbook: Playbook, scenario: Scenario, state: Path) -> Reader:
    """Return what reads a scenario's talk, from disk if nothing it rests on has changed.

    Args:
        playbook: With its kinds of moves; a scenario is refused without them.
        scenario: The one that is played.
        state: The workspace's folder of what is made.
    """
    key, corrections = (id(playbook), scenario.id), learned_last(state)
    with _LOADING:  # what warms up and the first message would both load it
        if (known := _READERS.get(key)) is None or known[0] is not playbook:
            known = _READERS[key] = playbook, _made(playbook, scenario, corrections)
        return known[1]


def _made(playbook: Playbook, scenario: Scenario, corrections: Sequence[Correction]) -> Reader:
    moves = playbook.kinds_of_moves
    encoder().encode([AWAKE])  # its weights are loaded when they are first used
    return Reader(
        encoder(),
        classifier_of(kind_examples(moves, playbook.scenarios.values(), corrections)),
        classifier_of(move_examples(moves, scenario, corrections)),
        {move.id: move.kind for move in scenario.moves},
        playbook.unwise(scenario),
    )


def warm_up(playbook: Playbook, scenario: Scenario, state: Path) -> None:
    """Load what reads a scenario's talk while its learner is still thinking of what to say."""
    Thread(target=reader_of, args=(playbook, scenario, state), daemon=True).start()


def learn(
    playbook: Playbook,
    state: Path,
    corrections: Sequence[Correction],
    tell: Callable[[], None] = lambda: None,
) -> None:
    """Take over what trainers put right, and make every reader whose examples have changed.

    Args:
        playbook: With its scenarios; without any there is nothing to learn.
        state: The workspace's folder of what is made.
        corrections: What trainers put right.
        tell: Is called first if there is anything to make, which takes some seconds.
    """
    if not playbook.scenarios:
        return
    if (*corrections,) != learned_last(state):
        text = json.dumps(corrections, ensure_ascii=False)
        state.mkdir(parents=True, exist_ok=True)
        _replace(state / LEARNED, lambda file: file.write(text.encode()))
        learned_last.cache_clear()
        _READERS.clear()
    missing = [each for each in _every(playbook, corrections) if not _place(each).exists()]
    if missing:
        tell()
    for each in missing:
        classifier_of(each)


def unlearn(state: Path, left: Sequence[Correction]) -> None:
    """Drop of what was learned last what isn't among these any more, as of who was forgotten."""
    known = learned_last(state)
    still = [one for one in known if one in set(left)]
    if len(still) < len(known):
        text = json.dumps(still, ensure_ascii=False)
        _replace(state / LEARNED, lambda file: file.write(text.encode()))
        learned_last.cache_clear()
        _READERS.clear()


def is_learned(state: Path, corrections: Sequence[Correction]) -> bool:
    """Whether a workspace's readers know all that trainers put right."""
    return (*corrections,) == learned_last(state)


@cache
def learned_last(state: Path) -> tuple[Correction, ...]:
    """Return the corrections that `salestrain check` learned from last."""
    try:
        text = (state / LEARNED).read_text("utf-8")
    except FileNotFoundError:
        return ()
    return tuple(Correction(*each) for each in json.loads(text))


def _every(playbook: Playbook, corrections: Sequence[Correction]) -> list[tuple[Example, ...]]:
    moves, scenarios = playbook.kinds_of_moves, playbook.scenarios.values()
    each = [move_examples(moves, one, corrections) for one in scenarios]
    return [kind_examples(moves, scenarios, corrections), *each]


def _place(examples: Sequence[Example]) -> Path:
    text = what_reads() + json.dumps(examples, ensure_ascii=False)
    return cached(f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.npz")


def cached(name: str) -> Path:
    """Return a file in the user's cache."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "salestrain" / name


def what_reads() -> str:
    """Return what names the encoder and the code that reads with it."""
    return f"{encoder().name} {_code()}"


@cache
def _code() -> str:
    """Return the hash of the code that makes a classifier and reads with it."""
    rooms = sorted(Path(str(understanding.__file__)).parent.glob("*.py"))
    return hashlib.sha256("\n".join(one.read_text("utf-8") for one in rooms).encode()).hexdigest()


@cache
def classifier_of(examples: tuple[Example, ...]) -> Classifier:
    """Return the classifier that these examples make, from the user's cache if it is there."""
    place = _place(examples)
    with suppress(OSError, ValueError, KeyError), np.load(place) as kept:
        return Classifier(tuple(kept["labels"].tolist()), kept["weights"])
    made = learned(examples, encoder())
    with suppress(OSError):  # nowhere to keep it: then this process has it
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, lambda file: np.savez(file, labels=made.labels, weights=made.weights))
        _tidy(place.parent)
    return made


def _tidy(folder: Path) -> None:
    """Drop the readers that were made longest ago."""
    kept = sorted(folder.glob("*.npz"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in kept[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def _replace(place: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file so that whoever reads it meanwhile sees a whole one."""
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        write(file)
    Path(file.name).replace(place)
