"""Read a whole playbook; every fault of every file comes at once."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.language import LANGUAGES
from salestrain.playbook.content import Company, Content, Criterion, Rule, Standard
from salestrain.playbook.crosscheck import (
    item_faults,
    key_faults,
    path_faults,
    scenario_faults,
    shown_by_faults,
    unknown_names,
)
from salestrain.playbook.exams import Exam, exam_faults
from salestrain.playbook.figures import figures_of
from salestrain.playbook.glossary import Glossary
from salestrain.playbook.items import ItemsFile, Numeric
from salestrain.playbook.moves import MoveKinds
from salestrain.playbook.pages import read_page
from salestrain.playbook.paths import Path as Learning
from salestrain.playbook.products import Catalogue
from salestrain.playbook.references import References
from salestrain.playbook.scenarios import Scenario
from salestrain.playbook.sections import SECTIONS
from salestrain.playbook.source import Keyed, read_text, read_yaml
from salestrain.playbook.standards import NEEDED, STANDARDS
from salestrain.playbook.standards.kpis import Kpi, Kpis
from salestrain.playbook.standards.team import Roles
from salestrain.playbook.validate import validated
from salestrain.playbook.whole import Playbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salestrain.crm.store import Crm
    from salestrain.playbook.content import Entry
    from salestrain.playbook.expressions import Checker
    from salestrain.playbook.keys import Sums
    from salestrain.playbook.whole import Pages
    from salestrain.workspace import Workspace

    OpenCrm = Callable[[], Crm]

FILES: dict[str, type[Content]] = {
    "company.yaml": Company,
    "glossary.yaml": Glossary,
    "moves.yaml": MoveKinds,
    **{f"standards/{name}.yaml": kind for name, kind in STANDARDS.items()},
}
REQUIRED = ("company.yaml", *(f"standards/{name}.yaml" for name in NEEDED))
FOLDERS: dict[str, type[Content]] = {
    "items": ItemsFile,
    "scenarios": Scenario,
    "exams": Exam,
    "paths": Learning,
}
PRODUCTS = "standards/products.yaml"
Kind = TypeVar("Kind", bound=Content)


def open_playbook(place: Workspace, *, prove: bool = True) -> Playbook:
    """Read a workspace's playbook; keys computed from CRM data are taken from its data."""
    return load_playbook(place.playbook, prove=prove, crm=cache(lambda: _crm(place)))


def load_playbook(root: Path, *, prove: bool = True, crm: OpenCrm | None = None) -> Playbook:
    """Read the playbook in a folder (the one that holds ``company.yaml``).

    Args:
        root: The folder.
        prove: Also try its SQL (of KPIs, rules, keys) in DuckDB, which takes most of the time; what
            only shows a playbook leaves it to `salestrain check`.
        crm: Opens the data that computed keys read; without it those keys are not proven.

    Raises:
        ContentError: With all faults, each with file and line.
    """
    return _Loading(root, crm).playbook(prove)


def stage_ids(root: Path) -> list[str]:
    """Return the ids of the stages that the playbook in a folder names, and read no more of it.

    Raises:
        ContentError: If the file can't be read.
    """
    name = "standards/stages.yaml"
    node = read_yaml(read_text(root / name, PurePath(name), root), PurePath(name))
    stages = node.get("stages")
    listed = stages if isinstance(stages, list) else []
    return [str(each["id"]) for each in listed if isinstance(each, dict) and "id" in each]


