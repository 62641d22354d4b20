"""A visit: who opened which workspace, in which language, and what they have done so far."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from salestrain.language import LANGUAGES, Language
from salestrain.playbook.history import read_history
from salestrain.playbook.load import open_playbook
from salestrain.playbook.news import News, news_of
from salestrain.records import MYSELF, Person, Records, open_records, records_place
from salestrain.records.diary import Diary
from salestrain.training.steps import Step
from salestrain.views.screen import Screen
from salestrain.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from salestrain.apps.app import App
    from salestrain.playbook.whole import Playbook

Stamps = frozenset[tuple[str, int, int]]


_shelf: dict[Path, tuple[Stamps, Playbook]] = {}


def utc_now() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


@dataclass
class Thread:
    """What one person did in one thread of an app (a quiz set, a scenario, a path)."""

    visit: Visit
    app: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def save(self, kind: str, data: Mapping[str, Any]) -> None:
        """Commit a step, and only then count it as done; raises as ``save_all`` does."""
        self.save_all((kind, data))

    def save_all(self, *did: tuple[str, Mapping[str, Any]]) -> None:
        """Commit several steps that belong together: all of them, or none.

        Raises:
            OvertakenError: If another tab of this person has saved something since this action
                began; nothing has changed then, and ``App.act`` begins it anew.
            SalestrainError: If they can't be kept; nothing has changed then.
        """
        visit, now = self.visit, self.visit.now()
        first, *more = (Step(kind, dict(data), now) for kind, data in did)
        where, action = (visit.person.id, self.app, self.name), visit.taken_action()
        visit.records.steps.append(*where, action, first, *more, after=visit.diary.last)
        self.steps += [first, *more]


@dataclass
class Visit:
    """Everything an app may know of where it is and for whom.

    Attributes:
        workspace: The company's folder.
        records: Who did what.
        person: Who is here; the server has checked it.
        language: Theirs.
        base_url: What addresses begin with; empty in JupyterLab, where apps don't link.
        clock: Tells the time.
        kept: What apps have worked out and may use again, by name.
    """

    workspace: Workspace
    records: Records
    person: Person
    language: Language
    base_url: str = ""
    clock: Callable[[], datetime] = utc_now
    kept: dict[str, Any] = field(default_factory=dict, repr=False)
    _action: str = ""

    @cached_property
    def playbook(self) -> Playbook:
        """What the company has written down."""
        return playbook_of(self.workspace)

    @cached_property
    def news(self) -> News:
        """What has changed in it."""
        history = read_history(self.playbook.root)
        return news_of(self.playbook, history, self.now().astimezone().date())

    @cached_property
    def diary(self) -> Diary:
        """What this person did, here and elsewhere."""
        return Diary(self.records.steps, self.person.id)

    def now(self) -> datetime:
        """Return the time now, aware."""
        return self.clock()

    def link(self, app: str, **parameters: str) -> str:
        """Return the address of an app, empty where there is no server."""
        if not self.base_url:
            return ""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"{self.base_url}app/{app}{query}"

    def thread(self, app: str, name: str) -> Thread:
        """Return what this person did in a thread so far."""
        return Thread(self, app, name, list(self.diary.thread(app, name)))

    def show(self, app: Callable[..., App], **options: str) -> Screen:
        """Return an app's screen, ready to act on."""
        actor = app(self, **options)
        screen = Screen(actor, self.language)
        actor.changed = screen.redraw
        return screen

    def saw(self, whom: str | Iterable[str], what: str, purpose: str = "") -> None:
        """Have it noted that this person looks at others' data: of each once a page opened.

        Call it before anything of theirs is drawn: what can't be noted must not be shown.

        Raises:
            SalestrainError: As ``Audit.saw`` does.
        """
        noted: set[tuple[str, str]] = self.kept.setdefault("audit", set())
        ids = [whom] if isinstance(whom, str) else list(whom)
        new = [one for one in ids if one != self.person.id and (one, what) not in noted]
        if new:
            self.records.audit.saw(self.person.id, new, what, purpose)
            noted.update((one, what) for one in new)

    @contextmanager
    def doing(self, action: str) -> Iterator[None]:
        """Let the steps saved meanwhile carry this action's id, so that a resend is known.

        What this person did is read at the beginning: all that is decided rests on that.
        """
        self._action = action
        try:
            with self.diary.held():
                yield
        finally:
            self._action = ""

    def taken_action(self) -> str:
        """Return the id of the action going on, which stands for one save and no more.

        Raises:
            RuntimeError: If there is none; a second save would not be atomic with the first.
        """
        if not self._action:
            raise RuntimeError("one save for each action: put what belongs together in save_all")
        action, self._action = self._action, ""
        return action


def playbook_of(workspace: Workspace) -> Playbook:
    """Return a workspace's playbook, read anew only when a file of it has changed."""
    root = workspace.playbook
    stamps = frozenset(
        (str(path), (stat := path.stat()).st_mtime_ns, stat.st_size)
        for path in root.rglob("*")
        if path.is_file()
    )
    known = _shelf.get(root)
    if known is None or known[0] != stamps:
        known = _shelf[root] = stamps, open_playbook(workspace, prove=False)
    return known[1]


def open_visit(
    person: str = "", language: str = "", workspace: str = "", base_url: str = ""
) -> Visit:
    """Return the visit that a notebook's parameters describe.

    Args:
        person: Id of who is here; empty means oneself, on one's own machine.
        language: ``zh`` or ``en``; empty means the person's own.
        workspace: The company's folder; empty means the nearest, else the sample company.
        base_url: What addresses begin with, if a server shows the notebook.
    """
    place = find_workspace(workspace)
    records = open_records(records_place(place.state), state=place.state)
    who = records.people.get(person) if person else _myself(records)
    spoken: Language = next((one for one in LANGUAGES if one == language), who.language)
    return Visit(place, records, who, spoken, base_url)


def _myself(records: Records) -> Person:
    known = {one.id: one for one in records.people.all()}
    if MYSELF.id not in known:
        records.people.add(MYSELF)
    return known.get(MYSELF.id, MYSELF)
