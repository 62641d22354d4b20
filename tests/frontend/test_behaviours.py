"""What a screen does by itself, by keyboard, mouse and finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.frontend.conftest import Shown

pytestmark = [pytest.mark.slow, pytest.mark.browser]
NAMES = ("first", "second", "third", "fourth")
ITEMS = "".join(
    f'<li data-value="{name}"><span class="grip">=</span><span class="text">{name}</span>'
    '<button type="button" data-move="up">Up</button>'
    '<button type="button" data-move="down">Down</button>'
    f'<input type="hidden" name="order" value="{name}"></li>'
    for name in NAMES
)
ORDER = f"""<form data-do="answer"><ol class="order-list" data-behaviour="order">{ITEMS}</ol>
<p role="status"></p><button id="send">Send</button></form>"""
TABLE = """<input type="search" data-filter="#reps" aria-label="find"><p role="status"></p>
<table id="reps" data-behaviour="table"><thead><tr>
<th><button data-sort="text">Name</button></th><th><button data-sort="number">Won</button></th>
</tr></thead><tbody><tr><th>Lin</th><td>1,200</td></tr><tr><th>Zhou</th><td>—</td></tr>
<tr><th>Chen</th><td>−3</td></tr><tr><th>Bai</th><td>90.5%</td></tr></tbody></table>"""
TABS = """<div data-behaviour="tabs"><div role="tablist">
<button role="tab" id="a-tab" aria-controls="a" aria-selected="true">A</button>
<button role="tab" id="b-tab" aria-controls="b" aria-selected="false">B</button>
<button role="tab" id="c-tab" aria-controls="c" aria-selected="false">C</button></div>
<div role="tabpanel" id="a">a</div><div role="tabpanel" id="b" hidden>b</div>
<div role="tabpanel" id="c" hidden>c</div></div>"""
DIALOG = """<button id="open" data-opens="box">Open</button><dialog id="box"><p>inside</p>
<form data-do="note"><input name="text" aria-label="text"><button id="send">Send</button></form>
<button id="close" data-closes>Close</button></dialog>"""
KEYS = """<form data-do="answer"><label><input type="radio" name="c" value="a" data-shortcut="1">A
</label><label><input type="radio" name="c" value="b" data-shortcut="2">B</label>
<input name="text" aria-label="text"><button data-shortcut="s" data-needs="c">Send</button></form>
"""


def in_order(shown: Shown) -> list[str]:
    return shown.values("[name=order]")


def test_an_item_is_lifted_moved_dropped_and_put_back_by_keys(shown: Shown) -> None:
    shown.open(ORDER)
    shown("li").nth(0).focus()
    for key in (" ", "ArrowDown", "ArrowDown"):
        shown.page.keyboard.press(key)
    assert in_order(shown) == ["second", "third", "first", "fourth"]
    expect(shown("form [role=status]")).to_have_text("first, 3 of 4")
    expect(shown("li").nth(2)).to_be_focused()
    shown.page.keyboard.press(" ")
    expect(shown("form [role=status]")).to_have_text("first, dropped at 3")
    shown.page.keyboard.press("ArrowUp")
    assert in_order(shown) == ["second", "third", "first", "fourth"]
    for key in (" ", "ArrowUp", "Escape"):
        shown.page.keyboard.press(key)
    assert in_order(shown) == ["second", "third", "first", "fourth"]
    expect(shown("form [role=status]")).to_have_text("first, back at 3")
    expect(shown("li").nth(2)).to_be_focused()


def test_an_item_is_moved_by_its_buttons_which_end_at_the_ends(shown: Shown) -> None:
    shown.open(ORDER)
    expect(shown("[data-move=up]").first).to_be_disabled()
    expect(shown("[data-move=down]").last).to_be_disabled()
    shown("li").nth(1).locator("[data-move=up]").click()
    assert in_order(shown) == ["second", "first", "third", "fourth"]
    expect(shown("[data-move=up]").first).to_be_disabled()
    shown("#send").click()
    assert shown.sent[0]["fields"] == {"order": ["second", "first", "third", "fourth"]}


def test_an_order_is_a_draft_and_survives_reload_and_redraw(shown: Shown) -> None:
    shown.open(ORDER)
    shown("li").nth(0).locator("[data-move=down]").click()
    shown.change("<p>news</p>" + ORDER)
    assert in_order(shown) == ["second", "first", "third", "fourth"]
    assert shown("li .text").all_text_contents() == ["second", "first", "third", "fourth"]
    shown.reload()
    assert in_order(shown) == ["second", "first", "third", "fourth"]


def test_a_mouse_drags_by_the_grip_and_escape_puts_back(shown: Shown) -> None:
    shown.open(ORDER)
    boxes = shown.places(".grip")
    mouse = shown.page.mouse
    for ends in ("up", "Escape"):
        mouse.move(boxes[0]["x"] + 5, boxes[0]["y"] + 5)
        mouse.down()
        mouse.move(boxes[2]["x"] + 5, boxes[2]["y"] + boxes[2]["height"], steps=12)
        if ends == "up":
            mouse.up()
        else:
            shown.page.keyboard.press("Escape")
            mouse.up()
        assert in_order(shown) == ["second", "third", "first", "fourth"]


@pytest.mark.parametrize("shown", [PHONE], indirect=True)
def test_a_finger_drags_by_the_grip(shown: Shown, finger: Callable[..., None]) -> None:
    shown.open(ORDER)
    boxes = shown.places(".grip")
    x, start, end = boxes[0]["x"] + 8, boxes[3]["y"] + 8, boxes[0]["y"] + 2
    finger("touchStart", x, start)
    for step in range(1, 13):
        finger("touchMove", x, start + (end - start) * step / 12)
    finger("touchEnd")
    assert in_order(shown) == ["fourth", "first", "second", "third"]
    assert shown(".held").count() == 0


def test_a_table_sorts_numbers_as_numbers_with_missing_ones_last(shown: Shown) -> None:
    shown.open(TABLE)
    names = shown("tbody th")
    shown("text=Won").click()
    assert names.all_text_contents() == ["Chen", "Bai", "Lin", "Zhou"]
    expect(shown("th").nth(1)).to_have_attribute("aria-sort", "ascending")
    shown("text=Won").press("Enter")
    assert names.all_text_contents() == ["Lin", "Bai", "Chen", "Zhou"]
    shown("text=Name").click()
    assert names.all_text_contents() == ["Bai", "Chen", "Lin", "Zhou"]
    shown.change("<p>news</p>" + TABLE)
    assert names.all_text_contents() == ["Bai", "Chen", "Lin", "Zhou"]
    expect(shown("thead th").first).to_have_attribute("aria-sort", "ascending")


def test_a_table_shows_the_rows_that_hold_the_words(shown: Shown) -> None:
    shown.open(TABLE)
    shown("[data-filter]").fill("  LIN ")
    assert shown("tbody tr:visible").all_text_contents() == ["Lin1,200"]
    expect(shown("p[role=status]")).to_have_text("1 row")
    shown.change("<p>news</p>" + TABLE)
    assert shown("tbody tr:visible").count() == 1
    shown("[data-filter]").fill("")
    assert shown("tbody tr:visible").count() == 4


def test_tabs_are_chosen_by_click_and_arrows_and_stay_chosen(shown: Shown) -> None:
    shown.open(TABS)
    shown("#a-tab").focus()
    for key, chosen in (("ArrowRight", "b"), ("End", "c"), ("ArrowRight", "a"), ("Home", "a")):
        shown.page.keyboard.press(key)
        expect(shown(f"#{chosen}-tab")).to_be_focused()
        expect(shown(f"#{chosen}-tab")).to_have_attribute("aria-selected", "true")
        assert shown("[role=tabpanel]:visible").all_text_contents() == [chosen]
    shown("#b-tab").click()
    shown.change("<p>news</p>" + TABS)
    assert shown("[role=tabpanel]:visible").all_text_contents() == ["b"]
    assert shown("[role=tab][tabindex='0']").count() == 1


def test_a_dialog_opens_and_closes_by_button_escape_and_beside_it(shown: Shown) -> None:
    shown.open(DIALOG)
    box = shown("#box")
    for close in ("click", "Escape", "beside"):
        shown("#open").click()
        expect(box).to_be_visible()
        if close == "click":
            shown("#close").click()
        elif close == "Escape":
            shown.page.keyboard.press("Escape")
        else:
            shown.page.mouse.click(5, 5)
        expect(box).to_be_hidden()
        expect(shown("#open")).to_be_focused()


def test_a_dialog_stays_open_over_a_redraw_and_closes_when_its_action_is_done(
    shown: Shown,
) -> None:
    shown.open(DIALOG)
    shown("#open").click()
    shown("[name=text]").fill("words")
    shown.change("<p>news</p>" + DIALOG)
    expect(shown("#box")).to_be_visible()
    shown("#send").click()
    shown.say(refused=shown.sent[0]["id"], say="No")
    expect(shown("#box .toast")).to_have_text("No")
    expect(shown("[name=text]")).to_have_value("words")
    shown("#send").click()
    shown.done()
    expect(shown("#box")).to_be_hidden()
    shown("#open").click()
    expect(shown("[name=text]")).to_have_value("")


def test_an_open_dialog_does_not_reach_into_the_next_step(shown: Shown) -> None:
    shown.open(DIALOG)
    shown("#open").click()
    shown.change(DIALOG, at="step-2")
    expect(shown("#box")).to_be_hidden()
    shown("#open").click()
    expect(shown("#box")).to_be_visible()


def test_open_details_stay_open_in_a_step_and_not_beyond(shown: Shown) -> None:
    details = "<details><summary>More</summary><p>text</p></details>"
    shown.open(details)
    shown("summary").click()
    shown.change(details + "<p>news</p>")
    expect(shown("details p")).to_be_visible()
    shown.change(details, at="step-2")
    expect(shown("details p")).to_be_hidden()


def test_keys_choose_and_press_unless_somebody_types(shown: Shown) -> None:
    shown.open(KEYS)
    shown.page.keyboard.press("2")
    expect(shown("[value=b]")).to_be_checked()
    shown("[name=text]").focus()
    shown.page.keyboard.type("1s")
    expect(shown("[value=b]")).to_be_checked()
    assert shown.sent == []
    shown("[name=text]").blur()
    shown.page.keyboard.press("Control+s")
    shown.page.keyboard.press("s")
    assert [sent["fields"]["c"] for sent in shown.sent] == [["b"]]


def test_a_button_waits_for_the_field_it_needs(shown: Shown) -> None:
    shown.open(KEYS)
    expect(shown("button")).to_be_disabled()
    shown.page.keyboard.press("s")
    assert shown.sent == []
    shown("[value=a]").check()
    expect(shown("button")).to_be_enabled()
    shown.reload()
    expect(shown("button")).to_be_enabled()


def test_focus_goes_to_what_asks_for_it_once(shown: Shown) -> None:
    verdict = "<p data-focus>Right</p><button data-do='next'>Next</button>"
    shown.open("<h1>Question</h1><button id='a' data-do='answer'>Answer</button>")
    shown("#a").click()
    shown.change(verdict, at="judged")
    expect(shown("[data-focus]")).to_be_focused()
    shown("button").focus()
    shown.change(verdict + "<p>news</p>", at="judged")
    expect(shown("button")).to_be_focused()


def test_a_new_step_begins_at_its_heading_and_at_the_top(shown: Shown) -> None:
    step = "<h1>{}</h1><div style='height:2000px'></div><button data-do='n' id='{}'>N</button>"
    shown.open(step.format("One", "one"))
    shown("#one").click()
    shown.change(step.format("Two", "two"), at="step-2")
    assert shown.page.evaluate("() => scrollY") == 0
    expect(shown("h1")).to_be_focused()


def chat(count: int) -> str:
    said = "".join(f"<p style='height:80px'>{number}</p>" for number in range(count))
    return f"<div class='chat' data-scroll='end'>{said}</div><button data-do='say'>Say</button>"


def test_a_conversation_stays_at_its_end_unless_the_reader_went_back(shown: Shown) -> None:
    shown.open(chat(20))
    last = shown(".chat p").last
    expect(last).to_be_in_viewport()
    shown.change(chat(22))
    expect(last).to_be_in_viewport()
    shown.page.evaluate("() => scrollTo(0, 0)")
    shown.page.wait_for_function("() => scrollY === 0")
    shown.page.wait_for_timeout(100)
    shown.change(chat(24))
    expect(last).not_to_be_in_viewport()


def test_what_one_says_oneself_leads_to_the_end_of_the_conversation(shown: Shown) -> None:
    head = "<h1>Chen</h1><button id='say' data-do='say'>Say</button>"
    shown.open(head + chat(20))
    shown("#say").click()  # at the top, where the reader has gone back to
    shown.change("<h1>Chen</h1>" + chat(22), at="turn-2")
    expect(shown(".chat p").last).to_be_in_viewport()
    expect(shown("h1")).to_be_focused()
    expect(shown("h1")).not_to_be_in_viewport()
