"""The KPI review, section by section, as the notebook shows it."""

from __future__ import annotations

from dataclasses import dataclass

from salestrain.views.kpi_review.charts import bridge_chart, course_section, funnel_chart
from salestrain.views.kpi_review.people import below_section, heat_chart, ranking_chart
from salestrain.views.kpi_review.standing import board_section, targets_section
from salestrain.views.kpi_review.study import Study, open_study
from salestrain.views.kpi_review.talk import (
    deals_section,
    definitions_section,
    head_section,
    notes_section,
    questions_section,
    title_of,
)
from salestrain.views.page import section, two_columns
from salestrain.views.parts import Piece
from salestrain.views.theme import in_notebook, notebook_styles

__all__ = ["KpiReview", "Piece", "open_study"]


@dataclass(frozen=True)
class KpiReview:
    """One entity's KPI review in one period; every method returns a part to show."""

    study: Study

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> KpiReview:
        """Read what the review needs; the arguments are those of ``open_study``."""
        return cls(open_study(workspace, period, level, entity, language, linked))

    def styles(self) -> Piece:
        """Return the look of the parts in a notebook; a finished page brings its own."""
        return Piece(f"<style>{notebook_styles()}</style>")

    def head(self) -> Piece:
        """Return the headline in words and why."""
        title = title_of(self.study)
        whose = self.study.name(self.study.cell)
        facts = {"headline": title, "title": f"{whose} · {self.study.cell.period}"}
        return Piece(self._piece(head_section(self.study)).html, facts)

    def standing(self) -> Piece:
        """Return the layered board, and how far the targets are met."""
        return self._piece(board_section(self.study))

    def course(self) -> Piece:
        """Return the leading measure over time."""
        return self._piece(course_section(self.study))

    def causes(self) -> Piece:
        """Return in which stage deals are lost, and what the change of revenue consists of."""
        return self._columns(funnel_chart(self.study), bridge_chart(self.study))

    def people(self) -> Piece:
        """Return who differs, since when, and the targets."""
        charts = ranking_chart(self.study), targets_section(self.study), heat_chart(self.study)
        return self._columns(*charts)

    def below(self) -> Piece:
        """Return the teams or reps below, linked to their own reviews."""
        return self._piece(below_section(self.study))

    def deals(self) -> Piece:
        """Return the open deals that ask for a decision."""
        return self._piece(deals_section(self.study))

    def questions(self) -> Piece:
        """Return what to ask in the talk."""
        return self._piece(questions_section(self.study))

    def definitions(self) -> Piece:
        """Return how each measure is defined, read and gamed."""
        return self._piece(definitions_section(self.study))

    def notes(self) -> Piece:
        """Return what is missing from the data."""
        return self._piece(notes_section(self.study))

    def _columns(self, *charts: str) -> Piece:
        drawn = [chart for chart in charts if chart]
        return self._piece(section("", two_columns(drawn)) if drawn else "")

    def _piece(self, body: str) -> Piece:
        return Piece(in_notebook(body, self.study.voice.language))
