"""Read a whole playbook; every fault of every file comes at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.language import LANGUAGES, Language, Text, number
from salestrain.playbook.crosscheck import item_faults, key_faults, path_faults, scenario_faults
from salestrain.playbook.figures import figures_of
from salestrain.playbook.items import Item, ItemsFile, Numeric
from salestrain.playbook.models import (
    Closing,
    Company,
    Content,
    Criterion,
    Entry,
    Kpi,
    KpisFile,
    Rule,
    Stage,
    StagesFile,
)
from salestrain.playbook.pages import Page, read_page
from salestrain.playbook.paths import Path as Learning
from salestrain.playbook.products import Catalogue, Fact, Product
from salestrain.playbook.references import References
from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.source import Keyed, read_text, read_yaml
from salestrain.playbook.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.playbook.expressions import Checker
    from salestrain.playbook.keys import Sums

FILES: dict[str, type[Content]] = {
    "company.yaml": Company,
    "standards/stages.yaml": StagesFile,
    "standards/kpis.yaml": KpisFile,
    "standards/products.yaml": Catalogue,
}
FOLDERS: dict[str, type[Content]] = {"items": ItemsFile, "scenarios": Scenario, "paths": Learning}
Kind = TypeVar("Kind", bound=Content)
Pages = dict[tuple[str, Language], Page]


@dataclass(frozen=True)
class Playbook:
    """What a company has written down, checked and cross-referenced.

    Attributes:
        root: Its folder.
        company: Who it is.
        stages: The stages of an opportunity, in order.
        closed: How an opportunity ends.
        kpis: By id, in the order written.
        rules: By id: rules and named measures of every section.
        pages: By section and language.
        products: By id.
        facts: By id: what is true of the products now.
        items: By id, in the order written.
        scenarios: By id.
        paths: By id.
    """

    root: Path
    company: Company
    stages: tuple[Stage, ...]
    closed: tuple[Closing, ...]
    kpis: dict[str, Kpi]
    rules: dict[str, Rule]
    pages: Pages
    products: dict[str, Product]
    facts: dict[str, Fact]
    items: dict[str, Item]
    scenarios: dict[str, Scenario]
    paths: dict[str, Learning]

    @cached_property
    def index(self) -> dict[str, Entry]:
        """Everything that can be cited, by id."""
        criteria = (point for stage in self.stages for point in stage.exit)
        standards = (*self.stages, *criteria, *self.closed)
        return {entry.id: entry for entry in standards} | self.rules | self.kpis | self.facts

    def item_sets(self) -> dict[str, tuple[Item, ...]]:
        """Return the items practised together, by section."""
        sets: dict[str, tuple[Item, ...]] = {}
        for item in self.items.values():
            sets[item.section] = (*sets.get(item.section, ()), item)
        return sets

    def written(self, cell: object, language: Language) -> str:
        """Return a cell of an extract as people read it: ids by name, figures spaced."""
        if isinstance(cell, Text):
            return cell.in_(language)
        if isinstance(cell, int | float):
            return number(cell, language, len(str(cell).partition(".")[2]))
        name = getattr(self.index.get(str(cell)), "name", None)
        return name.in_(language) if isinstance(name, Text) else str(cell)


def load_playbook(root: Path, *, prove: bool = True) -> Playbook:
    """Read the playbook in a folder (the one that holds ``company.yaml``).

    Args:
        root: The folder.
        prove: Also try its SQL (of KPIs, rules, keys) in DuckDB, which takes most of the time; what
            only shows a playbook leaves it to `salestrain check`.

    Raises:
        ContentError: With all faults, each with file and line.
    """
    return _Loading(root).playbook(prove)


class _Loading:
    def __init__(self, root: Path) -> None:
        self.root, self.faults = root, list[Fault]()
        self.kinds = dict(FILES)
        for folder, kind in FOLDERS.items():
            found = sorted((root / folder).glob("*.yaml"))
            self.kinds |= {f"{folder}/{path.name}": kind for path in found}
        self.nodes: dict[str, Keyed] = {}
        self.models: dict[str, Content] = {}

    def playbook(self, prove: bool) -> Playbook:
        for name in self.kinds:
            with self.kept():
                self.nodes[name] = read_yaml(self.text(name), self.shown(name))
        references = self.references()
        for name, node in self.nodes.items():
            with self.kept():
                self.models[name] = self.model(name, node, references)
        pages = self.pages(references)
        self.strangers()
        if len(self.nodes) == len(self.kinds):  # else much would seem unknown that is only unread
            self.faults += references.faults
        self.faults += self.crossed(pages)
        self.sections()
        if prove:
            self.prove_sql()
        if not self.faults:
            playbook = self.made(pages)
            if prove:
                self.prove_keys()
        if self.faults:
            raise ContentError(self.faults)
        return playbook

    def references(self) -> References:
        references = References(self.nodes.values())
        if node := self.nodes.pop("standards/products.yaml", None):
            with self.kept():
                references.add_facts(validated(Catalogue, node).facts.values())
                self.nodes["standards/products.yaml"] = node  # else it counts as unread
        return references

    @contextmanager
    def kept(self) -> Iterator[None]:
        try:
            yield
        except ContentError as error:
            self.faults += error.faults

    def shown(self, name: str) -> PurePath:
        return PurePath(self.root.resolve().name, name)

    def text(self, name: str) -> str:
        return read_text(self.root / name, self.shown(name))

    def model(self, name: str, node: Keyed, references: References) -> Content:
        references.figures = None
        if self.kinds[name] is Scenario and isinstance(figures := node.get("figures"), Keyed):
            before = len(references.faults)
            references.settle(figures)
            if len(references.faults) == before:  # else what is unknown is a fault already
                references.figures = figures_of(figures)
        references.settle(node)
        return validated(self.kinds[name], node)

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(model for model in self.models.values() if isinstance(model, kind))

    def strangers(self) -> None:
        for folder in ("standards", *FOLDERS):
            known = [PurePath(name).name for name in FILES] if folder == "standards" else []
            for path in sorted((self.root / folder).glob("[!.]*")):
                if f"{folder}/{path.name}" not in self.kinds:
                    place = Place(self.shown(f"{folder}/{path.name}"))
                    mend = did_you_mean(path.name, known) if known else "end its name in .yaml"
                    self.faults.append(Fault(place, "a file no section reads", mend))

    def pages(self, references: References) -> Pages:
        found: Pages = {}
        for path in sorted((self.root / "pages").glob("*.md")):
            with self.kept():
                page = read_page(path, self.shown(f"pages/{path.name}"), references)
                found[page.head.section, page.head.lang] = page
        for (section, language), page in found.items():
            for other in LANGUAGES:
                if (section, other) not in found:
                    name = page.place.path.name.replace(f".{language}.md", f".{other}.md")
                    what, mend = f"missing translation: no page in {other!r}", f"write {name}"
                    self.faults.append(Fault(page.place, what, mend))
        return found

    def sections(self) -> None:
        for file in self.models.values():
            for entry in _entries(file):
                section = getattr(file, "section", "")
                if entry.section != section:
                    what, mend = (
                        f"id {entry.id!r} is outside its section",
                        f"begin it with '{section}.'",
                    )
                    self.faults.append(Fault(entry.place_of("id"), what, mend))

    def prove_sql(self) -> None:
        from salestrain.playbook.expressions import Checker  # noqa: PLC0415 (DuckDB loads slowly)

        checker = Checker()
        for file in self.models.values():
            for entry in _entries(file):
                _check(checker, entry)
        self.faults += checker.faults

    def crossed(self, pages: Pages) -> Iterator[Fault]:
        if len(self.models) < len(self.kinds):
            return
        sets = {item.section for file in self.all(ItemsFile) for item in file.items}
        scenarios = [scenario.id for scenario in self.all(Scenario)]
        sections = {section for section, _ in pages}
        known = {"page": sections, "set of items": sets, "scenario": scenarios}
        for file in self.all(ItemsFile):
            for item in file.items:
                yield from item_faults(item, [query.id for query in file.queries])
        for scenario in self.all(Scenario):
            yield from scenario_faults(scenario)
        for path in self.all(Learning):
            yield from path_faults(path, known)

    def prove_keys(self) -> None:
        for item in (item for file in self.all(ItemsFile) for item in file.items):
            if isinstance(item, Numeric):
                with self.kept():
                    self.faults += key_faults(item)

    def made(self, pages: Pages) -> Playbook:
        (company,), (stages,), (kpis,) = self.all(Company), self.all(StagesFile), self.all(KpisFile)
        (catalogue,) = self.all(Catalogue)
        sums = cache(lambda: _sums(stages.stages))
        for file in self.all(ItemsFile):
            for item in file.items:
                if isinstance(item, Numeric):
                    item.computed_by(lambda *asked: sums().number(*asked), file.queries)
        return Playbook(
            self.root,
            company,
            stages.stages,
            stages.closed,
            {kpi.id: kpi for kpi in kpis.kpis},
            {rule.id: rule for rule in (*stages.rules, *stages.measures, *kpis.rules)},
            pages,
            {product.id: product for product in catalogue.products},
            catalogue.facts,
            {item.id: item for file in self.all(ItemsFile) for item in file.items},
            {scenario.id: scenario for scenario in self.all(Scenario)},
            {path.id: path for path in self.all(Learning)},
        )


def _sums(stages: tuple[Stage, ...]) -> Sums:
    from salestrain.playbook.keys import Sums  # noqa: PLC0415 (DuckDB loads slowly)

    return Sums(stages)


def _entries(file: Content) -> tuple[Entry, ...]:
    if isinstance(file, StagesFile):
        criteria = (point for stage in file.stages for point in stage.exit)
        return (*file.stages, *criteria, *file.closed, *file.rules, *file.measures)
    if isinstance(file, KpisFile):
        return (*file.kpis, *file.rules)
    return file.items if isinstance(file, ItemsFile) else ()


def _check(checker: Checker, entry: Entry) -> None:
    if isinstance(entry, Kpi):
        checker.kpi(entry)
    elif isinstance(entry, Rule):
        checker.rule(entry)
    elif isinstance(entry, Criterion) and entry.column:
        checker.column(entry.column, entry.place_of("column"))
