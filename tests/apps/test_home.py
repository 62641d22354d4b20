"""Home by role: the learner's day, and for those who lead their own people and reviews."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from salestrain.apps.home import Home, given_name
from salestrain.apps.onboarding.day import day_of
from salestrain.language import Language
from salestrain.records import MYSELF, Person
from salestrain.training.paths.path import progress
from salestrain.workspace import Workspace
from tests.apps.learners import (
    BOSS,
    HEAD,
    LIN,
    OTHER,
    TANG,
    TEACHER,
    Did,
    Open,
    buttons,
    words,
)
from tests.training.first_week import ALL, FAILED, NOON, NOTED, PASSED, PATH, READ, deed


def tasks(html: str) -> list[tuple[str, str]]:
    """Return today's tasks: state and words."""
    parts = html.split('class="today-task today-task--')[1:]
    return [(part.partition('"')[0], words("<" + part.partition("</li>")[0])) for part in parts]


def title(html: str) -> str:
    return words(html.partition("<h1")[2].partition("</h1>")[0].partition(">")[2])


def rows(html: str) -> list[list[str]]:
    """Return the learners' table."""
    body = html.partition('id="learners"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def report(workspace: Workspace, name: str, headline: str) -> None:
    folder = workspace.reports / "2026-Q3" / "kpi_review"
    (folder / ".batch").mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.html").write_text("<html></html>")
    facts = {"headline": headline, "seconds": 1}
    record = json.dumps({"digest": "d", "facts": facts})
    (folder / ".batch" / f"{name}.json").write_text(record)


@pytest.mark.parametrize(
    ("language", "greeting", "start"),
    [
        ("zh", "晓雨， 今天大约 20 分钟", "去读"),
        ("en", "Xiaoyu, about 20 minutes today", "Read it"),
    ],
)
def test_a_learner_sees_what_to_do_today_and_one_button(
    open_for: Open, language: Language, greeting: str, start: str
) -> None:
    html = Home(open_for(language=language)).draw().html
    assert title(html) == greeting
    assert [state for state, _ in tasks(html)] == ["next", "later"]
    assert ("why of read" if language == "en" else "read 的 why") in tasks(html)[0][1]
    assert buttons(html) == [start]
    assert 'href="/app/playbook?page=2.2"' in html


def test_what_was_done_today_stays_in_the_list(open_for: Open, did: Did) -> None:
    did(LIN, READ)
    html = Home(open_for()).draw().html
    assert [state for state, _ in tasks(html)] == ["done", "next"]
    assert "1 of 2 done" in words(html)


def test_a_failed_quiz_comes_back_with_what_it_lacked(open_for: Open, did: Did) -> None:
    did(LIN, READ, FAILED)
    html = Home(open_for()).draw().html
    assert "Last time 60%, not enough yet." in tasks(html)[1][1]
    assert "2.2 Opportunity stages 6 of 10 marks · 9 Oct" in words(html)


def test_the_path_says_how_far_whether_as_planned_and_what_is_to_be_passed(
    open_for: Open, did: Did
) -> None:
    did(LIN, READ, PASSED, NOTED)
    said = words(Home(open_for()).draw().html)
    assert "3 / 5 steps, 1 working day ahead of plan" in said
    assert "Next to be passed: step 4, “title of play”." in said


def test_results_are_the_last_of_each_the_latest_first(open_for: Open, did: Did) -> None:
    between = deed("roleplay", "2.2.s.price", "ended", 7, score=80, passed=True)
    did(LIN, FAILED, between, PASSED)
    said = words(Home(open_for()).draw().html)
    assert "6 of 10" not in said
    assert said.index("7 of 10 marks") < said.index("80, passed")


def test_a_day_holds_about_forty_minutes_and_nothing_that_waits_for_more() -> None:
    late = progress(PATH, [READ], NOON + timedelta(days=30))
    today = (NOON + timedelta(days=30)).date()
    assert [one.step.id for one in day_of(late, today)] == ["quiz", "note", "play", "last"]
    longer = {one: one.model_copy(update={"minutes": 25}) for one in PATH.steps}
    slow = PATH.model_copy(update={"steps": tuple(longer.values())})
    late = progress(slow, [READ], NOON + timedelta(days=30))
    assert [one.step.id for one in day_of(late, today)] == ["quiz"]


def test_who_has_done_all_is_offered_more(open_for: Open, did: Did) -> None:
    did(LIN, *ALL)
    html = Home(open_for()).draw().html
    assert title(html) == "Xiaoyu, nothing to do today"
    assert buttons(html) == ["Pick a role-play"]
    assert "5 / 5" in words(html)


def test_a_learner_sees_nobody_else(open_for: Open, did: Did) -> None:
    did(TANG, *ALL)
    html = Home(open_for()).draw().html
    for text in ("Tang", "唐", "my own words", "East-2", "Make reviews"):
        assert text not in html


def test_a_manager_sees_the_own_team_by_progress_and_no_words(open_for: Open, did: Did) -> None:
    did(LIN, READ, PASSED, NOTED)
    did(TANG, deed("playbook", "2.2", "read", -60 * 24 * 7))
    did(OTHER, *ALL)
    html = Home(open_for(BOSS)).draw().html
    assert title(html) == "Jianguo, 2 learners under way, 1 behind plan"
    assert rows(html) == [
        ["Tang &lt;b&gt;Xiao&lt;/b&gt;", "1 / 5", "2 Oct", "7"],
        ["Lin Xiaoyu", "3 / 5", "—", "0"],
    ]
    assert "my own words" not in html
    assert buttons(html) == ["Make reviews"]


@pytest.mark.parametrize("leader", [TEACHER, HEAD])
def test_trainer_and_admin_see_all_teams(open_for: Open, did: Did, leader: Person) -> None:
    did(LIN, READ)
    did(OTHER, READ)
    html = Home(open_for(leader, "zh")).draw().html
    assert {(row[0], row[-1]) for row in rows(html)} == {
        ("林晓雨", "华东二组"),
        ("欧阳文静", "华南一组"),
    }
    assert "另有 1 人还没开始。" in words(html)
    assert ("生成回顾" in html) == (leader is HEAD)


def test_a_new_manager_sees_a_path_of_their_own_and_the_team(
    open_for: Open, workspace: Workspace
) -> None:
    path = PATH.model_copy(update={"roles": ("manager",)})
    visit = open_for(BOSS)
    visit.__dict__["playbook"] = replace(visit.playbook, paths={PATH.id: path})
    assert "First days" not in Home(visit).draw().html
    people = workspace.data / "people.csv"
    joined = "boss,周建国,Zhou Jianguo,manager,E2,2026-09-01,\n"
    people.write_text(people.read_text("utf-8") + joined, "utf-8")
    visit = open_for(BOSS)
    visit.__dict__["playbook"] = replace(visit.playbook, paths={PATH.id: path})
    html = Home(visit).draw().html
    assert "First days" in html
    assert buttons(html) == ["Read it"]
    assert "Make reviews" in words(html)


def test_who_left_is_not_listed(open_for: Open, did: Did) -> None:
    did(LIN, READ)
    people = open_for().records.people
    people.update(Person("lin", "林晓雨", active=False, team="E2"))
    assert rows(Home(open_for(HEAD)).draw().html) == []


def test_a_manager_of_no_team_leads_nobody(open_for: Open, did: Did) -> None:
    did(Person("lin", "林晓雨"), READ)
    nobody = Person("n", "某人", role="manager", team="")
    assert "Nobody" not in words(Home(open_for(nobody)).draw().html)
    assert rows(Home(open_for(nobody)).draw().html) == []


def test_reviews_are_those_one_may_see_with_their_finding(
    open_for: Open, workspace: Workspace
) -> None:
    for name in ("company", "team-E2", "rep-ann", "team-S1", "rep-zoe"):
        report(workspace, name, f"finding of {name} <i>")
    html = Home(open_for(BOSS)).draw().html
    found = re.findall(r"finding of ([\w-]+) &lt;i&gt;", html)
    assert found == ["team-E2", "rep-ann"]
    assert 'href="/reports/2026-Q3/kpi_review/team-E2.html"' in html
    html = Home(open_for(HEAD)).draw().html
    found = re.findall(r"finding of ([\w-]+) &lt;i&gt;", html)
    assert found == ["company", "team-E2", "team-S1", "rep-ann", "rep-zoe"]


def test_while_nobody_has_begun_the_reviews_come_first(open_for: Open) -> None:
    html = Home(open_for(BOSS)).draw().html
    assert title(html) == "Jianguo, begin with the reviews"
    assert html.index("Make reviews") < html.index("Whoever begins the path")
    assert title(Home(open_for(TEACHER)).draw().html) == "Ming, nobody has begun the path yet"


def test_a_workspace_whose_tables_cannot_be_read_still_has_a_home(
    open_for: Open, workspace: Workspace, did: Did
) -> None:
    (workspace.data / "opportunities.csv").write_text("nothing of use\n")
    did(LIN, READ)
    assert rows(Home(open_for(BOSS)).draw().html)[0][0] == "Lin Xiaoyu"


def test_on_ones_own_machine_one_sees_both_parts_and_one_button(open_for: Open, did: Did) -> None:
    did(LIN, READ)
    html = Home(open_for(MYSELF)).draw().html
    assert title(html) == "About 20 minutes today"
    assert [row[0] for row in rows(html)] == ["Lin Xiaoyu"]
    assert buttons(html) == ["Read it"]
    assert "Make reviews" in words(html)


def test_without_a_server_nothing_is_a_link(open_for: Open, did: Did) -> None:
    did(MYSELF, READ, FAILED)
    assert "href" not in Home(open_for(MYSELF, base_url="")).draw().html


@pytest.mark.parametrize(
    ("name", "given"),
    [("林晓雨", "晓雨"), ("欧阳文静", "文静"), ("高睿", "高睿"), ("Anna", "Anna"), ("", "")],
)
def test_people_are_called_by_their_given_name(name: str, given: str) -> None:
    assert given_name(name) == given
