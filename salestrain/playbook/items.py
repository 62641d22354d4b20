"""Items: one question, its key, and what each wrong answer has misunderstood."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 (pydantic reads the annotations)
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from salestrain.language import Text
from salestrain.playbook.fields import Both, Cite, Section, Share, Value, Words  # noqa: TC001
from salestrain.playbook.models import Content, Entry, Names, exactly_one, wrong

UNITS = {
    "CNY": Text("元", "CNY"),
    "%": Text("%", "%"),
    "d": Text("天", "days"),
    "deals": Text("单", "deals"),
}


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
    stem: Both
    extract: Extract | None = None


class Option(Named):
    """An answer to choose, and what is told to whoever chose it."""

    key: bool = False
    feedback: Both


class Single(Asked):
    """One option is right."""

    kind: Literal["single"]
    options: tuple[Option, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        if sum(option.key for option in self.options) != 1:
            raise wrong(f"{self.id} has no single key", "write `key: true` at one option")
        return self


class Multiple(Asked):
    """Some options are right, some are not."""

    kind: Literal["multiple"]
    options: tuple[Option, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _some_keys(self) -> Self:
        if len({option.key for option in self.options}) == 1:
            raise wrong(f"{self.id} has no choice", "write `key: true` at some options, not at all")
        return self


class PairFeedback(Spoken):
    """What is told when the first of two steps was put before the second."""

    wrong: tuple[Words, Words]


class Ordering(Asked):
    """Steps to put in order; the right order is the one they are written in."""

    kind: Literal["ordering"]
    scoring: Literal["adjacent_pairs", "all"] = "adjacent_pairs"
    """A mark for each neighbouring pair in the right order, or one mark for the whole."""
    steps: tuple[Named, ...] = Field(min_length=3)
    feedback_pairs: tuple[PairFeedback, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _pairs_are_wrong(self) -> Self:
        order = [step.id for step in self.steps]
        for pair in self.feedback_pairs:
            first, second = (order.index(id_) if id_ in order else -1 for id_ in pair.wrong)
            if not first > second > -1:
                said = " before ".join(pair.wrong)
                raise wrong(f"{said} is no wrong order of steps", "name two, the later one first")
        return self


class Computed(Content):
    """A figure: typed, or given by one of the file's queries."""

    value: float | None = None
    query: Annotated[str | None, Names("query")] = None
    _one = exactly_one("a figure", "value", "query")


class Tolerance(Content):
    """How far from the key an answer may lie: in its unit, or as a share of the key (0–1)."""

    absolute: Annotated[float, Field(ge=0)] = 0
    relative: Share = 0

    def margin(self, key: float) -> float:
        """Return the greatest distance from a key that still counts as right."""
        return max(self.absolute, self.relative * abs(key))


class Key(Computed):
    """The right number."""

    unit: Literal["CNY", "%", "d", "deals"]
    tolerance: Tolerance = Tolerance()

    @property
    def unit_name(self) -> Text:
        """The unit as people write it behind the number."""
        return UNITS[self.unit]


class Mistake(Computed):
    """A wrong number people arrive at, and what they overlooked."""

    feedback: Both


class Query(Entry):
    """SQL over ``extract`` and ``stages`` (id, probability, limit_days) that gives one number."""

    id: Annotated[str, Field(pattern=r"^q\.[a-z][a-z0-9_]*$")]
    sql: Words


class Numeric(Asked):
    """A number to work out. ``answer`` and ``mistakes`` are computed when they are asked for."""

    kind: Literal["numeric"]
    key: Key
    slips: tuple[Mistake, ...] = Field(default=(), alias="mistakes")
    feedback_other: Both
    """What is told to whoever gave another number."""
    _number: Callable[[Query, Extract | None], float] | None = PrivateAttr(default=None)
    _queries: dict[str, Query] = PrivateAttr(default={})

    def computed_by(
        self, number: Callable[[Query, Extract | None], float], queries: tuple[Query, ...]
    ) -> None:
        """Take the queries of its file, and what answers them."""
        self._number, self._queries = number, {query.id: query for query in queries}

    @cached_property
    def answer(self) -> float:
        """The right number."""
        return self._figure(self.key)

    @cached_property
    def mistakes(self) -> tuple[tuple[float, Text], ...]:
        """Wrong numbers, each with what is told to whoever gave it."""
        return tuple((self._figure(slip), slip.feedback) for slip in self.slips)

    def _figure(self, figure: Computed) -> float:
        if figure.query and self._number:
            return self._number(self._queries[figure.query], self.extract)
        return figure.value or 0.0


Item = Annotated[Single | Multiple | Ordering | Numeric, Field(discriminator="kind")]


class ItemsFile(Content):
    """`items/*.yaml`: the items of a section, and the queries that compute their keys."""

    section: Section
    queries: tuple[Query, ...] = ()
    items: tuple[Item, ...]
