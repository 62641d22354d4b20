"""What people thought of what they had just done: useful, clear, each from 1 to 5."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.effects.paired import mean_over

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from salestrain.training.effects.estimate import Estimate
    from salestrain.training.paths.path import Deed

REACTED = "reacted"


class Reaction(NamedTuple):
    """What people thought of one step or module: means over people, the last answer of each."""

    step: str
    useful: Estimate
    clear: Estimate


def liking(deeds: Mapping[str, Iterable[Deed]], people: Collection[str]) -> Estimate:
    """Return how useful these people found what they did, the mean of each person first."""
    said = [
        [data["useful"] for app, _, (kind, data, _) in deeds.get(person, ())
         if (app, kind) == ("onboarding", REACTED)]
        for person in people
    ]  # fmt: skip
    return mean_over([mean(own) for own in said if own])


def reactions(deeds: Mapping[str, Iterable[Deed]], people: Collection[str]) -> tuple[Reaction, ...]:
    """Return what these people thought of each step, in the order in which it was first judged."""
    said: dict[str, dict[str, tuple[int, int]]] = {}
    for person in people:
        for app, _, (kind, data, _) in deeds.get(person, ()):
            if (app, kind) == ("onboarding", REACTED):
                said.setdefault(data["step"], {})[person] = data["useful"], data["clear"]
    return tuple(
        Reaction(step, *(mean_over([one[at] for one in each.values()]) for at in (0, 1)))
        for step, each in said.items()
    )
