"""The learners' small company, opened for any of them; the managers' is in ``manager_company``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.playbook.whole import Playbook
from salestrain.records import MYSELF, Person, open_records
from salestrain.training.paths.path import Deed
from salestrain.workspace import Workspace
from tests.apps.learners import BOSS, HEAD, LIN, OTHER, TABLES, TANG, TEACHER, Did, Open
from tests.apps.watched_talks import SOUTH, Play, type_a_talk
from tests.sample import sample_playbook
from tests.training.first_week import NOON, PATH


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The sample company's, early on: two pages are written and one path."""
    sample = sample_playbook()
    pages = {key: page for key, page in sample.pages.items() if key[0] in ("2.2", "3.1")}
    return replace(sample, paths={PATH.id: PATH}, pages=pages)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for part in ("playbook", "data"):
        (tmp_path / part).mkdir()
    for name, table in TABLES.items():
        (tmp_path / "data" / f"{name}.csv").write_text(table, encoding="utf-8")
    return Workspace.at(tmp_path)


@pytest.fixture
def open_for(workspace: Workspace, playbook: Playbook) -> Iterator[Open]:
    """Return a visit of somebody: a kernel of its own each time, on the same records."""
    everybody = (LIN, TANG, OTHER, BOSS, TEACHER, HEAD, MYSELF)
    with closing(open_records(workspace.state / "records.db", clock=lambda: NOON)) as records:
        for one in everybody:
            records.people.add(one)

        def opened(person: Person = LIN, language: Language = "en", base_url: str = "/") -> Visit:
            visit = Visit(workspace, records, person, language, base_url, lambda: NOON)
            visit.__dict__["playbook"] = playbook
            return visit

        yield opened


@pytest.fixture
def did(open_for: Open) -> Did:
    """Let somebody have done something."""
    numbers = iter(range(1000))

    def done(person: Person, *deeds: Deed) -> None:
        steps = open_for().records.steps
        for app, thread, step in deeds:
            assert steps.append(person.id, app, thread, f"did-{next(numbers)}", step)

    return done


@pytest.fixture
def play(open_for: Open, did: Did) -> Play:
    """Return what lets somebody have held a typed talk; a manager of another team is there too."""
    open_for().records.people.add(SOUTH)
    return partial(type_a_talk, did)
