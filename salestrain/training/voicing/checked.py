"""What a language model gives back is said only if it is what this person could say now.

Whatever fails is refused whole, and the script's answer stands: a check that refuses too much
costs some colour, one that lets through too much costs the exercise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from salestrain.language import LANGUAGES
from salestrain.training.voicing.cue import MOST_CHARACTERS, MOST_SENTENCES
from salestrain.training.voicing.figures import figures_in
from salestrain.training.voicing.persona import RULES
from salestrain.training.voicing.plain import (
    alike,
    in_language,
    not_said,
    out_of_role,
    sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.training.voicing.cue import Cue

_PAIRS = {'"': '"', "“": "”", "「": "」", "'": "'", "‘": "’", "『": "』"}
_WORDS = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_RUN_WORDS, _RUN_HAN, _LONG_WORD = 3, 3, 8
"""What tells a fact: so many words or characters in a row, or one word of so many letters."""
_RULE_WORDS, _RULE_HAN = 6, 10
"""What tells the rules a model was given."""


class Checked(NamedTuple):
    """What may be said, or why it may not; one of the two is empty."""

    text: str
    refused: str = ""


def checked(text: object, cue: Cue) -> Checked:
    """Return what came back as words to be spoken, or why it is refused.

    Args:
        text: What the model gave, of any kind.
        cue: The turn that it answers.

    Returns:
        The words without quotation marks and the speaker's name around them; at most
        ``MOST_CHARACTERS`` characters and ``MOST_SENTENCES`` sentences.
    """
    if not isinstance(text, str):
        return Checked("", f"{type(text).__name__} is no text")
    if len(text) > 4 * MOST_CHARACTERS:
        return Checked("", f"{len(text)} characters")
    words = _bare(text, cue.persona.name.in_(cue.language))
    refused = next(filter(None, _faults(words, cue)), "")
    return Checked("", refused) if refused else Checked(words)


def _bare(text: str, name: str) -> str:
    text = text.strip()
    for colon in ":：":
        text = text.removeprefix(f"{name}{colon}").strip()
    return text[1:-1].strip() if len(text) > 2 and _PAIRS.get(text[0]) == text[-1] else text


def _faults(text: str, cue: Cue) -> Iterator[str]:
    """Yield what is wrong with a text, the cheap checks first; an empty text is nothing wrong."""
    yield f"{len(text)} characters" if not 0 < len(text) <= MOST_CHARACTERS else ""
    yield _quoted("nobody says", not_said(text, cue.answer))
    yield "" if in_language(text, cue.language) else f"not in {cue.language!r}"
    count = sentences(text)
    yield f"{count} sentences" if not 0 < count <= MOST_SENTENCES else ""
    yield _quoted("out of the role:", out_of_role(text, cue.own))
    yield _quoted("tells the rules:", _rule_told(text))
    yield _quoted("tells a secret:", secret_told(text, cue))
    yield from _wrong_figures(text, cue)


def _wrong_figures(text: str, cue: Cue) -> Iterator[str]:
    said, wanted = figures_in(text), figures_in(cue.answer)
    yield _quoted("a new figure:", *sorted(said - figures_in(*cue.own, *cue.heard)))
    yield _quoted("a figure is missing:", *sorted(wanted - said))


def secret_told(text: str, cue: Cue) -> str:
    """Return the first figure or run of words that tells what the learner hasn't found out.

    What this person may speak of tells nothing. What the learner said doesn't count: to repeat a
    right guess would confirm it. Facts are looked for in both languages.
    """
    facts = [fact.in_(language) for fact in cue.secret for language in LANGUAGES]
    figures = figures_in(text) & (figures_in(*facts) - figures_in(*cue.own))
    told = _runs(text) & (_all_runs(facts) - _all_runs(cue.own))
    return min(figures or told, default="")


def _rule_told(text: str) -> str:
    rules = (_runs(rule, _RULE_WORDS, _RULE_HAN, 99) for rule in RULES)
    return min(_runs(text, _RULE_WORDS, _RULE_HAN, 99) & frozenset().union(*rules), default="")


def _all_runs(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_runs, texts))


def _runs(
    text: str, words: int = _RUN_WORDS, han: int = _RUN_HAN, long: int = _LONG_WORD
) -> frozenset[str]:
    """Return the runs of words and of Chinese characters in a text, and its long words."""
    plain = alike(text).replace("’", "'")
    spoken = _WORDS.findall(plain)
    runs = {" ".join(spoken[at : at + words]) for at in range(len(spoken) - words + 1)}
    for part in _HAN.findall(plain):
        runs |= {part[at : at + han] for at in range(len(part) - han + 1)}
    return frozenset(runs | {word[:long] for word in spoken if len(word) >= long})


def _quoted(what: str, *found: str) -> str:
    said = [one for one in found if one]
    return f"{what} {said[0][:40]!r}" if said else ""
