"""What every kind of item has: a stem, what it rests on, a table to look at."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import Literal, Self

from pydantic import Field, model_validator

from salestrain.language import Language, Text
from salestrain.playbook.content import Content, Entry, wrong
from salestrain.playbook.fields import Both, Cite, Share, Value, Words  # noqa: TC001

BESIDE = "="
"""Between the two ids of a pair in an answer: ``left=right``, ``card=class``."""
STATEMENT = ("false", "true")
"""What an answer calls a statement, by its key."""


def cell_id(cell: tuple[int, str]) -> str:
    """Return how an answer names a cell: ``2:amount``."""
    return f"{cell[0]}:{cell[1]}"


class Spoken(Content):
    """Something written as ``zh`` and ``en`` beside its other keys."""

    zh: Words
    en: Words

    @property
    def text(self) -> Text:
        """Both languages."""
        return Text(self.zh, self.en)


class Named(Spoken):
    """A text with an id that holds within its item or scenario."""

    id: Words


class Extract(Content):
    """A small table the stem speaks of; computed keys read it as the table ``extract``."""

    columns: tuple[Words, ...] = Field(min_length=1)
    labels: dict[str, Both]
    rows: tuple[tuple[Both | Value, ...], ...] = Field(min_length=1)
    """Cells: a figure, an id (of a stage, say) or a text in both languages."""

    @model_validator(mode="after")
    def _even(self) -> Self:
        widths = {len(self.columns), *map(len, self.rows)}
        if len(widths) > 1 or set(self.labels) != set(self.columns):
            raise wrong("a table is uneven", "give each column a label and a cell in each row")
        return self


class Asked(Entry):
    """What every kind of item has. An id like ``2.2.i.which_stage`` never changes its meaning."""

    tags: tuple[Words, ...] = ()
    level: Literal["recall", "apply", "judge"]
    expected_facility: Share
    """The author's guess of the share answering right (0–1)."""
    cites: tuple[Cite, ...] = Field(min_length=1)
    reviewed: date | None = None
    """The day somebody last held it against what it cites; written after a change of that."""
    by: Both | None = None
    """Whose proposal it was: their name stands under it."""
    stem: Both
    extract: Extract | None = None

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """Its lists of named parts, by the key each is written under; ids are unique in a list."""
        return {}

    @property
    def chosen_from(self) -> tuple[Named, ...]:
        """What there is to choose or to order; nothing where the answer is typed or a cell."""
        return ()

    @property
    def given_to(self) -> tuple[Named, ...]:
        """What each gets a partner or a class from ``chosen_from``."""
        return ()

    def solution(self, language: Language) -> tuple[str, ...]:
        """Return an answer that earns everything, in ids; in words if it is written."""
        raise NotImplementedError
