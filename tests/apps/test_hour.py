"""Next coaching hour: a purpose first, each look kept, one's own team alone, honest when mute."""

from __future__ import annotations

from pathlib import Path

import pytest

from salestrain.apps.trainer import Trainer
from salestrain.records import Person
from salestrain.views.screen import Refused
from salestrain.workspace import Workspace
from tests.apps.learners import BOSS, HEAD, LIN, TABLES, TEACHER, Did, Open, act, call, words
from tests.apps.watched_talks import SOUTH

OTHERS = [f"p{number}" for number in range(6)]
DEALS = 60


def tables(own_moved: int) -> dict[str, str]:
    """Return books in which one rep moves so many of sixty deals on from needs, six others 36."""
    people = "person_id,name,name_en,role,team_id,joined_on,left_on\n"
    people += "lin,林晓雨,Lin Xiaoyu,rep,E2,2020-01-01,\n"
    people += "".join(f"{one},{one},{one},rep,S1,2020-01-01,\n" for one in OTHERS)
    deals = "opportunity_id,owner_id,outcome,created_on,closed_on,amount,stage\n"
    stays = "change_id,opportunity_id,stage,entered_on,left_on,moved_to\n"
    for who in ("lin", *OTHERS):
        moved = own_moved if who == "lin" else 36
        for number in range(DEALS):
            id_ = f"{who}-{number}"
            deals += f"{id_},{who},lost,2026-07-01,2026-09-30,1000,2.2.needs\n"
            to = "2.2.quote" if number < moved else "lost"
            stays += f"{id_},{id_},2.2.needs,2026-07-01,2026-08-{1 + number % 20:02},{to}\n"
        deals += f"{who}-open,{who},open,2026-09-01,,500000,2.2.needs\n"
    return {**TABLES, "people": people, "opportunities": deals, "stage_changes": stays}


@pytest.fixture
def moved() -> int:
    return 6


@pytest.fixture
def workspace(tmp_path: Path, moved: int) -> Workspace:
    for part in ("playbook", "data"):
        (tmp_path / part).mkdir()
    for name, table in tables(moved).items():
        (tmp_path / "data" / f"{name}.csv").write_text(table, encoding="utf-8")
    return Workspace.at(tmp_path)


def opened(open_for: Open, person: Person = BOSS, **more: str) -> Trainer:
    return Trainer(open_for(person, **more), page="hour")


def looked(open_for: Open, person: Person = BOSS, purpose: str = "one-to-ones") -> str:
    app = opened(open_for, person)
    act(app, "join", f"join-{person.id}-{purpose}", purpose=purpose)
    return words(app.draw().html)


def test_nothing_is_joined_before_a_purpose_is_kept(open_for: Open) -> None:
    html = words(opened(open_for).draw().html)
    assert "What you will use it for" in html
    assert "each look at it is kept" in html
    assert "Lin" not in html
    assert open_for().records.steps.newest() == 0
    with pytest.raises(Refused, match="Write what for first"):
        act(opened(open_for), "join", purpose="  ")


def test_each_look_is_kept_with_its_purpose_and_the_next_asks_anew(open_for: Open) -> None:
    looked(open_for)
    looked(open_for, purpose="quarterly review")
    steps = open_for(BOSS).thread("coaching", "purpose").steps
    assert [(step.kind, step.data) for step in steps] == [
        ("joined", {"purpose": "one-to-ones", "team": "E2"}),
        ("joined", {"purpose": "quarterly review", "team": "E2"}),
    ]
    again = opened(open_for).draw().html
    assert 'value="quarterly review"' in again
    app = opened(open_for)
    act(app, "join", "third", purpose="x")
    act(app, "open", "away", page="map")
    act(app, "open", "back", page="hour")
    assert "What you will use it for" in words(app.draw().html)
    looks = open_for(BOSS).records.audit.looks(by=BOSS.id)
    assert {"one-to-ones", "quarterly review"} <= {one.why for one in looks}
    assert {one.what for one in looks} == {"joined coaching"}
    assert {one.whom for one in looks} == {"lin", "tang"}


def test_who_was_hardly_seen_is_to_be_looked_at_first(open_for: Open) -> None:
    html = looked(open_for)
    assert "See Lin Xiaoyu at needs analysis twice before you talk" in html
    assert "60 of Lin Xiaoyu’s deals left “needs analysis” and 10% moved on" in html
    assert "of the others’ 360 it was 60%" in html
    assert "1 deals worth ¥500k lie open there" in html


def test_who_was_seen_to_lack_the_skill_is_gone_along_with(open_for: Open, did: Did) -> None:
    did(TEACHER, *(call(n, "lin", questioning=1, listening=1) for n in range(8)))
    assert "Go through needs analysis with Lin Xiaoyu" in looked(open_for)


@pytest.mark.parametrize("moved", [35])
def test_where_nothing_can_be_told_it_says_so_and_why(open_for: Open) -> None:
    html = looked(open_for)
    assert "It can’t be told: no gap is larger than chance brings about" in html
    assert "may be chance" in html


def test_a_manager_of_another_team_reads_nothing_of_this_one(open_for: Open) -> None:
    open_for().records.people.add(SOUTH)
    html = looked(open_for, SOUTH)
    assert "Lin" not in html
    assert "It can’t be told" in html


def test_an_administrator_sees_every_team(open_for: Open) -> None:
    assert "Lin Xiaoyu" in looked(open_for, HEAD)


@pytest.mark.parametrize("person", [LIN, TEACHER])
def test_who_leads_nobody_is_refused(open_for: Open, person: Person) -> None:
    with pytest.raises(Refused, match="for those who lead a team"):
        act(opened(open_for, person), "join", purpose="curious")
    assert "Lin Xiaoyu" not in words(opened(open_for, person).draw().html)
    assert open_for().records.steps.newest() == 0
    assert 'id="page-hour"' not in opened(open_for, person).draw().html


def test_a_manager_without_a_team_is_refused(open_for: Open) -> None:
    alone = Person("alone", "独", "Alone", role="manager")
    open_for().records.people.add(alone)
    with pytest.raises(Refused, match="for those who lead a team"):
        act(opened(open_for, alone), "join", purpose="curious")


def test_without_sales_data_it_says_what_is_missing(open_for: Open, workspace: Workspace) -> None:
    for file in workspace.data.glob("*.csv"):
        file.unlink()
    assert "Something is missing in playbook or CRM data" in looked(open_for)
