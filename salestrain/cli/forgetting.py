"""Forgetting somebody: what is erased where, and the search that proves it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.cli.app import err, out
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.records import evidence
from salestrain.records.erasing import traces_in
from salestrain.records.naming import MARK
from salestrain.records.places import files_in, is_named, lines_naming, names_in
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salestrain.language import Language
    from salestrain.records import Person, Records
    from salestrain.records.erasing import Erased
    from salestrain.records.naming import Named
    from salestrain.workspace import Workspace

ERASED = Text(
    "{name} 的一切都已抹去：本人的 {own} 步、别人写到本人的 {about} 步、文件 {sent} 个。",
    "Everything about {name} is erased. Steps of theirs: {own}, of others about them: {about}, "
    "files: {sent}.",
)
REPLACED = Text(
    "别人的 {named} 条记录里提到本人，已换成 {mark}。",
    "Notes by others that named them, replaced by {mark}: {named}.",
)
DELETED = Text("删除了 {path}", "deleted {path}")
CLEANED = Text("日志里换掉了名字：{path}", "name replaced in the log {path}")
PROVED = Text(
    "查了 {tables} 张表、{files} 个文件：编号和姓名（中英文，不分大小写、全半角）都找不到了。",
    "Looked through {tables} tables and {files} files: id and names, in Chinese and Latin letters, "
    "whatever case and width, are nowhere.",
)
STILL = Text("还有 {count} 处提到本人：", "Places that still name this person: {count}")
NAMESAKE = Text(
    "这里还有人也叫「{name}」，所以没有按这个名字查找；只按编号查了。",
    "Somebody else here is called “{name}” too, so that name was not looked for, only the id.",
)
OURS = Text(
    "公司自己的数据和手册里还有，请在 CRM 和手册里删掉，再导入一次：",
    "Your own data and playbook still name them; remove that in the CRM and the playbook, then "
    "import again:",
)
TIMES = Text("{place}（{count} 处）", "{place} ({count})")
SENT = Text(
    "练习记录曾发到学习记录库（LRS），那边的要另外删。",
    "Statements were sent to a Learning Record Store; they have to be erased there as well.",
)
OWN = ("playbook", "data", "notebooks")
MADE = ("books", "checked.json", "proofs.json")
"""What of the state can be made again, so that a file of it that names somebody just goes."""
NOT_SEARCHED = ("crm", "secret")


@dataclass
class Forgetting:
    """One person's erasure from a workspace.

    Attributes:
        place: The workspace.
        records: Its records, which still know the person.
        person: Who it is.
        deleted: Files that went.
        cleaned: Logs in which the name was replaced.
    """

    place: Workspace
    records: Records
    person: Person
    deleted: list[Path] = field(default_factory=list)
    cleaned: list[Path] = field(default_factory=list)

    @cached_property
    def named(self) -> Named:
        """What names them; asked for before they are gone."""
        return self.records.people.named(self.person.id)

    def erase(self) -> tuple[Erased, int]:
        """Erase them everywhere; return what went of the tables, and how many files of theirs."""
        # Heavy to import, and needed by this one command.
        from salestrain.apps.roleplay.readers import corrections_of, unlearn  # noqa: PLC0415

        named = self.named
        sent = evidence.drop(self.place.state, self.person.id)
        erased = self.records.people.forget(self.person.id)
        unlearn(self.place.state, corrections_of(self.records))
        self._delete_reports()
        for path in self._state_files():
            made = path.relative_to(self.place.state).parts[0] in MADE
            if made and is_named(path, named):
                self._delete(path)
        for path in self._logs():
            text = path.read_text("utf-8", "replace")
            if named.within(text):
                path.write_text(named.replaced(text), "utf-8")
                self.cleaned.append(path)
        return erased, sent

    def traces(self) -> list[str]:
        """Return each place that still names them; none is the proof."""
        with self.records.database.reading() as connection:
            found = list(dict.fromkeys(traces_in(connection, self.named)))
        searched = [*self._state_files(), *files_in(self.place.reports), *self._logs()]
        found += [str(path) for path in searched if is_named(path, self.named)]
        raw = [path for path in self._database_files() if self._is_in(path)]
        return [*found, *map(str, raw)]

    def searched(self) -> tuple[int, int]:
        """Return how many tables and how many files the search looks through."""
        from sqlalchemy import inspect  # noqa: PLC0415 (here alone)

        with self.records.database.reading() as connection:
            tables = len(inspect(connection).get_table_names())
        files = [*self._state_files(), *files_in(self.place.reports), *self._logs()]
        return tables, len(files) + len(self._database_files())

    def own_places(self) -> list[tuple[str, int]]:
        """Return where the company's own texts and tables name them: the place, and how often."""
        found = []
        for part in OWN:
            for path in files_in(self.place.root / part):
                if lines := lines_naming(path, self.named):
                    inside = path.relative_to(self.place.root).as_posix()
                    found.append((f"{inside}:{lines[0]}", len(lines)))
        return [*found, *self._in_crm()]

    def _in_crm(self) -> Iterator[tuple[str, int]]:
        from salestrain.crm.store import open_crm  # noqa: PLC0415 (as heavy)

        said = [self.person.id, *filter(None, self.named.names)]
        with suppress(UsageError):  # a workspace without CRM data
            crm = open_crm(self.place)
            for table, columns in sorted(crm.present.items()):
                marks = ", ".join("?" * len(said))
                where = " OR ".join(f'CAST("{one}" AS VARCHAR) IN ({marks})' for one in columns)
                asked = f'SELECT count(*) FROM "{table}" WHERE {where}'
                row = crm.connection.execute(asked, said * len(columns)).fetchone()
                if row and row[0]:
                    yield f".salestrain/crm: {table}", row[0]

    def _delete_reports(self) -> None:
        """Delete the reports that name them, and what else was made with each: PDF, notebook."""
        about = report_name("rep", self.person.id)
        every = list(files_in(self.place.reports))
        naming = [path for path in every if _stem(path) == about or is_named(path, self.named)]
        gone = {(_review(self.place.reports, path), _stem(path)) for path in naming}
        for path in every:
            if (_review(self.place.reports, path), _stem(path)) in gone:
                self._delete(path)

    def _delete(self, path: Path) -> None:
        path.unlink()
        self.deleted.append(path)

    def _state_files(self) -> list[Path]:
        kept = [path.name for path in self._database_files()]
        return list(files_in(self.place.state, without=[*NOT_SEARCHED, *kept]))

    def _logs(self) -> list[Path]:
        return sorted(one for one in self.place.root.glob("*.log") if one.is_file())

    def _database_files(self) -> list[Path]:
        return sorted(self.place.state.glob("records.db*"))

    def _is_in(self, path: Path) -> bool:
        """Whether the bytes of a database hold the name, in pages that no table reads any more."""
        return names_in(path.read_bytes(), self.named.names_alone())


