"""What somebody keeps getting wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.training.quizzes.responses import given

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from salestrain.training.paths.path import Deed

IN_A_ROW = 2


def missed_twice(deeds: Iterable[Deed], items: Collection[str], now: datetime) -> tuple[str, ...]:
    """Return the items whose last two answers were not wholly right, the latest first.

    One slip is no gap, and a review will ask again; twice in a row wants explaining.

    Args:
        deeds: All the person did, without exams of which nothing is told yet.
        items: Ids of those that count.
        now: Says which attempts are over (aware).
    """
    answers: dict[str, list[float]] = {}
    for one in given(deeds, now):
        if one.item in items:
            earlier = answers.pop(one.item, [])  # to the end: the latest is last
            answers[one.item] = [*earlier, float(one.step.data["earned"])]
    missed = [
        id_
        for id_, earned in answers.items()
        if len(earned) >= IN_A_ROW and max(earned[-IN_A_ROW:]) < 1
    ]
    return tuple(reversed(missed))
