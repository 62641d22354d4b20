"""Items answered in words or with a fingertip: a short answer, a mistake found in a table."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.content import Content, wrong
from salestrain.playbook.fields import Both, Cite, Words
from salestrain.playbook.items.asked import Asked, Extract, Named, Spoken, cell_id

HAN = re.compile(r"[\u3400-\u9fff]")
Cell = tuple[Annotated[int, Field(ge=1)], Words]


class Phrases(Content):
    """Words that show a point was made."""

    zh: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


class RubricLine(Named):
    """A point an answer makes, or (with marks below 0) a mistake it shows."""

    marks: Annotated[int, Field(ge=-3, le=3)]
    look_for: Phrases

    def is_in(self, text: str) -> bool:
        """Return whether a text says so, in either language, whatever its spaces and case."""
        said = _folded(text)
        return any(_folded(each) in said for one in LANGUAGES for each in self.look_for.in_(one))


class Length(Content):
    """The most that may be written: characters in Chinese, words in English."""

    zh: Annotated[int, Field(ge=10, le=400)]
    en: Annotated[int, Field(ge=5, le=300)]


class ShortAnswer(Asked):
    """A few sentences; the rubric proposes marks, a trainer can overrule them."""

    kind: Literal["short_answer"]
    max_length: Length
    rubric: tuple[RubricLine, ...] = Field(min_length=2)
    model_answer: Both

    @model_validator(mode="after")
    def _can_be_earned(self) -> Self:
        if not any(line.marks > 0 for line in self.rubric):
            raise wrong(f"{self.id} earns no marks", "give a line of the rubric some")
        return self

    @model_validator(mode="after")
    def _model_answer_earns_all(self) -> Self:
        for language in LANGUAGES:
            text = self.model_answer.in_(language)
            if (size := length(text)[0]) > (most := getattr(self.max_length, language)):
                what = f"model answer ({language}) of {self.id} is {size} long"
                raise wrong(what, f"shorten it to {most}, or allow more in max_length")
            for line in self.rubric:
                if line.is_in(text) != (line.marks > 0):
                    does = "lacks" if line.marks > 0 else "has"
                    what = f"model answer ({language}) of {self.id} {does} {line.id!r}"
                    raise wrong(what, "mend the answer or what to look for")
        return self

    @property
    def parts(self) -> dict[str, tuple[Named, ...]]:
        """The lines of the rubric."""
        return {"rubric": self.rubric}

    def solution(self, language: Language) -> tuple[str, ...]:
        """Return the model answer."""
        return (self.model_answer.in_(language),)


class Marked(Spoken):
    """A cell of the table by its row, from 1, and its column; and what there is to say of it."""

    cell: Cell


class Wrongdoing(Marked):
    """A cell that breaks a rule."""

    rule: Cite


class FindMistake(Asked):
    """A table in which some cells break rules."""

    kind: Literal["find_mistake"]
    extract: Extract
    faults: tuple[Wrongdoing, ...] = Field(min_length=1)
    innocent: tuple[Marked, ...] = Field(min_length=1)
    """Cells people take for faults, and why they are none."""

    @model_validator(mode="after")
    def _cells_are_there(self) -> Self:
        cells = [each.cell for each in (*self.faults, *self.innocent)]
        for row, column in cells:
            if row > len(self.extract.rows) or column not in self.extract.columns:
                raise wrong(f"{self.id} has no cell [{row}, {column}]", "name a row and a column")
        if twice := [cell for cell in cells if cells.count(cell) > 1]:
            raise wrong(f"{self.id} judges cell {list(twice[0])} twice", "keep one of them")
        return self

    def solution(self, language: Language) -> tuple[str, ...]:  # noqa: ARG002 (the same in both)
        """Return the cells at fault."""
        return tuple(cell_id(fault.cell) for fault in self.faults)


def length(text: str) -> tuple[int, Language]:
    """Return how long a text is: characters if it is Chinese, else words.

    >>> length("王工 9 月 23 日带看"), length("Wang shows us the bed")
    ((10, 'zh'), (5, 'en'))
    """
    if HAN.search(text):
        return len(re.findall(r"[\u3400-\u9fff]|[A-Za-z0-9.]+", text)), "zh"
    return len(text.split()), "en"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
