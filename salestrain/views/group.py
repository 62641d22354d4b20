"""Whom a review of people is about: a company, region, team or one rep, on the day books end."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from salestrain.crm.store import Crm, open_crm
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import LANGUAGES, Language, Text
from salestrain.periods import Period
from salestrain.playbook.load import load_playbook
from salestrain.records.answers import Log, recorded
from salestrain.sales.entities import entities_of
from salestrain.sales.figures import Cell
from salestrain.views.quiz_review.staff import Colleague, colleagues
from salestrain.views.tables import Cell as TableCell
from salestrain.views.tables import Column, Row, data_table
from salestrain.workspace import find_workspace, report_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salestrain.playbook.content import Standard
    from salestrain.playbook.whole import Playbook

COMPANY = Text("全公司", "Company")
Wanted = TypeVar("Wanted", bound="Standard")


@dataclass(frozen=True)
class Group:
    """A group of people and what is kept on them.

    Attributes:
        playbook: The rules.
        crm: The tables.
        log: What people did in the apps.
        cell: Whose review it is, and for when.
        language: The reader's.
        linked: Levels whose reports lie beside this one.
        names: Of every entity, by level and id.
        parents: Of every entity, the id of the one above it.
        staff: Everybody the CRM knows, by id.
    """

    playbook: Playbook
    crm: Crm
    log: Log
    cell: Cell
    language: Language
    linked: frozenset[str] = frozenset()
    names: dict[tuple[str, str], Text] = field(default_factory=dict)
    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    staff: dict[str, Colleague] = field(default_factory=dict)

    @classmethod
    def open(
        cls, workspace: str, period: str, level: str, entity: str, language: str, linked: str = ""
    ) -> Self:
        """Read what a review of people needs; the arguments are those of the KPI review.

        Raises:
            UsageError: For a parameter that names nothing; says what would.
            ContentError: If the playbook has faults.
        """
        place = find_workspace(workspace or None)
        if language not in LANGUAGES:
            raise UsageError(
                f"language {language!r} is not known; {did_you_mean(language, LANGUAGES)}"
            )
        reader: Language = "zh" if language == "zh" else "en"
        playbook, crm = load_playbook(place.playbook), open_crm(place)
        when = Period.parse(period, year_starts=playbook.company.fiscal_year_start_month)
        rows = entities_of(crm.connection, crm.present).itertuples(index=False)
        names, parents = {("company", ""): COMPANY}, {}
        for at, id_, zh, en, above, *_ in rows:
            names[str(at), str(id_)] = COMPANY if at == "company" else Text(str(zh), str(en))
            parents[str(at), str(id_)] = str(above)
        if (level, entity) not in names:
            known = [name for at, name in names if at == level]
            mend = (
                did_you_mean(entity, known)
                if known
                else did_you_mean(level, {at for at, _ in names})
            )
            raise UsageError(f"there is no {level} {entity!r}; {mend}")
        return cls(
            playbook, crm, recorded(place), Cell(level, entity, when), reader,
            frozenset(linked.split(",")), names, parents, colleagues(crm.connection),
        )  # fmt: skip

    def say(self, text: Text, /, **values: object) -> str:
        """Fill a sentence's blanks."""
        return text.in_(self.language).format(**values)

    @property
    def level(self) -> str:
        """Company, region, team or rep."""
        return self.cell.level

    @cached_property
    def name(self) -> str:
        """Whose review it is."""
        return self.names[self.cell.level, self.cell.entity].in_(self.language)

    @cached_property
    def today(self) -> date:
        """The day it speaks of: the period's last, or the last of the books."""
        return min(self.cell.period.end, self.crm.as_of)

    def standard(self, kind: type[Wanted]) -> Wanted | None:
        """Return the playbook's standard of a kind."""
        return self.playbook.standard(kind)

    def figure(self, rule: str, name: str, otherwise: int) -> int:
        """Return a whole figure of a rule, or what stands in where the playbook has none."""
        found = self.playbook.rules.get(rule)
        value = found.values.get(name) if found else None
        return value if isinstance(value, int) else otherwise

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """The teams in it, by id."""
        if self.level in {"company", "region"}:
            inside = None if self.level == "company" else self.cell.entity
            every = ((id_, above) for (at, id_), above in self.parents.items() if at == "team")
            return tuple(id_ for id_, above in every if inside in {None, above})
        return (self.cell.entity,) if self.level == "team" else ()

    @cached_property
    def members(self) -> tuple[Colleague, ...]:
        """Who belongs to it and works there on that day."""
        return tuple(
            one for one in self.staff.values() if one.works_on(self.today) and self.holds(one)
        )

    @cached_property
    def reps(self) -> tuple[Colleague, ...]:
        """Those of the members who are reps."""
        return tuple(one for one in self.members if one.role == "rep")

    def holds(self, one: Colleague) -> bool:
        """Return whether somebody belongs to it, there or gone."""
        if self.level == "rep":
            return one.id == self.cell.entity
        return self.level == "company" or one.team in self.teams

    def person(self, id_: str) -> str:
        """Return somebody's name."""
        known = self.staff[id_].name if id_ in self.staff else self.log.names.get(id_)
        return known.in_(self.language) if known else id_

    def team(self, id_: str) -> str:
        """Return a team's name."""
        known = self.names.get(("team", id_))
        return known.in_(self.language) if known else "–"

    def linked_name(self, id_: str, small: str = "") -> TableCell:
        """Return a person's name, as a link where their own report lies beside this one."""
        there = "rep" in self.linked and ("rep", id_) in self.names and self.level != "rep"
        return TableCell(
            self.person(id_), f"{report_name('rep', id_)}.html" if there else "", small
        )

    def table(self, columns: Sequence[tuple[Text, bool]], rows: Sequence[Row], caption: str) -> str:
        """Return a table whose rows become stacks on a phone."""
        heads = [Column(self.say(name), numeric) for name, numeric in columns]
        return data_table(heads, rows, caption=caption, stacked=True)
