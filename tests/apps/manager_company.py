"""A small company, and the managers' app opened in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from salestrain.apps.manager import Manager
from salestrain.apps.visit import Visit
from salestrain.crm.store import open_crm
from salestrain.language import Language
from salestrain.records import Person, open_records
from salestrain.views.screen import Action
from salestrain.workspace import Workspace, shipped

PEOPLE = """person_id,name,name_en,role,team_id,joined_on,left_on
ann,安,Ann,rep,north,2020-01-01,
bo,<b>Bo</b>,,rep,north,2026-08-03,
gone,郭,Guo,rep,north,2020-01-01,2026-05-31
idle,倪,Ida,rep,south,2020-01-01,
"""
TEAMS = "team_id,name,name_en,region,region_en\nnorth,北组,North,上,Up\nsouth,南组,South,下,Down\n"
DEALS = (
    "opportunity_id,owner_id,outcome,created_on,closed_on,amount,stage\n"
    + "".join(f"d{n},ann,won,2025-07-{n:02},2025-11-01,1000,2.2.signing\n" for n in range(1, 12))
    + "b1,bo,lost,2026-07-02,2026-09-30,500,2.2.quote\n"
)
LEE = Person("lee", "李", "Lee", role="manager", team="north")
HEAD = Person("head", "总", "Head", role="admin")
Make = Callable[..., Manager]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of four reps, its data imported."""
    root = tmp_path_factory.mktemp("manager") / "ours"
    for part in ("playbook", "notebooks"):
        shutil.copytree(shipped() / part, root / part)
    (root / "data").mkdir()
    for name, table in (("people", PEOPLE), ("teams", TEAMS), ("opportunities", DEALS)):
        (root / "data" / f"{name}.csv").write_text(table, encoding="utf-8")
    open_crm(Workspace.at(root))
    return root


@pytest.fixture
def workspace(company: Path, tmp_path: Path) -> Workspace:
    return Workspace.at(Path(shutil.copytree(company, tmp_path / "ours")))


@pytest.fixture
def opened(workspace: Workspace) -> Iterator[Make]:
    """Open the app for somebody."""
    records = open_records(workspace.state / "records.db")

    def make(person: Person = LEE, language: Language = "en", base_url: str = "/") -> Manager:
        records.people.add(person)
        return Manager(Visit(workspace, records, person, language, base_url))

    yield make
    records.close()


def ask(app: Manager, *whom: str, id_: str = "a1", **fields: str) -> None:
    given = {"review": "kpi_review", "period": "2026-Q3", "other": "2026-Q3"} | fields
    values = {name: (value,) for name, value in given.items()}
    app.act(Action(id_, "make", app.at, values | ({"whom": whom} if whom else {})))


def shown(app: Manager) -> str:
    return app.draw().html


def offered(app: Manager) -> list[str]:
    return re.findall(r'name="whom" value="([^"]*)"', shown(app))


def asked(app: Manager) -> list[object]:
    visit = app.visit
    return [step.data for step in visit.thread("manager", "reviews").steps]
