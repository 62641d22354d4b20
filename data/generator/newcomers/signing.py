"""How long hand-ins wait for the mentor, and how far behind that puts the mentor's people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.generator.newcomers.lessons import Done, working_day
from data.generator.newcomers.plan import DAYS, FIRST, STUCK_MENTOR, at
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from data.generator.newcomers.lessons import Learning
    from data.generator.newcomers.plan import Hire, Plan

VISITS, EVERY = 8, 3
"""So many visits alongside the mentor, each with a note; the next is planned so many days on."""
USUAL, STUCK = 1.3, 13.0
"""Days until a mentor signs (median), and the stuck one."""
SPREAD = 0.6
END = at(FIRST + timedelta(days=DAYS))


def wait(plan: Plan, hire: Hire, what: str) -> timedelta:
    """Return how long something waits for its signature."""
    stuck = plan.mentors[STUCK_MENTOR][0] == hire.mentor
    rng = plan.rng("waits", hire.id, what)
    days = (STUCK if stuck else USUAL) * rng.lognormvariate(0, SPREAD)
    return timedelta(minutes=round(days * 24 * 60))


def signed(plan: Plan, learning: Learning, step: str, when: datetime) -> datetime:
    """Hand something in; the mentor signs it after a while. Return when, which may be too late."""
    learning.hand_in(step, when)
    return sign(plan, learning, step, when)


def sign(plan: Plan, learning: Learning, step: str, when: datetime) -> datetime:
    """Let the mentor sign what was handed in."""
    hire, until = learning.hire, when + wait(plan, learning.hire, step)
    if until < END:
        data = {"person": hire.id, "step": step, "ok": True, "text": ""}
        done = Done(
            hire.mentor, "onboarding", learning.matter.path.id, (Step("signed", data, until),)
        )
        learning.done.append(done)
    return until


def visits_alongside(plan: Plan, learning: Learning) -> None:
    """Go on visits with the mentor; the next note waits until the last is signed."""
    free = at(working_day(6))
    for number in range(VISITS):
        planned = at(working_day(6 + EVERY * number), 10)
        when = max(planned, free)
        if when >= END:
            return
        free = signed(plan, learning, f"visit_{number + 1}", when)
