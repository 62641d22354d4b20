"""Items answered by choosing: one, several, or true or false with its reason."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from salestrain.language import Language  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.content import Content, wrong
from salestrain.playbook.fields import Both  # noqa: TC001
from salestrain.playbook.items.asked import STATEMENT, Asked, Named


class Option(Named):
    """An answer to choose, and what is told to whoever chose it."""

    key: bool = False
    feedback: Both


def _one_key(id_: str, options: tuple[Option, ...]) -> None:
    keys = [option.id for option in options if option.key]
    if len(keys) != 1:
        found = f"two keys, {' and '.join(keys)}" if len(keys) == 2 else f"{len(keys)} keys"
        raise wrong(f"{id_} has {found}", "write `key: true` at one option")


class Single(Asked):
    """One option is right."""

    kind: Literal["single"]
    options: tuple[Option, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        _one_key(self.id, self.options)
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """The options."""
        return {"options": self.options}

    @property
    def chosen_from(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the options that are right."""
        return tuple(option.id for option in self.options if option.key)


class Multiple(Asked):
    """Some options are right, some are not."""

    kind: Literal["multiple"]
    options: tuple[Option, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        if len({option.key for option in self.options}) == 1:
            raise wrong(f"{self.id} has no choice", "write `key: true` at some options, not at all")
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """The options."""
        return {"options": self.options}

    @property
    def chosen_from(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the options that are right."""
        return tuple(option.id for option in self.options if option.key)


class Reason(Content):
    """The ground for calling a statement true or false."""

    stem: Both
    options: tuple[Option, ...] = Field(min_length=3)


class TrueFalse(Asked):
    """A statement to judge, with the ground for it: who guesses the one misses the other."""

    kind: Literal["true_false"]
    key: bool
    feedback: Both
    """What is told to whoever judged the statement wrongly."""
    reason: Reason

    @model_validator(mode="after")
    def _keyed(self) -> Self:
        _one_key(self.id, self.reason.options)
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """The reasons."""
        return {"reason.options": self.reason.options}

    @property
    def chosen_from(self) -> tuple[Option, ...]:
        """The reasons."""
        return self.reason.options

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the verdict and its reason."""
        return (STATEMENT[self.key], *(each.id for each in self.reason.options if each.key))