class _Loading:
    def __init__(self, root: Path, crm: OpenCrm | None) -> None:
        self.root, self.crm, self.faults = root, crm, list[Fault]()
        there = (name for name in FILES if name in REQUIRED or (root / name).exists())
        self.kinds = {name: FILES[name] for name in there}
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
        if node := self.nodes.pop(PRODUCTS, None):
            with self.kept():
                references.add_facts(validated(Catalogue, node).facts.values())
                self.nodes[PRODUCTS] = node  # else it counts as unread
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
        return read_text(self.root / name, self.shown(name), self.root)

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
                page = read_page(path, self.shown(f"pages/{path.name}"), references, self.root)
                first = found.setdefault((page.head.section, page.head.lang), page)
                if first is not page:
                    what = f"a second page of {page.head.section} in {page.head.lang!r}"
                    mend = f"put it into {first.place.path.name}, or remove one"
                    self.faults.append(Fault(page.place, what, mend))
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
                    what = f"id {entry.id!r} is outside its section"
                    self.faults.append(entry.fault(what, f"begin it with '{section}.'", "id"))

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
        items = [item for file in self.all(ItemsFile) for item in file.items]
        sets = {item.section for item in items}
        scenarios = {scenario.id: scenario for scenario in self.all(Scenario)}
        sections = {section for section, _ in pages}
        exams = [exam.id for exam in self.all(Exam)]
        kinds = [kind.id for file in self.all(MoveKinds) for kind in file.kinds]
        kpis = [kpi.id for file in self.all(Kpis) for kpi in file.kpis]
        known = {"page": sections, "set of items": sets, "scenario": scenarios}
        known |= {"exam": exams, "KPI": kpis, "section": SECTIONS}
        wholes: list[MoveKinds | Standard] = [*self.all(MoveKinds), *self.all(Standard)]
        for whole in wholes:
            yield from whole.faults()
        for items_file in self.all(ItemsFile):
            for item in items_file.items:
                yield from item_faults(item, [query.id for query in items_file.queries])
        for scenario in self.all(Scenario):
            yield from scenario_faults(scenario, kinds)
        for exam in self.all(Exam):
            yield from [*unknown_names(exam, known)] or exam_faults(exam, items)
        for path in self.all(Learning):
            yield from path_faults(path, known, scenarios)
        roles = (shown_by_faults(one, known, scenarios) for one in self.all(Roles))
        yield from chain.from_iterable(roles)

    def prove_keys(self) -> None:
        from salestrain.playbook.keys import NoNumber  # noqa: PLC0415 (DuckDB loads slowly)

        for item in (item for file in self.all(ItemsFile) for item in file.items):
            if isinstance(item, Numeric) and (self.crm or not item.reads):
                with self.kept(), suppress(NoNumber):  # then it isn't asked
                    found = list(key_faults(item))
                    # whether a slip and the answer differ is up to the data, if they are read
                    self.faults += [] if item.reads else found

    def made(self, pages: Pages) -> Playbook:
        (company,), standards = self.all(Company), self.all(Standard)
        files = self.all(ItemsFile)
        playbook = Playbook(
            self.root,
            company,
            next(iter(self.all(Glossary)), None),
            tuple(sorted(standards, key=lambda each: each.section)),
            pages,
            {item.id: item for file in files for item in file.items},
            {scenario.id: scenario for scenario in self.all(Scenario)},
            {path.id: path for path in self.all(Learning)},
            {exam.id: exam for exam in self.all(Exam)},
            next(iter(self.all(MoveKinds)), None),
        )
        sums = cache(lambda: _sums(playbook, self.crm))
        for file in files:
            for item in file.items:
                if isinstance(item, Numeric):
                    item.computed_by(lambda *asked: sums().number(*asked), file.queries)
        return playbook


def _crm(place: Workspace) -> Crm:
    from salestrain.crm.store import open_crm  # noqa: PLC0415 (DuckDB loads slowly)

    return open_crm(place)


def _sums(playbook: Playbook, crm: OpenCrm | None) -> Sums:
    from salestrain.playbook.keys import Sums  # noqa: PLC0415 (DuckDB loads slowly)

    return Sums(playbook.stages, crm)


def _entries(file: Content) -> tuple[Entry, ...]:
    if isinstance(file, Standard):
        return file.entries
    return file.items if isinstance(file, ItemsFile) else ()


def _check(checker: Checker, entry: Entry) -> None:
    if isinstance(entry, Kpi):
        checker.kpi(entry)
    elif isinstance(entry, Rule):
        checker.rule(entry)
    elif isinstance(entry, Criterion) and entry.column:
        checker.column(entry.column, entry.place_of("column"))
