"""Somebody who knows the answers: reads, answers and talks their way along the first path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.playbook.items import Item, Multiple, Numeric, Ordering, Single

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from salestrain.language import Language
    from salestrain.playbook.whole import Playbook
    from tests.browser.conftest import Visitor

SPACES = re.compile(r"\s+")
MAIN_WAY = "main a.button--main"
NOTE = "鹤汀污水厂，需求分析，凭 9 月 3 日和陆建平的谈话；还缺预算的截止日期。<b>不是粗体</b>"


def plain(text: str) -> str:
    """Return a text without its spaces, which pages lay out in their own way."""
    return SPACES.sub("", text)


def give_some_answer(shown: Page | Locator) -> None:
    """Give the question shown an answer, where which one does not matter."""
    options = shown.locator("form :is(input[type=radio], input[type=checkbox])")
    number = shown.locator("form input[inputmode]")
    if options.count():
        options.first.check(force=True)
    elif number.count():
        number.first.fill("12")  # an order is one already


@dataclass
class Learner:
    """A person at a browser with the playbook in mind."""

    visit: Visitor
    playbook: Playbook
    language: Language = "zh"

    def follow(self) -> None:
        """Do what home asks for next, whichever app it leads to."""
        self.visit.open("app/home")
        self.visit.page.locator(MAIN_WAY).first.click()
        self.visit.page.wait_for_url(re.compile(r"/app/(?!home)"))
        self.visit.ready()
        found = re.search(r"/app/(\w+)", self.visit.page.url)
        assert found
        ways = {
            "playbook": self.read_page,
            "quiz": self.quiz,
            "roleplay": self.roleplay,
            "onboarding": self.onboarding,
        }
        ways[found[1]]()

    def read_page(self) -> None:
        """Say that a page is read."""
        self.visit.page.click("main [data-do=read]")
        self.visit.page.wait_for_selector("main .notice--good")

    def onboarding(self) -> None:
        """Write the note that is asked for."""
        self.visit.page.locator("main form textarea").first.fill(NOTE)
        self.visit.page.locator("main form button").first.click()
        self.visit.page.wait_for_selector(f"main blockquote:has-text('{NOTE[:8]}')")

    def quiz(self) -> None:
        """Answer every question of a set, each of them right."""
        page = self.visit.page
        while page.locator("main form").count():
            self.answer(self.asked())
            page.locator("main form button:not([data-move])").last.click()
            page.wait_for_selector("main .feedback .verdict-line.good")
            page.click("main [data-do=next]")
            page.wait_for_selector("main .feedback", state="detached")

    def asked(self) -> Item:
        """Return the item whose question is shown."""
        shown = plain(self.visit.page.inner_text("main h1"))
        items = self.playbook.items.values()
        (found,) = (one for one in items if plain(one.stem.in_(self.language)) == shown)
        return found

    def answer(self, item: Item) -> None:
        """Give the right answer to an item."""
        page = self.visit.page
        if isinstance(item, Single | Multiple):
            for option in item.options:
                if option.key:
                    page.locator("main label.answer").filter(
                        has_text=option.text.in_(self.language)
                    ).first.click()
        elif isinstance(item, Numeric):
            page.fill("main input[inputmode]", f"{item.answer:.6g}")
        elif isinstance(item, Ordering):
            for place, step in enumerate(item.steps):
                self.lift(step.text.in_(self.language), place)

    def lift(self, text: str, place: int) -> None:
        """Move a step of an order up to its place, by its arrow."""
        rows = self.visit.page.locator("main .order-list li")
        now = [plain(row) for row in rows.locator(".text").all_inner_texts()].index(plain(text))
        for row in range(now, place, -1):
            rows.nth(row).locator("[data-move=up]").click()

    def roleplay(self) -> None:
        """Hold the talk as the model answer does."""
        page = self.visit.page
        page.click("main [data-do=begin]")
        (scenario,) = self.playbook.scenarios.values()
        says = {move.id: move.says.in_(self.language) for move in scenario.moves}
        for number, turn in enumerate(scenario.model_answer):
            if number:
                page.wait_for_selector(f"main .bubble--mine >> nth={number - 1}")
            self.visit.saved()
            offered = page.locator("main .say-choice")
            said = [plain(text) for text in offered.all_inner_texts()]
            wanted = [plain(text) for text in says[turn.move]]
            offered.nth(next(i for i, text in enumerate(said) if text in wanted)).click()
        page.wait_for_selector("main .turns")
