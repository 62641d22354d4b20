"""Who is new (4.1.newcomer): which day it is for them, which milestone comes next, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from salestrain.playbook.content import Criterion
    from salestrain.playbook.standards.growing import Milestone


class Newcomer(NamedTuple):
    """Somebody new.

    Attributes:
        day: The how many-th day here; that of joining is day 1.
        milestone: The next one, by its day.
        open: Its conditions that nobody has signed yet.
    """

    person: str
    day: int
    milestone: Milestone
    open: tuple[Criterion, ...]


def newcomer(
    person: str,
    joined: date | None,
    today: date,
    milestones: Sequence[Milestone],
    signed: Collection[str],
) -> Newcomer | None:
    """Return where somebody new stands; None if they aren't new.

    Args:
        person: Their id.
        joined: Their first day.
        today: The day of the books.
        milestones: In the order of their days.
        signed: Ids that were signed for them: of conditions or milestones, whole or the last word.
    """
    if joined is None:
        return None
    day = (today - joined).days + 1
    ahead = [one for one in milestones if day <= one.day]
    if day < 1 or not ahead:
        return None
    first = ahead[0]
    done = _is_in(first.id, signed)
    open_ = () if done else tuple(one for one in first.criteria if not _is_in(one.id, signed))
    return Newcomer(person, day, first, open_)


def _is_in(id_: str, signed: Collection[str]) -> bool:
    return id_ in signed or id_.rpartition(".")[2] in signed
