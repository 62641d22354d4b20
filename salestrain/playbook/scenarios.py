"""Scenarios: a role-play as states, moves and cases, each case with what the other side answers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from salestrain.language import Language  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.content import Content, Entry, Names, Role, exactly_one, wrong
from salestrain.playbook.fields import Both, Cite, Id, Words  # noqa: TC001
from salestrain.playbook.items import Named, Spoken

SAME, TRUST = "same", "trust"
ToEnding = Annotated[str | None, Names("ending")]
Moves = dict[str, tuple["Case", ...]]
Counts = Annotated[dict[str, int], Names("variable")]


class Persona(Content):
    """Whom the learner talks with."""

    name: Both
    post: Both
    company: Both | None = None
    temper: Both
    goals: tuple[Named, ...] = ()
    worries: tuple[Named, ...] = ()
    budget: Both | None = None
    hidden: tuple[Named, ...] = ()
    """What the learner only comes to know by moves that ``learn`` it."""


class Variable(Content):
    """A number that moves while one talks, such as the other side's patience."""

    start: int
    least: int
    most: int

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.least <= self.start <= self.most or self.least == self.most:
            what = f"from {self.least} to {self.most}, and {self.start} at the start"
            raise wrong(what, "let the start lie between two different bounds")
        return self

    def moved(self, now: int, change: int) -> int:
        """Return the number after a change, within its bounds."""
        return min(max(now + change, self.least), self.most)


class Trust(Variable):
    """How far the other side trusts the learner."""

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

    at_least: Counts = Field(default={})
    """Variable → the least it must be; ``trust`` is one of them."""
    at_most: Counts = Field(default={})
    knows: Annotated[tuple[str, ...], Names("hidden fact")] = ()
    earned: Annotated[tuple[str, ...], Names("earned mark")] = ()


class Case(Answer):
    """What a move leads to: a state (``same`` keeps the present one) or an ending."""

    when: When | None = None
    to: Annotated[str | None, Names("state")] = None
    ends: ToEnding = None
    changes: Counts = Field(default={})
    """Variable → what is added to it."""
    earns: Annotated[tuple[str, ...], Names("mark")] = ()
    learns: Annotated[tuple[str, ...], Names("hidden fact")] = ()
    critical: Annotated[str | None, Names("critical mistake")] = None
    rule: Cite | None = None
    """The rule kept or broken, where it is another than the move's."""
    _one_way = exactly_one("a case's way", "to", "ends")


class Utterances(Content):
    """Ways of saying a move, in each language."""

    zh: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the utterances in a language."""
        return self.zh if language == "zh" else self.en


class Move(Content):
    """Something the learner can do in the talk."""

    id: Words
    kind: Annotated[str, Names("kind of move")]
    name: Both
    rule: Cite | None = None
    """The rule that has to do with it."""
    says: Utterances
    """Drawn as options to choose from, and examples by which typed text is read."""
    also: Utterances | None = None
    """Further examples, never shown."""


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
    """One turn of a talk that shows how to, or how not to, and why."""

    move: Annotated[str, Names("move")]
    why: Both


class Scenario(Entry):
    """`scenarios/*.yaml`: one role-play."""

    title: Both
    draft: bool = False
    """Not decided yet: trainers may play it, learners aren't shown it."""
    cites: tuple[Cite, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    """Whom it is for; empty: everybody."""
    main_way: Literal["choice", "text", "mixed"] = "choice"
    """How it is meant to be played, and always is in a test: by choosing, by typing, or either."""
    minutes: Annotated[int, Field(ge=1, le=60)]
    max_turns: Annotated[int, Field(ge=3, le=40)]
    max_turns_ends: Annotated[str, Names("ending")]
    pass_score: Annotated[int, Field(ge=1, le=100)]
    figures: dict[str, Words | float] = Field(default={})
    """Sums such as ``6 * {{D-20.price}} - discount``; texts quote them as ``{name}``."""
    you_are: Both
    persona: Persona
    trust: Trust
    variables: dict[str, Variable] = Field(default={})
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
    hints: Annotated[dict[str, Both], Names("state")] = Field(default={})
    """State → what a mentor would whisper there; shown only to those who explore."""
    model_answer: tuple[ModelTurn, ...] = Field(min_length=1)
    bad_answer: tuple[ModelTurn, ...] = ()
    """How it goes wrong in earnest; ``why`` says what each turn does."""

    @property
    def numbers(self) -> dict[str, Variable]:
        """All that moves while one talks, trust first."""
        return {TRUST: self.trust, **self.variables}

    def open_to(self, state: str, *, typed: bool) -> Moves:
        """Return the moves one can make in a state: more when typing than when choosing."""
        return {**self.anywhere, **self.states[state]} if typed else self.states[state]

    @property
    def mistakes(self) -> frozenset[str]:
        """The moves that can be a critical mistake."""
        every = (item for offered in self.offers.values() for item in offered.items())
        return frozenset(move for move, cases in every if any(case.critical for case in cases))

    @property
    def offers(self) -> dict[tuple[str, ...], Moves]:
        """Moves with their cases, by where they are written: a state, or ``anywhere``."""
        return {("anywhere",): self.anywhere} | {("states", n): m for n, m in self.states.items()}
