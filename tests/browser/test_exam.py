"""An exam in a real browser: by keys, by touch, through every mishap; and no key leaks."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from salestrain.language import LANGUAGES
from salestrain.playbook.items import Numeric, Option
from salestrain.playbook.items.arranging import Card
from salestrain.training.marking import mark
from tests.apps.test_quiz import right, wrong
from tests.browser.conftest import kernel_process
from tests.browser.learner import Learner, give_some_answer
from tests.browser.test_pages import SMALL
from tests.faulty_line import FaultyLine
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from salestrain.playbook.items import Item
    from tests.browser.conftest import Opens, Visitor
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXAM = "6.2.e.customer_data"
COUNT = 12
PATH = f"app/quiz?set={EXAM}"
QUESTION, OVERVIEW = "main form[data-do=answer]", "main .numbers"
GROUP = "fieldset:has(> .segmented)"
MOST_TABS = 60


def place(page: Page) -> str:
    return page.inner_text("main .quiz-bar .count")


def question(page: Page) -> str:
    return page.inner_text("main h1")


def seconds(page: Page) -> int:
    minutes, _, rest = page.inner_text("main .clock b").partition(":")
    return 60 * int(minutes) + int(rest)


def began(served: Served, person: str) -> dict[str, Any]:
    with closing(served.records) as records:
        return dict(records.steps.of(person, "quiz", EXAM)[0].data)


def kinds(served: Served, person: str) -> list[str]:
    with closing(served.records) as records:
        return [step.kind for step in records.steps.of(person, "quiz", EXAM)]


def begin(visit: Visitor) -> None:
    visit.open(PATH)
    visit.page.click("main [data-do=begin]")
    visit.page.wait_for_selector(QUESTION)


def gone_on(page: Page, before: str) -> None:
    """Wait for another question, or the overview."""
    page.wait_for_function(
        "before => document.querySelector('main h1')?.innerText !== before", arg=before
    )


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element that matches has the focus."""
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def answer_by_keys(page: Page) -> None:
    """Give the question shown an answer, where which one does not matter."""
    form = page.locator(QUESTION)
    if form.locator(".order-list").count():
        tab_to(page, ".order-list > li:first-child")
        for key in ("Space", "ArrowDown", "Space"):
            page.keyboard.press(key)
    for at in range(form.locator(GROUP).count()):
        tab_to(page, f"input[name=line-{at}]")
        page.keyboard.press("Space")
    if form.locator("input[inputmode]").count():
        tab_to(page, "input[inputmode]")
        page.keyboard.type("12")
    for at in range(form.locator("select").count()):
        tab_to(page, f"select#line-{at}-field")
        page.keyboard.press("ArrowDown")
    if form.locator(".cells").count():
        tab_to(page, ".cells input")
        page.keyboard.press("Space")
    if form.locator("label.answer").count():
        page.keyboard.press("2")
    tab_to(page, "form[data-do=answer] button[type=submit]")
    page.keyboard.press("Enter")


def answer_by_touch(page: Page) -> None:
    """Give an answer with a fingertip; the phone's own keys and lists are the phone's."""
    form = page.locator(QUESTION)
    if form.locator(".order-list").count():
        form.locator("[data-move=down]").first.tap()
    for group in form.locator(GROUP).all():
        group.locator("label").first.tap()
    if form.locator("input[inputmode]").count():
        form.locator("input[inputmode]").tap()
        page.keyboard.insert_text("12")
    for one in form.locator("select").all():
        one.tap()
        page.keyboard.press("Escape")
        one.select_option(index=1)
    if form.locator(".cells").count():
        form.locator("label.cell").first.tap()
    if form.locator("label.answer").count():
        form.locator("label.answer").nth(1).tap()
    form.locator("button[type=submit]").tap()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exam_is_taken_with_the_keyboard_alone(
    visitor: Opens, served: Served, language: str
) -> None:
    person = {"zh": "R20", "en": "R21"}[language]
    with closing(served.records) as records:
        records.people.set_language(person, "zh" if language == "zh" else "en")
    visit = visitor(person, "desktop", language=language)
    visit.open(PATH)
    page = visit.page
    tab_to(page, "[data-do=begin]")
    page.keyboard.press("Enter")
    page.wait_for_selector(QUESTION)
    for _ in range(COUNT):
        before = question(page)
        answer_by_keys(page)
        gone_on(page, before)
    tab_to(page, "[data-do=hand_in]")
    page.keyboard.press("Enter")
    page.wait_for_selector("main .judged-list")
    assert kinds(served, person).count("answered") == COUNT
    assert visit.seen.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exam_is_taken_by_touch_alone_on_a_phone(
    visitor: Opens, served: Served, language: str
) -> None:
    person = {"zh": "R22", "en": "R23"}[language]
    with closing(served.records) as records:
        records.people.set_language(person, "zh" if language == "zh" else "en")
    visit = visitor(person, "phone", language=language)
    visit.open(PATH)
    page = visit.page
    page.locator("main [data-do=begin]").tap()
    page.wait_for_selector(QUESTION)
    for _ in range(COUNT):
        before = question(page)
        answer_by_touch(page)
        gone_on(page, before)
    page.locator("main .jump").first.tap()  # one may look again and change one's mind
    page.wait_for_selector(QUESTION)
    page.locator("main .quiz-bar [data-do=go]").tap()
    page.locator("main [data-do=hand_in]").tap()
    page.wait_for_selector("main .judged-list")
    assert kinds(served, person).count("answered") == COUNT


