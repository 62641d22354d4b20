"""Back by the browser's button, in two tabs at once, and with no network at all."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.browser.learner import give_some_answer
from tests.browser.test_culling import entered
from tests.browser.test_exam import PATH, QUESTION, began, begin, gone_on, kinds, question
from tests.faulty_line import FaultyLine
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Opens
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

QUIZ = "app/quiz?set=3.1"
GIVEN = "main input:checked, main input[inputmode]"


def submit(page: Page) -> None:
    page.locator("main form button:not([data-move])").last.click()
    page.wait_for_selector("main .feedback")


def test_the_back_button_leads_to_a_page_that_works(visitor: Opens) -> None:
    visit = visitor("R20")
    visit.open(QUIZ)
    page, asked = visit.page, visit.page.inner_text("main h1")
    give_some_answer(page)
    given = page.locator(GIVEN).count()
    page.goto(f"{visit.address}app/home")
    visit.ready()
    page.go_back()
    visit.ready()
    assert page.inner_text("main h1") == asked
    assert page.locator(GIVEN).count() == given
    submit(page)
    page.go_forward()
    visit.ready()
    page.locator("main a.button--main").first.wait_for()
    assert visit.seen.complaints == []


def test_two_tabs_on_one_question_give_one_answer(visitor: Opens, served: Served) -> None:
    visit = visitor("R21")
    visit.open(QUIZ)
    second = visit.context.new_page()
    second.goto(visit.address + QUIZ)
    second.wait_for_selector("html[data-ready]")
    for page in (visit.page, second):
        give_some_answer(page)
    submit(visit.page)
    submit(second)  # too late: it is told so, and shown how the question was answered
    second.locator(".toast", has_text="没有算进去").wait_for()
    assert second.inner_text("main .feedback") == visit.page.inner_text("main .feedback")
    with closing(served.records) as records:
        kinds = [step.kind for step in records.steps.of("R21", "quiz", "3.1")]
    assert kinds.count("answered") == 1


def turn_to(page: Page, place: int) -> None:
    """Turn to a question of an exam by way of the overview."""
    page.click("main .quiz-bar [data-do=go]")
    page.locator("main .jump").nth(place).click()
    page.wait_for_selector(QUESTION)


def test_an_exams_answer_that_comes_too_late_is_told_and_its_draft_is_kept(
    visitor: Opens, served: Served
) -> None:
    visit = visitor("R23")
    begin(visit)
    kinds_asked = [sample_playbook().items[one].kind for one in began(served, "R23")["items"]]
    place = kinds_asked.index("single")
    first, second = visit.page, visit.context.new_page()
    turn_to(first, place)
    second.goto(visit.address + PATH)
    second.wait_for_selector(QUESTION)
    before, drafts = question(first), {}
    for page, which in ((first, 0), (second, 1)):
        page.locator("main label.answer").nth(which).click()
        drafts[page] = entered(page)
    assert drafts[first] != drafts[second]
    for page in (first, second):
        page.click(f"{QUESTION} button[type=submit]")
        gone_on(page, before)
    second.locator(".toast", has_text="没有算进去").wait_for()
    turn_to(second, place)
    assert question(second) == before
    assert entered(second) == drafts[second]
    assert kinds(served, "R23").count("answered") == 1


@pytest.mark.parametrize(
    ("language", "says", "leads"),
    [("zh", "现在没有网络", "回到今天"), ("en", "You’re offline", "Back to today")],
)
def test_without_a_network_a_page_says_so_and_leads_back(
    visitor: Opens, served: Served, language: str, says: str, leads: str
) -> None:
    with FaultyLine(served.port) as line:
        visit = visitor("R22", language=language, address=line.address)
        visit.open("app/home")
        if (switch := visit.page.locator(f"header button[value={language}]")).count():
            switch.click()
            visit.ready()
        visit.page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
        visit.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        line.cut()
        visit.page.goto(f"{line.address}app/playbook")
        assert says in visit.page.inner_text("main")
        line.mend()
        visit.page.get_by_text(leads).click()
        visit.ready()
        assert visit.page.url == f"{line.address}app/home"
