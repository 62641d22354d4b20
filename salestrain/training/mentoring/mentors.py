"""Who mentors whom, folded from the steps of those who assign."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salestrain.training.steps import Step

TRAINER, MENTORS, PAIRED = "trainer", "mentors", "paired"
"""The app and the thread in which mentors are assigned, and its kind of step."""


def mentor_of(steps: Iterable[Step]) -> dict[str, str]:
    """Return each newcomer's mentor; of several steps about one newcomer the last counts.

    Args:
        steps: What was done in the thread ``mentors``, by anybody and in any order; a pairing
            with nobody (an empty id) ends the one before.
    """
    paired = sorted((step for step in steps if step.kind == PAIRED), key=lambda step: step.at)
    last = {step.data["person"]: step.data["mentor"] for step in paired}
    return {person: mentor for person, mentor in last.items() if mentor and mentor != person}


def mentees(pairs: Mapping[str, str], mentor: str) -> tuple[str, ...]:
    """Return whom somebody mentors, by id."""
    return tuple(sorted(person for person, one in pairs.items() if one == mentor))
