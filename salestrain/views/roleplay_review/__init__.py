"""The role-play review, section by section, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.views.parts import Parts, Piece
from salestrain.views.roleplay_review.errors import errors_section
from salestrain.views.roleplay_review.growth import growth_section
from salestrain.views.roleplay_review.lessons import lessons_section
from salestrain.views.roleplay_review.moments import moments_section
from salestrain.views.roleplay_review.overview import overview_section
from salestrain.views.roleplay_review.study import TalkStudy, open_talks
from salestrain.views.roleplay_review.talk import head_section, notes_section, title_of
from salestrain.views.roleplay_review.terms import definitions_section

__all__ = ["RoleplayReview", "open_talks"]


@dataclass(frozen=True)
class RoleplayReview(Parts):
    """A class's role-plays as of the end of a period; every method returns a part to show."""

    study: TalkStudy

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> RoleplayReview:
        """Read what the review needs; the arguments are those of ``open_talks``."""
        return cls(open_talks(workspace, period, level, entity, language, linked))

    def head(self) -> Piece:
        """Return the headline in words and why."""
        facts = {
            "headline": title_of(self.study),
            "title": f"{self.study.name} · {self.study.period}",
        }
        return Piece(self._piece(head_section(self.study)).html, facts)

    def lessons(self) -> Piece:
        """Return what to train next."""
        return self._piece(lessons_section(self.study))

    def moments(self) -> Piece:
        """Return the decisions where people fail, and those the scenario may have wrong."""
        return self._piece(moments_section(self.study))

    def errors(self) -> Piece:
        """Return which mistakes are common."""
        return self._piece(errors_section(self.study))

    def overview(self) -> Piece:
        """Return how each scenario went."""
        return self._piece(overview_section(self.study))

    def growth(self) -> Piece:
        """Return the skills, how they grew, and a line for each person."""
        return self._piece(growth_section(self.study))

    def definitions(self) -> Piece:
        """Return how each figure is defined and read."""
        return self._piece(definitions_section(self.study))

    def notes(self) -> Piece:
        """Return where the talks come from, and what they can't tell."""
        return self._piece(notes_section(self.study))
