"""A playbook as a whole: everything a company has written down, by id and by section."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from salestrain.language import Language, Text, number
from salestrain.playbook.content import Rule
from salestrain.playbook.products import Catalogue
from salestrain.playbook.standards.kpis import Kpis
from salestrain.playbook.standards.selling import Stages

if TYPE_CHECKING:
    from pathlib import Path

    from salestrain.playbook.content import Company, Entry, Standard
    from salestrain.playbook.exams import Exam
    from salestrain.playbook.glossary import Glossary
    from salestrain.playbook.items import Item
    from salestrain.playbook.moves import MoveKinds
    from salestrain.playbook.pages import Page
    from salestrain.playbook.paths import Path as Learning
    from salestrain.playbook.products import Fact, Product
    from salestrain.playbook.scenarios import Scenario
    from salestrain.playbook.standards.kpis import Kpi
    from salestrain.playbook.standards.selling import Closing, Stage

    Pages = dict[tuple[str, Language], Page]

Kind = TypeVar("Kind", bound="Standard")


@dataclass(frozen=True)
class Playbook:
    """What a company has written down, checked and cross-referenced.

    Attributes:
        root: Its folder.
        company: Who it is.
        glossary: Its words, if it has written them down.
        standards: What it holds itself to, in the order of the sections.
        pages: By section and language.
        items: By id, in the order written.
        scenarios: By id.
        paths: By id.
        exams: By id.
        moves: The kinds of moves in a talk, if they are written.
    """

    root: Path
    company: Company
    glossary: Glossary | None
    standards: tuple[Standard, ...]
    pages: Pages
    items: dict[str, Item]
    scenarios: dict[str, Scenario]
    paths: dict[str, Learning]
    exams: dict[str, Exam]
    moves: MoveKinds | None = None

    def standard(self, kind: type[Kind]) -> Kind | None:
        """Return the standard of a kind, if it is written."""
        return next((each for each in self.standards if isinstance(each, kind)), None)

    def _needed(self, kind: type[Kind]) -> Kind:
        found = self.standard(kind)
        assert found  # noqa: S101 (a playbook without it is refused; for the type checker)
        return found

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of an opportunity, in order."""
        return self._needed(Stages).stages

    @property
    def closed(self) -> tuple[Closing, ...]:
        """How an opportunity ends."""
        return self._needed(Stages).closed

    @cached_property
    def kpis(self) -> dict[str, Kpi]:
        """By id, in the order written."""
        return {kpi.id: kpi for kpi in self._needed(Kpis).kpis}

    @cached_property
    def products(self) -> dict[str, Product]:
        """By id."""
        return {product.id: product for product in self._needed(Catalogue).products}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """By id: what is true of the products now."""
        return self._needed(Catalogue).facts

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """By id: rules and named measures of every section."""
        return {id_: entry for id_, entry in self.index.items() if isinstance(entry, Rule)}

    @cached_property
    def index(self) -> dict[str, Entry]:
        """Everything that can be cited, by id."""
        entries = (entry for standard in self.standards for entry in standard.entries)
        return {entry.id: entry for entry in entries} | self.facts

    @property
    def kinds_of_moves(self) -> MoveKinds:
        """The kinds of moves; every scenario's moves are of one of them."""
        assert self.moves  # noqa: S101 (a scenario is refused without them; for the type checker)
        return self.moves

    def asks(self, scenario: Scenario) -> frozenset[str]:
        """Return the moves of a scenario that are questions."""
        asking = {kind.id for kind in self.kinds_of_moves.kinds if kind.side == "ask"}
        return frozenset(move.id for move in scenario.moves if move.kind in asking)

    def unwise(self, scenario: Scenario) -> frozenset[str]:
        """Return the moves of a scenario that seldom serve whoever makes them."""
        unwise = {kind.id for kind in self.kinds_of_moves.kinds if kind.unwise}
        return frozenset(move.id for move in scenario.moves if move.kind in unwise)

    @cached_property
    def decided(self) -> dict[str, Scenario]:
        """The role-plays that learners are shown, by id: all but drafts."""
        return {id_: one for id_, one in self.scenarios.items() if not one.draft}

    def item_sets(self) -> dict[str, tuple[Item, ...]]:
        """Return the items practised together, by section."""
        sets: dict[str, tuple[Item, ...]] = {}
        for item in self.items.values():
            sets[item.section] = (*sets.get(item.section, ()), item)
        return dict(sorted(sets.items()))

    def written(self, cell: object, language: Language) -> str:
        """Return a cell of an extract as people read it: ids by name, figures spaced."""
        if isinstance(cell, Text):
            return cell.in_(language)
        if isinstance(cell, int | float):
            return number(cell, language, len(str(cell).partition(".")[2]))
        name = getattr(self.index.get(str(cell)), "name", None)
        return name.in_(language) if isinstance(name, Text) else str(cell)
