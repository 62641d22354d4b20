"""What a KPI review is written from: one entity's figures in one period, and those around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.crm.store import Crm, open_crm
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import LANGUAGES, Language, Text
from salestrain.periods import MONTHS, Period
from salestrain.playbook.load import load_playbook
from salestrain.sales.bridge import Bridge, bridge, sales_of
from salestrain.sales.cases import Attention, attention
from salestrain.sales.entities import entities_of, there_in
from salestrain.sales.figures import Book, Cell, Figure, without
from salestrain.sales.kpi_review import (
    PERIODS_SHOWN,
    REVENUE,
    Finding,
    People,
    Row,
    board,
    lead_of,
    leading,
)
from salestrain.sales.kpi_words import Voice
from salestrain.sales.metrics import Metrics, compute
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    import pandas as pd

    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.playbook.whole import Playbook

COMPANY = Text("全公司", "Company")
UNASSIGNED = Text("未分配", "Unassigned")
BELOW = {"company": "team", "region": "team", "team": "rep"}


@dataclass(frozen=True)
class Study:
    """Everything the sections of a review read.

    Attributes:
        playbook: The definitions.
        crm: The data.
        cell: Whose review it is, and for when.
        voice: The reader's language and the books' money.
        linked: Levels whose reports lie beside this one.
    """

    playbook: Playbook
    crm: Crm
    cell: Cell
    voice: Voice
    linked: frozenset[str]

    @cached_property
    def metrics(self) -> Metrics:
        """All KPIs for all levels, over the periods a review shows."""
        count = max(PERIODS_SHOWN, 12 // MONTHS[self.cell.period.grain] + 1)
        return compute(
            self.crm.connection,
            self.playbook.kpis.values(),
            list(self.cell.period.run(count)),
            present=self.crm.present,
            as_of=self.crm.as_of,
        )

    @cached_property
    def book(self) -> Book:
        """The figures to look up."""
        return Book(self.metrics.frame)

    @cached_property
    def _entities(self) -> pd.DataFrame:
        return entities_of(self.crm.connection, self.crm.present)

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """The name of every entity, by level and id."""
        found = self._entities
        column = "name" if self.voice.language == "zh" else "name_en"
        named = dict(
            zip(zip(found["level"], found["entity"], strict=True), found[column], strict=True)
        )
        return named | {("company", ""): COMPANY.in_(self.voice.language)}

    @cached_property
    def people(self) -> People:
        """Who belonged to whom in the period."""
        found = there_in(self._entities, self.cell.period)
        keys = zip(found["level"], found["entity"], strict=True)
        return People(dict(zip(keys, found["parent"], strict=True)))

    def name(self, cell: Cell) -> str:
        """Return an entity's name; those without an owner are the unassigned."""
        return self.names.get((cell.level, cell.entity), UNASSIGNED.in_(self.voice.language))

    @cached_property
    def rows(self) -> list[Row]:
        """The board."""
        return board(self.book, self.playbook.kpis.values(), self.cell, self.people)

    @cached_property
    def findings(self) -> list[Finding]:
        """What is sure, the leading one first."""
        return leading(self.rows)

    @cached_property
    def lead(self) -> Finding | None:
        """The finding the review is about."""
        return lead_of(self.findings)

    @cached_property
    def bridge(self) -> Bridge | None:
        """Why revenue changed against the period before; None if nothing is known of that one."""
        revenue = next((row for row in self.rows if row.kpi.id in REVENUE), None)
        if revenue is None or revenue.previous is None:
            return None
        before = self.cell.at(self.cell.period.previous)
        crm = self.crm
        then = sales_of(crm.connection, before, crm.present)
        return bridge(then, sales_of(crm.connection, self.cell, crm.present))

    @cached_property
    def attention(self) -> Attention:
        """The open deals that ask for a decision."""
        rule = self.playbook.rules.get("2.2.stalled")
        days = rule.values.get("days") if rule else None  # noqa: PD011 (a rule's figures)
        return attention(
            self.crm.connection,
            self.cell,
            self.crm.present,
            as_of=self.crm.as_of,
            limits={stage.id: stage.limit_days for stage in self.playbook.stages},
            stalled_days=days if isinstance(days, int) else None,
        )

    def below(self) -> list[Cell]:
        """Return the entities a manager looks at next: teams, reps; for a rep the own team."""
        if self.cell.level == "rep":
            team = self.people.parents.get(("rep", self.cell.entity), "")
            return self.people.reps(Cell("team", team, self.cell.period))
        level = BELOW[self.cell.level]
        if level == "rep":
            return self.people.reps(self.cell)
        wanted = None if self.cell.level == "company" else self.cell.entity
        return [
            Cell("team", entity, self.cell.period)
            for (at, entity), region in self.people.parents.items()
            if at == "team" and wanted in (None, region)
        ]

    def rest(self, kpi: Kpi, cell: Cell) -> Figure:
        """Return the share of the others a cell is compared with, in its period."""
        above = self.people.above(cell)
        own = self.book.figure(kpi.id, cell)
        return without(self.book.figure(kpi.id, above), own) if above else Figure()


def open_study(
    workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
) -> Study:
    """Read what a review needs.

    Args:
        workspace: Its folder; "" is the nearest.
        period: ``2026``, ``2026-Q3`` or ``2026-10``.
        level: company, region, team or rep.
        entity: The id at that level; "" for the company.
        language: zh or en.
        linked: Levels, separated by commas, whose reports lie beside this one.

    Raises:
        UsageError: For a parameter that names nothing; says what would.
        ContentError: If the playbook has faults.
    """
    place = find_workspace(workspace or None)
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is not known; {did_you_mean(language, LANGUAGES)}")
    reader: Language = "zh" if language == "zh" else "en"
    playbook, crm = load_playbook(place.playbook), open_crm(place)
    when = Period.parse(period, year_starts=playbook.company.fiscal_year_start_month)
    voice = Voice(reader, crm.snapshot.currency)
    whose = Cell(level, entity, when)
    study = Study(playbook, crm, whose, voice, frozenset(linked.split(",")))
    if (level, entity) not in study.names:
        known = [name for at, name in study.names if at == level]
        levels = {at for at, _ in study.names}
        mend = did_you_mean(entity, known) if known else did_you_mean(level, levels)
        raise UsageError(f"there is no {level} {entity!r}; {mend}")
    return study
