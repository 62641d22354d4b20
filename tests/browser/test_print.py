"""The apps on paper: what they say, whole, and nothing that only a screen needs."""

from __future__ import annotations

import subprocess
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.visit import playbook_of
from salestrain.training.steps import Step
from tests.browser.learner import Learner
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import ViewportSize

    from tests.browser.conftest import Opens, Visitor
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

EXAM = "6.2.e.customer_data"
A4_WITHIN_MARGINS: ViewportSize = {"width": 703, "height": 1032}  # less 12 mm a side
FOR_SCREENS = (
    "header.top-bar, .tab-bar, .skip-link, .session-banner, .toast, .button, .book-contents, "
    ".keyboard-hint, input[type=search], .composer"
)
# a page without a fault has neither banner nor toast
ADDED = """() => document.body.insertAdjacentHTML("beforeend",
  '<div class="session-banner">b</div><div class="toast is-shown">t</div>')"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && !one.closest(".for-screen-reader, svg")
    && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 120))"""


def home(learner: Learner) -> None:
    learner.visit.open("app/home")


def playbook_page(learner: Learner) -> None:
    learner.visit.open("app/playbook?page=2.2")


def question(learner: Learner) -> None:
    learner.visit.open("app/quiz?set=2.2")
    begin = learner.visit.page.locator("main [data-do=begin]")
    if begin.count():
        begin.click()
        learner.visit.page.wait_for_selector("main form")


def quiz_result(learner: Learner) -> None:
    question(learner)
    learner.quiz()


def debrief(learner: Learner) -> None:
    learner.visit.open("app/roleplay?scenario=2.2.s.price_objection")
    learner.roleplay()


SCREENS = [home, playbook_page, question, quiz_result, debrief]


def printed(visit: Visitor) -> None:
    """Lay the page out as paper is."""
    visit.page.evaluate(ADDED)
    visit.page.set_viewport_size(A4_WITHIN_MARGINS)
    visit.page.emulate_media(media="print")


@pytest.mark.parametrize("screen", SCREENS)
def test_paper_shows_what_is_said_and_nothing_to_press(
    screen: Callable[[Learner], None], visitor: Opens, served: Served
) -> None:
    visit = visitor("R20", "desktop")
    screen(Learner(visit, playbook_of(served.workspace)))
    said = visit.page.inner_text("main h1")
    printed(visit)
    shown = visit.page.locator(FOR_SCREENS).filter(visible=True)
    assert [one.evaluate("it => it.outerHTML.slice(0, 120)") for one in shown.all()] == []
    assert visit.page.inner_text("main h1") == said
    assert visit.page.evaluate(CUT) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_no_rule_is_torn_in_two(visitor: Opens) -> None:
    visit = visitor("R20", "desktop")
    visit.open("app/playbook?rules=2.2")
    printed(visit)
    rule = visit.page.locator("main .rules > li").first
    assert rule.evaluate("it => getComputedStyle(it).breakInside") == "avoid"


def test_a_certificate_is_one_sheet_with_its_holder_and_its_code(
    visitor: Opens, served: Served, tmp_path: Path
) -> None:
    items = [one.id for one in sample_playbook().items.values() if one.section == "6.2"][:12]
    began = Step("began", {"items": items, "seed": "s", "minutes": 20}, datetime.now(UTC))
    right = [then(began, "answered", item=one, answer=["x"], earned=1.0) for one in items]
    with closing(served.records) as records:
        for number, step in enumerate([began, *right, then(began, "finished")]):
            records.steps.append("R30", "quiz", EXAM, f"certified-{number}", step)
        holder = records.people.get("R30").name
    visit = visitor("R30", "desktop")
    visit.open(f"app/quiz?certificate={EXAM}")
    sheet = tmp_path / "certificate.pdf"
    visit.page.pdf(path=sheet, format="A4")
    asked = ["pdftotext", "-layout", str(sheet), "-"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.count("\f") == 1  # pages
    assert holder in told.replace(" ", "")
    assert visit.page.inner_text("main .code") in told


def then(step: Step, kind: str, **data: object) -> Step:
    return Step(kind, data, step.at)
