"""What every review has in common: its parts stand in a notebook, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from salestrain.views.theme import in_notebook, notebook_styles

if TYPE_CHECKING:
    from salestrain.language import Language

FACTS = "application/x-salestrain+json"


@dataclass(frozen=True)
class Piece:
    """A part of a report that a notebook cell shows."""

    html: str
    facts: dict[str, str] | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        facts = {FACTS: self.facts} if self.facts else {}
        return {"text/html": self.html, **facts}


class Study(Protocol):
    """What a review is written from, as far as its parts need it."""

    @property
    def language(self) -> Language:
        """The reader's."""


class Parts:
    """A review whose methods each return a part to show."""

    study: Study

    def styles(self) -> Piece:
        """Return the look of the parts in a notebook; a finished page brings its own."""
        return Piece(f"<style>{notebook_styles()}</style>")

    def _piece(self, body: str) -> Piece:
        return Piece(in_notebook(body, self.study.language))