@pytest.mark.parametrize(("person", "theme"), [("R28", "light"), ("R27", "dark")])
def test_axe_finds_nothing_on_the_way(visitor: Opens, person: str, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (brings Playwright along)

    visit = visitor(person, theme=theme)
    begin(visit)
    page = visit.page
    for selector, then in {
        QUESTION: "main .quiz-bar [data-do=go]",
        OVERVIEW: "main [data-do=hand_in]",
        "main .judged-list": "",
    }.items():
        page.wait_for_selector(selector)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], selector
        assert page.evaluate(SMALL) == [], selector
        if then:
            page.click(then)


def test_reload_dropped_line_dead_kernel_and_dead_server_change_nothing_but_the_time(
    visitor: Opens, served: Served
) -> None:
    with FaultyLine(served.port) as line:
        visit = visitor("R24", address=line.address)
        begin(visit)
        page = visit.page
        items, left = began(served, "R24")["items"], seconds(page)
        learner = Learner(visit, sample_playbook())

        def goes_on(number: int) -> None:
            nonlocal left
            assert place(page) == f"{number} / {COUNT}"
            assert learner.asked().id == items[number - 1]
            assert left - 60 < seconds(page) <= left
            left = seconds(page)
            before = question(page)
            give_some_answer(page)
            page.click(f"{QUESTION} button[type=submit]")
            gone_on(page, before)

        goes_on(1)
        page.reload()
        visit.ready()
        goes_on(2)
        before = question(page)
        give_some_answer(page)
        line.cut()
        page.click(f"{QUESTION} button[type=submit]")  # waits for the line
        page.wait_for_timeout(300)
        line.mend()
        gone_on(page, before)
        goes_on(4)
        kernel_process(served, visit.kernel()).kill()
        page.goto(visit.address + PATH)
        visit.ready()
        goes_on(5)
        served.kill()
        served.start()
        page.goto(visit.address + PATH)
        visit.ready()
        goes_on(6)
    assert began(served, "R24")["items"] == items
    assert kinds(served, "R24").count("answered") == 6
    assert kinds(served, "R24").count("began") == 1


def test_no_answer_key_is_in_the_page_the_messages_or_the_files(
    visitor: Opens, served: Served
) -> None:
    visit = visitor("R25")
    page, heard = visit.page, list[str]()
    page.on("response", lambda response: heard.extend(_bodies(response)))
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: heard.append(_text(frame))),
    )
    begin(visit)
    items = [sample_playbook().items[one] for one in began(served, "R25")["items"]]
    for _ in range(COUNT):
        before = question(page)
        give_some_answer(page)
        page.click(f"{QUESTION} button[type=submit]")
        gone_on(page, before)
        heard.append(page.content())
    traffic = re.sub(r"<[^>]+>", "", "\n".join(heard))
    assert items[0].stem.zh[:12] in traffic  # it was overheard indeed
    told = [text for item in items for text in _secrets(item)]
    assert len(told) > 2 * COUNT
    assert [text for text in told if text in traffic] == []


def _secrets(item: Item) -> Iterator[str]:
    """Yield what only the key's holder knows, as a message would carry it."""
    texts = [text for given in (right(item), wrong(item)) for text in mark(item, given).feedback]
    texts += [one.feedback for one in item.chosen_from if isinstance(one, Option)]
    texts += [card.feedback for card in item.given_to if isinstance(card, Card)]
    for text in texts:
        yield text.zh
        yield text.zh.encode("unicode-escape").decode()  # as JSON may write it
        yield text.en
    if isinstance(item, Numeric):
        yield item.key.query or ""


def _bodies(response: Any) -> list[str]:  # noqa: ANN401 (Playwright's, untyped)
    try:
        return [response.body().decode("utf-8", "replace")]
    except Exception:  # noqa: BLE001 (a redirect has none)
        return []


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
