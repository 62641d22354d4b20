"""HTML and script in every text a person can enter stands there as text, and runs nowhere.

That it would run in Voila as shipped is seen in ``test_stock_script.py``.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from salestrain.apps.registry import APPS
from salestrain.apps.visit import playbook_of
from salestrain.playbook.items import Numeric
from salestrain.records import Person
from salestrain.training.steps import Step
from tests.browser.learner import BEGIN, Learner, plain
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.browser.conftest import Opens, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser]

# ends an attribute, a tag and a text area; its first 40 characters do harm by themselves
HOSTILE = "\"'><img src=x: onerror=alert(1)></textarea><script>alert(1)</script>"
PIN = "204918"
LEARNER, ADMIN, WITH_PIN, NAMED = "R20", "D1", "R18", "R21"
TYPED = (  # a date field holds nothing but a date
    "input:not([type=hidden], [type=radio], [type=checkbox], [type=date]), "
    "textarea, [contenteditable]"
)
# what the apps and the ways in let a person type, by field name; a new field needs a place here
FIELDS = {
    "home": (LEARNER, "app/home", set()),
    "playbook": (LEARNER, "app/playbook?page=2.2", {"find", "text"}),
    "rules": (LEARNER, "app/playbook?rules=2.2", {"find"}),
    "found": (LEARNER, "app/playbook?find=停滞", {"find"}),
    "quiz": (LEARNER, "app/quiz", set()),
    "roleplay": (LEARNER, "app/roleplay?scenario=2.2.s.price_objection", set()),
    "onboarding": (LEARNER, "app/onboarding", {"text"}),
    "mentor": (LEARNER, "app/mentor", set()),
    "mine": (LEARNER, "app/mine", set()),
    "growth": (LEARNER, "app/growth", set()),
    "live": (LEARNER, "app/live", {"code"}),
    "meeting": ("M2", "app/meeting", {"what"}),
    "trainer": ("M2", "app/trainer?page=cohorts", {"name"}),
    "manager": ("M2", "app/manager", set()),
    "gallery": (ADMIN, "app/gallery", {"find", "answer", "name", "note", ""}),
    "sign-in": ("", "sign-in", {"find"}),
    "pin asked": ("", f"sign-in?person={WITH_PIN}", {"pin"}),
    "pin set": (LEARNER, "pin", {"pin"}),
}
ADDRESSES = [
    "?{}",
    "app/{}",
    "app/home?language={0}&person={0}&workspace={0}",
    "app/quiz?set={}",
    "app/roleplay?scenario={}",
    "app/playbook?page={}",
    "app/playbook?find={}",
    "app/playbook?rules={}",
    "app/playbook?rules=2.2#{}",
    "app/onboarding?step={}",
    "app/manager?review={0}&frontend={0}",
    "app/gallery?{}",
    "sign-in?find={0}&next={0}",
    "sign-in?find=a&next=/app/{}",
    "sign-in?person={}",
    "join/{}",
    "pin?next={}",
    "reports/{}/index.html",
    "offline?language={}",
    "{}",
]
# what a form carries that nobody types: a page's owner can change it all the same
CARRIED = "main :is(input:is([type=hidden], [type=radio], [type=checkbox]), option, button[value])"


@dataclass
class Watched:
    """A visitor whose page says whether anything foreign ran or came in."""

    visit: Visitor
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visit.page.on("dialog", self._noted)

    def _noted(self, dialog: object) -> None:
        self.dialogs.append(dialog.message)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def is_inert(self) -> None:
        """Fail if a text has become an element, an attribute or a script, or tried to run."""
        assert self.dialogs == []
        assert self.visit.page.evaluate(FOREIGN) == []
        assert [text for text in self.visit.seen.complaints if "Security Policy" in text] == []


FOREIGN = """() => [...document.querySelectorAll("*")]
  .filter((one) => one.getAttributeNames().some((name) => name.startsWith("on"))
    || one.matches("script:not([src], [type='application/json']), [src^='x:']"))
  .map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on which everybody signs in, with a learner who is asked for a note."""
    running = Served(new_workspace(tmp_path_factory.mktemp("texts") / "workspace"), "127.0.0.1")
    running.start()
    now = datetime.now(UTC)
    read, passed = Step("read", {}, now), Step("finished", {"earned": 11, "of": 11}, now)
    with closing(running.records) as records:
        records.people.set_pin(WITH_PIN, PIN)
        assert records.steps.append(LEARNER, "playbook", "2.2", "before-1", read)
        assert records.steps.append(LEARNER, "quiz", "2.2", "before-2", passed)
    yield running
    running.stop()


@pytest.fixture
def watched(visitor: Opens) -> Callable[[str], Watched]:
    return lambda person: Watched(visitor(person, "desktop"))


def go(visit: Visitor, path: str) -> None:
    """Open a page; an app's is waited for."""
    answer = visit.page.goto(visit.address + path)
    if path.startswith("app/") and answer is not None and answer.ok:
        visit.ready()


