"""Actions that a meeting agreed on, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.training.steps import Step

MEETING = "meeting"
AGREED, SETTLED = "agreed", "settled"


@dataclass(frozen=True, slots=True)
class Action:
    """Something agreed on: what, who, by which day; ``done`` is None while it is open."""

    what: str
    who: str
    by: date | None
    done: bool | None = None

    def late(self, today: date) -> bool:
        """Return whether its day is past and it is open."""
        return self.done is None and self.by is not None and self.by < today


def actions(steps: Iterable[Step]) -> tuple[Action, ...]:
    """Return what one chair's meeting agreed on, in the order agreed.

    ``settled`` names an action by its number, from 0 in the order agreed; the last word counts.

    Args:
        steps: Of one person in one meeting's thread, in order.
    """
    found: list[Action] = []
    for kind, data, _ in steps:
        if kind == AGREED:
            found.append(Action(str(data["what"]), str(data["who"]), _day(data.get("by"))))
        elif kind == SETTLED and 0 <= data["action"] < len(found):
            one = found[data["action"]]
            found[data["action"]] = Action(one.what, one.who, one.by, bool(data["done"]))
    return tuple(found)


def done_in_time(every: Iterable[Action], today: date) -> tuple[int, int]:
    """Return how many actions that fell due are done, and how many fell due (1.3.done_in_time)."""
    due = [one for one in every if one.by is not None and one.by <= today]
    return sum(one.done is True for one in due), len(due)


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
