"""A question as other systems know it: simpler than an item, in the forms all of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from salestrain.language import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.items import Extract

Form = Literal["single", "multiple", "true_false", "matching", "ordering", "numeric", "essay"]


@dataclass
class Choice:
    """Something to choose; its weight is the share of the mark it earns (-1 to 1)."""

    says: Says
    weight: float = 0
    feedback: Says = field(default_factory=dict)
    id: str = ""


@dataclass
class Figure:
    """A number that may be given, and how far from it still counts as this one."""

    value: float
    margin: float = 0
    weight: float = 0
    feedback: Says = field(default_factory=dict)


@dataclass
class Question:
    """What is asked, in one form.

    Attributes:
        line: Of its file, where it was read from one.
        table: The extract: an item's own to write, plain data as read.
        pairs: What belongs together; nothing on the left of what stays alone.
        steps: In the right order.
        other: What is told to whoever gave a number not listed.
        verdict: Whether a statement is true.
        told_wrong: What is told to whoever judged it wrongly.
        told: What everybody is told afterwards.
        guide: What whoever marks an essay looks for.
        sound: Whether nothing was wrong with it where it was read.
    """

    id: str
    form: Form
    labels: list[str]
    stem: Says
    line: int = 0
    table: Extract | Plain | None = None
    choices: list[Choice] = field(default_factory=list)
    pairs: list[tuple[Says, Says]] = field(default_factory=list)
    steps: list[Says] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    other: Says = field(default_factory=dict)
    verdict: bool = False
    told_wrong: Says = field(default_factory=dict)
    told: Says = field(default_factory=dict)
    guide: Says = field(default_factory=dict)
    sound: bool = True


def both(text: Text) -> Says:
    """Return a text by language, with no space around."""
    return {language: text.in_(language).strip() for language in LANGUAGES}


def lines_of(texts: Iterable[Text]) -> Says:
    """Return several texts as one, each on a line of its own."""
    listed = list(texts)
    return {la: "\n".join(text.in_(la).strip() for text in listed) for la in LANGUAGES}


def plain_number(value: float) -> str:
    """Return a number in full, a whole one without a point: ``4``, ``10.81081081081081``."""
    return repr(shortest(value))


def shortest(value: float) -> float:
    """Return a number as a whole one if it is one."""
    return int(value) if value == int(value) else value
