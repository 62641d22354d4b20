"""Paths: what someone new does, step by step, each step with why and by which working day."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from salestrain.playbook.content import Content, Entry, Names, Role
from salestrain.playbook.fields import Both, Id, Section, Share, Words  # noqa: TC001


class Step(Content):
    """What every kind of step has.

    Attributes:
        why: One sentence: what it is good for today.
        due_day: The working day of the path by which it should be done, from 1.
        after: Ids of the steps that come first.
    """

    id: Words
    title: Both
    why: Both
    minutes: Annotated[int, Field(ge=1, le=240)]
    due_day: Annotated[int, Field(ge=1, le=260)]
    after: Annotated[tuple[str, ...], Names("step")] = ()


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


PathStep = Annotated[Read | Quiz | Take | Roleplay | Note, Field(discriminator="kind")]


class Path(Entry):
    """`paths/*.yaml`: an order of steps for some roles."""

    title: Both
    roles: tuple[Role, ...] = Field(min_length=1, alias="for")
    steps: tuple[PathStep, ...]