def forgotten(place: Workspace, records: Records, person: Person, language: Language) -> bool:
    """Erase somebody and print what went and where was looked; whether nothing names them now."""
    work, lines = Forgetting(place, records, person), []
    erased, sent = work.erase()
    facts = {"name": person.name, "own": erased.own, "about": erased.about, "sent": sent}
    lines.append(ERASED.in_(language).format(**facts))
    if erased.named:
        lines.append(REPLACED.in_(language).format(named=erased.named, mark=MARK))
    lines += [DELETED.in_(language).format(path=one) for one in work.deleted]
    lines += [CLEANED.in_(language).format(path=one) for one in work.cleaned]
    lines += [NAMESAKE.in_(language).format(name=one) for one in work.named.shared]
    left, (tables, files) = work.traces(), work.searched()
    if not left:
        lines.append(PROVED.in_(language).format(tables=tables, files=files))
    if any(files_in(place.state / "lrs")):
        lines.append(SENT.in_(language))
    if ours := work.own_places():
        told = [TIMES.in_(language).format(place=one, count=count) for one, count in ours]
        lines += [OURS.in_(language), *told]
    for line in lines:
        out.print(line, markup=False)
    for line in [STILL.in_(language).format(count=len(left)), *left] if left else []:
        err.print(line, markup=False)
    return not left


def _stem(path: Path) -> str:
    return path.name.lstrip(".").partition(".")[0]


def _review(reports: Path, path: Path) -> tuple[str, ...]:
    """Return the period and review a report belongs to."""
    return path.relative_to(reports).parts[:-1][:2]
