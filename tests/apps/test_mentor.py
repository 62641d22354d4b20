"""Mentors: who signs what, what is handed back, talks and what was agreed, who pairs whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from salestrain.apps.home import Home
from salestrain.apps.mentor import Mentor
from salestrain.apps.onboarding import Onboarding
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.records import MYSELF, Person
from salestrain.training.steps import Step
from salestrain.views.screen import Refused
from tests.apps.learners import (
    BOSS,
    HEAD,
    LIN,
    OTHER,
    TANG,
    TEACHER,
    Did,
    Open,
    act,
    buttons,
    words,
)
from tests.training.first_week import NOON, deed
from tests.training.ninety import PATH, wrote

SOUTH = Person("south", "罗嘉怡", "Luo Jiayi", role="manager", team="S1")
PAIRED = ("trainer", "mentors", Step("paired", {"person": "lin", "mentor": "tang"}, NOON))


@pytest.fixture
def opened(open_for: Open, did: Did) -> Open:
    """Open visits on a path with signatures; Tang mentors Lin, who has handed in a note."""
    open_for().records.people.add(SOUTH)
    did(BOSS, PAIRED)

    def on_path(person: Person = LIN, language: Language = "en", base_url: str = "/") -> Visit:
        visit = open_for(person, language, base_url)
        visit.__dict__["playbook"] = replace(visit.playbook, paths={PATH.id: PATH})
        return visit

    did(LIN, wrote("shadow", -30))
    return on_path


def html(visit: Visit, newcomer: str = "") -> str:
    return Mentor(visit, newcomer).draw().html


def sign(visit: Visit, step: str = "shadow", **more: str) -> None:
    sent = {"person": "lin", "path": PATH.id, "step": step, "ok": "yes", "text": ""}
    seen = {"seen": (NOON - timedelta(minutes=30)).isoformat()}
    act(Mentor(visit), "sign", f"{visit.person.id}-{step}-{len(more)}", **(sent | seen | more))


def kept(visit: Visit, app: str, thread: str) -> list[tuple[str, dict[str, Any]]]:
    return [(one.kind, dict(one.data)) for one in visit.thread(app, thread).steps]


def test_the_mentor_sees_what_waits_with_what_was_written_and_signs_it(opened: Open) -> None:
    shown = html(opened(TANG))
    assert "1 waiting for your signature" in words(shown)
    assert "Lin Xiaoyu · title of shadow" in words(shown)
    assert '<blockquote class="quoted">…</blockquote>' in shown
    assert buttons(shown) == ["Done, and I saw it"]
    sign(opened(TANG), text=" Well heard ")
    data = {"person": "lin", "step": "shadow", "ok": True, "text": "Well heard"}
    assert kept(opened(TANG), "onboarding", PATH.id) == [("signed", data)]
    assert "Nothing waits for your signature" in words(html(opened(TANG)))
    mine = words(Onboarding(opened()).draw().html)
    assert "signed by Tang &lt;b&gt;Xiao&lt;/b&gt;, 9 Oct" in mine
    assert "Well heard" in mine


def test_what_goes_back_needs_a_word_and_the_learner_reads_it(opened: Open) -> None:
    with pytest.raises(Refused, match="say what is missing"):
        sign(opened(TANG), ok="no", text=" ")
    sign(opened(TANG), ok="no", text="who said it?")
    mine = words(Onboarding(opened()).draw().html)
    assert "Handed back: who said it?" in mine
    assert "Handed back: who said it?" in words(Home(opened()).draw().html)
    app = Onboarding(opened())
    act(app, "note", step="shadow", text="Lu Jianping, on 3 September")
    assert "waits for your mentor" in words(app.draw().html)


def test_what_changed_since_it_was_seen_is_not_signed(opened: Open, did: Did) -> None:
    did(LIN, wrote("shadow", -20))
    with pytest.raises(Refused, match="look once more"):
        sign(opened(TANG))


@pytest.mark.parametrize("person", [LIN, OTHER, BOSS, SOUTH])
def test_nobody_else_signs_what_the_mentor_signs(opened: Open, person: Person) -> None:
    with pytest.raises(Refused, match="isn’t yours"):
        sign(opened(person))
    assert kept(opened(person), "onboarding", PATH.id) == kept(
        opened(person), "onboarding", PATH.id
    )
    assert not any(kind == "signed" for kind, _ in kept(opened(person), "onboarding", PATH.id))


@pytest.mark.parametrize("person", [TEACHER, HEAD])
def test_a_trainer_may_stand_in_but_it_does_not_wait_for_them(opened: Open, person: Person) -> None:
    assert "waiting for your" not in words(html(opened(person)))
    sign(opened(person))
    assert kept(opened(person), "onboarding", PATH.id)[0][0] == "signed"


@pytest.mark.parametrize("step", ["read", "talk", "nowhere", "day_30"])
def test_what_does_not_wait_is_not_signed(opened: Open, step: str) -> None:
    with pytest.raises(Refused, match="isn’t yours"):
        sign(opened(TANG), step)


def test_a_former_mentor_signs_no_more(opened: Open, did: Did) -> None:
    other = {"person": "lin", "mentor": "other"}
    did(BOSS, ("trainer", "mentors", Step("paired", other, NOON + timedelta(minutes=1))))
    with pytest.raises(Refused, match="isn’t yours"):
        sign(opened(TANG))
    assert "You mentor nobody at the moment" in words(html(opened(TANG)))
    sign(opened(OTHER))


def test_a_manager_signs_the_milestone_of_the_own_team_and_no_other(opened: Open, did: Did) -> None:
    sign(opened(TANG))
    file = {"step": "read", "file": "a", "name": "n.pdf", "bytes": 2000, "type": "x"}
    did(
        LIN,
        deed("playbook", "2.2", "read", -9),
        deed("onboarding", PATH.id, "evidence", -8, **file),
        wrote("do", -6),
    )
    seen = NOON.isoformat()
    assert "Milestone: all 3 steps are done." in words(html(opened(BOSS)))
    for person in (TANG, SOUTH, TEACHER, LIN):
        with pytest.raises(Refused, match="isn’t yours"):
            sign(opened(person), "day_30", seen=seen)
    sign(opened(BOSS), "day_30", seen=seen)
    assert "signed" in words(Onboarding(opened()).draw().html)
    assert "Milestone" not in words(html(opened(BOSS)))


def talk(visit: Visit, **fields: str) -> None:
    act(Mentor(visit, "lin"), "talk", f"t-{visit.person.id}-{fields}", **{"person": "lin"} | fields)


def test_what_is_agreed_comes_back_until_it_is_settled(opened: Open) -> None:
    talk(opened(TANG), text="Asked too early.", what_1="ask for the cost", by_1="2026-10-16")
    agreed = [{"what": "ask for the cost", "by": "2026-10-16"}]
    data = {"person": "lin", "text": "Asked too early.", "actions": agreed}
    assert kept(opened(TANG), "mentor", "talks") == [("talked", data)]
    page = html(opened(TANG), "lin")
    assert "ask for the cost by 16 Oct Done Not done" in words(page)
    mine = words(Onboarding(opened()).draw().html)
    assert "ask for the cost by 16 Oct" in mine
    assert "Asked too early." in mine
    act(Mentor(opened(TANG), "lin"), "settle", person="lin", action="1", done="no")
    assert "look at it first" not in words(html(opened(TANG), "lin"))
    with pytest.raises(Refused, match="has been settled"):
        act(Mentor(opened(TANG), "lin"), "settle", "again", person="lin", action="1", done="yes")


def test_the_notes_of_a_talk_are_for_the_two_of_them(opened: Open) -> None:
    talk(opened(TANG), text="I never dared to ask", what_1="ring Lu", by_1="2026-10-16")
    for person in (BOSS, TEACHER, HEAD):
        page = html(opened(person), "lin")
        assert "never dared" not in page
        assert "ring Lu" not in page
    for person in (OTHER, SOUTH):
        assert "Lin Xiaoyu" not in html(opened(person), "lin")


def test_a_new_mentor_gets_what_was_agreed_and_not_what_was_noted(opened: Open, did: Did) -> None:
    talk(opened(TANG), text="I never dared to ask", what_1="ring Lu", by_1="2026-10-16")
    other = {"person": "lin", "mentor": "other"}
    did(BOSS, ("trainer", "mentors", Step("paired", other, NOON + timedelta(minutes=1))))
    page = html(opened(OTHER), "lin")
    assert "ring Lu" in page
    assert "never dared" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write what was said"),
        ({"text": "x", "what_1": "ring Lu"}, "a day, today or later"),
        ({"what_1": "ring Lu", "by_1": "2026-10-08"}, "a day, today or later"),
        ({"text": "x" * 2001}, "make it shorter"),
        ({"text": "x", "by_1": "soon"}, "could not be read"),
    ],
)
def test_a_talk_that_says_nothing_or_no_day_is_refused(
    opened: Open, fields: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        talk(opened(TANG), **fields)
    assert kept(opened(TANG), "mentor", "talks") == []


@pytest.mark.parametrize("person", [LIN, OTHER, SOUTH, TEACHER])
def test_who_neither_mentors_nor_leads_notes_no_talk(opened: Open, person: Person) -> None:
    with pytest.raises(Refused, match="neither mentor nor lead"):
        talk(opened(person), text="x")


def pair(visit: Visit, newcomer: str, mentor: str) -> None:
    sent = {"newcomer": newcomer, "mentor": mentor}
    act(Mentor(visit), "pair", f"p-{visit.person.id}-{newcomer}-{mentor}", **sent)


@pytest.mark.parametrize("person", [BOSS, TEACHER, HEAD])
def test_who_assigns_gives_a_newcomer_a_mentor(opened: Open, person: Person) -> None:
    pair(opened(person), "lin", "other")
    data = {"person": "lin", "mentor": "other"}
    assert kept(opened(person), "trainer", "mentors")[-1] == ("paired", data)
    assert "Your mentor: 欧阳文静" in words(Onboarding(opened()).draw().html)


@pytest.mark.parametrize(
    ("person", "newcomer", "mentor", "said"),
    [
        (LIN, "lin", "other", "isn’t yours to settle"),
        (TANG, "lin", "other", "isn’t yours to settle"),
        (SOUTH, "lin", "other", "isn’t yours to settle"),
        (BOSS, "other", "tang", "isn’t yours to settle"),
        (BOSS, "boss", "tang", "isn’t yours to settle"),
        (BOSS, "lin", "lin", "their own mentor"),
        (BOSS, "lin", "nobody", "no such person"),
    ],
)
def test_pairing_is_refused_out_of_scope(
    opened: Open, person: Person, newcomer: str, mentor: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        pair(opened(person), newcomer, mentor)


def test_a_mentor_has_no_more_than_the_rule_allows(opened: Open) -> None:
    people = opened().records.people
    for name in ("a", "b"):
        people.add(Person(name, name, team="E2"))
    pair(opened(BOSS), "a", "tang")
    with pytest.raises(Refused, match="at most 2"):
        pair(opened(BOSS), "b", "tang")
    people.update(Person("a", "a", active=False, team="E2"))
    pair(opened(BOSS), "b", "tang")


def test_who_mentors_nobody_is_told_how_one_comes_to_it(opened: Open) -> None:
    for language, said in (("zh", "你现在没有带新人"), ("en", "You mentor nobody at the moment")):
        assert said in words(html(opened(OTHER, language)))


def test_home_counts_what_waits_for_a_mentor_and_says_nothing_to_others(opened: Open) -> None:
    home = Home(opened(TANG)).draw().html
    assert "1 waiting for your signature" in words(home)
    assert 'href="/app/mentor"' in home
    assert "app/mentor" not in Home(opened(OTHER)).draw().html
    assert "app/mentor" in Home(opened(BOSS)).draw().html


def test_without_a_server_it_opens_and_nothing_is_a_link(opened: Open) -> None:
    app = Mentor(opened(TANG, base_url=""))
    assert "href" not in app.draw().html
    act(app, "turn", newcomer="lin")
    assert "Agreed, 1" in words(app.draw().html)
    assert "<h1" in html(opened(MYSELF))


def test_script_in_what_was_handed_in_is_text(opened: Open) -> None:
    act(Onboarding(opened()), "note", step="shadow", text="<script>alert(1)</script>")
    talk(opened(TANG), text="<img src=x>", what_1="<b>x</b>", by_1="2026-10-16")
    pages = html(opened(TANG)) + html(opened(TANG), "lin") + Onboarding(opened()).draw().html
    assert "<script" not in pages
    assert "<img" not in pages
    assert "<b>x" not in pages
    assert "&lt;script&gt;" in pages


def test_who_only_signed_for_others_has_begun_no_path_of_their_own(opened: Open) -> None:
    sign(opened(TANG))
    led = words(Home(opened(BOSS)).draw().html)
    assert "1 learner under way" in led
    assert "Tang" not in led.partition("Learners")[2].partition("Mentoring")[0]
