"""What a playbook is made of: the company, stages, rules, KPIs and the heads of pages."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
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

from salestrain.errors import Place
from salestrain.language import Language  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.fields import CURRENCY, Both, Days, Id, Section, Share, Value, Words
from salestrain.playbook.source import Keyed, place_at

Layer = Literal["team", "process", "individual"]
Unit = Literal["money", "rate", "count", "days", "score", "times"]
Level = Literal["company", "region", "team", "rep"]
Better = Literal["higher", "lower", "neither"]
Role = Literal["rep", "manager", "director", "marketing", "service", "trainer"]
LEVELS: tuple[Level, ...] = ("company", "region", "team", "rep")


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


class Content(BaseModel):
    """Base: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Entry(Content):
    """Something with an id, a name or a text that other content can point to."""

    id: Id
    _node: Keyed | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_lines(cls, value: Any, handler: ValidatorFunctionWrapHandler) -> Self:  # noqa: ANN401 (raw input)
        entry: Self = handler(value)
        if isinstance(value, Keyed):
            entry._node = value
        return entry

    @property
    def section(self) -> str:
        """The section its id lies in, like ``2.2``."""
        return ".".join(self.id.split(".")[:2])

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.place_of()

    def place_of(self, *loc: str | int) -> Place:
        """Return where one of its keys is written."""
        if self._node is None:
            return Place(PurePath())
        return place_at(self._node, loc, self._node.place)


class Criterion(Entry):
    """One condition for leaving a stage."""

    text: Both
    evidence: Both
    """What shows that it holds: a note, a document, a reply."""
    column: str | None = None
    """The CRM column (``table.column``) that records it, if there is one."""


class Stage(Entry):
    """A stage of an opportunity: what must be true to leave it, and by when."""

    name: Both
    purpose: Both
    entry: Both
    exit: tuple[Criterion, ...] = Field(min_length=1)
    tasks: tuple[Both, ...] = Field(min_length=1)
    limit_days: Days
    limit_days_tender: Days | None = None
    quote_within_working_days: Days | None = None
    probability: Share


class Reason(Content):
    """Why a deal was lost, as `opportunities.loss_reason` has it."""

    id: Words
    name: Both


class Closing(Entry):
    """An end of an opportunity."""

    name: Both
    text: Both
    probability: Share
    close_within_days: Days | None = None
    reasons: tuple[Reason, ...] = ()


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


class Measure(Content):
    """An aggregate over one CRM table: ``fn(arg)`` of the rows that meet ``where``.

    Either ``date`` puts a row in the period in which it lies, or ``open_from`` and ``open_until``
    take the rows open at the period's end, where ``period_end`` is that day.
    """

    table: str
    expr: str
    where: str | None = None
    date: str | None = None
    open_from: str | None = None
    open_until: str | None = None

    @property
    def fn(self) -> str:
        """The aggregate: count, sum, avg, median, min or max."""
        return self.expr.partition("(")[0].strip().lower()

    @property
    def arg(self) -> str:
        """What is aggregated: ``*``, ``amount``, ``DISTINCT account_id``."""
        return self.expr.partition("(")[2].rpartition(")")[0].strip()

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not _one_of(self.date, (self.open_from, self.open_until)):
            mend = "give it either date, or open_from together with open_until"
            raise wrong("a measure has no clear date", mend)
        return self


class Target(Content):
    """What a KPI is held to: the booked targets of one metric, or a fixed value."""

    metric: Literal["revenue", "new_customers", "visits", "contracts"] | None = None
    value: float | None = None

    _one = exactly_one("a target", "metric", "value")


class Kpi(Entry):
    """A figure, its definition, how to read it and how it is gamed."""

    name: Both
    layer: Layer
    value: Measure | None = None
    numerator: Measure | None = None
    denominator: Measure | None = None
    unit: Unit
    better: Better
    minimum_n: int = Field(ge=1)
    """Rows it takes before the figure is shown."""
    levels: tuple[Level, ...] = Field(default=LEVELS, min_length=1)
    target: Target | None = None
    interval: Literal["auto", "none"] = "auto"
    formula: Both
    read: Both
    ask: Both
    """What to ask in the talk when it goes the wrong way."""
    gaming: Both
    cites: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _value_or_ratio(self) -> Self:
        if not _one_of(self.value, (self.numerator, self.denominator)):
            mend = "give it either value, or numerator together with denominator"
            raise wrong(f"KPI {self.id} has no clear figure", mend)
        return self

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The value alone, or numerator and denominator."""
        every = (self.value, self.numerator, self.denominator)
        return tuple(measure for measure in every if measure is not None)


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


class StagesFile(Content):
    """`standards/stages.yaml`: section 2.2."""

    section: Section
    owner: Role
    in_force_since: date
    probability_source: Literal["assumption", "measured"]
    """Whether the stages' probabilities are agreed or taken from closed deals."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    closed: tuple[Closing, ...]
    rules: tuple[Rule, ...] = ()
    measures: tuple[Rule, ...] = ()


class KpisFile(Content):
    """`standards/kpis.yaml`: section 3.1."""

    section: Section
    owner: Role
    in_force_since: date
    kpis: tuple[Kpi, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()


class PageHead(Content):
    """The head of a page in `pages/`."""

    section: Section
    lang: Language
    title: Words
    owner: Role
    readers: tuple[Role, ...] = Field(min_length=1)


def wrong(what: str, mend: str) -> PydanticCustomError:
    """Return the error a model raises about itself, in the halves of a fault."""
    return PydanticCustomError("content", "{what}; {mend}", {"what": what, "mend": mend})


def _one_of(single: object, pair: tuple[object, object]) -> bool:
    filled = [side is not None for side in pair]
    return all(filled) if single is None else not any(filled)
