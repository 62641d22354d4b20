"""Scenarios: a role-play as states, moves and cases, each case with what the other side answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from salestrain.language import Language  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.content import Content, Entry, Names, exactly_one
from salestrain.playbook.fields import Both, Cite, Id, Words  # noqa: TC001
from salestrain.playbook.items import Named, Spoken

SAME = "same"
ToEnding = Annotated[str | None, Names("ending")]
Moves = dict[str, tuple["Case", ...]]


class Persona(Content):
    """Whom the learner talks with."""

    name: Both
    post: Both
    temper: Both
    goals: tuple[Named, ...] = ()
    hidden: tuple[Named, ...] = ()
    """What the learner only comes to know by moves that ``learn`` it."""


class Trust(Content):
    """How far the other side trusts the learner, as a number that moves."""

    start: int
    least: int
    most: int
    at_least_ends: ToEnding = None
    """The ending that comes when trust has sunk to ``least``."""


class Answer(Content):
    """What the other side says, and what it does to trust."""

    says: Both
    trust: int = 0


class Opening(Answer):
    """Where the talk begins."""

    state: Annotated[str, Names("state")]


class When(Content):
    """What must hold for a case; everything given must."""

    trust_at_least: int | None = None
    knows: Annotated[tuple[str, ...], Names("hidden fact")] = ()
    earned: Annotated[tuple[str, ...], Names("earned mark")] = ()


class Case(Answer):
    """What a move leads to: a state (``same`` keeps the present one) or an ending."""

    when: When | None = None
    to: Annotated[str | None, Names("state")] = None
    ends: ToEnding = None
    earns: Annotated[tuple[str, ...], Names("mark")] = ()
    learns: Annotated[tuple[str, ...], Names("hidden fact")] = ()
    critical: Annotated[str | None, Names("critical mistake")] = None
    _one_way = exactly_one("a case's way", "to", "ends")


class Utterances(Content):
    """Ways of saying a move; drawn as options, and examples for typed text."""

    zh: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the utterances in a language."""
        return self.zh if language == "zh" else self.en


class Move(Content):
    """Something the learner can do in the talk."""

    id: Words
    name: Both
    says: Utterances


class Competency(Content):
    """A part of the score: the sum of its marks, never under 0 nor over its weight."""

    id: Words
    weight: Annotated[int, Field(ge=1, le=100)]
    name: Both
    earned_by: Both
    """What earns the points, for whoever looks back; never shown before the talk is over."""
    marks: Annotated[dict[str, int], Names("earned mark")]


class Critical(Named):
    """A mistake with which the role-play isn't passed, whatever the score."""

    rule: Id | None = None
    fact: Cite | None = None


class Ending(Named):
    """How the talk can end."""

    verdict: Literal["pass", "partial", "fail"]


class ModelTurn(Spoken):
    """One turn of the model answer, and why it is made."""

    move: Annotated[str, Names("move")]
    why: Both


class Scenario(Entry):
    """`scenarios/*.yaml`: one role-play."""

    title: Both
    cites: tuple[Cite, ...] = Field(min_length=1)
    minutes: Annotated[int, Field(ge=1, le=60)]
    max_turns: Annotated[int, Field(ge=3, le=40)]
    max_turns_ends: Annotated[str, Names("ending")]
    pass_score: Annotated[int, Field(ge=1, le=100)]
    figures: dict[str, Words | float] = Field(default={})
    """Sums such as ``6 * {{D-20.price}} - discount``; texts quote them as ``{name}``."""
    you_are: Both
    persona: Persona
    trust: Trust
    repeat: Answer
    """When a case that keeps the state is met again."""
    unmatched: Answer
    not_now: Both
    opening: Opening
    anywhere: Moves = Field(default={})
    """Moves that count in every state that doesn't offer them itself."""
    competencies: tuple[Competency, ...] = Field(min_length=1)
    critical: tuple[Critical, ...] = ()
    endings: tuple[Ending, ...] = Field(min_length=1)
    moves: tuple[Move, ...] = Field(min_length=1)
    states: dict[str, Moves] = Field(min_length=1)
    """State → move → cases: the first case that holds wins, the last one has no ``when``."""
    model_answer: tuple[ModelTurn, ...] = Field(min_length=1)

    @property
    def offers(self) -> dict[tuple[str, ...], Moves]:
        """Moves with their cases, by where they are written: a state, or ``anywhere``."""
        return {("anywhere",): self.anywhere} | {("states", n): m for n, m in self.states.items()}
