"""What every part of a playbook is made of: content with lines, entries with ids, rules."""

from __future__ import annotations

import json
from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from datetime import date  # noqa: TC003
from pathlib import PurePath
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import PydanticCustomError

from salestrain.errors import Fault, Place
from salestrain.language import Language, Text  # noqa: TC001
from salestrain.playbook.fields import CURRENCY, Both, Id, Section, Value, Words
from salestrain.playbook.source import Keyed, place_at

Role = Literal["rep", "manager", "director", "marketing", "service", "trainer"]


class Names(NamedTuple):
    """Marks a field that names something else: a state, a page, a step before."""

    kind: str


def exactly_one(what: str, *keys: str) -> Any:  # noqa: ANN401 (a decorator's proxy)
    """Return a validator for a model that has one of these keys, and only one."""

    def check(content: Content) -> Content:
        if sum(getattr(content, key) is not None for key in keys) != 1:
            raise wrong(f"{what} is one thing", f"give it either {' or '.join(keys)}")
        return content

    return model_validator(mode="after")(check)


def wrong(what: str, mend: str) -> PydanticCustomError:
    """Return the error a model raises about itself, in the halves of a fault."""
    return PydanticCustomError("content", "{what}; {mend}", {"what": what, "mend": mend})


class Content(BaseModel):
    """Base: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Placed(Content):
    """Content that remembers where each of its keys is written."""

    _node: Keyed | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_lines(cls, value: Any, handler: ValidatorFunctionWrapHandler) -> Self:  # noqa: ANN401 (raw input)
        placed: Self = handler(value)
        if isinstance(value, Keyed):
            placed._node = value
        return placed

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.place_of()

    def place_of(self, *loc: str | int) -> Place:
        """Return where one of its keys is written."""
        if self._node is None:
            return Place(PurePath())
        return place_at(self._node, loc, self._node.place)

    def as_written(self) -> str:
        """Return what is written, as JSON, with its references filled in."""
        return json.dumps(self._node, ensure_ascii=False, sort_keys=True)

    def fault(self, what: str, mend: str, *loc: str | int) -> Fault:
        """Return a fault at one of its keys."""
        return Fault(self.place_of(*loc), what, mend)


class Entry(Placed):
    """Something with an id that other content can point to."""

    id: Id

    @property
    def section(self) -> str:
        """The section its id lies in, like ``2.2``."""
        return ".".join(self.id.split(".")[:2])

    @property
    def says(self) -> Text | None:
        """The sentence it comes down to, where it is quoted in one."""
        return getattr(self, "text", None)


class Stated(Entry):
    """An entry with a name and a sentence."""

    name: Both
    text: Both


class Criterion(Entry):
    """One condition that must hold: to leave a stage, to reach a rung."""

    text: Both
    evidence: Both
    """What shows that it holds: a note, a document, a reply."""
    column: str | None = None
    """The CRM column (``table.column``) that records it, if there is one."""


class Rule(Entry):
    """A sentence two people would judge alike, with its figures."""

    name: Both | None = None
    text: Both
    values: dict[str, Value | tuple[Value, ...]] = {}
    """The rule's figures; texts and KPIs quote them as ``{{id.name}}``."""
    table: str | None = None
    when: str | None = None
    """An SQL condition over ``table``; ``period_end`` is the day it is judged on."""
    then: Both | None = None
    columns: tuple[str, ...] = ()
    """The CRM columns (``table.column``) the rule is judged by."""
    cites: tuple[Id, ...] = ()


class Standard(Placed):
    """A file in `standards/`: what a section holds people to, for the software to compute with."""

    section: Section
    owner: Role
    in_force_since: date
    rules: tuple[Rule, ...] = ()
    measures: tuple[Rule, ...] = ()
    """How the section is measured: each cites the KPIs that compute it."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in it that can be cited, in the order written, rules and measures last."""
        own = [key for key in type(self).model_fields if key not in ("rules", "measures")]
        return tuple(e for key in (*own, "rules", "measures") for e in _within(getattr(self, key)))

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with it as a whole; each kind of standard knows its own."""
        yield from ()


class Event(Content):
    """A day on which how we sell changed; the charts of the KPIs it cites mark it."""

    day: date
    name: Both
    cites: tuple[Id, ...] = ()


class Company(Content):
    """`company.yaml`: who we are and how we count."""

    name: Both
    currency: Annotated[str, Field(pattern=CURRENCY)]
    fiscal_year_start_month: int = Field(default=1, ge=1, le=12)
    languages: tuple[Language, ...] = ("zh", "en")
    events: tuple[Event, ...] = ()
    """What changed when, so that a reader sees what came before what."""
    industries: dict[str, Both] = {}
    """Ids as `accounts.industry` and `market.industry` have them, with their names."""


class PageHead(Content):
    """The head of a page in `pages/`."""

    section: Section
    lang: Language
    title: Words
    owner: Role
    readers: tuple[Role, ...] = Field(min_length=1)


def _within(value: object) -> Iterator[Entry]:
    if isinstance(value, Entry):
        yield value
    if isinstance(value, Content):
        value = tuple(getattr(value, key) for key in type(value).model_fields)
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for each in value:
            yield from _within(each)
