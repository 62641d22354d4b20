"""What was handed in for a step of a path, who signed it, and what was handed back and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from salestrain.training.steps import Step

ONBOARDING = "onboarding"
NOTED, EVIDENCE, SIGNED = "noted", "evidence", "signed"
"""Written for a step; a file handed in for it; looked at by somebody else."""


class Signature(NamedTuple):
    """What a signer said of somebody's step, or of a milestone, of a path.

    Attributes:
        ok: Whether it was done; else it was handed back, and ``text`` says why.
    """

    path: str
    person: str
    step: str
    ok: bool
    text: str
    by: str
    at: datetime


class Verdict(NamedTuple):
    """What came of something handed in: when it was done, or what it was handed back with."""

    done_at: datetime | None = None
    signed: Signature | None = None
    returned: Signature | None = None


def signatures(kept: Mapping[tuple[str, str], Iterable[Step]]) -> dict[str, list[Signature]]:
    """Return the signatures on each person's steps, the oldest first.

    Args:
        kept: The steps of the kind ``signed``, by signer and path.
    """
    found: dict[str, list[Signature]] = {}
    for (by, path), steps in kept.items():
        for kind, data, at in steps:
            if kind == SIGNED and data["person"] != by:
                one = Signature(
                    path, data["person"], data["step"], data["ok"], data["text"], by, at
                )
                found.setdefault(one.person, []).append(one)
    return {person: sorted(ones, key=lambda one: one.at) for person, ones in found.items()}


def verdict(handed: Sequence[datetime], said: Iterable[Signature]) -> Verdict:
    """Return what came of a step that has to be signed.

    A yes counts from the first time it was handed in, and for good; a no counts until something is
    handed in after it.

    Args:
        handed: When it was handed in, in any order.
        said: What was said of it, in any order.
    """
    every = sorted(said, key=lambda one: (one.at, not one.ok, one.by))
    yes = next((one for one in every if handed and one.ok and one.at >= min(handed)), None)
    if yes:
        return Verdict(yes.at, yes)
    noes = [one for one in every if handed and not one.ok and one.at > max(handed)]
    return Verdict(returned=noes[-1] if noes else None)
