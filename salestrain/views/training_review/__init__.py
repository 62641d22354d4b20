"""The training review, section by section, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.views.parts import Parts, Piece
from salestrain.views.training_review.compared import compared_section
from salestrain.views.training_review.levels import levels_section
from salestrain.views.training_review.standing import standing_section
from salestrain.views.training_review.study import TrainingStudy, open_training
from salestrain.views.training_review.talk import (
    asks_section,
    head_section,
    notes_section,
    title_of,
)
from salestrain.views.training_review.terms import definitions_section

__all__ = ["TrainingReview", "open_training"]


@dataclass(frozen=True)
class TrainingReview(Parts):
    """A class's training up to the end of a period; every method returns a part to show."""

    study: TrainingStudy

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> TrainingReview:
        """Read what the review needs; the arguments are those of ``open_training``."""
        return cls(open_training(workspace, period, level, entity, language, linked))

    def head(self) -> Piece:
        """Return the headline in words and why."""
        facts = {
            "headline": title_of(self.study),
            "title": f"{self.study.name} · {self.study.period}",
        }
        return Piece(self._piece(head_section(self.study)).html, facts)

    def asks(self) -> Piece:
        """Return what to ask in the meeting."""
        return self._piece(asks_section(self.study))

    def levels(self) -> Piece:
        """Return reaction, learning, behaviour and results of the class."""
        return self._piece(levels_section(self.study))

    def compared(self) -> Piece:
        """Return which module helped, which can't be told, and what the designs carry."""
        return self._piece(compared_section(self.study))

    def standing(self) -> Piece:
        """Return how far the class has come, who is stuck, and why."""
        return self._piece(standing_section(self.study))

    def definitions(self) -> Piece:
        """Return how each figure is defined and read."""
        return self._piece(definitions_section(self.study))

    def notes(self) -> Piece:
        """Return where the figures come from, and what they can't tell."""
        return self._piece(notes_section(self.study))
