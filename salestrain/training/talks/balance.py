"""Who spoke how much, and how much of it was asked: the balance of a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from salestrain.language import Language
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.turns import Turn


class Balance(NamedTuple):
    """How a talk was shared out.

    Attributes:
        asked: The turns in which something was asked.
        told: How many moves told something.
        mine: What share of all that was said the learner said (0–1), by letters.
    """

    asked: tuple[Turn, ...]
    told: int
    mine: float


def balance(play: Play, asks: Collection[str], language: Language) -> Balance:
    """Return the balance of a talk, in which the language's own letters are counted.

    Args:
        play: The talk.
        asks: The moves that are questions.
        language: The one it was held in.
    """
    asked = tuple(turn for turn in play.turns if any(one.move in asks for one in turn.made))
    told = sum(one.move not in asks for one in play.made)
    mine = sum(_letters(turn.says) for turn in play.turns)
    theirs = [play.scenario.opening.says, *(turn.answer for turn in play.turns)]
    total = mine + sum(_letters(one.in_(language)) for one in theirs)
    return Balance(asked, told, mine / total if total else 0.0)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)