def test_every_app_is_looked_through() -> None:
    assert set(APPS) <= set(FIELDS)


@pytest.mark.parametrize("page", FIELDS)
def test_what_is_typed_stays_text(watched: Callable[[str], Watched], page: str) -> None:
    person, path, names = FIELDS[page]
    watch = watched(person)
    go(watch.visit, path)
    fields = watch.visit.page.locator(TYPED)
    assert {one.get_attribute("name") or "" for one in fields.all()} == names
    for number in range(fields.count()):
        go(watch.visit, path)
        one = fields.nth(number)
        one.fill(HOSTILE)
        typed = one.input_value()  # a field has a greatest length
        assert HOSTILE.startswith(typed or "nothing")
        one.press("Control+Enter" if one.evaluate("it => it.tagName") == "TEXTAREA" else "Enter")
        watch.visit.page.wait_for_timeout(300)
        watch.is_inert()


def test_a_note_is_shown_and_changed_as_it_was_written(watched: Callable[[str], Watched]) -> None:
    watch = watched(LEARNER)
    page = watch.visit.page
    watch.visit.open("app/onboarding")
    if not page.locator("main form textarea").count():
        page.click("main [data-do=change]")
    page.fill("main form textarea", HOSTILE)
    page.locator("main form button").first.click()
    page.locator("main blockquote", has_text=HOSTILE).wait_for()
    watch.is_inert()
    watch.visit.open("app/onboarding")
    assert page.inner_text("main blockquote") == HOSTILE
    watch.is_inert()
    page.click("main [data-do=change]")
    page.wait_for_selector("main form textarea")
    assert page.input_value("main form textarea") == HOSTILE
    watch.is_inert()


def test_what_is_sought_is_said_back_as_it_was_typed(watched: Callable[[str], Watched]) -> None:
    watch = watched(LEARNER)
    page = watch.visit.page
    watch.visit.open("app/playbook?page=2.2")
    page.fill("main [name=find]", HOSTILE)
    page.press("main [name=find]", "Enter")
    page.wait_for_url("**/app/playbook?find=*")
    watch.visit.ready()
    assert plain(HOSTILE) in plain(page.inner_text("main h1"))
    assert HOSTILE in page.title()
    assert page.input_value("main [name=find]") == HOSTILE
    watch.is_inert()
    stranger = watched("")
    stranger.visit.page.goto(f"{stranger.visit.address}sign-in")
    stranger.visit.page.fill("[name=find]", HOSTILE)
    stranger.visit.page.press("[name=find]", "Enter")
    stranger.visit.page.get_by_role("status").wait_for()
    assert stranger.visit.page.input_value("[name=find]") == HOSTILE
    stranger.is_inert()


def test_a_number_that_is_none_is_refused_in_words(
    watched: Callable[[str], Watched], served: Served
) -> None:
    playbook = playbook_of(served.workspace)
    section = next(i.section for i in playbook.items.values() if isinstance(i, Numeric))
    watch = watched("R22")
    page, learner = watch.visit.page, Learner(watch.visit, playbook)
    watch.visit.open(f"app/quiz?set={section}")
    while not page.locator("main input[inputmode]").count():
        learner.answer(learner.asked())
        page.locator("main form button:not([data-move])").last.click()
        page.click("main [data-do=next]")
        page.wait_for_selector("main .feedback", state="detached")
        if page.locator("main [data-do=again]").count():  # a run draws some of the items
            page.click("main [data-do=again]")
            page.wait_for_selector("main form")
    page.fill("main input[inputmode]", HOSTILE)
    typed = page.input_value("main input[inputmode]")
    assert "onerror=alert(1)>" in typed
    page.press("main input[inputmode]", "Enter")
    page.locator(".toast", has_text=SAID).wait_for()
    assert page.input_value("main input[inputmode]") == typed
    watch.is_inert()
    watch.visit.open(f"app/quiz?set={section}")
    assert page.input_value("main input[inputmode]") == typed  # a draft comes back as it was
    watch.is_inert()


