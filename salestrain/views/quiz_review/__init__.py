"""The quiz review, section by section, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.views.parts import Parts, Piece
from salestrain.views.quiz_review.bank import items_section
from salestrain.views.quiz_review.exams import exams_section
from salestrain.views.quiz_review.gaps import gaps_section
from salestrain.views.quiz_review.needs import needs_section
from salestrain.views.quiz_review.quality import quality_section
from salestrain.views.quiz_review.study import Study, open_study
from salestrain.views.quiz_review.talk import (
    head_section,
    notes_section,
    title_of,
)
from salestrain.views.quiz_review.terms import definitions_section

__all__ = ["QuizReview", "open_study"]


@dataclass(frozen=True)
class QuizReview(Parts):
    """A class's quiz review as of the end of a period; every method returns a part to show."""

    study: Study

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> QuizReview:
        """Read what the review needs; the arguments are those of ``open_study``."""
        return cls(open_study(workspace, period, level, entity, language, linked))

    def head(self) -> Piece:
        """Return the headline in words and why."""
        facts = {
            "headline": title_of(self.study),
            "title": f"{self.study.name} · {self.study.period}",
        }
        return Piece(self._piece(head_section(self.study)).html, facts)

    def items(self) -> Piece:
        """Return the items to mend, each with its cause, what shows it and what to do."""
        return self._piece(items_section(self.study))

    def gaps(self) -> Piece:
        """Return the sections and rules where the class is weak."""
        return self._piece(gaps_section(self.study))

    def exams(self) -> Piece:
        """Return how each exam went: who passed, who hasn't and may when, what was missed."""
        return self._piece(exams_section(self.study))

    def needs(self) -> Piece:
        """Return what each person remembers, and what they have to review."""
        return self._piece(needs_section(self.study))

    def quality(self) -> Piece:
        """Return how well the quiz measures, and how that went over time."""
        return self._piece(quality_section(self.study))

    def definitions(self) -> Piece:
        """Return how each figure is defined and read."""
        return self._piece(definitions_section(self.study))

    def notes(self) -> Piece:
        """Return where the answers come from, and what they can't tell."""
        return self._piece(notes_section(self.study))
