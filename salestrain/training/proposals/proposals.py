"""Items and improvements that colleagues propose, folded with what a trainer made of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from salestrain.training.chance import token
from salestrain.training.proposals.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from salestrain.training.steps import Step

PROPOSALS, PROPOSED, DECIDED = "proposals", "proposed", "decided"
"""The thread in which people propose and trainers decide, and its two kinds of steps."""
Verdict = Literal["accepted", "returned", "rejected"]
State = Literal["open", "accepted", "returned", "rejected", "revised"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposed, and what became of it.

    Attributes:
        number: Which step of its author's thread it is, from 1.
        draft: As its author wrote it; ``edited`` as it was accepted.
    """

    author: str
    number: int
    draft: Draft
    at: datetime
    state: State = "open"
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    edited: Draft | None = None

    @property
    def id(self) -> str:
        """What a decision calls it."""
        return f"{self.author}/{self.number}"

    @property
    def token(self) -> str:
        """What an address calls it: it tells nothing of its author."""
        return token(PROPOSALS, self.id)

    @property
    def texts(self) -> Draft:
        """The texts that hold: as accepted, else as proposed."""
        return self.edited or self.draft


def proposals(threads: Mapping[str, Sequence[Step]]) -> tuple[Proposal, ...]:
    """Return all that was proposed, the oldest first, each with what became of it.

    The first decision on a proposal stands; one on what nobody proposed is passed over.

    Args:
        threads: What each person did in the thread ``proposals``, in order, by person.
    """
    found = {one.id: one for author, steps in threads.items() for one in _proposed(author, steps)}
    decided = [
        (step.at, by, step.data)
        for by, steps in threads.items()
        for step in steps
        if step.kind == DECIDED
    ]
    for at, by, data in sorted(decided, key=lambda one: one[:2]):
        one = found.get(data["of"])
        if one and not one.decided_by:
            found[one.id] = _decided(one, by, at, data)
    for author, steps in threads.items():
        for earlier in (f"{author}/{step.data.get('revises', 0)}" for step in steps):
            if earlier in found and found[earlier].state == "returned":
                found[earlier] = replace(found[earlier], state="revised")
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.author, one.number)))


def _proposed(author: str, steps: Sequence[Step]) -> Iterator[Proposal]:
    for number, step in enumerate(steps, 1):
        if step.kind == PROPOSED:
            yield Proposal(author, number, Draft.of(step.data), step.at)


def _decided(one: Proposal, by: str, at: datetime, data: Mapping[str, Any]) -> Proposal:
    edited = Draft.of(data["edited"]) if data.get("edited") else None
    return replace(
        one, state=data["verdict"], decided_by=by, decided_at=at,
        note=data.get("note", ""), edited=edited,
    )  # fmt: skip
