"""Chapters 3 and 4: evaluation, incentives, the first months, skills."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from datetime import date  # noqa: TC003
from typing import Annotated, Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.playbook.content import Content, Criterion, Entry, Role, Standard, Stated
from salestrain.playbook.fields import Both, Days, Id, Share  # noqa: TC001
from salestrain.playbook.standards.checks import (
    Band,
    Weight,
    band_faults,
    unknown,
    weight_faults,
)

Score = Literal["1", "3", "5"]


class Cycle(Stated):
    """How often people are evaluated, and what comes of it."""

    every: Literal["month", "quarter", "year"]
    minutes: Annotated[int, Field(ge=5, le=240)]
    within_working_days: Days
    """After the period's end."""
    decides: Both
    """What hangs on it, and what doesn't."""


class FormCriterion(Stated):
    """One criterion of an evaluation form. Its last word is its name in the CRM."""

    weight: Weight
    kpis: tuple[Id, ...] = ()
    """Figures it rests on; none where it is judged from what was seen."""
    anchors: dict[Score, Both]


class Form(Stated):
    """What a role is evaluated on."""

    role: Role
    cycle: Id
    criteria: tuple[FormCriterion, ...] = Field(min_length=1)


class Evaluation(Standard):
    """`standards/evaluation.yaml`: section 3.2."""

    cycles: tuple[Cycle, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield forms of no cycle, and weights that don't add up."""
        for form in self.forms:
            yield from unknown(form, form.cycle, [each.id for each in self.cycles], "cycle")
            yield from weight_faults(form, (each.weight for each in form.criteria), "criteria")


class Tier(Entry, Band):
    """Between two shares of the quota attained, what each yuan sold there pays."""

    rate: Share


class Split(Stated):
    """How credit for one order is shared when several people worked on it."""

    shares: dict[Literal["owner", "opener", "helper", "team"], Share]


class Spiff(Stated):
    """A bonus for one thing, for a while."""

    amount: Annotated[float, Field(gt=0)]
    since: date
    until: date


class Clawback(Stated):
    """When paid commission is taken back."""

    within_days: Days
    share: Share


class Plan(Stated):
    """An incentive plan. Tiers are marginal: each pays for what lies within it."""

    roles: tuple[Role, ...] = Field(min_length=1, alias="for")
    every: Literal["month", "quarter", "year"]
    kpi: Id
    """The figure that counts as sold."""
    since: date
    until: date | None = None
    tiers: tuple[Tier, ...] = Field(min_length=1)
    cap_attainment: Annotated[float, Field(gt=0)] | None = None
    """The attainment above which nothing more is paid; none pays without end."""
    team_share: Share = 0
    """The part of the payout that hangs on the team's attainment."""
    splits: tuple[Split, ...] = ()
    spiffs: tuple[Spiff, ...] = ()
    clawbacks: tuple[Clawback, ...] = ()


class Incentives(Standard):
    """`standards/incentives.yaml`: section 3.3."""

    plans: tuple[Plan, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield tiers with a gap or overlap, splits that aren't whole, spiffs that end too soon."""
        for plan in self.plans:
            yield from band_faults(plan, plan.tiers, "tiers")
            for split in plan.splits:
                if abs((total := sum(split.shares.values())) - 1) > 1e-9:
                    yield split.fault(f"shares add up to {total:g}", "make it 1", "shares")
            for spiff in plan.spiffs:
                if spiff.until < spiff.since:
                    yield spiff.fault(f"{spiff.id} ends before it begins", "swap them", "until")


class Milestone(Stated):
    """What somebody new can do by a day of theirs."""

    day: Annotated[int, Field(ge=1, le=365)]
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    signed_by: Role


class Onboarding(Standard):
    """`standards/onboarding.yaml`: section 4.1; the steps themselves are in `paths/`."""

    milestones: tuple[Milestone, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield milestones that aren't in the order of their days."""
        days = [each.day for each in self.milestones]
        for number, (day, before) in enumerate(zip(days[1:], days, strict=False), 1):
            if day <= before:
                at = ("milestones", number, "day")
                yield self.fault(f"day {day} after day {before}", "put them in order", *at)


class Rating(Content):
    """What one sees and hears at a level of a skill."""

    level: Annotated[int, Field(ge=1, le=4)]
    text: Both


class Skill(Stated):
    """A skill that is practised in role-plays and rated by a rubric."""

    competency: Id
    """The competency of 1.1 it belongs to."""
    stages: tuple[Id, ...] = ()
    """The stages where it decides most."""
    rubric: tuple[Rating, ...] = Field(min_length=2)


class Skills(Standard):
    """`standards/skills.yaml`: section 4.2."""

    skills: tuple[Skill, ...] = Field(min_length=1)

    def faults(self) -> Iterator[Fault]:
        """Yield rubrics whose levels don't count up from 1."""
        for skill in self.skills:
            if [each.level for each in skill.rubric] != list(range(1, len(skill.rubric) + 1)):
                what = f"levels of {skill.id} skip or repeat"
                yield skill.fault(what, "count up from 1", "rubric")
