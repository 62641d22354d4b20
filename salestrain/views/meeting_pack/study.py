"""What a meeting's pack is written from: the agenda, figures, deals, actions, newcomers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.errors import UsageError, did_you_mean
from salestrain.playbook.standards.growing import Onboarding
from salestrain.playbook.standards.team import Cadence
from salestrain.sales.figures import Book
from salestrain.sales.metrics import Metrics, compute
from salestrain.sales.newcomers import Newcomer, newcomer
from salestrain.sales.settling import Unsettled, unsettled
from salestrain.training.actions import MEETING, Action, actions
from salestrain.training.mentoring.mentors import MENTORS, PAIRED, TRAINER, mentor_of
from salestrain.views.group import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.playbook.standards.team import Meeting
    from salestrain.training.steps import Step

ONBOARDING, SIGNED = "onboarding", "signed"
WEEKLY = "1.3.weekly_pipeline"
FIGURES: Mapping[str, tuple[str, ...]] = {
    "pipeline_review": (
        "3.1.pipeline_coverage", "3.1.over_limit_share", "3.1.next_step_rate", "3.1.quote_win_rate",
    ),
    "kpi_review": ("3.1.revenue", "3.1.win_rate", "3.1.sales_cycle"),
    "order_review": ("3.1.on_time_delivery",),
    "complaint_review": ("3.1.complaint_first_response", "3.1.satisfaction"),
    "customer_review": ("3.1.new_customers", "3.1.repeat_share"),
    "incentive_review": ("3.1.discount",),
}  # fmt: skip
"""A few figures of each review that a meeting brings; the review has the rest."""


@dataclass(frozen=True)
class PackStudy(Group):
    """A group's next meeting.

    Attributes:
        meeting: Its id in the cadence.
    """

    meeting: str = WEEKLY

    def about(self, meeting: str) -> PackStudy:
        """Return the same for one meeting of the cadence.

        Raises:
            UsageError: If there is no such meeting; says which there are.
        """
        cadence = self.standard(Cadence)
        known = [one.id for one in cadence.meetings] if cadence else []
        if meeting not in known:
            raise UsageError(f"there is no meeting {meeting!r}; {did_you_mean(meeting, known)}")
        return replace(self, meeting=meeting)

    @cached_property
    def held(self) -> Meeting:
        """The meeting as the cadence has it."""
        cadence = self.standard(Cadence)
        every = cadence.meetings if cadence else ()
        return next(one for one in every if one.id == self.meeting)

    # last period's figures

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """The figures that belong to what the meeting brings, as far as this level has them."""
        named = [id_ for review in self.held.brings for id_ in FIGURES.get(review, ())]
        found = (
            self.playbook.kpis[id_] for id_ in dict.fromkeys(named) if id_ in self.playbook.kpis
        )
        return tuple(kpi for kpi in found if self.level in kpi.levels)

    @cached_property
    def metrics(self) -> Metrics:
        """Those figures in the period and the one before."""
        return compute(
            self.crm.connection, self.kpis, list(self.cell.period.run(2)),
            present=self.crm.present, as_of=self.crm.as_of, levels=[self.level],
        )  # fmt: skip

    @cached_property
    def book(self) -> Book:
        """The figures to look up."""
        return Book(self.metrics.frame)

    # deals

    @cached_property
    def settles_deals(self) -> bool:
        """Whether deals are settled in it, one by one."""
        return "pipeline_review" in self.held.brings

    @cached_property
    def deals(self) -> tuple[Unsettled, ...]:
        """Deals to settle, the largest first."""
        if not self.settles_deals:
            return ()
        return unsettled(
            self.crm.connection, self.cell, self.crm.present,
            as_of=self.crm.as_of, stalled_days=self.figure("2.2.stalled", "days", 14),
        )  # fmt: skip

    # what was agreed

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """What the group's own meetings agreed on: saved by its people, or for the company."""
        found: list[Action] = []
        for person, deeds in self.log.deeds.items():
            if self._chairs(person):
                own = [s for app, thread, s in deeds if (app, thread) == (MEETING, self.meeting)]
                found += actions(own)
        return tuple(found)

    def _chairs(self, person: str) -> bool:
        team = self.log.teams.get(person) or (
            self.staff[person].team if person in self.staff else ""
        )
        if self.level == "company":
            return not team
        return team in self.teams or (self.level == "rep" and person == self.cell.entity)

    # newcomers

    @cached_property
    def newcomers(self) -> tuple[Newcomer, ...]:
        """Reps who are new, the newest last; a line on each is read where deals are settled."""
        if not self.settles_deals:
            return ()
        onboarding = self.standard(Onboarding)
        milestones = onboarding.milestones if onboarding else ()
        found = (
            newcomer(one.id, one.joined, self.today, milestones, self.covered(one.id))
            for one in self.reps
        )
        return tuple(sorted((one for one in found if one), key=lambda one: -one.day))

    @cached_property
    def signed(self) -> dict[str, dict[tuple[str, str], bool]]:
        """What others signed for each person, by path and step; the last word counts."""
        found: dict[str, dict[tuple[str, str], bool]] = {}
        for by, thread, step in self._said(ONBOARDING, SIGNED):
            person = step.data.get("person")
            if isinstance(person, str) and person != by:
                key = thread, str(step.data.get("step"))
                found.setdefault(person, {})[key] = bool(step.data.get("ok"))
        return found

    @cached_property
    def mentors(self) -> dict[str, str]:
        """Each newcomer's mentor; the last pairing counts."""
        return mentor_of(step for _, at, step in self._said(TRAINER, PAIRED) if at == MENTORS)

    def _said(self, app: str, kind: str) -> Iterator[tuple[str, str, Step]]:
        """Yield the steps of a kind in an app by whom, and in which thread, the oldest first."""
        every = [
            (by, thread, step)
            for by, deeds in self.log.deeds.items()
            for at, thread, step in deeds
            if (at, step.kind) == (app, kind)
        ]
        yield from sorted(every, key=lambda one: one[2].at)

    def covered(self, person: str) -> set[str]:
        """Return the ids signed for somebody: steps and milestones, and the rules they rest on."""
        found: set[str] = set()
        for (path, step), ok in self.signed.get(person, {}).items():
            if ok:
                found |= {step, *self._cited(path, step)}
        return found

    def _cited(self, path: str, step: str) -> tuple[str, ...]:
        one = self._step(path, step)
        return tuple(getattr(one, "cites", ()))

    def _step(self, path: str, step: str) -> object:
        known = self.playbook.paths.get(path)
        every = (*known.steps, *getattr(known, "plan", ())) if known else ()
        return next((one for one in every if one.id == step), None)

    def step_title(self, path: str, step: str) -> str:
        """Return what a step of a path is called, or its id if the path has changed."""
        title = getattr(self._step(path, step), "title", None)
        return title.in_(self.language) if title else step
