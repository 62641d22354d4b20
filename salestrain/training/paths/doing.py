"""What was done for one step of a path, whatever the other steps are like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from salestrain.playbook.paths import WRITTEN, Measured, Quiz, Read, Roleplay, Take
from salestrain.training.paths.signing import EVIDENCE, NOTED, ONBOARDING, Signature, verdict
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salestrain.playbook.paths import Path, PathStep

Deed = tuple[str, str, Step]
"""Something done, with the app and the thread it was done in."""


class Tried(NamedTuple):
    """How a judged step went: a share (0–1), and whether it was enough."""

    share: float
    enough: bool


class Counted(NamedTuple):
    """What the CRM shows of a measured step.

    Attributes:
        rows: How many count.
        day: The day on which they were enough.
        missing: The table that would have to be there.
    """

    rows: int = 0
    day: date | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What bears on a path besides what the person did.

    Attributes:
        signed: What others said of their steps.
        counted: What the CRM shows, by measured step.
        since: By step the time before which nothing counts: it has run out, or its rules changed.
    """

    signed: Sequence[Signature] = ()
    counted: Mapping[str, Counted] | None = None
    since: Mapping[str, datetime] | None = None


class Done(NamedTuple):
    """What was done for a step, and said of it.

    Attributes:
        done_at: When it was first done, and signed if it has to be.
        tried: How it went the last time.
        handed_at: When it was last handed in, or done as far as the person goes.
        signed: Who said that it is done; ``returned`` who handed it back, and why.
        counted: What the CRM shows of it.
    """

    done_at: datetime | None = None
    tried: Tried | None = None
    handed_at: datetime | None = None
    signed: Signature | None = None
    returned: Signature | None = None
    counted: Counted | None = None


def done_for(
    path: Path, step: PathStep, deeds: Sequence[Deed], now: datetime, beside: Beside
) -> Done:
    """Return what was done for a step.

    Args:
        path: The path it is a step of.
        step: The step.
        deeds: All the person did, the oldest first.
        now: As for ``progress``.
        beside: What others said of it, what the CRM shows, what has run out.
    """
    since = (beside.since or {}).get(step.id)
    mine = [deed for deed in deeds if since is None or deed[2].at >= since]
    counted = (beside.counted or {}).get(step.id, Counted())
    handed, tried = _handed(path, step, mine)
    if isinstance(step, Measured):
        shown_on = [datetime.combine(counted.day, time(), now.tzinfo)] if counted.day else []
        handed = [day for day in shown_on if since is None or day >= since]
    elif step.evidence and not isinstance(step, WRITTEN):
        shown = [one.at for app, thread, one in mine if _shows(app, thread, one, path, step)]
        handed = [max(min(handed), min(shown)), *shown] if handed and shown else []
    last = max(handed, default=None)
    seen = counted if isinstance(step, Measured) else None
    if not step.signed_by:
        return Done(min(handed, default=None), tried, last, None, None, seen)
    of_it = [s for s in beside.signed if (s.path, s.step) == (path.id, step.id)]
    said = verdict(handed, of_it)
    return Done(said.done_at, tried, last, said.signed, said.returned, seen)


def _handed(
    path: Path, step: PathStep, deeds: Sequence[Deed]
) -> tuple[list[datetime], Tried | None]:
    """Return when a step was done as far as the person goes, and how it went the last time."""
    handed, tried = list[datetime](), None
    for app, thread, one in deeds:
        if isinstance(step, WRITTEN):
            if _shows(app, thread, one, path, step):
                handed.append(one.at)
        elif (app, thread, one.kind) == _sought(step):
            tried = _judged(step, one)
            handed += [one.at] if tried is None or tried.enough else []
    return handed, tried


def _shows(app: str, thread: str, one: Step, path: Path, step: PathStep) -> bool:
    """Whether something was written or handed in for a step."""
    there = (app, thread) == (ONBOARDING, path.id) and one.kind in {NOTED, EVIDENCE}
    return there and one.data.get("step") == step.id


def _sought(step: PathStep) -> tuple[str, str, str]:
    if isinstance(step, Read):
        return "playbook", step.section, "read"
    if isinstance(step, Quiz):
        return "quiz", step.set, "finished"
    if isinstance(step, Take):
        return "quiz", step.exam, "finished"
    return ("roleplay", step.scenario, "ended") if isinstance(step, Roleplay) else ("", "", "")


def _judged(step: PathStep, one: Step) -> Tried | None:
    data = one.data
    if isinstance(step, Take):
        return Tried(data["share"], data["passed"])
    if isinstance(step, Quiz):
        share = round(data["earned"] / (data["of"] or 1), 9)  # tenths add up to a bit less
        return Tried(share, share >= step.pass_share)
    if isinstance(step, Roleplay):
        return Tried(data["score"] / 100, data["passed"] or not step.must_pass)
    return None
