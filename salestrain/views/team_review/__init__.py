"""The team review, section by section, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.views.parts import Parts, Piece
from salestrain.views.team_review.agreement import agreement_section
from salestrain.views.team_review.boxes import boxes_section
from salestrain.views.team_review.foretelling import foretelling_section
from salestrain.views.team_review.hiring import hiring_section
from salestrain.views.team_review.rungs import gaps_section, ladder_section
from salestrain.views.team_review.study import TeamStudy
from salestrain.views.team_review.talk import (
    head_section,
    notes_section,
    questions_section,
    title_of,
)
from salestrain.views.team_review.terms import definitions_section

__all__ = ["TeamReview"]


@dataclass(frozen=True)
class TeamReview(Parts):
    """A group's team review on the day books end; every method returns a part to show."""

    study: TeamStudy

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> TeamReview:
        """Read what the review needs; the arguments are those of ``Group.open``."""
        return cls(TeamStudy.open(workspace, period, level, entity, language, linked))

    def head(self) -> Piece:
        """Return the headline in words and the findings behind it."""
        title = f"{self.study.name} · {self.study.cell.period}"
        facts = {"headline": title_of(self.study), "title": title}
        return Piece(self._piece(head_section(self.study)).html, facts)

    def hiring(self) -> Piece:
        """Return who applied, ranked, with interval and groups."""
        return self._piece(hiring_section(self.study))

    def agreement(self) -> Piece:
        """Return how far interviewers agree, and who is strict."""
        return self._piece(agreement_section(self.study))

    def foretelling(self) -> Piece:
        """Return whether scores at hiring foretold results."""
        return self._piece(foretelling_section(self.study))

    def boxes(self) -> Piece:
        """Return the 9-box with its uncertainty."""
        return self._piece(boxes_section(self.study))

    def ladder(self) -> Piece:
        """Return who meets which rung, what is missing, and who could succeed."""
        return self._piece(ladder_section(self.study))

    def gaps(self) -> Piece:
        """Return competency gaps, or what would show them."""
        return self._piece(gaps_section(self.study))

    def questions(self) -> Piece:
        """Return what to ask in the talk."""
        return self._piece(questions_section(self.study))

    def definitions(self) -> Piece:
        """Return how each figure is defined and read."""
        return self._piece(definitions_section(self.study))

    def notes(self) -> Piece:
        """Return what the data can't tell, and who may read what."""
        return self._piece(notes_section(self.study))
