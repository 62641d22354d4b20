"""Items answered by arranging: an order, pairs, classes."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from salestrain.language import Language  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.content import wrong
from salestrain.playbook.fields import Both, Words  # noqa: TC001
from salestrain.playbook.items.asked import BESIDE, Asked, Named, Spoken


class PairFeedback(Spoken):
    """What is told when the first of two steps was put before the second."""

    wrong: tuple[Words, Words]


class Ordering(Asked):
    """Steps to put in order; the right order is the one they are written in."""

    kind: Literal["ordering"]
    scoring: Literal["adjacent_pairs", "all"] = "adjacent_pairs"
    """A mark for each neighbouring pair in the right order, or one mark for the whole."""
    steps: tuple[Named, ...] = Field(min_length=3)
    feedback_pairs: tuple[PairFeedback, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _pairs_are_wrong(self) -> Self:
        order = [step.id for step in self.steps]
        for pair in self.feedback_pairs:
            first, second = (order.index(id_) if id_ in order else -1 for id_ in pair.wrong)
            if not first > second > -1:
                said = " before ".join(pair.wrong)
                raise wrong(f"{said} is no wrong order of steps", "name two, the later one first")
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """The steps."""
        return {"steps": self.steps}

    @property
    def chosen_from(self) -> tuple[Named, ...]:
        """The steps."""
        return self.steps

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the steps as written."""
        return tuple(step.id for step in self.steps)


class Mismatch(Spoken):
    """What is told to whoever put these two together."""

    pair: tuple[Words, Words]


class Matching(Asked):
    """Each on the left belongs to one on the right; some on the right may stay alone."""

    kind: Literal["matching"]
    left: tuple[Named, ...] = Field(min_length=3)
    right: tuple[Named, ...] = Field(min_length=3)
    key: dict[Words, Words]
    mismatches: tuple[Mismatch, ...] = Field(min_length=1, alias="feedback")

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        left, right = {each.id for each in self.left}, {each.id for each in self.right}
        if self.key.keys() != left or not set(self.key.values()) <= right:
            lost = (self.key.keys() ^ left) | (set(self.key.values()) - right)
            raise wrong(f"the key of {self.id} misses {min(lost)!r}", "pair each left with a right")
        for each in self.mismatches:
            one, other = each.pair
            if one not in left or other not in right or self.key[one] == other:
                raise wrong(f"{one}, {other} is no wrong pair", "name a left and a wrong right")
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """Left and right."""
        return {"left": self.left, "right": self.right}

    @property
    def chosen_from(self) -> tuple[Named, ...]:
        """The right side."""
        return self.right

    @property
    def given_to(self) -> tuple[Named, ...]:
        """The left side."""
        return self.left

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the pairs."""
        return tuple(f"{one.id}{BESIDE}{self.key[one.id]}" for one in self.left)


class Card(Named):
    """Something to sort, its class, and what is told to whoever put it elsewhere."""

    belongs: Words = Field(alias="class")
    feedback: Both


class Sort(Asked):
    """Cards to sort into classes."""

    kind: Literal["sort"]
    classes: tuple[Named, ...] = Field(min_length=2)
    cards: tuple[Card, ...] = Field(min_length=4)

    @model_validator(mode="after")
    def _classed(self) -> Self:
        known, used = {each.id for each in self.classes}, {each.belongs for each in self.cards}
        if used != known:
            raise wrong(
                f"class {min(used ^ known)!r} has no cards, or no name", "name what is used"
            )
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """Cards and classes."""
        return {"cards": self.cards, "classes": self.classes}

    @property
    def chosen_from(self) -> tuple[Named, ...]:
        """The classes."""
        return self.classes

    @property
    def given_to(self) -> tuple[Named, ...]:
        """The cards."""
        return self.cards

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return each card with its class."""
        return tuple(f"{card.id}{BESIDE}{card.belongs}" for card in self.cards)
