"""A small company with learners on a path, and its apps opened for any of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from salestrain.apps.app import App
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.playbook.load import Playbook, load_playbook
from salestrain.records import MYSELF, Person, open_records
from salestrain.training.path import Deed
from salestrain.views.screen import Action
from salestrain.workspace import Workspace, shipped
from tests.training.first_week import NOON, PATH

LIN = Person("lin", "林晓雨", "Lin Xiaoyu", team="E2")
TANG = Person("tang", "唐<b>晓</b>", "Tang <b>Xiao</b>", team="E2")
OTHER = Person("other", "欧阳文静", "", team="S1")
BOSS = Person("boss", "周建国", "Zhou Jianguo", role="manager", team="E2")
TEACHER = Person("teacher", "沈明", "Shen Ming", role="trainer")
HEAD = Person("head", "何总", "He Zong", role="admin")
TABLES = {
    "people": "person_id,name,name_en,role,team_id,joined_on,left_on\n"
    "ann,安,Ann,rep,E2,2020-01-01,\nzoe,佐,Zoe,rep,S1,2020-01-01,\n",
    "teams": "team_id,name,name_en,region,region_en\nE2,华东二组,East-2,华东,East\n"
    "S1,华南一组,South-1,华南,South\n",
    "opportunities": "opportunity_id,owner_id,outcome,created_on,closed_on,amount,stage\n"
    "d1,ann,won,2026-07-01,2026-09-30,1000,2.2.signing\n",
}
Open = Callable[..., Visit]
Did = Callable[..., None]


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return replace(load_playbook(shipped() / "playbook"), paths={PATH.id: PATH})


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


def act(app: App, name: str, action_id: str = "", at: str = "", **fields: str) -> None:
    """Send an action as the page would from what is shown now."""
    sent = {key: (value,) for key, value in fields.items()}
    app.act(Action(action_id or f"{name}-{app.at}", name, at or app.at, sent))


def words(html: str) -> str:
    """Return a page's text, its markup left out."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def buttons(html: str) -> list[str]:
    """Return the words on the filled buttons."""
    found = re.findall(r'class="[^"]*button--main[^"]*"[^>]*>(.*?)</(?:a|button)>', html)
    return [words(one) for one in found]
