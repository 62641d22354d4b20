"""A talk in one's own words in a real browser: on any device, by keys alone, through mishaps."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.roleplay.briefing import MODE
from salestrain.training.steps import Step
from tests.browser.conftest import kernel_process
from tests.browser.learner import BEGIN, begin_talk
from tests.browser.talker import ASKS, BANNER, ENDS_IT, FIELD, PRICE, THEIRS, WORD, said, talker
from tests.browser.test_exam import tab_to
from tests.browser.test_pages import SMALL
from tests.faulty_line import FaultyLine

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

    from salestrain.language import Language
    from tests.browser.conftest import Device, Opens
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("reads")]


@pytest.mark.parametrize(("language", "device"), [("zh", "phone"), ("en", "desktop")])
def test_a_typed_talk_goes_from_briefing_to_debrief_through_reload_and_a_dead_kernel(
    visitor: Opens, served: Served, language: Language, device: Device
) -> None:
    one = talker(visitor, served, language=language, device=device)
    one.begin("explore")
    page, lines = one.page, one.lines()
    hint = one.scenario.hints[one.scenario.opening.state].in_(language)
    assert not page.get_by_text(hint).is_visible()
    page.click("main .hint summary")
    assert page.get_by_text(hint).is_visible()
    sent = [next(lines) for _ in range(3)]
    for number, text in enumerate(sent, 1):
        one.say(text)
        assert page.locator(THEIRS).count() == number + 1  # the opening was theirs
        assert page.locator(THEIRS).last.inner_text().strip()
        assert page.locator(WORD).count() == number
        assert page.locator(WORD).last.inner_text().strip()
    page.fill(FIELD, half := "还没写完的" if language == "zh" else "half a sen")
    talk = page.inner_text("main .chat")
    page.reload()
    one.visit.ready()
    assert page.input_value(FIELD) == half
    assert page.inner_text("main .chat") == talk
    kernel_process(served, one.visit.kernel()).kill()
    one.visit.open(one.path)
    assert page.input_value(FIELD) == half
    assert page.inner_text("main .chat") == talk
    assert said(one) == sent
    one.to_the_end()
    assert one.kinds == ["began", *["moved"] * len(one.play.turns), "ended"]
    assert [turn.says for turn in one.play.turns][:3] == sent
    assert one.steps[-1].data["passed"] is False  # exploring never counts
    assert one.visit.seen.off_host == []
    assert "Traceback" not in served.log()


def test_what_was_sent_as_the_kernel_died_is_said_once(visitor: Opens, served: Served) -> None:
    one = talker(visitor, served)
    one.begin()
    lines = one.lines()
    one.say(next(lines))
    kernel_process(served, one.visit.kernel()).suspend()
    one.page.fill(FIELD, next(lines))
    one.page.press(FIELD, "Enter")
    kernel_process(served, one.visit.kernel()).kill()
    one.page.click(f"{BANNER} button")
    one.visit.ready()
    one.answered(2)
    model = one.lines()
    assert said(one) == [next(model), next(model)]
    assert one.kinds == ["began", "moved", "moved"]
    assert one.page.input_value(FIELD) == ""


def test_what_is_sent_over_a_line_that_breaks_is_said_once(visitor: Opens, served: Served) -> None:
    with FaultyLine(served.port) as line:
        one = talker(visitor, served, address=line.address)
        one.begin()
        lines = one.lines()
        one.page.fill(FIELD, next(lines))
        one.page.press(FIELD, "Enter")
        line.cut()  # it may have arrived, but no answer came back
        one.page.wait_for_timeout(300)
        line.mend()
        one.answered(1)
        one.say(next(lines))
    assert one.kinds == ["began", "moved", "moved"]
    assert len(said(one)) == 2


COMPOSES = """([field, how]) => document.querySelector(field).dispatchEvent(
  new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...how}))"""


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}], ids=["any", "Safari"])
def test_enter_sends_but_not_with_shift_nor_while_letters_are_composed(
    visitor: Opens, served: Served, how: dict[str, object]
) -> None:
    one = talker(visitor, served, device="desktop")
    one.begin()
    page = one.page
    page.press(FIELD, "Enter")  # nothing is typed: nothing is sent
    page.fill(FIELD, "第一行")
    page.press(FIELD, "Shift+Enter")
    page.keyboard.type("第二行")
    goes_on = page.evaluate(COMPOSES, [FIELD, how])
    assert goes_on  # the letters are taken over as ever
    page.wait_for_timeout(300)
    assert page.input_value(FIELD) == "第一行\n第二行"
    assert one.kinds == ["began"]
    page.press(FIELD, "Enter")
    one.answered(1)
    assert said(one) == ["第一行\n第二行"]


def box(page: Page, selector: str) -> FloatRect:
    found = page.locator(selector).last.bounding_box()
    assert found
    return found


def test_what_was_said_last_and_the_field_are_in_view_on_a_phone(
    visitor: Opens, served: Served
) -> None:
    one = talker(visitor, served)
    one.begin("explore")
    page = one.page
    for text, _ in zip(one.lines(), range(5), strict=False):
        one.say(text)
        page.wait_for_timeout(1200)  # the answer comes after a moment
        composer, newest = box(page, "main .composer"), box(page, THEIRS)
        assert composer["y"] + composer["height"] <= 844
        assert composer["height"] < 844 / 3
        head = box(page, "main .persona")
        assert head["y"] + head["height"] <= newest["y"] + 1
        assert newest["y"] + newest["height"] <= composer["y"] + 1
        assert page.locator(THEIRS).last.evaluate("it => getComputedStyle(it).opacity") == "1"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_and_a_finger_find_nothing_amiss_on_the_way(
    visitor: Opens, served: Served, theme: str, language: Language
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (brings Playwright along)

    one = talker(visitor, served, PRICE, language=language, theme=theme)
    page = one.page

    def good(screen: str) -> None:
        page.wait_for_timeout(1000)  # what moves has come to rest
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == [], screen
        assert page.evaluate(SMALL) == [], screen
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, screen

    one.visit.open("app/roleplay")
    good("list")
    one.visit.open(one.path)
    good("briefing")
    begin_talk(page, mode="explore", way="mixed")
    one.visit.saved()
    one.say(ASKS[language])
    good("talk")
    for fold in ("main .hint", "main .composer details"):
        page.click(f"{fold} > summary")
    good("talk, unfolded")
    one.say(ENDS_IT[language])
    good("debrief")
    assert one.visit.seen.complaints == []


def test_a_talk_is_typed_with_the_keyboard_alone(visitor: Opens, served: Served) -> None:
    one = talker(visitor, served, PRICE, language="en", device="desktop")
    one.visit.open(one.path)
    page = one.page
    tab_to(page, f"{BEGIN} input[name=mode]")
    page.keyboard.press("ArrowUp")  # explore
    tab_to(page, f"{BEGIN} input[name=way]")
    page.keyboard.press("ArrowRight")  # type
    tab_to(page, f"{BEGIN} button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(FIELD)
    one.visit.saved()
    for number, text in enumerate((ASKS["en"], ENDS_IT["en"]), 1):
        tab_to(page, "textarea[name=says]")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        one.answered(number)
    assert (one.run.mode, one.run.way) == ("explore", "text")
    tab_to(page, "button[data-do=begin]")
    page.keyboard.press("Enter")
    page.wait_for_selector(FIELD)
    assert one.kinds.count("began") == 2


def test_a_test_has_a_clock_no_hints_and_one_way_for_everybody(
    visitor: Opens, served: Served
) -> None:
    one = talker(visitor, served)
    one.begin("test", "choice")  # what is asked for doesn't count
    page = one.page
    assert one.run.way == one.scenario.main_way == "text"
    assert page.locator(".say-choice").count() == 0
    assert page.locator("main .hint").count() == 0
    one.say(next(one.lines()))
    assert page.locator(WORD).count() == 0
    assert MODE["test"][0].zh in page.inner_text("main .composer")
    minutes, _, rest = page.inner_text("main .clock b").partition(":")
    assert 0 < one.scenario.minutes * 60 - (60 * int(minutes) + int(rest)) < 60
    page.reload()
    one.visit.ready()
    assert re.fullmatch(r"\d+:\d\d", page.inner_text("main .clock b"))
    one.to_the_end()
    assert one.steps[-1].data["mode"] == "test"
    assert page.locator("main .clock").count() == 0


@pytest.mark.parametrize("half", ["", "您好，我先听您说"], ids=["nothing typed", "half a sentence"])
def test_when_the_time_is_up_the_test_ends_with_what_was_typed(
    visitor: Opens, served: Served, half: str
) -> None:
    one = talker(visitor, served)
    began = datetime.now(UTC) - timedelta(minutes=one.scenario.minutes, seconds=-15)
    step = Step("began", {"seed": "s", "mode": "test", "way": "text"}, began)
    with closing(served.records) as records:
        records.steps.append(one.person, "roleplay", one.scenario.id, f"{one.person}-b", step)
    one.visit.open(one.path)
    one.page.fill(FIELD, half)
    one.page.wait_for_selector("main .notice", timeout=40_000)
    turns = [turn.says for turn in one.play.turns]
    assert turns == [half] * bool(half)
    assert one.kinds == ["began", *["moved"] * bool(half), "ended"]
    ended = one.steps[-1].data
    assert (ended["timed_out"], ended["passed"]) == (True, False)
    assert one.page.locator(FIELD).count() == 0
    assert "Traceback" not in served.log()
