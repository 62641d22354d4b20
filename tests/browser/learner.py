"""Somebody who knows the answers: reads, answers and talks their way along the first path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.playbook.items import (
    FindMistake,
    Item,
    Matching,
    Numeric,
    Ordering,
    ShortAnswer,
    Sort,
    TrueFalse,
)

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from salestrain.language import Language
    from salestrain.playbook.whole import Playbook
    from salestrain.training.talks.runs import Mode, Way
    from tests.browser.conftest import Visitor

SPACES = re.compile(r"\s+")
MAIN_WAY = "main a.button--main"
BEGIN = "main form[data-do=begin]"
NOTE = "鹤汀污水厂，需求分析，凭 9 月 3 日和陆建平的谈话；还缺预算的截止日期。<b>不是粗体</b>"


def plain(text: str) -> str:
    """Return a text without its spaces, which pages lay out in their own way."""
    return SPACES.sub("", text)


def give_some_answer(shown: Page | Locator) -> None:
    """Give the question shown an answer, where which one does not matter."""
    groups = shown.locator("form fieldset:has(> .segmented, > label.answer)")
    for at in range(groups.count()):
        groups.nth(at).locator("label").first.click()
    for at in range(shown.locator("form select").count()):
        shown.locator("form select").nth(at).select_option(index=1)
    for typed in ("form input[inputmode]", "form textarea"):
        if shown.locator(typed).count():
            shown.locator(typed).first.fill("12")
    if shown.locator("form .cells").count():
        shown.locator("form .cells input").first.check(force=True)  # an order is one already


def begin_talk(page: Page, *, mode: Mode = "practise", way: Way = "text") -> None:
    """Begin the talk whose briefing is shown."""
    for name, value in (("mode", mode), ("way", way)):
        page.locator(f"{BEGIN} input[name={name}][value={value}]").check(force=True)
    page.locator(f"{BEGIN} button[type=submit]").click()
    page.wait_for_selector("main .talk-screen")


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
        match item:
            case Numeric() | ShortAnswer():
                self.write(item)
            case FindMistake():
                for row, column in (fault.cell for fault in item.faults):
                    self.check(f"{row}:{column}")
            case Ordering():
                for place, step in enumerate(item.steps):
                    self.lift(step.text.in_(self.language), place)
            case Matching() | Sort():
                self.pair(item)
            case _:
                self.tap(item)

    def write(self, item: Numeric | ShortAnswer) -> None:
        """Type the figure or the sentence asked for."""
        if isinstance(item, Numeric):
            self.visit.page.fill("main input[inputmode]", f"{item.answer:.6g}")
        else:
            self.visit.page.fill("main textarea", item.model_answer.in_(self.language))

    def tap(self, item: Item) -> None:
        """Choose each right option, and say first whether a statement is true."""
        if isinstance(item, TrueFalse):
            self.check(str(item.key).lower())
        right = item.solution(self.language)
        for option in item.chosen_from:
            if option.id in right:
                self.choose(option.text.in_(self.language))

    def check(self, value: str) -> None:
        """Check the box or button with a value."""
        self.visit.page.locator(f"main input[value='{value}']").check(force=True)

    def pair(self, item: Matching | Sort) -> None:
        """Give each line its partner or its class."""
        names = {each.id: each.text.in_(self.language) for each in item.chosen_from}
        lines = {each.id: each.text.in_(self.language) for each in item.given_to}
        for one, two in (each.split("=") for each in item.solution(self.language)):
            line = self.visit.page.locator("main .line").filter(has_text=lines[one]).first
            if isinstance(item, Sort):
                line.get_by_label(names[two], exact=True).check()
            else:
                line.locator("select").select_option(label=names[two])

    def choose(self, text: str) -> None:
        """Tap the answer with a text."""
        self.visit.page.locator("main label.answer").filter(has_text=text).first.click()

    def lift(self, text: str, place: int) -> None:
        """Move a step of an order up to its place, by its arrow."""
        rows = self.visit.page.locator("main .order-list li")
        now = [plain(row) for row in rows.locator(".text").all_inner_texts()].index(plain(text))
        for row in range(now, place, -1):
            rows.nth(row).locator("[data-move=up]").click()

    def roleplay(self) -> None:
        """Hold the talk by choosing what the model answer does."""
        page = self.visit.page
        shown = plain(page.inner_text("main h1"))
        every = self.playbook.scenarios.values()
        (scenario,) = (one for one in every if plain(one.title.in_(self.language)) == shown)
        begin_talk(page, way="choice")
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
