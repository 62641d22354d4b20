"""A story as far as it has been told, whoever wrote it, and its replay from the choices made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from salestrain.training.talks.play import NotOffered

if TYPE_CHECKING:
    from collections.abc import Iterable


class Line(NamedTuple):
    """A line that is said; its tags are notes of the author, such as who says it."""

    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story(ABC):
    """Where a story stands.

    Attributes:
        lines: What has been said since the last choice.
        choices: What can be said now, in the author's order.
    """

    lines: tuple[Line, ...]
    choices: tuple[str, ...]

    @property
    def text(self) -> str:
        """What has been said since the last choice, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to choose."""
        return not self.choices

    def choose(self, number: int) -> Story:
        """Return the story after a choice, counted from 1.

        Raises:
            NotOffered: If there is no such choice.
            ContentError: If the story itself goes wrong there.
        """
        if not 1 <= number <= len(self.choices):
            offered = f"choose 1 to {len(self.choices)}" if self.choices else "the story is over"
            raise NotOffered(f"choice {number} is not offered; {offered}")
        return self._after(number)

    @abstractmethod
    def _after(self, number: int) -> Story:
        """Return the story after a choice that is offered."""


class StorySource(Protocol):
    """A story as it was written."""

    def begin(self) -> Story:
        """Return the story up to its first choice."""


def replayed(source: StorySource, choices: Iterable[int] = ()) -> Story | None:
    """Return the story after these choices, None if the story no longer offers them.

    Args:
        source: The story; the same source and choices tell the same story.
        choices: Numbers, counted from 1.

    Raises:
        ContentError: If the story itself goes wrong on this way.
    """
    story = source.begin()
    try:
        for number in choices:
            story = story.choose(number)
    except NotOffered:
        return None
    return story
