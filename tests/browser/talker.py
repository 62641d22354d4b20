"""Somebody who types a talk in a browser."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any

from salestrain.records import Person
from salestrain.training.steps import Step
from salestrain.training.talks.runs import runs_of
from salestrain.views.components.roleplay import YOU
from tests.browser.conftest import TYPED
from tests.browser.learner import begin_talk
from tests.sample import sample_playbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from salestrain.language import Language
    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Mode, Run, Way
    from tests.browser.conftest import Device, Opens, Visitor
    from tests.served import Served

ANGRY, PRICE = TYPED
FIELD, OVER = "main textarea[name=says]", "main .turns"
MINE, THEIRS, WORD = "main .bubble--mine", "main .bubble[data-spoken]", "main .word"
BANNER = "#session-banner"
SMALL_TALK = {"zh": "今天天气真不错", "en": "Lovely weather today"}
ENDS_IT = {  # a discount that isn't the rep's to give
    "zh": "我做主了，给您降一成",
    "en": "I'm deciding it now: ten off.",
}
ASKS = {"zh": "您手上那份含哪几样？", "en": "What's in the other quote, line by line?"}
NUMBERS = count(1)


def newcomer(served: Served, language: Language = "zh") -> str:
    """Add a learner who has done nothing yet."""
    person = f"T{next(NUMBERS):02}"
    with closing(served.records) as records:
        records.people.add(Person(person, f"学员{person}", language=language))
    return person


@dataclass
class Talker:
    """Somebody in front of a talk, and what is kept of it."""

    visit: Visitor
    served: Served
    person: str
    language: Language
    scenario: Scenario

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def path(self) -> str:
        return f"app/roleplay?scenario={self.scenario.id}"

    @property
    def steps(self) -> list[Step]:
        with closing(self.served.records) as records:
            return list(records.steps.of(self.person, "roleplay", self.scenario.id))

    @property
    def kinds(self) -> list[str]:
        return [step.kind for step in self.steps]

    @property
    def run(self) -> Run:
        return runs_of(self.steps)[-1]

    @property
    def play(self) -> Play:
        play = self.run.play(self.scenario)
        assert play
        return play

    def begin(self, mode: Mode = "practise", way: Way = "text") -> None:
        self.visit.open(self.path)
        begin_talk(self.page, mode=mode, way=way)
        self.visit.saved()

    def say(self, text: str) -> None:
        """Type something, send it by Enter and wait for the answer."""
        before = self.page.locator(MINE).count()
        self.page.fill(FIELD, text)
        self.page.press(FIELD, "Enter")
        self.answered(before + 1)

    def answered(self, number: int) -> None:
        """Wait until so many messages are in the talk, or it is over."""
        said = self.page.locator(f"{MINE} >> nth={number - 1}")
        said.or_(self.page.locator(OVER)).first.wait_for()
        self.visit.saved()

    def lines(self) -> Iterator[str]:
        """Yield what the model answer says, and then small talk."""
        model = (turn.text.in_(self.language) for turn in self.scenario.model_answer)
        return chain(model, repeat(SMALL_TALK[self.language]))

    def to_the_end(self) -> None:
        """Go on where the talk is, until it is over."""
        lines = list(zip(self.lines(), range(self.scenario.max_turns), strict=False))
        for text, _ in lines[self.page.locator(MINE).count() :]:
            if not self.page.locator(OVER).count():
                self.say(text)
        self.page.wait_for_selector(OVER)


def talker(
    visitor: Opens,
    served: Served,
    scenario: str = ANGRY,
    *,
    language: Language = "zh",
    device: Device = "phone",
    **more: Any,  # noqa: ANN401 (the visitor's own)
) -> Talker:
    """Return a newcomer who has a scenario before them."""
    person = newcomer(served, language)
    visit = visitor(person, device, language=language, **more)
    return Talker(visit, served, person, language, sample_playbook().scenarios[scenario])


def said(one: Talker) -> list[str]:
    """Return what the learner said, as the screen has it."""
    before = YOU.in_(one.language)
    return [text.removeprefix(before) for text in one.page.locator(MINE).all_text_contents()]
