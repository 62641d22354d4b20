"""Coaching talks: what was noted, what was agreed by which day, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from salestrain.training.steps import Step

MENTOR, TALKS = "mentor", "talks"
TALKED, SETTLED = "talked", "settled"
"""The app and the thread of coaching talks, and its two kinds of steps."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something agreed with a person.

    Attributes:
        number: Its place among all that was ever agreed with this person, from 1.
        by: The day by which.
        with_whom: Who held the talk.
        done: Whether it was; None until it has been looked at.
        settled_at: When it was looked at.
    """

    number: int
    what: str
    by: date
    with_whom: str
    done: bool | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk: who held it, when, what they noted, and the numbers of what was agreed."""

    with_whom: str
    at: datetime
    text: str
    agreed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coaching:
    """All talks with one person, the oldest first, and all that was agreed in them."""

    talks: tuple[Talk, ...] = ()
    agreed: tuple[Agreed, ...] = ()

    @property
    def open(self) -> tuple[Agreed, ...]:
        """What nobody has looked at since, the soonest first."""
        waiting = (one for one in self.agreed if one.done is None)
        return tuple(sorted(waiting, key=lambda one: (one.by, one.number)))


def coaching_of(person: str, threads: Mapping[str, Iterable[Step]]) -> Coaching:
    """Return the coaching of one person.

    Args:
        person: Whose.
        threads: What each mentor did in the thread ``talks``, by mentor.
    """
    every = [
        (step.at, mentor, step)
        for mentor, steps in threads.items()
        for step in steps
        if step.data["person"] == person and mentor != person
    ]
    talks, agreed = list[Talk](), dict[int, Agreed]()
    for at, mentor, (kind, data, _) in sorted(every, key=lambda one: one[:2]):
        if kind == TALKED:
            new = [
                Agreed(number, each["what"], date.fromisoformat(each["by"]), mentor)
                for number, each in enumerate(data["actions"], len(agreed) + 1)
            ]
            agreed |= {one.number: one for one in new}
            talks.append(Talk(mentor, at, data["text"], tuple(one.number for one in new)))
        elif kind == SETTLED and data["action"] in agreed:
            done = bool(data["done"])
            agreed[data["action"]] = replace(agreed[data["action"]], done=done, settled_at=at)
    return Coaching(tuple(talks), tuple(agreed.values()))
