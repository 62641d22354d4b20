"""Chapter 5: classes of customers, complaints and their three clocks, key accounts."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from itertools import product
from typing import Annotated, Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.playbook.content import (
    Content,
    Criterion,
    Entry,
    Placed,
    Role,
    Rule,
    Standard,
    Stated,
)
from salestrain.playbook.fields import Both, Id, Words  # noqa: TC001
from salestrain.playbook.standards.checks import Band, Weight, band_faults, unknown, weight_faults

Severity = Literal["high", "medium", "low"]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-4]):[0-5]\d$")]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


class SizedBand(Entry, Band):
    """A band of a customer's size or frequency, with its name."""

    name: Both


class Scale(Stated):
    """One side of capacity, measured over the months before the day it is judged on."""

    months: Annotated[int, Field(ge=1, le=60)]
    expr: Words
    """The aggregate over `orders`: ``sum(amount_ex_vat)``."""
    unit: Literal["money", "count"]
    bands: tuple[SizedBand, ...] = Field(min_length=2)


class CapacityClass(Stated):
    """A class by capacity: the pairs of size and frequency that make it."""

    pairs: tuple[tuple[Id, Id], ...] = Field(min_length=1)
    visit_every_days: Annotated[int, Field(ge=1, le=730)]


class IntentClass(Rule):
    """A class by intent; the first whose ``when`` holds wins, the last has none."""


class IndustryClass(Stated):
    """What a trade buys for, and what it pays to know of it."""

    industry: Words
    """As `accounts.industry` has it."""


class CustomerClasses(Standard):
    """`standards/customer_classes.yaml`: section 5.1."""

    intents: tuple[IntentClass, ...] = Field(min_length=2)
    size: Scale
    frequency: Scale
    capacities: tuple[CapacityClass, ...] = Field(min_length=2)
    industries: tuple[IndustryClass, ...] = ()

    def faults(self) -> Iterator[Fault]:
        """Yield bands with a gap or overlap, and pairs that fall into no class or into two."""
        for scale in (self.size, self.frequency):
            yield from band_faults(scale, scale.bands, "bands")
        yield from self._unclassed()

    def _unclassed(self) -> Iterator[Fault]:
        sizes, frequencies = (
            [one.id for one in side.bands] for side in (self.size, self.frequency)
        )
        classed: dict[tuple[str, str], str] = {}
        for one in self.capacities:
            for number, pair in enumerate(one.pairs):
                if pair in classed:
                    what = f"{' × '.join(pair)} is {classed[pair]} already"
                    yield one.fault(what, "leave it to one class", "pairs", number)
                classed[pair] = one.id
        for pair in product(sizes, frequencies):
            if pair not in classed:
                what = f"{' × '.join(pair)} falls into no class"
                yield self.fault(what, "add the pair to one", "capacities")


class Shift(Content):
    """Hours of one working day that count."""

    since: Time
    until: Time


class WorkingHours(Placed):
    """When the clocks run."""

    days: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    """1 is Monday."""
    shifts: tuple[Shift, ...]
    holidays: Words
    """The country whose public holidays and shifted working days hold, as `CN`."""

    def faults(self) -> Iterator[Fault]:
        """Yield hours that never open."""
        if not self.days or not self.shifts:
            key = "shifts" if self.days else "days"
            yield self.fault("working hours that never open", "name days and shifts", key)
        for number, shift in enumerate(self.shifts):
            if shift.until <= shift.since:
                what = f"a shift from {shift.since} until {shift.until} never opens"
                yield self.fault(what, "write a later end", "shifts", number, "until")


class Clock(Stated):
    """How long something may take, in working hours by severity."""

    since: Words
    """The column of `complaints` that starts it."""
    until: Words
    """The column that stops it."""
    hours: dict[Severity, Annotated[float, Field(gt=0, le=500)]]


class SeverityClass(Stated):
    """How bad a complaint is, so that two people judge it alike."""

    severity: Severity


class ComplaintStep(Stated):
    """A step of a complaint, and who owns it."""

    owner: Role
    exit: tuple[Criterion, ...] = ()
    next: tuple[Id, ...] = ()


class Complaints(Standard):
    """`standards/complaints.yaml`: section 5.2."""

    working_hours: WorkingHours
    severities: tuple[SeverityClass, ...] = Field(min_length=1)
    clocks: tuple[Clock, ...] = Field(min_length=1)
    steps: tuple[ComplaintStep, ...] = Field(min_length=2)

    def faults(self) -> Iterator[Fault]:
        """Yield hours that never open, severities without a limit, steps that lead nowhere."""
        yield from self.working_hours.faults()
        for clock in self.clocks:
            for severity in SEVERITIES:
                if severity not in clock.hours:
                    what = f"{clock.id} has no limit for {severity!r}"
                    yield clock.fault(what, f"add `{severity}:`", "hours")
        for step in self.steps:
            for number, id_ in enumerate(step.next):
                yield from unknown(step, id_, [one.id for one in self.steps], "next", number)


class Promise(Stated):
    """What every key account gets, by whom, and how often."""

    by: Role
    every_days: Annotated[int, Field(ge=1, le=730)]
    activity: Literal["visit", "call", "message", "email", "demo"] | None = None
    """As `activities.kind` has it, where the CRM can tell that it was kept."""


class Priority(Stated):
    """What decides who is served first when there isn't enough for all."""

    weight: Weight


class KeyAccounts(Standard):
    """`standards/key_accounts.yaml`: section 5.3."""

    selection: tuple[Rule, ...] = Field(min_length=1)
    """What makes a key account; all of it must hold."""
    at_most: Annotated[int, Field(ge=1, le=1000)]
    promises: tuple[Promise, ...] = Field(min_length=1)
    signals: tuple[Rule, ...] = Field(min_length=1)
    """Signs that one is drifting away."""
    priorities: tuple[Priority, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield weights that don't add up."""
        yield from weight_faults(self, (each.weight for each in self.priorities), "priorities")
