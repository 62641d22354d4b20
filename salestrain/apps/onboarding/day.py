"""A day on a path: what was done, what comes next, what else fits into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salestrain.apps.onboarding.words import GO, MINUTES, SYMBOLS, way_to, why
from salestrain.language import Text
from salestrain.playbook.paths import Measured
from salestrain.views.components import today

if TYPE_CHECKING:
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.training.paths.path import Progress, Standing

MOST_MINUTES, MENDING = 40, 15
"""What fits into a day; what it takes at most to mend something that was handed back."""
DONE = Text("完成", "done")


def day_of(found: Progress, day: date) -> list[Standing]:
    """Return what was done on a day, then what is to be done: handed back, next, what else fits."""
    chosen = [one for one in found.steps if one.done_at and one.done_at.astimezone().date() == day]
    there = {one.step.id for one in found.steps if one.state == "done"}
    minutes, due = 0, max(found.day, found.now.step.due_day if found.now else 0)
    for one in sorted(found.steps, key=lambda one: (not one.did.returned, one is not found.now)):
        first = one is found.now or bool(one.did.returned)
        fits = first or (one.step.due_day <= due and minutes + minutes_of(one) <= MOST_MINUTES)
        if one.settled or isinstance(one.step, Measured) or not fits:
            continue
        if there.issuperset(one.step.after):
            minutes += minutes_of(one)
            there |= set() if one.step.signed_by else {one.step.id}
            chosen.append(one)
    return chosen


def minutes_of(one: Standing) -> int:
    """Return how long a step takes today, in minutes."""
    return min(one.step.minutes, MENDING) if one.did.returned else one.step.minutes


def task(visit: Visit, one: Standing, *, starts: bool = True) -> today.Task:
    """Return a step as one of the day's tasks.

    Args:
        visit: Whose day it is.
        one: The step.
        starts: Whether the next one holds the page's filled button.
    """
    language, step = visit.language, one.step
    state: Literal["done", "next", "later"] = "next" if one.state == "now" else "later"
    return today.Task(
        step.title.in_(language),
        why(one, language),
        (DONE if one.state == "done" else MINUTES).in_(language).format(minutes_of(one)),
        way_to(visit, step) if one.state != "locked" else "",
        SYMBOLS[step.kind],
        "done" if one.state == "done" else state,
        GO[step.kind].in_(language) if one.state == "now" and starts else "",
    )
