"""Who is stuck, and why: a signature is missing, no practice, no chance, or just late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from salestrain.training.effects.waits import HandIn
    from salestrain.training.paths.path import Progress

Cause = Literal["signature", "not_practised", "no_chance", "late"]
PATIENCE, QUIET = timedelta(days=5), timedelta(days=14)
"""A hand-in that is open for longer is stuck; who did nothing for so long doesn't practise."""


class Facts(NamedTuple):
    """What is known of a person.

    Attributes:
        waiting: Their hand-ins that are open, the oldest first.
        last: When they last did anything here; None if never.
        visits: Own visits in the last four weeks, None where the CRM doesn't say.
    """

    person: str
    progress: Progress | None
    waiting: tuple[HandIn, ...]
    last: date | None
    visits: int | None


class Stuck(NamedTuple):
    """Somebody who is stuck.

    Attributes:
        causes: The gravest first; ``mentor`` is whose signature is missing, if any.
        days_late: Of the oldest step that is due and not done.
        since: Since when the oldest hand-in waits.
    """

    person: str
    causes: tuple[Cause, ...]
    days_late: int
    mentor: str
    since: date | None


def stuck(facts: Facts, today: date, late_after: int, least_visits: int) -> Stuck | None:
    """Return why somebody is stuck; None if they aren't.

    Args:
        facts: What is known of them.
        today: The day.
        late_after: Days late at which rule 4.1.stuck_early asks for a talk.
        least_visits: Own visits in four weeks under which there was no chance to do what was
            learnt (4.1.own_visits).
    """
    old = [one for one in facts.waiting if today - one.at.date() > PATIENCE]
    late = _days_late(facts.progress, today)
    quiet = facts.last is None or today - facts.last > QUIET
    causes: list[Cause] = []
    if old:
        causes.append("signature")
    if late >= late_after:
        causes.append("not_practised" if quiet else "late")
    if facts.visits is not None and facts.visits < least_visits:
        causes.append("no_chance")
    if not causes:
        return None
    since = old[0].at.date() if old else None
    return Stuck(facts.person, tuple(causes), late, old[0].mentor if old else "", since)


def _days_late(found: Progress | None, today: date) -> int:
    due = [one.due for one in found.steps if one.state != "done"] if found else []
    return max((today - min(due)).days, 0) if due else 0