SAID = re.compile(r"\S")
FORGE = """([carried, text]) => {
  for (const one of document.querySelectorAll(carried)) {
    one.value = text;
    one.setAttribute("value", text);
    if (one.type === "radio" || one.type === "checkbox") one.checked = true;
  }
}"""
BEGINS = f"{BEGIN} button[type=submit], main :is(button[data-do=begin], [data-do=change])"
FORGED = {
    "an answer": ("R23", "app/quiz?set=2.2", "main form button[type=submit]"),
    "a step of the path": (LEARNER, "app/onboarding", "main form button"),
    "a report": ("M2", "app/manager", "main form button.button--main"),
    "a sentence": ("R23", "app/roleplay?scenario=2.2.s.price_objection", "main .say-choice"),
}


@pytest.mark.parametrize("what", FORGED)
def test_what_a_form_carries_may_be_anything_and_is_refused(
    watched: Callable[[str], Watched], what: str
) -> None:
    person, path, sends = FORGED[what]
    watch = watched(person)
    page = watch.visit.page
    watch.visit.open(path)
    for begins in page.locator(BEGINS).all()[:1]:
        begins.click()
        page.wait_for_selector("main form")
        watch.visit.saved()
    for area in page.locator("main form textarea").all():
        area.fill(HOSTILE)
    page.evaluate(FORGE, [CARRIED, HOSTILE])
    page.locator(sends).first.click(force=True)
    page.locator(".toast", has_text=SAID).wait_for()
    watch.is_inert()
    watch.visit.open(path)
    watch.is_inert()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_stands_as_it_was_given(
    watched: Callable[[str], Watched], served: Served, language: str
) -> None:
    with closing(served.records) as records:
        person = replace(records.people.get(NAMED), name=HOSTILE, name_en=HOSTILE)
        records.people.update(replace(person, language="zh" if language == "zh" else "en"))
        token = records.invitations.invite(NAMED, by=ADMIN).token
    own = watched(NAMED)
    own.visit.open("app/home")
    assert HOSTILE in own.visit.page.inner_text("header")
    own.is_inert()
    own.visit.open("app/onboarding")
    own.is_inert()
    stranger = watched("")
    for path in (f"join/{token}", f"sign-in?find={NAMED}", f"sign-in?person={NAMED}"):
        stranger.visit.page.goto(stranger.visit.address + path)
        assert HOSTILE in stranger.visit.page.inner_text("body")
        stranger.is_inert()


def test_an_id_stands_as_it_was_given(watched: Callable[[str], Watched], served: Served) -> None:
    with closing(served.records) as records:
        assert records.people.add(Person(HOSTILE, "甲", team=HOSTILE))
        records.people.set_pin(HOSTILE, PIN)
    stranger = watched("")
    stranger.visit.page.goto(f"{stranger.visit.address}sign-in?find={quote(HOSTILE, safe='')}")
    stranger.visit.page.click("[name=person]")
    assert stranger.visit.page.get_attribute("[name=person]", "value") == HOSTILE
    stranger.is_inert()
    stranger.visit.page.fill("[name=pin]", PIN)
    stranger.visit.page.press("[name=pin]", "Enter")
    stranger.visit.ready()
    assert stranger.visit.page.get_attribute("html", "data-person") == HOSTILE
    stranger.is_inert()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_an_address_carries_stays_text(
    watched: Callable[[str], Watched], address: str
) -> None:
    watch = watched(ADMIN)
    go(watch.visit, address.format(quote(HOSTILE, safe="")))
    watch.is_inert()
