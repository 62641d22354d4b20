"""The one form in which anything a person did is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


class Step(NamedTuple):
    """One thing a person did: what kind, with what, and when (aware, UTC)."""

    kind: str
    data: Mapping[str, Any]
    at: datetime


def last_run(steps: Iterable[Step], *, begins: str = "began") -> tuple[Step, ...]:
    """Return the steps from the last one that begins a run, or none if there is no such step."""
    run: list[Step] = []
    for step in steps:
        if step.kind == begins:
            run = [step]
        elif run:
            run.append(step)
    return tuple(run)
