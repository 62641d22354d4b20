"""Who is stuck on a path, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from salestrain.playbook.paths import Quiz, Roleplay, Take

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from salestrain.playbook.paths import PathStep
    from salestrain.training.paths.path import Deed, Progress, Standing

Reason = Literal["late", "signature", "failed", "idle", "no_chance", "not_begun"]
IDLE_DAYS, OFTEN = 3, 2
"""Working days without practice, and failures of one step, from which somebody is stuck."""


class Stuck(NamedTuple):
    """One reason why somebody doesn't come on.

    Attributes:
        number: Working days late or idle, or how many times a step was failed.
        step: The step it is about, if one.
    """

    reason: Reason
    number: int = 0
    step: PathStep | None = None


def stuck(
    found: Progress | None,
    deeds: Sequence[Deed],
    now: datetime,
    start: date | None = None,
) -> tuple[Stuck, ...]:
    """Return why somebody is stuck, what others can do about first; empty if they come on.

    Args:
        found: Where they stand on their path, if there is one.
        deeds: All they did.
        now: The time, aware, in the zone that says where a day begins.
        start: Their first day, if it is known.
    """
    if found is None or found.done == len(found.steps):
        return ()
    today = now.date()
    if not deeds:
        waits = _working_days(start, today) if start else 0
        return (Stuck("not_begun", waits),) if start is None or start <= today else ()
    waiting = [one for one in found.steps if one.state == "waiting"]
    reasons = [Stuck("signature", step=one.step) for one in waiting]
    rest = [one for one in found.steps if one.state in {"now", "open"}]
    if waiting and not rest:
        reasons.append(Stuck("no_chance"))
    reasons += [Stuck("failed", n, s.step) for s in rest if (n := _failures(s, deeds)) >= OFTEN]
    if found.days_ahead < 0:
        reasons.append(Stuck("late", -found.days_ahead, found.now.step if found.now else None))
    last = max(step.at for _, _, step in deeds).astimezone(now.tzinfo).date()
    if (idle := _working_days(last, today)) >= IDLE_DAYS and rest:
        reasons.append(Stuck("idle", idle))
    return tuple(reasons)


def _failures(one: Standing, deeds: Iterable[Deed]) -> int:
    """Return how often somebody has tried a step that isn't done yet."""
    step = one.step
    if isinstance(step, Quiz | Take):
        sought = "quiz", step.set if isinstance(step, Quiz) else step.exam, "finished"
    elif isinstance(step, Roleplay):
        sought = "roleplay", step.scenario, "ended"
    else:
        return 0
    return sum((app, thread, each.kind) == sought for app, thread, each in deeds)


def _working_days(since: date, until: date) -> int:
    return max(int(np.busday_count(since, until)), 0)
