"""Chapter 2: whom we look for and follow up, the stages of a deal, the loop of an order."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from typing import Annotated, Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.language import Text  # noqa: TC001
from salestrain.playbook.content import Content, Criterion, Entry, Role, Rule, Standard, Stated
from salestrain.playbook.fields import Both, Days, Id, Share, Words  # noqa: TC001
from salestrain.playbook.standards.checks import unknown


class ProfileCriterion(Rule):
    """One sign of a customer worth our time; where the CRM can tell, ``when`` says how."""

    points: Annotated[int, Field(ge=-10, le=10)]


class FileField(Content):
    """A column that must be filled, and since which stage."""

    column: Words
    since: Id
    """The stage from which it must be there."""
    text: Both
    """What it is good for."""


class CustomerProfile(Standard):
    """`standards/customer_profile.yaml`: section 2.1."""

    criteria: tuple[ProfileCriterion, ...] = Field(min_length=1)
    qualified_at: int
    """Points from which a lead becomes an opportunity."""
    fields: tuple[FileField, ...] = ()

    def faults(self) -> Iterator[Fault]:
        """Yield a bar that no lead can reach."""
        if (most := sum(max(each.points, 0) for each in self.criteria)) < self.qualified_at:
            what = f"nobody can reach {self.qualified_at} points; all criteria together are {most}"
            yield self.fault(what, "lower it, or add criteria", "qualified_at")


class Touch(Content):
    """One contact of a follow-up."""

    working_day: Annotated[int, Field(ge=0, le=260)]
    """Working days after the first contact."""
    by: Literal["call", "message", "email", "visit"]
    text: Both
    """What it brings the customer."""


class FollowUpPlan(Stated):
    """How often, by what, and until when a kind of lead is followed up."""

    first_contact_hours: Annotated[float, Field(gt=0, le=80)]
    """Working hours within which somebody first answers."""
    touches: tuple[Touch, ...] = Field(min_length=1)
    stop: Both
    """When we stop, and what we tell the customer then."""


class FollowUp(Standard):
    """`standards/follow_up.yaml`: section 2.1."""

    plans: tuple[FollowUpPlan, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield contacts that aren't in the order of their days."""
        for plan in self.plans:
            days = [touch.working_day for touch in plan.touches]
            for number, (day, before) in enumerate(zip(days[1:], days, strict=False), 1):
                if day <= before:
                    at = ("touches", number, "working_day")
                    yield plan.fault(f"day {day} after day {before}", "put them in order", *at)


class Stage(Entry):
    """A stage of an opportunity: what must be true to leave it, and by when."""

    name: Both
    purpose: Both
    entry: Both
    exit: tuple[Criterion, ...]
    tasks: tuple[Both, ...] = Field(min_length=1)
    limit_days: Days
    limit_days_tender: Days | None = None
    quote_within_working_days: Days | None = None
    probability: Share

    @property
    def says(self) -> Text:
        """What the stage is for."""
        return self.purpose


class Reason(Content):
    """Why a deal was lost, as `opportunities.loss_reason` has it."""

    id: Words
    name: Both


class Closing(Stated):
    """An end of an opportunity."""

    probability: Share
    close_within_days: Days | None = None
    reasons: tuple[Reason, ...] = ()


class Stages(Standard):
    """`standards/stages.yaml`: section 2.2."""

    probability_source: Literal["assumption", "measured"]
    """Whether the stages' probabilities are agreed or taken from closed deals."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    closed: tuple[Closing, ...]

    def faults(self) -> Iterator[Fault]:
        """Yield stages nobody can leave."""
        for stage in self.stages:
            if not stage.exit:
                what, mend = f"stage {stage.id} has no exit", "write what must hold to leave it"
                yield stage.fault(what, mend, "exit")


class OrderState(Stated):
    """A state of an order, whose it is, and how long it may stay there."""

    owner: Role
    status: Literal["confirmed", "shipped", "delivered", "closed", "cancelled"] | None = None
    """As `orders.status` has it, where the CRM knows the state."""
    working_days: Annotated[float, Field(gt=0, le=250)] | None = None
    """The promise: working days from entering it to leaving it."""
    exit: tuple[Criterion, ...] = ()
    next: tuple[Id, ...] = ()
    """The states it can go on to; none at the end."""


class Orders(Standard):
    """`standards/orders.yaml`: section 2.3, states in the order they are usually met."""

    states: tuple[OrderState, ...] = Field(min_length=2)

    def faults(self) -> Iterator[Fault]:
        """Yield states that lead nowhere known, that nothing leads to, or that hold no way out."""
        known = [state.id for state in self.states]
        met = {state.id for state in self.states[:1]}
        met |= {id_ for state in self.states for id_ in state.next}
        for state in self.states:
            for number, id_ in enumerate(state.next):
                yield from unknown(state, id_, known, "next", number)
            if state.id not in met:
                what = f"no state leads to {state.id}"
                yield state.fault(what, "name it as `next` of one", "id")
            if state.next and not state.exit:
                what = f"state {state.id} has no exit"
                yield state.fault(what, "write what must hold to leave it", "next")
