"""Where a person stands on a path: what is done, what comes now, what waits for what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from salestrain.playbook.paths import Quiz, Read, Roleplay, Take
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from salestrain.playbook.paths import Path, PathStep

State = Literal["done", "now", "open", "locked"]
Deed = tuple[str, str, Step]
"""Something done, with the app and the thread it was done in."""
LONGEST_PAUSE, MINUTE = timedelta(minutes=5), timedelta(minutes=1)


class Tried(NamedTuple):
    """How a judged step went: a share (0–1), and whether it was enough."""

    share: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with one step.

    Attributes:
        number: Its place on the path, from 1.
        state: ``now`` is the first that may be done, ``locked`` waits for others.
        done_at: When it was first done; ``tried`` is how it went the last time.
        waits_for: Numbers of the steps that unlock it.
    """

    step: PathStep
    number: int
    state: State
    due: date
    done_at: datetime | None
    tried: Tried | None
    waits_for: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A person's standing on a path as of a day, which is the path's ``day``-th working day."""

    path: Path
    steps: tuple[Standing, ...]
    day: int

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.state == "done" for one in self.steps)

    @property
    def now(self) -> Standing | None:
        """The step to do now; none when all are done."""
        return next((one for one in self.steps if one.state == "now"), None)

    @property
    def minutes_left(self) -> int:
        """Planned minutes of the steps that aren't done."""
        return sum(one.step.minutes for one in self.steps if one.state != "done")

    @property
    def days_ahead(self) -> int:
        """Working days ahead of the plan, negative behind it; 0 too once all is done."""
        still = min((one.step.due_day for one in self.steps if one.state != "done"), default=0)
        if still <= self.day:
            return still - self.day if still else 0
        reached = max((s.step.due_day for s in self.steps if s.step.due_day < still), default=0)
        return max(reached - self.day, 0)


def progress(
    path: Path, deeds: Iterable[Deed], now: datetime, start: date | None = None
) -> Progress:
    """Return where a person stands on a path.

    Args:
        path: What there is to do.
        deeds: All they did, in any app and any order.
        now: The time, aware, in the zone that says where a day begins.
        start: Their first day; without it the day of their first deed, else today.
    """
    kept = sorted(deeds, key=lambda deed: deed[2].at)
    begun = start or (kept[0][2].at.astimezone(now.tzinfo) if kept else now).date()
    results = {step.id: _result(path, step, kept) for step in path.steps}
    open_ = {one.id: n for n, one in enumerate(path.steps, 1) if not results[one.id][0]}
    found: list[Standing] = []
    for number, step in enumerate(path.steps, 1):
        at, tried = results[step.id]
        waits = tuple(open_[one] for one in open_ if one in step.after)
        first = all(one.state != "now" for one in found)
        state: State = "done" if at else "locked" if waits else "now" if first else "open"
        due: date = np.busday_offset(begun, step.due_day - 1, roll="forward").astype(object)
        found.append(Standing(step, number, state, due, at, tried, waits))
    day = np.busday_count(begun, now.date() + timedelta(days=1))
    return Progress(path, tuple(found), max(int(day), 1))


def _result(path: Path, step: PathStep, deeds: list[Deed]) -> tuple[datetime | None, Tried | None]:
    done, tried = None, None
    for app, thread, (kind, data, at) in deeds:
        if (app, thread, kind) == _sought(path, step) and data.get("step", step.id) == step.id:
            tried = _judged(step, data)
            done = done or (at if tried is None or tried.enough else None)
    return done, tried


def _sought(path: Path, step: PathStep) -> tuple[str, str, str]:
    if isinstance(step, Read):
        return "playbook", step.section, "read"
    if isinstance(step, Quiz):
        return "quiz", step.set, "finished"
    if isinstance(step, Take):
        return "quiz", step.exam, "finished"
    if isinstance(step, Roleplay):
        return "roleplay", step.scenario, "ended"
    return "onboarding", path.id, "noted"


def _judged(step: PathStep, data: Mapping[str, Any]) -> Tried | None:
    if isinstance(step, Take):
        return Tried(data["share"], data["passed"])
    if isinstance(step, Quiz):
        share = round(data["earned"] / (data["of"] or 1), 9)  # tenths add up to a bit less
        return Tried(share, share >= step.pass_share)
    if isinstance(step, Roleplay):
        return Tried(data["score"] / 100, data["passed"] or not step.must_pass)
    return None


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
