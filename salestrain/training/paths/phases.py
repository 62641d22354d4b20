"""The phases of a path: what each holds, when it ends, and whether its milestone is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from salestrain.training.paths.path import due_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salestrain.playbook.paths import Milestone
    from salestrain.training.paths.path import Progress, Standing
    from salestrain.training.paths.signing import Signature

PhaseState = Literal["done", "waiting", "open"]


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a path.

    Attributes:
        milestone: What holds at its end.
        steps: Those due in it.
        due: The day it ends.
        state: ``waiting`` once its steps and those before are done, so that it may be signed.
        signed: Who signed it; ``returned`` who wouldn't yet, and why.
    """

    milestone: Milestone
    steps: tuple[Standing, ...]
    due: date
    state: PhaseState
    signed: Signature | None = None
    returned: Signature | None = None

    @property
    def done(self) -> int:
        """How many of its steps are done."""
        return sum(one.state == "done" for one in self.steps)


def phases(found: Progress, signed: Iterable[Signature] = ()) -> tuple[Phase, ...]:
    """Return a path's phases in order; none if it has no plan.

    Args:
        found: Where the person stands.
        signed: What others said of their steps and milestones.
    """
    said = sorted((s for s in signed if s.path == found.path.id), key=lambda one: one.at)
    every, before = list[Phase](), 0
    for milestone in found.path.plan:
        steps = tuple(s for s in found.steps if before < s.step.due_day <= milestone.due_day)
        before = milestone.due_day
        of_it = [one for one in said if one.step == milestone.id]
        yes = next((one for one in of_it if one.ok), None)
        ready = all(one.state == "done" for one in steps) and all(
            each.done == len(each.steps) for each in every
        )
        state: PhaseState = "done" if yes else "waiting" if ready else "open"
        no = of_it[-1] if of_it and not yes else None
        due = due_on(found.begun, milestone.due_day)
        every.append(Phase(milestone, steps, due, state, yes, no))
    return tuple(every)


def finished(found: Progress, signed: Iterable[Signature] = ()) -> bool:
    """Return whether nothing of a path is left: every step done, every milestone signed."""
    every = phases(found, signed)
    return found.done == len(found.steps) and all(one.state == "done" for one in every)
