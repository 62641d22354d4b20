"""Read a whole playbook; every fault of every file comes at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from salestrain.errors import ContentError, Fault, Place, did_you_mean
from salestrain.language import LANGUAGES, Language
from salestrain.playbook.expressions import Checker
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
from salestrain.playbook.references import References
from salestrain.playbook.source import Keyed, read_text, read_yaml
from salestrain.playbook.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES: dict[str, type[Content]] = {
    "company.yaml": Company,
    "standards/stages.yaml": StagesFile,
    "standards/kpis.yaml": KpisFile,
}


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
    """

    root: Path
    company: Company
    stages: tuple[Stage, ...]
    closed: tuple[Closing, ...]
    kpis: dict[str, Kpi]
    rules: dict[str, Rule]
    pages: dict[tuple[str, Language], Page]

    @property
    def index(self) -> dict[str, Entry]:
        """Everything that can be cited, by id."""
        criteria = (point for stage in self.stages for point in stage.exit)
        standards = (*self.stages, *criteria, *self.closed)
        return {entry.id: entry for entry in standards} | self.rules | self.kpis


def load_playbook(root: Path) -> Playbook:
    """Read the playbook in a folder (the one that holds ``company.yaml``).

    Raises:
        ContentError: With all faults, each with file and line.
    """
    return _Loading(root).playbook()


class _Loading:
    def __init__(self, root: Path) -> None:
        self.root, self.faults = root, list[Fault]()
        self.nodes: dict[str, Keyed] = {}
        self.models: dict[str, Content] = {}

    def playbook(self) -> Playbook:
        for name in FILES:
            with self.kept():
                self.nodes[name] = read_yaml(self.text(name), self.shown(name))
        references = References(self.nodes.values())
        for node in self.nodes.values():
            references.settle(node)
        for name, node in self.nodes.items():
            with self.kept():
                self.models[name] = validated(FILES[name], node)
        pages = self.pages(references)
        self.strangers()
        if len(self.nodes) == len(FILES):  # else much would seem unknown that is only unread
            self.faults += references.faults
        self.expressions()
        if self.faults:
            raise ContentError(self.faults)
        return self.made(pages)

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

    def strangers(self) -> None:
        known = [PurePath(name).name for name in FILES]
        for path in sorted((self.root / "standards").glob("*")):
            if path.name not in known and not path.name.startswith("."):
                place = Place(self.shown(f"standards/{path.name}"))
                mend = did_you_mean(path.name, known)
                self.faults.append(Fault(place, "a file no section reads", mend))

    def pages(self, references: References) -> dict[tuple[str, Language], Page]:
        found: dict[tuple[str, Language], Page] = {}
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

    def expressions(self) -> None:
        checker = Checker()
        for file in self.models.values():
            if isinstance(file, StagesFile | KpisFile):
                for entry in _entries(file):
                    self.in_section(entry, file.section)
                    _check(checker, entry)
        self.faults += checker.faults

    def in_section(self, entry: Entry, section: str) -> None:
        if not entry.id.startswith(f"{section}."):
            what, mend = f"id {entry.id!r} is outside its section", f"begin it with '{section}.'"
            self.faults.append(Fault(entry.place_of("id"), what, mend))

    def made(self, pages: dict[tuple[str, Language], Page]) -> Playbook:
        company, stages, kpis = (self.models[name] for name in FILES)
        assert isinstance(company, Company)  # noqa: S101 (FILES says so; for the type checker)
        assert isinstance(stages, StagesFile)  # noqa: S101
        assert isinstance(kpis, KpisFile)  # noqa: S101
        return Playbook(
            self.root,
            company,
            stages.stages,
            stages.closed,
            {kpi.id: kpi for kpi in kpis.kpis},
            {rule.id: rule for rule in (*stages.rules, *stages.measures, *kpis.rules)},
            pages,
        )


def _entries(file: StagesFile | KpisFile) -> tuple[Entry, ...]:
    if isinstance(file, KpisFile):
        return (*file.kpis, *file.rules)
    criteria = (point for stage in file.stages for point in stage.exit)
    return (*file.stages, *criteria, *file.closed, *file.rules, *file.measures)


def _check(checker: Checker, entry: Entry) -> None:
    if isinstance(entry, Kpi):
        checker.kpi(entry)
    elif isinstance(entry, Rule):
        checker.rule(entry)
    elif isinstance(entry, Criterion) and entry.column:
        checker.column(entry.column, entry.place_of("column"))
