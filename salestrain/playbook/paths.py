"""Paths: what someone new does, step by step, each step with why and by which working day."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from salestrain.playbook.content import Content, Entry, Names, Role
from salestrain.playbook.fields import Both, Id, QuotedCount, Section, Share, Words  # noqa: TC001

Signer = Literal["mentor", "manager", "trainer"]
DueDay = Annotated[int, Field(ge=1, le=260)]


class Step(Content):
    """What every kind of step has.

    Attributes:
        why: One sentence: what it is good for today.
        due_day: The working day of the path by which it should be done, from 1.
        after: Ids of the steps that come first.
        evidence: What is handed in to show it: a note, a photo, a file.
        signed_by: Who has to see it; the step is done when they have signed.
        cites: The rules it rests on.
    """

    id: Words
    title: Both
    why: Both
    minutes: Annotated[int, Field(ge=1, le=240)]
    due_day: DueDay
    after: Annotated[tuple[str, ...], Names("step")] = ()
    evidence: Both | None = None
    signed_by: Signer | None = None
    cites: tuple[Id, ...] = ()


class Read(Step):
    """Read a page of the playbook."""

    kind: Literal["read"]
    section: Annotated[Section, Names("page")]


class Quiz(Step):
    """Answer a set of items."""

    kind: Literal["quiz"]
    set: Annotated[Section, Names("set of items")]
    pass_share: Share = 0.7
    """The share of the marks it takes (0–1)."""


class Take(Step):
    """Take an exam; passing it is what counts."""

    kind: Literal["exam"]
    exam: Annotated[Id, Names("exam")]


class Roleplay(Step):
    """Play a scenario."""

    kind: Literal["roleplay"]
    scenario: Annotated[Id, Names("scenario")]
    must_pass: bool = True


class Note(Step):
    """Write something down."""

    kind: Literal["note"]
    ask: Both


class Shadow(Step):
    """Go along on a visit or listen to a call."""

    kind: Literal["shadow"]
    listen: Both
    """What to listen for."""


class Do(Step):
    """Do a real thing: with a customer, in the CRM."""

    kind: Literal["do"]
    ask: Both


class Talk(Step):
    """Have a conversation, mostly with the mentor."""

    kind: Literal["talk"]
    ask: Both
    """What it is about; afterwards a sentence of it is written down."""


class Measured(Step):
    """Something the CRM shows: done on the day of the so many-th row that counts."""

    kind: Literal["measured"]
    table: Words
    dated: Words
    """The column with the day."""
    of: Words | None = None
    """The column with the person's id; without it the table's owner."""
    where: dict[str, Words] = Field(default={})
    """Column → the value a row has to have; `*` for any."""
    once_a_day: Words | None = None
    """A column: rows of one day that are the same in it count once."""
    at_least: QuotedCount = 1


PathStep = Annotated[
    Read | Quiz | Take | Roleplay | Note | Shadow | Do | Talk | Measured,
    Field(discriminator="kind"),
]
WRITTEN = Note, Shadow, Do, Talk
"""The steps of which the person says that they are done, by writing or by handing something in."""


class Milestone(Content):
    """What holds at the end of a phase; a step belongs to the first one not before its day."""

    id: Words
    title: Both
    text: Both
    due_day: DueDay
    signed_by: Signer = "manager"
    cites: tuple[Id, ...] = ()


class Path(Entry):
    """`paths/*.yaml`: an order of steps for some roles.

    Of several paths of a role the one whose first step is due earlier comes first.
    """

    title: Both
    roles: tuple[Role, ...] = Field(min_length=1, alias="for")
    plan: tuple[Milestone, ...] = ()
    """Milestones in order: 30, 60, 90 days."""
    repeats_every_months: Annotated[int, Field(ge=1, le=60)] | None = None
    """A step done longer ago than that, or whose rules have changed since, is asked again."""
    steps: tuple[PathStep, ...] = Field(min_length=1)
