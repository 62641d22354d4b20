"""Exams: what is drawn, how long it may take, what passes, and for how long that holds."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from salestrain.playbook.content import Content, Entry, Names, Role, wrong
from salestrain.playbook.fields import Both, Cite, Days, QuotedShare, Section, Words  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.errors import Fault
    from salestrain.playbook.items import Item

Level = Literal["recall", "apply", "judge"]
UNSUITED = frozenset({"short_answer"})
"""Kinds no exam asks: their marks are a proposal until a trainer has read the words."""


class Line(Content):
    """A line of the blueprint: so many items of a section, of a level or tag if it names one."""

    section: Annotated[Section, Names("set of items")]
    level: Level | None = None
    tag: Words | None = None
    count: Annotated[int, Field(ge=1, le=60)]

    @property
    def narrowness(self) -> int:
        """How many things it asks for beside the section."""
        return (self.level is not None) + (self.tag is not None)

    def takes(self, item: Item) -> bool:
        """Return whether an item is one of those it draws from."""
        return (
            item.section == self.section
            and item.kind not in UNSUITED
            and self.level in (None, item.level)
            and (self.tag is None or self.tag in item.tags)
        )


class Adaptive(Content):
    """An exam that asks each person what tells most about them, until it can decide.

    Attributes:
        least: So many items are asked in any case; the blueprint's counts are the most.
        error: It ends once a wrong decision is less likely than this (0–1).
    """

    least: Annotated[int, Field(ge=5, le=60)] = 10
    error: Annotated[float, Field(ge=0.001, le=0.2)] = 0.025


class Exam(Entry):
    """`exams/*.yaml`: an exam, drawn anew for each person and attempt.

    Attributes:
        minutes: From the first question to the end, in one sitting.
        pass_share: The share of the marks that passes (0–1).
        attempts: How many times it may be taken; ``wait_days`` lie between two.
        valid_days: How long a pass holds; without it for good.
        opens: The first day on which it may be begun.
        closes: The last one. Until it is over nobody sees which answers were right, so that those
            who take it early have nothing to pass on.
        adaptive: Whether answers decide what comes next and when it ends; the pass mark is then the
            share of all it might ask that a person would get right.
    """

    title: Both
    why: Both
    roles: tuple[Role, ...] = Field(min_length=1, alias="for")
    cites: tuple[Cite, ...] = ()
    minutes: Annotated[int, Field(ge=1, le=240)]
    pass_share: QuotedShare
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    wait_days: Annotated[int, Field(ge=0, le=365)] = 1
    valid_days: Days | None = None
    opens: date | None = None
    closes: date | None = None
    adaptive: Adaptive | None = None
    blueprint: tuple[Line, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens and self.closes and self.closes < self.opens:
            raise wrong(f"{self.id} closes before it opens", "put the later day at `closes`")
        return self

    @model_validator(mode="after")
    def _may_ask_so_many(self) -> Self:
        if self.adaptive and self.adaptive.least > self.count:
            what = f"least is {self.adaptive.least}, and the blueprint asks {self.count} at most"
            raise wrong(what, "lower `least`, or raise the counts")
        return self

    @property
    def count(self) -> int:
        """How many items an attempt asks."""
        return sum(line.count for line in self.blueprint)


def exam_faults(exam: Exam, items: Iterable[Item]) -> Iterator[Fault]:
    """Yield each line of a blueprint that the item bank can't fill, beside the lines before it.

    An adaptive exam chooses, so it needs twice as many as it asks.
    """
    free, times = list(items), 2 if exam.adaptive else 1
    for number, line in drawn_in_order(exam):
        fitting, needed = [item for item in free if line.takes(item)], times * line.count
        if len(fitting) < needed:
            chosen = f", to choose from {needed}," if exam.adaptive else ""
            what = f"{line.count} items are drawn here{chosen} and {len(fitting)} are there"
            mend = "write more of them, or lower the count (no exam asks for short answers)"
            yield exam.fault(what, mend, "blueprint", number, "count")
        taken = fitting[:needed]
        free = [item for item in free if item not in taken]


def drawn_in_order(exam: Exam) -> list[tuple[int, Line]]:
    """Return the lines with their places, the narrowest first: a wide one can spare what it takes.

    A line for 4.3 that asks for a tag draws before one for 4.3 at large.
    """
    return sorted(enumerate(exam.blueprint), key=lambda each: -each[1].narrowness)
