"""Practising without a browser: what is on the screen, and what a tap on it sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from itertools import count
from pathlib import Path

from salestrain.apps.app import App
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from salestrain.views.screen import Action
from salestrain.workspace import Workspace, shipped
from tests.sample import sample_playbook

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LIN = Person(id="R1", name="林晓雨", name_en="Lin Xiaoyu", role="learner")
NUMBERS = count(1)


def visiting(folder: Path, language: Language, base_url: str = "/") -> Visit:
    records = open_records(folder / "records.db")
    if not records.people.all():
        records.people.add(LIN)
    visit = Visit(Workspace.at(shipped()), records, LIN, language, base_url, lambda: NOW)
    visit.__dict__["playbook"] = sample_playbook()  # read once for all tests
    return visit


class Learner:
    """Someone at a screen; after every action a new kernel takes over, knowing only the records."""

    def __init__(self, visit: Visit, start: Callable[[Visit], App]) -> None:
        self.visit, self.start = visit, start
        self.app = start(visit)

    @property
    def html(self) -> str:
        return unescape(self.app.draw().html)

    @property
    def at(self) -> str:
        return self.app.draw().at

    def steps(self, thread: str) -> list[Step]:
        return list(self.visit.records.steps.of(LIN.id, self.app.name, thread))

    def act(self, name: str, *, at: str = "", **fields: tuple[str, ...]) -> Action:
        sent = Action(f"a{next(NUMBERS)}", name, at or self.at, fields)
        self.app.act(sent)
        before = self.html
        self.app = self.start(self.visit)
        assert self.html == before, "a new kernel shows something else"
        return sent


def values(html: str, kind: str) -> list[str]:
    """Return the values of the inputs or buttons of a kind, in the order shown."""
    return re.findall(rf'<(?:input|button)[^>]*{kind}[^>]*value="([^"]*)"', html)
