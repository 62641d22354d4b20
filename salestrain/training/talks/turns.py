"""What a talk is made of: what there is to say, the moves made, the turns taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from salestrain.language import Text


class Choice(NamedTuple):
    """Something to say at a turn; its token tells nothing of the move behind it."""

    token: str
    move: str
    says: str


class Made(NamedTuple):
    """One move, as it was made.

    Attributes:
        state: Where the talk stood before; ``trust`` is that before and after.
        case: Which of the move's cases it was, from 0.
        points: What it changed in the score; all moves together make the score.
        earned: Marks that are new; ``learns`` are hidden facts that are new.
        critical: The critical mistake it was, or an empty text.
        rule: The rule it kept or broke, or an empty text.
    """

    move: str
    answer: Text
    state: str
    case: int
    trust: tuple[int, int]
    points: int
    earned: tuple[str, ...]
    learns: tuple[str, ...]
    critical: str
    rule: str
    repeated: bool


class Turn(NamedTuple):
    """One exchange: what was said, the moves that counted, and the answer.

    Attributes:
        missed: Moves that were made and that the state doesn't offer.
        trust: Before and after.
    """

    number: int
    says: str
    made: tuple[Made, ...]
    missed: tuple[str, ...]
    answer: Text
    state: str
    trust: tuple[int, int]

    @property
    def points(self) -> int:
        """What it changed in the score."""
        return sum(one.points for one in self.made)

    @property
    def learns(self) -> tuple[str, ...]:
        """Hidden facts that are new."""
        return tuple(fact for one in self.made for fact in one.learns)


class Said(NamedTuple):
    """One turn as it was kept: the words, the moves that counted, whether they were chosen."""

    says: str
    moves: tuple[str, ...]
    chosen: bool = True
