"""What marking gives: a mark, the parts that were judged, or the word that there is no answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.errors import SalestrainError

if TYPE_CHECKING:
    from salestrain.language import Text

Verdict = Literal["right", "wrong", "missed", "rest"]
UNCHOSEN: tuple[Verdict, Verdict] = ("rest", "missed")  # by whether it is a key
CHOSEN: tuple[Verdict, Verdict] = ("wrong", "right")


class NotAnAnswer(SalestrainError):  # noqa: N818 (nothing failed: there is nothing to mark yet)
    """What was sent can't be marked; the text says what could be."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class Part(NamedTuple):
    """An option as it was judged, a step, a pair, a card, a cell, or a line of a rubric."""

    id: str
    verdict: Verdict
    place: int = 0
    """Where the learner put a step, from 1."""
    feedback: Text | None = None
    given: str = ""
    """What the learner put beside it: a partner, a class."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned.

    Attributes:
        earned: From 0 to 1; right if it is 1.
        parts: In the order written; none for a number.
        feedback: What this answer calls for.
    """

    earned: float
    parts: tuple[Part, ...] = ()
    feedback: tuple[Text, ...] = ()

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return self.earned == 1


def told(parts: tuple[Part, ...], *verdicts: Verdict) -> tuple[Text, ...]:
    """Return the feedback of the parts with one of these verdicts."""
    return tuple(part.feedback for part in parts if part.verdict in verdicts and part.feedback)


def net(parts: tuple[Part, ...]) -> float:
    """Return right ones less wrong ones, as a share (0–1) of the right ones there are."""
    right, wrong, missed = (
        sum(part.verdict == each for part in parts) for each in ("right", "wrong", "missed")
    )
    return max(0.0, (right - wrong) / (right + missed))
