"""The path as a map: each step's state, notes written and changed, resume, nobody else's words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from salestrain.apps.onboarding import Onboarding
from salestrain.views.screen import Refused
from tests.apps.learners import (
    TANG,
    Did,
    Open,
    act,
    buttons,
    words,
)
from tests.training.first_week import ALL, FAILED, LAST, LOST, NOTED, PASSED, PATH, READ


def stops(html: str) -> list[tuple[str, str]]:
    """Return each step's state and words."""
    found = re.findall(r'<li class="stop stop--(\w+)".*?</li>', html, re.DOTALL)
    parts = re.split(r'<li class="stop', html)[1:]
    return [(state, words("<" + part)) for state, part in zip(found, parts, strict=True)]


def test_each_step_says_its_state_its_minutes_its_day_and_what_unlocks_it(open_for: Open) -> None:
    found = stops(Onboarding(open_for()).draw().html)
    assert [state for state, _ in found] == ["now", "locked", "later", "locked", "locked"]
    assert "10 min · by 9 Oct" in found[0][1]
    assert "why of read" in found[0][1]
    assert "after step 2, 3 · 10 min · by 13 Oct" in found[3][1]


def test_the_step_that_is_on_leads_into_its_app(open_for: Open, did: Did) -> None:
    html = Onboarding(open_for(language="zh")).draw().html
    assert 'href="/app/playbook?page=2.2"' in html
    assert buttons(html) == ["去读"]
    did(open_for().person, READ)
    html = Onboarding(open_for(language="zh")).draw().html
    assert 'href="/app/quiz?set=2.2"' in html
    assert buttons(html) == ["开始练习"]


def test_without_a_server_no_step_is_a_link(open_for: Open) -> None:
    assert "href" not in Onboarding(open_for(base_url="")).draw().html


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Last time 60%, not enough yet."), ("zh", "上次得了 60%，还没过线。")],
)
def test_a_failed_quiz_stays_open_and_says_so(
    open_for: Open, did: Did, language: str, sentence: str
) -> None:
    did(open_for().person, READ, FAILED)
    state, said = stops(Onboarding(open_for(language=language)).draw().html)[1]
    assert state == "now"
    assert sentence in said


def test_a_lost_role_play_stays_open_and_says_so(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED, NOTED, LOST)
    state, said = stops(Onboarding(open_for()).draw().html)[3]
    assert state == "now"
    assert "Last time 40%" in said


def test_a_note_is_saved_shown_and_found_again_by_a_new_kernel(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED)
    app = Onboarding(open_for())
    assert "<textarea" in app.draw().html
    act(app, "note", step="note", text="  The farm director\nhas not been met. ")
    state, said = stops(Onboarding(open_for()).draw().html)[2]
    assert state == "done"
    assert "The farm director has not been met." in said
    assert Onboarding(open_for()).draw().html == app.draw().html


def test_a_note_can_be_changed_and_the_last_one_counts(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED, NOTED)
    app = Onboarding(open_for())
    act(app, "change", step="note")
    assert ">my own words</textarea>" in app.draw().html
    act(app, "note", step="note", text="second thoughts")
    html = Onboarding(open_for()).draw().html
    assert "second thoughts" in html
    assert "my own words" not in html


def test_a_note_may_be_written_before_its_turn_but_not_while_it_is_locked(open_for: Open) -> None:
    app = Onboarding(open_for())
    act(app, "change", step="note")
    act(app, "note", step="note", text="early")
    assert [state for state, _ in stops(app.draw().html)][2] == "done"
    with pytest.raises(Refused, match="can’t be written now"):
        act(app, "note", "a", step="last", text="too early")
    for step in ("read", "nowhere"):
        with pytest.raises(Refused, match="can’t be written now"):
            act(app, "note", step, step=step, text="no note at all")
    assert len(open_for().thread("onboarding", PATH.id).steps) == 1


def test_an_empty_note_is_refused_and_nothing_is_saved(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED)
    app = Onboarding(open_for())
    with pytest.raises(Refused, match="Write a sentence first"):
        act(app, "note", step="note", text=" \n ")
    assert open_for().thread("onboarding", PATH.id).steps == []


def test_a_resend_saves_nothing_twice(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED)
    app = Onboarding(open_for())
    at = app.at
    for kernel in (app, Onboarding(open_for())):
        act(kernel, "note", "the same", at, step="note", text="once")
    assert len(open_for().thread("onboarding", PATH.id).steps) == 1


def test_script_in_a_note_is_text(open_for: Open, did: Did) -> None:
    did(open_for().person, READ, PASSED)
    app = Onboarding(open_for())
    bad = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    act(app, "note", step="note", text=bad)
    for _ in range(2):  # shown as text, then in the field
        html = app.draw().html
        assert "<script" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html
        act(app, "change", step="note")


def test_nobody_sees_what_another_wrote(open_for: Open, did: Did) -> None:
    did(TANG, *ALL)
    html = Onboarding(open_for()).draw().html
    assert "my own words" not in html
    assert stops(html)[0][0] == "now"


def test_at_the_end_it_says_so_and_what_comes_next(open_for: Open, did: Did) -> None:
    did(open_for().person, *ALL)
    for language, title in (("zh", "5 步都走完了"), ("en", "All 5 steps are done")):
        html = Onboarding(open_for(language=language)).draw().html
        assert title in words(html)
        assert LAST[2].data["text"] in html
        assert 'href="/app/roleplay"' in html


def test_a_playbook_without_a_path_says_so(open_for: Open) -> None:
    visit = open_for()
    visit.__dict__["playbook"] = replace(visit.playbook, paths={})
    app = Onboarding(visit)
    assert "There is no path yet" in app.draw().html
    with pytest.raises(Refused):
        act(app, "note", step="note", text="…")
