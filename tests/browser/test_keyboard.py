"""A whole practice run, and a whole talk, without touching pointer or screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.learner import BEGIN

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]

MOST_STEPS = 40
FOCUSED = "document.activeElement?.closest('main, header, nav, a') !== null"


def answer_by_keys(page: Page) -> None:
    """Give the question shown an answer, where which one does not matter."""
    if page.locator("main .order-list").count():
        page.locator("main .order-list li").first.focus()
        for key in ("Space", "ArrowDown", "Space"):
            page.keyboard.press(key)
        assert page.locator("main [role=status]").first.inner_text()
    for typed in page.locator("main form :is(input[inputmode], textarea)").all():
        typed.focus()
        page.keyboard.type("12")
    for partner in page.locator("main form select").all():
        partner.focus()
        page.keyboard.press("ArrowDown")
    for group in page.locator("main form fieldset:has(input[type=radio])").all():
        group.locator("input").first.focus()
        page.keyboard.press("Space")
    for cell in page.locator("main form .cells input").all()[:1]:
        cell.focus()
        page.keyboard.press("Space")
    if page.locator("main form fieldset:has(> label.answer input[type=checkbox])").count():
        page.keyboard.press("2")
    page.locator("main form button:not([data-move])").last.focus()


def test_a_set_is_practised_with_the_keyboard_alone(visitor: Opens) -> None:
    visit = visitor("R30", "desktop")
    visit.open("app/quiz?set=3.1")
    page = visit.page
    for _ in range(MOST_STEPS):
        if not page.locator("main :is(form, [data-do=next])").count():
            break
        if page.locator("main .feedback").count():
            page.keyboard.press("Enter")
            page.wait_for_selector("main .feedback", state="detached")
        else:
            answer_by_keys(page)
            page.keyboard.press("Enter")
            page.wait_for_selector("main .feedback")
        assert page.evaluate(FOCUSED)
    assert page.locator("main [data-do=again]").count() == 1


def test_a_talk_is_held_with_the_keyboard_alone(visitor: Opens) -> None:
    visit = visitor("R32", "desktop", language="en")
    visit.open("app/roleplay?scenario=2.2.s.price_objection")
    page = visit.page
    page.focus(f"{BEGIN} button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("main .say-choice")
    for _ in range(MOST_STEPS):
        if page.locator("main .turns").count():
            break
        said = page.locator("main .bubble--mine").count()
        page.keyboard.press("1")
        over, answered = page.locator("main .turns"), page.locator("main .bubble--mine").nth(said)
        over.or_(answered).first.wait_for()
    assert page.locator("main .turns").count() == 1
