"""What a vote shows: who chose what, how many were right, how long it took, and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.playbook.items import Multiple, Numeric, Single, TrueFalse
from salestrain.playbook.items.asked import STATEMENT
from salestrain.training.statistics.intervals import Interval, of_share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.items import Item, Option
    from salestrain.training.live.session import Round

DISCUSS = 0.3, 0.7
"""Shares right between which a discussion helps most.

Source: Crouch and Mazur (2001), Peer Instruction: ten years of experience and results: below,
too few can explain it; above, too few need to hear it.
"""
LEAST = 5
"""Fewer answers show too little to advise anything."""
MOST_TYPED = 6
PARTS: dict[str, bool | None] = {"right": True, "partly": None, "wrong": False}
Advice = Literal["wait", "explain", "discuss", "go_on"]


class Bar(NamedTuple):
    """An answer, how many gave it, and whether it is right (None: right in part)."""

    answer: str
    chosen: int
    right: bool | None


class Tally(NamedTuple):
    """A vote as figures.

    Attributes:
        answered: How many answered.
        right: How many got it wholly right; ``share`` of those who answered, None for nobody.
        interval: 95 % of it; None likewise.
        seconds: The mean time to answer; None likewise.
        bars: Options in their order; of other kinds right, partly, wrong; numbers by how often.
        advice: What the share right calls for.
    """

    answered: int
    right: int
    share: float | None
    interval: Interval | None
    seconds: float | None
    bars: tuple[Bar, ...]
    advice: Advice


def tally(item: Item, vote: Round) -> Tally:
    """Return what a vote on an item shows."""
    given = tuple(vote.answers.values())
    count, right = len(given), sum(one.earned == 1 for one in given)
    share = right / count if count else None
    return Tally(
        count,
        right,
        share,
        None if share is None else of_share(share, count),
        sum(one.seconds for one in given) / count if count else None,
        _bars(item, vote),
        _advice(count, share),
    )


def _advice(count: int, share: float | None) -> Advice:
    if share is None or count < LEAST:
        return "wait"
    low, high = DISCUSS
    return "explain" if share < low else "discuss" if share <= high else "go_on"


def _bars(item: Item, vote: Round) -> tuple[Bar, ...]:
    given = tuple(vote.answers.values())
    if isinstance(item, Single | Multiple | TrueFalse):
        chosen = Counter(each for one in given for each in one.answer)
        return tuple(Bar(each, chosen[each], right) for each, right in _offered(item))
    if isinstance(item, Numeric):
        typed = Counter((one.answer[0].strip(), one.earned == 1) for one in given)
        return tuple(Bar(text, n, right) for (text, right), n in typed.most_common(MOST_TYPED))
    worth = Counter(one.earned == 1 if one.earned in (0, 1) else None for one in given)
    return tuple(Bar(name, worth[right], right) for name, right in PARTS.items())


def _offered(item: Single | Multiple | TrueFalse) -> Iterable[tuple[str, bool]]:
    """Yield what can be chosen, and whether it should be."""
    if isinstance(item, TrueFalse):
        yield from ((said, said == STATEMENT[item.key]) for said in reversed(STATEMENT))
    options: tuple[Option, ...] = (item.reason if isinstance(item, TrueFalse) else item).options
    yield from ((one.id, one.key) for one in options)
