"""What a training review is written from: what a class did here, and at customers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from salestrain.crm.folder import open_folder
from salestrain.crm.store import open_crm
from salestrain.records.answers import newcomers_of, open_class
from salestrain.sales.behaviour import figures
from salestrain.training.effects import before_after, matched, staggered, verdict_on
from salestrain.training.effects.estimate import FEW, Estimate
from salestrain.training.effects.gains import learnt
from salestrain.training.effects.matching import Peer
from salestrain.training.effects.modules import Module, modules
from salestrain.training.effects.reactions import REACTED, reactions
from salestrain.training.effects.waits import HANDED_IN, hand_ins, mentors, paces
from salestrain.training.paths.path import progress
from salestrain.views.quiz_review.staff import colleagues
from salestrain.views.quiz_review.study import Study, open_study
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import duckdb

    from salestrain.sales.behaviour import Figure, Stretch
    from salestrain.training.effects.gains import Learnt
    from salestrain.training.effects.reactions import Reaction
    from salestrain.training.effects.verdict import Design, Verdict
    from salestrain.training.effects.waits import HandIn, Pace
    from salestrain.training.paths.path import Progress
    from salestrain.training.quizzes.responses import Floats

LONG, NEW = timedelta(days=28), timedelta(days=90)
MOST_BEFORE, MONTH = 3, 30.44
LEADING: Figure = "confirmed"
"""The figure that was chosen beforehand to judge a module by."""
FIGURES: tuple[Figure, ...] = ("confirmed", "fresh", "contracts", "revenue")
PRACTISED = frozenset({"quiz", "roleplay", "playbook"})
OWN_KINDS = frozenset({*HANDED_IN, REACTED})
DEFAULTS = {
    ("4.1.compare", "each"): 10,
    ("4.1.stuck_early", "days_late"): 10,
    ("4.1.own_visits", "visits"): 12,
    ("2.2.stalled", "days"): 14,
}


class Books(NamedTuple):
    """The CRM of the class: a connection, its columns by table, the day the books end."""

    connection: duckdb.DuckDBPyConnection
    present: Mapping[str, frozenset[str]]
    as_of: date


class Effect(NamedTuple):
    """What a module did to a figure: the estimate, what it says, how many have nobody like them."""

    figure: Figure
    estimate: Estimate
    verdict: Verdict
    left_out: int = 0


@dataclass(frozen=True)
class TrainingStudy(Study):
    """One class up to the end of a period.

    Attributes:
        books: Its CRM.
    """

    books: Books = field(kw_only=True)

    def rule(self, id_: str, value: str) -> int:
        """Return a figure that a rule names, as the playbook has it or as the sample company's."""
        found = self.playbook.rules.get(id_)
        default = DEFAULTS[id_, value]
        given: Any = found.values.get(value, default) if found else default
        return int(given)

    @cached_property
    def today(self) -> date:
        """The last day looked at: the period's, or the last in the books."""
        return min(self.at.date(), self.books.as_of)

    @cached_property
    def learners(self) -> tuple[str, ...]:
        """Who of the class practised anything; mentors and trainers, who only sign, did not."""
        return tuple(sorted(one for one in self.people if self._learns(one)))

    def _learns(self, person: str) -> bool:
        return any(
            app in PRACTISED or step.kind in OWN_KINDS
            for app, _, step in self.deeds.get(person, ())
        )

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """What was taught, those that began by the end of the period."""
        found = modules(self.deeds, self.learners, self.zone)
        return tuple(one for one in found if one.first <= self.today)

    @cached_property
    def reactions(self) -> dict[str, Reaction]:
        """What the class thought, by step or module."""
        return {one.step: one for one in reactions(self.deeds, self.learners)}

    @cached_property
    def learnt(self) -> dict[str, Learnt]:
        """What was known before, after and later, by module."""
        return {one.id: learnt(one, self.deeds, self.zone) for one in self.modules}

    @cached_property
    def hand_ins(self) -> tuple[HandIn, ...]:
        """What the class handed in."""
        return hand_ins(self.deeds, self.learners)

    @cached_property
    def paces(self) -> tuple[Pace, ...]:
        """How long each mentor of the class lets things wait."""
        return paces(self.hand_ins, self.at)

    @cached_property
    def mentors(self) -> dict[str, str]:
        """Each newcomer's mentor."""
        return mentors(self.deeds)

    @cached_property
    def newcomers(self) -> tuple[str, ...]:
        """Who of the class is on a path: paired with a mentor, or has done something of it."""
        return tuple(one for one in self.learners if one in self.mentors or self._walks(one))

    def _walks(self, person: str) -> bool:
        return any(app == "onboarding" for app, _, _ in self.deeds.get(person, ()))

    def progress(self, person: str) -> Progress | None:
        """Return where somebody stands on the first path.

        A newcomer's days count from joining, those of who was there long before from their first
        step.
        """
        path = next(iter(self.playbook.paths.values()), None)
        deeds, known = self.deeds.get(person, ()), self.staff.get(person)
        start = known.joined if known else None
        began = min((step.at.astimezone(self.zone).date() for _, _, step in deeds), default=None)
        if start and began and began - start > NEW:
            start = began
        return progress(path, deeds, self.at, start) if path else None

    def table(self, figure: Figure, people: Sequence[str], spans: Sequence[Stretch]) -> Floats:
        """Return one figure a person and stretch; NaN throughout if the tables don't allow it."""
        found = figures(
            self.books.connection,
            self.books.present,
            figure,
            people,
            spans,
            self.rule("2.2.stalled", "days"),
        )
        return np.full((len(people), len(spans)), np.nan) if found is None else found

    def spans(self, module: Module) -> tuple[int, tuple[Stretch, ...]]:
        """Return the whole stretches of four weeks around a module's first day.

        Returns:
            How many lie before it, and all of them. One at least lies before it; others only where
            everybody had joined.
        """
        joined = [self.staff[one].joined for one in self.learners if one in self.staff]
        known = max((day for day in joined if day and day < module.first), default=module.first)
        before = min(max((module.first - known) // LONG, 1), MOST_BEFORE)
        after = (self.today + timedelta(days=1) - module.first) // LONG
        starts = [module.first + LONG * n for n in range(-before, after)]
        return before, tuple((day, day + LONG) for day in starts)

    def effect(self, module: Module, figure: Figure) -> Effect | None:
        """Return what a module did to a figure; None while no stretch after it is over."""
        before, spans = self.spans(module)
        if len(spans) <= before:
            return None
        table = self.table(figure, self.learners, spans)
        starts = [_begun(module, one, spans) for one in self.learners]
        left_out = 0
        design: Design = "before_after"
        if module.lot:
            design, estimate = "staggered", staggered(table, starts)
        else:
            pairs = matched(*self._sides(figure, starts, before, spans))
            if min(pairs.estimate.n) >= FEW:
                design, estimate, left_out = "matched", pairs.estimate, pairs.left_out
            else:
                own = np.array([start == before for start in starts], bool)
                estimate = before_after(table[own, before - 1], table[own, before])
        each = self.rule("4.1.compare", "each")
        said = verdict_on(estimate, design, lot=module.lot, each=each)
        return Effect(figure, estimate, said, left_out)

    def _sides(
        self, figure: Figure, starts: Sequence[float], at: int, spans: Sequence[Stretch]
    ) -> tuple[list[Peer], list[Peer]]:
        """Return who began in the first stretch, and who began later or never, with their figures.

        Both are known by the figure and by the leading one, by which they may have been chosen.
        """
        table = self.table(figure, self.learners, spans[at - 1 : at + 1])
        before = [table[:, 0]]
        if figure != LEADING:
            before.append(self.table(LEADING, self.learners, spans[at - 1 : at])[:, 0])
        sides: tuple[list[Peer], list[Peer]] = ([], [])
        rows = np.column_stack([*before, table[:, 1]]).tolist()
        for one, start, row in zip(self.learners, starts, rows, strict=True):
            if not any(map(math.isnan, row)):
                held = Peer(self._months(one), self.team_of(one), tuple(row[:-1]), row[-1])
                sides[start > at].append(held)
        return sides

    def _months(self, person: str) -> float:
        known = self.staff.get(person)
        return (self.today - known.joined).days / MONTH if known and known.joined else 0.0

    @cached_property
    def courses(self) -> dict[Figure, Floats]:
        """Each figure of the class, stretch by stretch, around the module that began first."""
        first = min(self.modules, key=lambda one: one.first, default=None)
        spans = self.spans(first)[1] if first else ()
        return {one: self.table(one, self.learners, spans) for one in FIGURES} if spans else {}

    def visits(self, people: Sequence[str]) -> list[int | None]:
        """Return each person's visits in the last four weeks, None where the CRM has none."""
        end = self.today + timedelta(days=1)
        found = figures(
            self.books.connection, self.books.present, "visits", people, [(end - LONG, end)]
        )
        return [None] * len(people) if found is None else [int(n) for n in found[:, 0]]

    @cached_property
    def effects(self) -> dict[str, tuple[Effect, ...]]:
        """What each module did to each figure."""
        return {
            one.id: tuple(found for each in FIGURES if (found := self.effect(one, each)))
            for one in self.modules
        }

    def leading(self, module: str) -> Effect | None:
        """Return what a module did to the figure that it is judged by."""
        return next((one for one in self.effects[module] if one.figure == LEADING), None)


def _begun(module: Module, person: str, spans: Sequence[Stretch]) -> float:
    """Return in which stretch somebody begins, infinity if in none."""
    day = module.begins.get(person)
    found = (n for n, (begins, ends) in enumerate(spans) if day and begins <= day < ends)
    return next(found, math.inf)


def open_training(
    workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
) -> TrainingStudy:
    """Read what a review needs; the arguments are those of the KPI review.

    Raises:
        UsageError: For a parameter that names nothing; says what would.
        ContentError: If the playbook has faults.
    """
    of, place = (
        open_study(workspace, period, level, entity, language, linked),
        find_workspace(workspace or None),
    )
    log, crm, staff = open_class(place), open_crm(place), of.staff
    books = Books(crm.connection, crm.present, crm.as_of)
    if log.sample:
        connection, present = open_folder(newcomers_of(place))
        books, staff = Books(connection, present, crm.as_of), staff | colleagues(connection)
    whose = of.level, of.entity, of.period, of.language, of.linked
    return TrainingStudy(of.playbook, log, of.entities, *whose, staff, books=books)
