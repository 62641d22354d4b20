"""Where a person stands on a path: what is done, what comes now, what waits for what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from salestrain.playbook.paths import Measured
from salestrain.training.paths.doing import Beside, Counted, Deed, Done, Tried, done_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from salestrain.playbook.paths import Path, PathStep

__all__ = [
    "Beside",
    "Counted",
    "Deed",
    "Done",
    "Progress",
    "Standing",
    "Tried",
    "due_on",
    "progress",
    "rhythm",
]
State = Literal["done", "waiting", "now", "open", "locked"]
LONGEST_PAUSE, MINUTE = timedelta(minutes=5), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with one step.

    Attributes:
        number: Its place on the path, from 1.
        state: ``now`` is the first that may be done (what the CRM shows never is), ``locked``
            waits for others, ``waiting`` is handed in and not yet signed.
        waits_for: Numbers of the steps that unlock it.
        did: What was done for it, and said of it.
    """

    step: PathStep
    number: int
    state: State
    due: date
    waits_for: tuple[int, ...]
    did: Done

    @property
    def done_at(self) -> datetime | None:
        """When it was first done, and signed if it has to be."""
        return self.did.done_at

    @property
    def tried(self) -> Tried | None:
        """How it went the last time."""
        return self.did.tried

    @property
    def settled(self) -> bool:
        """Whether the person has nothing left to do for it."""
        return self.state in {"done", "waiting"}


@dataclass(frozen=True, slots=True)
class Progress:
    """A person's standing on a path as of a day, which is the path's ``day``-th working day."""

    path: Path
    steps: tuple[Standing, ...]
    day: int
    begun: date

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.state == "done" for one in self.steps)

    @property
    def now(self) -> Standing | None:
        """The step to do now; none when all are done or wait for somebody else."""
        return next((one for one in self.steps if one.state == "now"), None)

    @property
    def minutes_left(self) -> int:
        """Planned minutes of the steps that the person has still to do."""
        return sum(one.step.minutes for one in self.steps if not one.settled)

    @property
    def days_ahead(self) -> int:
        """Working days ahead of the plan, negative behind it; 0 too once nothing is left to do.

        A step that waits for a signature makes nobody late.
        """
        still = min((one.step.due_day for one in self.steps if not one.settled), default=0)
        if still <= self.day:
            return still - self.day if still else 0
        reached = max((s.step.due_day for s in self.steps if s.step.due_day < still), default=0)
        return max(reached - self.day, 0)


def progress(
    path: Path,
    deeds: Iterable[Deed],
    now: datetime,
    start: date | None = None,
    beside: Beside | None = None,
) -> Progress:
    """Return where a person stands on a path.

    Args:
        path: What there is to do.
        deeds: All they did, in any app and any order.
        now: The time, aware, in the zone that says where a day begins.
        start: Their first day; without it the day of their first deed, else today.
        beside: What others said of it, what the CRM shows, what has run out.
    """
    kept = sorted(deeds, key=lambda deed: deed[2].at)
    begun = start or (kept[0][2].at.astimezone(now.tzinfo) if kept else now).date()
    found = {one.id: done_for(path, one, kept, now, beside or Beside()) for one in path.steps}
    open_ = {one.id: n for n, one in enumerate(path.steps, 1) if not found[one.id].done_at}
    steps: list[Standing] = []
    for number, step in enumerate(path.steps, 1):
        waits = tuple(open_[name] for name in open_ if name in step.after)
        first = all(earlier.state != "now" for earlier in steps)
        state = _state(found[step.id], waits, first=first and not isinstance(step, Measured))
        due = due_on(begun, step.due_day)
        steps.append(Standing(step, number, state, due, waits, found[step.id]))
    day = np.busday_count(begun, now.date() + timedelta(days=1))
    return Progress(path, tuple(steps), max(int(day), 1), begun)


def _state(done: Done, waits: tuple[int, ...], *, first: bool) -> State:
    if done.done_at:
        return "done"
    if done.handed_at and not done.returned:
        return "waiting"
    if waits:
        return "locked"
    return "now" if first else "open"


def due_on(begun: date, due_day: int) -> date:
    """Return the day (Monday to Friday) that is the so many-th working day from a first one.

    >>> from datetime import date
    >>> due_on(date(2026, 11, 27), 2).isoformat()  # a Friday
    '2026-11-30'
    """
    found: date = np.busday_offset(begun, due_day - 1, roll="forward").astype(object)
    return found


def rhythm(deeds: Iterable[Deed], now: datetime, days: int = 15) -> dict[date, int]:
    """Return the minutes practised on each of the last days, pauses over five minutes left out."""
    times = sorted(step.at.astimezone(now.tzinfo) for _, _, step in deeds)
    first = now.date() - timedelta(days=days - 1)
    spent = dict.fromkeys((first + timedelta(days=n) for n in range(days)), timedelta())
    for before, at in zip([None, *times], times, strict=False):
        if at.date() in spent:
            again = before is not None and before.date() == at.date()
            spent[at.date()] += min(at - before, LONGEST_PAUSE) if again and before else MINUTE
    return {day: -(-took // MINUTE) for day, took in spent.items()}
