"""Actions and drafts: what a person does is sent once, held until answered, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.frontend.conftest import Shown

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FORM = """
<h1>Step</h1>
<form data-do="answer">
  <input name="note" aria-label="note">
  <label><input type="radio" name="choice" value="a">A</label>
  <label><input type="radio" name="choice" value="b">B</label>
  <label><input type="checkbox" name="many" value="x">X</label>
  <label><input type="checkbox" name="many" value="y">Y</label>
  <select name="one"><option value="1">1<option value="2">2</select>
  <textarea name="long"></textarea>
  <input type="password" name="pin" aria-label="pin">
  <input type="hidden" name="fixed" value="f">
  <button id="send">Send</button>
  <button id="save" name="how" value="later">Later</button>
</form>
<button id="next" data-do="next" data-with='{"set": "2.2"}'>Next</button>
"""


def fill(shown: Shown) -> None:
    shown("[name=note]").fill("写下")
    shown("[value=b]").check()
    shown("[value=x]").check()
    shown("select").select_option("2")
    shown("textarea").fill("two\nlines")
    shown("[name=pin]").fill("123456")


def test_a_button_sends_its_action_with_what_it_carries(shown: Shown) -> None:
    shown.open(FORM)
    shown("#next").click()
    (sent,) = shown.sent
    assert len(sent.pop("id")) >= 16
    assert sent == {"do": "next", "at": "step-1", "fields": {"set": ["2.2"]}}


def test_a_form_sends_its_fields_as_lists_and_the_button_pressed(shown: Shown) -> None:
    shown.open(FORM)
    fill(shown)
    shown("[value=y]").check()
    shown("#save").click()
    assert shown.sent[0]["do"] == "answer"
    assert shown.sent[0]["fields"] == {
        "note": ["写下"],
        "choice": ["b"],
        "many": ["x", "y"],
        "one": ["2"],
        "long": ["two\nlines"],
        "pin": ["123456"],
        "fixed": ["f"],
        "how": ["later"],
    }


def test_a_file_is_not_sent(shown: Shown) -> None:
    shown.open('<form data-do="a"><input type="file" name="f"><button>Send</button></form>')
    shown("[name=f]").set_input_files(__file__)
    shown("button").click()
    assert shown.sent[0]["fields"] == {}


def test_enter_in_a_field_sends_the_form(shown: Shown) -> None:
    shown.open(FORM)
    shown("[name=note]").press("Enter")
    assert [sent["do"] for sent in shown.sent] == ["answer"]


def test_two_taps_are_one_action_until_it_is_answered(shown: Shown) -> None:
    shown.open(FORM)
    shown("#next").dblclick()
    expect(shown("#next")).to_have_attribute("aria-busy", "true")
    expect(shown("#send")).not_to_have_attribute("aria-busy", "true")
    assert len(shown.sent) == 1
    shown.done()
    expect(shown("#next")).not_to_have_attribute("aria-busy", "true")
    shown("#next").click()
    assert len({sent["id"] for sent in shown.sent}) == 2


def test_what_the_server_has_drawn_is_adopted_not_drawn_again(shown: Shown) -> None:
    shown.page.evaluate("html => harness.draw(html)", FORM)
    shown("[name=note]").fill("typed before")
    shown.page.evaluate("() => { window.before = document.querySelector('[name=note]') }")
    state = {"html": FORM, "at": "step-1", "language": "en"}
    shown.page.evaluate("state => { harness.keep(state); harness.render() }", state)
    assert shown.page.evaluate("() => before === document.querySelector('[name=note]')")
    assert shown.page.evaluate("() => document.activeElement === before")
    expect(shown("[name=note]")).to_have_value("typed before")
    shown.reload()
    expect(shown("[name=note]")).to_have_value("typed before")


def test_an_unanswered_action_is_sent_again_after_a_reload_under_its_id(shown: Shown) -> None:
    shown.open(FORM)
    shown("#next").click()
    (first,) = shown.sent
    shown.reload()
    assert shown.sent == [first]
    expect(shown("#next")).to_have_attribute("aria-busy", "true")
    shown.done()
    shown.reload()
    assert shown.sent == []


def test_somebody_else_in_the_same_tab_finds_nothing_of_it(shown: Shown) -> None:
    shown.open(FORM)
    fill(shown)
    shown("#next").click()
    shown.page.evaluate("() => harness.end()")
    shown.page.evaluate("() => { document.documentElement.dataset.person = 'another' }")
    shown.page.evaluate("() => { sent.length = 0 }")
    shown.open(FORM)
    assert shown.sent == []
    expect(shown("[name=note]")).to_have_value("")


def test_while_the_line_is_down_actions_wait_and_go_when_it_is_back(shown: Shown) -> None:
    shown.open(FORM)
    shown.page.evaluate("() => { document.documentElement.dataset.kernel = 'lost' }")
    shown("#next").click()
    shown("#send").click()
    assert shown.sent == []
    shown.page.evaluate("() => { document.documentElement.dataset.kernel = 'ok' }")
    shown.page.evaluate("() => void dispatchEvent(new Event('salestrain:back'))")
    assert [sent["do"] for sent in shown.sent] == ["next", "answer"]


def test_drafts_come_back_after_a_reload_but_never_a_password(shown: Shown) -> None:
    shown.open(FORM)
    fill(shown)
    shown.reload()
    expect(shown("[name=note]")).to_have_value("写下")
    expect(shown("[value=b]")).to_be_checked()
    expect(shown("[value=x]")).to_be_checked()
    expect(shown("[value=y]")).not_to_be_checked()
    expect(shown("select")).to_have_value("2")
    expect(shown("textarea")).to_have_value("two\nlines")
    expect(shown("[name=pin]")).to_have_value("")
    assert "123456" not in str(shown.page.evaluate("() => JSON.stringify(sessionStorage)"))


def test_drafts_belong_to_their_step(shown: Shown) -> None:
    shown.open(FORM)
    fill(shown)
    shown.change(FORM, at="step-2")
    expect(shown("[name=note]")).to_have_value("")
    expect(shown("[value=b]")).not_to_be_checked()
    shown.change(FORM, at="step-1")
    expect(shown("[name=note]")).to_have_value("写下")


def test_a_redraw_while_typing_takes_nothing_away(shown: Shown) -> None:
    shown.open(FORM)
    shown("[name=note]").type("half a sent")
    shown("[name=note]").press("ArrowLeft")
    shown.change("<p>Somebody joined</p>" + FORM)
    shown.page.keyboard.type("x")
    expect(shown("[name=note]")).to_have_value("half a senxt")


def test_what_was_sent_is_cleared_when_done_what_was_typed_since_stays(shown: Shown) -> None:
    shown.open(FORM)
    shown("[name=note]").fill("first")
    shown("textarea").fill("sent too")
    shown("#send").click()
    shown("[name=note]").fill("second")
    shown.done()
    expect(shown("[name=note]")).to_have_value("second")
    expect(shown("textarea")).to_have_value("")


def test_a_refusal_is_said_as_text_and_the_draft_stays(shown: Shown) -> None:
    shown.open(FORM)
    shown("[name=note]").fill("kept")
    shown("#send").click()
    shown.say(refused=shown.sent[0]["id"], say="Too long <img src=x onerror=alert(1)>")
    expect(shown("[role=status].toast")).to_have_text("Too long <img src=x onerror=alert(1)>")
    assert shown(".toast img").count() == 0
    expect(shown("[name=note]")).to_have_value("kept")
    expect(shown("#send")).not_to_have_attribute("aria-busy", "true")
    shown.reload()
    assert shown.sent == []


def test_an_answer_that_is_long_in_coming_is_said_quietly(shown: Shown) -> None:
    shown.page.clock.install()
    shown.open(FORM, language="zh")
    shown("#next").click()
    shown.page.clock.run_for(7_000)
    expect(shown(".toast")).to_have_text("")
    shown.page.clock.run_for(1_500)
    expect(shown(".toast")).to_have_text("还在保存，你可以接着做。")
    shown.done()
    expect(shown(".toast")).to_have_text("")


def test_without_storage_all_works_as_long_as_the_page_is_open(shown: Shown) -> None:
    forbid = "() => { Storage.prototype.setItem = () => { throw new Error('full') } }"
    shown.page.evaluate(forbid)
    shown.page.evaluate("html => harness.draw(html)", FORM)
    shown("[name=note]").fill("kept")
    shown.page.evaluate(
        "html => { model = null; Storage.prototype.setItem = () => {};"
        "harness.keep({ html, at: 's', language: 'en' }); harness.render() }",
        FORM,
    )
    shown.page.evaluate(forbid)
    shown("#next").click()
    shown.page.evaluate("() => void dispatchEvent(new Event('salestrain:back'))")
    assert len(shown.sent) == 2
    expect(shown("[name=note]")).to_have_value("kept")


def test_a_screen_that_ends_hears_nothing_any_more(shown: Shown) -> None:
    shown.open(FORM)
    shown.page.evaluate("() => harness.end()")
    shown("#next").click()
    assert shown.sent == []


def test_the_title_is_the_screens(shown: Shown) -> None:
    shown.open(FORM)
    assert shown.page.title() == "A title"
