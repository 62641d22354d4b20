"""Looking at others' talks: who sees what, and what the lists and screens say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salestrain.apps.home import Home
from salestrain.apps.registry import checked_parameters
from salestrain.apps.roleplay.scope import Scope
from salestrain.language import Language
from salestrain.playbook.standards.growing import Skills
from salestrain.playbook.whole import Playbook
from salestrain.records import Person
from salestrain.views.screen import Action, Refused
from tests.apps.learners import BOSS, HEAD, LIN, OTHER, TANG, TEACHER, Open, act, words
from tests.apps.watched_talks import (
    GIVES,
    PRICE,
    RUN,
    SOUTH,
    Play,
    desk,
    kept,
    mark,
    missing,
    rate,
    rate_call,
    shown,
)
from tests.training.first_week import NOON
from tests.views.components.gallery_html import Reader


@pytest.mark.parametrize(
    ("person", "sees"),
    [(LIN, True), (TANG, False), (OTHER, False), (BOSS, True), (SOUTH, False), (TEACHER, True),
     (HEAD, True)],
    ids=lambda one: getattr(one, "id", ""),
)  # fmt: skip
def test_a_run_is_seen_by_its_player_their_manager_trainers_and_admins(
    open_for: Open, play: Play, person: Person, sees: bool
) -> None:
    play()
    visit = open_for(person)
    assert missing(shown(visit, run=RUN)) is not sees
    assert (GIVES in shown(visit, run=RUN)) is sees
    for watch in ("all", PRICE):
        assert (f"run={RUN}" in shown(visit, watch=watch)) is sees


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_there_and_what_is_not_theirs_look_the_same(
    open_for: Open, play: Play, language: Language
) -> None:
    play()
    play(OTHER, ended=False)
    none = shown(open_for(LIN, language), run=f"{PRICE}-lin-2")
    assert missing(none, language)
    for run in (f"{PRICE}-other-1", f"{PRICE}-nobody-1", "2.2.s.none-lin-1", f"{PRICE}-lin-0", "x"):
        assert shown(open_for(LIN, language), run=run) == none
        assert shown(open_for(BOSS, language), run=run).split("<main")[0] == none
    for watch in ("calibration", "2.2.s.none", "<b>"):
        assert shown(open_for(LIN, language), watch=watch) == none
    assert shown(open_for(TANG, language), run=RUN) == none
    assert shown(open_for(TEACHER, language), run=f"{PRICE}-other-1") == none  # not ended


@pytest.mark.parametrize(
    ("given", "keeps"),
    [
        ({"run": RUN}, True),
        ({"run": f"{PRICE}-R02-12"}, True),
        ({"run": f"{PRICE}-lin-0"}, False),
        ({"run": f"{PRICE}-li n-1"}, False),
        ({"run": f"{PRICE}-lin"}, False),
        ({"run": "../x-lin-1"}, False),
        ({"run": f"{RUN}\n"}, False),
        ({"watch": "all"}, True),
        ({"watch": "calls"}, True),
        ({"watch": "calibration"}, True),
        ({"watch": PRICE}, True),
        ({"watch": "allx"}, False),
    ],
)
def test_an_address_carries_only_what_can_name_a_run_or_a_list(
    given: dict[str, str], keeps: bool
) -> None:
    assert checked_parameters("roleplay", given) == (given if keeps else {})


def test_a_list_says_when_how_and_whether_it_was_rated(open_for: Open, play: Play) -> None:
    play()
    play(OTHER, "test")
    said = words(shown(open_for(TEACHER), watch="all"))
    assert 'Lin Xiaoyu · "Another firm is 15% cheaper" 9 Oct 2026' in said
    assert "Practise · Type · 10 points · no agreement not rated" in said
    rate(open_for(TEACHER), negotiation=1)
    assert "no agreement rated by 1" in words(shown(open_for(BOSS), watch="all"))
    assert "欧阳文静" not in shown(open_for(BOSS), watch="all")
    assert "Lin Xiaoyu ·" not in words(shown(open_for(LIN), watch="all"))  # one's own need no name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_is_well_formed_and_its_ids_are_unique(
    open_for: Open, play: Play, language: Language
) -> None:
    play()
    mark(open_for(TEACHER))
    rate(open_for(BOSS), negotiation=3)
    rate_call(open_for(TEACHER))
    pages: list[dict[str, str]] = [{"run": RUN}, {}]
    pages += [{"watch": each} for each in ("all", "calls", "calibration")]
    for person in (TEACHER, BOSS, LIN):
        for page in pages:
            read = Reader(desk(open_for(person, language), **page).draw().html)
            ids = read.values("id")
            assert not read.open
            assert len(ids) == len(set(ids))
            assert {*read.values("for", "aria-controls")} <= set(ids)


def test_while_the_desk_is_open_nothing_is_played(open_for: Open, play: Play) -> None:
    play()
    for name in ("begin", "time_up"):
        with pytest.raises(Refused):
            act(desk(open_for(LIN), run=RUN, scenario=PRICE), name)
    with pytest.raises(Refused):
        act(desk(open_for(LIN), watch="all"), "say", says="hello")
    assert len(kept(open_for(), LIN, PRICE)) == 4


def test_without_a_server_the_desk_opens_by_an_action(open_for: Open, play: Play) -> None:
    play()
    app = desk(open_for(TEACHER, base_url=""))
    assert "href=" not in app.draw().html
    for name in ("watch-all", f"run-{RUN}", f"run-{PRICE}-nobody-1", PRICE):
        app.act(Action(f"open-{name}", "open", app.at, {"name": (name,)}))
        assert app.at.startswith(name)
    with pytest.raises(Refused):
        app.act(Action("bad", "open", app.at, {"name": ("2.2.s.none",)}))


def test_the_ways_to_the_desk_are_for_those_who_have_something_there(
    open_for: Open, play: Play
) -> None:
    assert "watch=" not in shown(open_for(LIN))
    play()
    assert "watch=all" in shown(open_for(LIN))
    assert "watch=calibration" not in shown(open_for(LIN))
    for person in (BOSS, TEACHER, HEAD):
        html = shown(open_for(person))
        assert "Role-plays to look at (1)" in html
        assert "watch=calls" in html
        assert "watch=calibration" in html
        assert "Role-plays to look at: 1" in Home(open_for(person)).draw().html
    assert "Role-plays to look at: 1" not in Home(open_for(SOUTH)).draw().html


def test_what_is_rated_old_explored_or_ones_own_does_not_wait(open_for: Open, play: Play) -> None:
    play(TANG, "explore")
    play(BOSS)
    assert Scope(open_for(BOSS)).waiting() == 0
    play()
    assert Scope(open_for(BOSS)).waiting() == 1
    later = open_for(BOSS)
    later.clock = lambda: NOON + timedelta(days=15)
    assert Scope(later).waiting() == 0
    rate(open_for(TEACHER), negotiation=2)
    assert Scope(open_for(BOSS)).waiting() == 0


def test_a_run_its_scenario_no_longer_allows_shows_what_was_said(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    scenario = playbook.scenarios[PRICE]
    visit = open_for(TEACHER)
    states = {name: dict(moves) for name, moves in scenario.states.items()}
    early = scenario.opening.state
    ends = scenario.model_copy(update={"states": states})
    states[early]["explore_comparison"] = tuple(
        case.model_copy(update={"to": None, "ends": scenario.endings[0].id})
        for case in states[early]["explore_comparison"]
    )
    visit.__dict__["playbook"] = replace(playbook, scenarios={PRICE: ends})
    html = shown(visit, run=RUN)
    assert "only what was said is left" in html
    assert GIVES in html
    assert "the-debrief" not in html
    assert "the scenario has changed since" in shown(visit, watch="all")
    rate(visit, negotiation=2)
    assert len(Scope(open_for(TEACHER)).ratings) == 1


def test_what_people_write_is_shown_as_text(open_for: Open, play: Play) -> None:
    play(TANG)
    bad = "<img src=x onerror=alert(1)>"
    rate(open_for(TEACHER), f"{PRICE}-tang-1", comment=bad, negotiation=1)
    rate_call(open_for(TEACHER), "tang", customer=bad)
    for person, page in (
        (TANG, {"scenario": PRICE}), (TANG, {"watch": "all"}), (TEACHER, {"watch": "calls"}),
        (TEACHER, {"run": f"{PRICE}-tang-1"}),
    ):  # fmt: skip
        html = desk(open_for(person), **page).draw().html
        assert "<img" not in html
        assert "&lt;img src=x" in html
        assert "Tang <b>" not in html


def test_without_skills_in_the_playbook_there_is_nothing_to_rate_on(
    open_for: Open, play: Play, playbook: Playbook
) -> None:
    play()
    visit = open_for(TEACHER)
    rest = tuple(one for one in playbook.standards if not isinstance(one, Skills))
    visit.__dict__["playbook"] = replace(playbook, standards=rest)
    assert 'name="level-' not in shown(visit, run=RUN)
    with pytest.raises(Refused):
        rate(visit, negotiation=2)


def test_who_looks_at_others_talks_is_noted_once_a_page_and_nothing_of_ones_own(
    open_for: Open, play: Play
) -> None:
    play()
    play(TANG)
    visit = open_for(BOSS)
    for _ in range(2):
        shown(visit, watch="all")
        shown(visit, run=RUN)
    shown(open_for(LIN), watch="all")
    shown(open_for(TANG), run=RUN)  # is shown nothing
    looks = visit.records.audit.looks()
    assert sorted((one.by, one.whom, one.what) for one in looks) == [
        ("boss", "lin", f"talk {PRICE}"),
        ("boss", "lin", "talks"),
        ("boss", "tang", "talks"),
    ]
    shown(open_for(BOSS), run=RUN)  # the page opened anew
    assert len(visit.records.audit.looks(whom="lin")) == 3
