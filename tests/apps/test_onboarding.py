"""The path as a map: each step's state, notes written and changed, resume, nobody else's words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from salestrain.apps.onboarding import Onboarding
from salestrain.apps.visit import Visit
from salestrain.playbook.paths import Path as LongPath
from salestrain.records import Person
from salestrain.views.screen import Refused
from tests.apps.learners import (
    TANG,
    Did,
    Open,
    act,
    buttons,
    words,
)
from tests.training.first_week import ALL, FAILED, LAST, LOST, NOTED, PASSED, PATH, READ, deed
from tests.training.ninety import PATH as LONG


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


def on(open_for: Open, base_url: str = "/", **more: LongPath) -> Visit:
    visit = open_for(base_url=base_url)
    paths = {LONG.id: LONG, **{path.id: path for path in more.values()}}
    visit.__dict__["playbook"] = replace(visit.playbook, paths=paths)
    return visit


def test_a_long_path_is_a_map_of_phases_with_the_days_list(open_for: Open) -> None:
    said = words(Onboarding(on(open_for)).draw().html)
    assert "thirty 0 of 3 steps · by 9 Nov" in said
    assert "sixty 0 of 2 steps · by 9 Dec" in said
    assert "opens step 3" in said
    assert said.index("Today") < said.index("thirty 0 of")
    assert "No mentor yet" in said


def test_a_measured_step_says_which_table_would_bring_it(open_for: Open) -> None:
    found = stops(Onboarding(on(open_for)).draw().html)[3]
    assert "The CRM export brought no “activities”" in found[1]


def test_a_step_that_wants_evidence_has_a_form_that_needs_no_script(open_for: Open) -> None:
    app = Onboarding(on(open_for))
    act(app, "note", step="shadow", text="…")
    html = app.draw().html
    assert 'enctype="multipart/form-data" action="/evidence/4.1.p.ninety/read"' in html
    assert re.search(r"<input[^>]* type=.file. required", html)
    assert "multipart" not in Onboarding(on(open_for, base_url="")).draw().html


def test_files_handed_in_are_listed_and_their_names_are_text(open_for: Open, did: Did) -> None:
    data = {"step": "read", "file": "a", "name": "<b>n</b>.pdf", "bytes": 431_200, "type": "t"}
    did(open_for().person, deed("onboarding", LONG.id, "evidence", -5, **data))
    html = Onboarding(on(open_for)).draw().html
    assert "&lt;b&gt;n&lt;/b&gt;.pdf" in html
    assert "431 kB" in words(html)


def test_two_taps_say_how_a_step_was_and_are_asked_once(open_for: Open, did: Did) -> None:
    did(open_for().person, READ)
    app = Onboarding(open_for())
    assert "was it useful?" in words(app.draw().html)
    act(app, "react", "one", step="read", useful="4")
    assert "Was it clear?" in words(app.draw().html)
    assert open_for().thread("onboarding", PATH.id).steps == []
    act(Onboarding(open_for()), "react", "two", step="read", useful="4", clear="5")
    (kept,) = open_for().thread("onboarding", PATH.id).steps
    assert (kept.kind, kept.data) == ("reacted", {"step": "read", "useful": 4, "clear": 5})
    assert "useful?" not in words(Onboarding(open_for()).draw().html)


@pytest.mark.parametrize(
    "sent", [{"step": "quiz", "useful": "4"}, {"step": "read", "useful": "6"}, {"step": "read"}]
)
def test_no_reaction_to_what_is_not_done_or_off_the_scale(
    open_for: Open, did: Did, sent: dict[str, str]
) -> None:
    did(open_for().person, READ)
    with pytest.raises(Refused):
        act(Onboarding(open_for()), "react", clear="3", **sent)
    assert open_for().thread("onboarding", PATH.id).steps == []


def test_who_rates_themselves_sees_the_widest_gap_to_their_roles_target(open_for: Open) -> None:
    app = Onboarding(open_for(), view="self")
    assert "Level 3 · your role's target" in app.draw().html.replace("&#x27;", "'")
    act(app, "assess", **{"level-1.1.selling": "1", "level-1.1.teamwork": "2"})
    (kept,) = open_for().thread("onboarding", "self").steps
    assert kept.data == {"levels": {"1.1.selling": 1, "1.1.teamwork": 2}}
    said = words(Onboarding(open_for(), view="self").draw().html)
    assert "The widest gap: Selling skill, target 3, yours 1." in said
    for wrong in ({}, {"level-1.1.selling": "9"}, {"level-1.1.nothing": "1"}):
        with pytest.raises(Refused):
            act(app, "assess", str(wrong), **wrong)


def test_a_path_of_another_role_is_nobodys_and_a_later_one_comes_later(
    open_for: Open, did: Did
) -> None:
    service = LONG.model_copy(update={"id": "4.1.p.service", "roles": ("service",)})
    visit = on(open_for, first=PATH, service=service)
    assert "First days" in Onboarding(visit).draw().html
    assert "First days" in Onboarding(visit, path=service.id).draw().html
    assert "title of ninety" in words(Onboarding(visit, path=LONG.id).draw().html)
    did(open_for().person, *ALL)
    assert "Week 1" in words(Onboarding(on(open_for, first=PATH)).draw().html)


def test_the_role_in_the_crm_chooses_the_path(open_for: Open) -> None:
    ann = Person("ann", "安", "Ann")
    open_for().records.people.add(ann)
    service = LONG.model_copy(update={"roles": ("service",)})

    def drawn() -> str:
        visit = open_for(ann)
        visit.__dict__["playbook"] = replace(visit.playbook, paths={LONG.id: service})
        return Onboarding(visit).draw().html

    assert "There is no path yet" in drawn()
    people = open_for().workspace.data / "people.csv"
    people.write_text(people.read_text("utf-8").replace("Ann,rep", "Ann,service"), "utf-8")
    assert "title of ninety" in drawn()
