"""One's own competencies: lights with what is missing, and nothing of anybody else."""

from __future__ import annotations

from salestrain.apps.growth import Growth
from salestrain.apps.home import Home
from salestrain.records import MYSELF, Person
from tests.apps.learners import BOSS, LIN, TANG, TEACHER, Did, Open, buttons, call, words
from tests.training.first_week import deed


def shown(open_for: Open, person: Person = LIN, language: str = "en") -> str:
    return Growth(open_for(person, language=language)).draw().html


def test_who_was_never_seen_is_told_what_is_missing_and_what_to_do(open_for: Open) -> None:
    html = shown(open_for)
    assert "5 competencies: 0 there, 0 not yet, 5 can’t be told" in words(html)
    assert "0 seen lately, and it takes 2." in words(html)
    assert buttons(html) == ["Do it now"]
    assert "What lifts it fastest Role-play" in words(html)


def test_what_was_rated_lights_the_competency_and_stands_beneath_it(
    open_for: Open, did: Did
) -> None:
    did(TEACHER, *(call(n, "lin", questioning=4, negotiation=4) for n in range(9)))
    html = words(shown(open_for))
    assert "1 there" in html
    assert "between 3 and 4 (nine in ten)" in html
    assert "A real talk rated by others · 9 Oct 2026 · 100% of it there" in html


def test_ones_own_view_stands_apart_and_where_it_differs_both_are_named(
    open_for: Open, did: Did
) -> None:
    did(TEACHER, *(call(n, "lin", questioning=1) for n in range(6)))
    did(LIN, deed("onboarding", "self", "assessed", 1, levels={"1.1.selling": 4}))
    assert "自评 4 级，看到的是 1 级" in words(shown(open_for, language="zh"))


def test_nothing_of_others_is_on_the_page(open_for: Open, did: Did) -> None:
    did(TEACHER, *(call(n, "tang", questioning=4, negotiation=4) for n in range(9)))
    html = words(shown(open_for))
    assert "0 there" in html
    assert "A real talk" not in html
    assert "Tang" not in html
    assert "1 there" in words(shown(open_for, TANG))


def test_a_manager_sees_what_managers_are_asked_for(open_for: Open) -> None:
    text = words(shown(open_for, BOSS))
    assert "The role asks for level 4; nothing tells yet." in text
    assert "What was seen lies at" not in text  # nothing was


def test_who_has_no_targets_is_told_so_and_oneself_has_a_reps(open_for: Open) -> None:
    assert "No targets are written for your role yet" in words(shown(open_for, TEACHER))
    assert "5 competencies" in words(shown(open_for, MYSELF))


def test_the_home_page_leads_there(open_for: Open) -> None:
    assert 'href="/app/growth"' in Home(open_for()).draw().html
