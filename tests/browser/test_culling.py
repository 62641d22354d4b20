"""A kernel freed under an open page: the person is told, and one tap goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Opens, kernel_process
from tests.browser.learner import Learner, give_some_answer
from tests.browser.test_exam import (
    COUNT,
    QUESTION,
    began,
    begin,
    gone_on,
    kinds,
    place,
    question,
    seconds,
)
from tests.sample import sample_playbook
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser]

RESTS = {"idle_open": 3.0, "cull_interval": 1}
BANNER = "#session-banner"
GIVEN = "main form :is(input:checked, input[inputmode], select, li[data-value])"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that lets nobody rest for more than three seconds."""
    folder = tmp_path_factory.mktemp("culled") / "workspace"
    running = Served(new_workspace(folder), limits=RESTS).start()
    yield running
    running.stop()


def goes_on(visit: Visitor) -> None:
    """Wait to be told that the kernel is gone, and go on with one tap."""
    visit.page.wait_for_selector(f"{BANNER} button", timeout=20_000)
    assert "继续" in visit.page.inner_text(BANNER)
    visit.page.click(f"{BANNER} button")
    visit.page.wait_for_selector(BANNER, state="detached")
    visit.ready()


def test_a_page_left_to_rest_says_so_and_one_tap_goes_on(visitor: Opens) -> None:
    visit = visitor("R20", "phone")
    visit.open("app/quiz?set=3.1")
    asked = visit.page.inner_text("main h1")
    goes_on(visit)
    assert visit.page.inner_text("main h1") == asked


def entered(page: Page) -> list[str]:
    """Return what stands in the form, in the order shown."""
    found = page.locator(GIVEN)
    return [str(one.evaluate("at => at.value || at.dataset.value")) for one in found.all()]


@pytest.mark.parametrize(("how", "person"), [("culled", "R21"), ("killed", "R22")])
def test_an_exam_goes_on_where_it_was_when_its_kernel_is_gone(
    visitor: Opens, served: Served, how: str, person: str
) -> None:
    visit = visitor(person)
    begin(visit)
    page, items, left = visit.page, began(served, person)["items"], seconds(visit.page)
    learner = Learner(visit, sample_playbook())
    for number in range(1, 4):
        assert place(page) == f"{number} / {COUNT}"
        assert learner.asked().id == items[number - 1]
        give_some_answer(page)
        before, draft, kernel = question(page), entered(page), visit.kernel()
        if how == "killed":
            kernel_process(served, kernel).kill()
        goes_on(visit)
        assert visit.kernel() != kernel
        assert (question(page), entered(page)) == (before, draft)
        assert left - 60 < seconds(page) <= left - (2 if how == "culled" else 0)
        left = seconds(page)
        page.click(f"{QUESTION} button[type=submit]")
        gone_on(page, before)
        visit.saved()
    assert began(served, person)["items"] == items
    assert kinds(served, person) == ["began", *["answered"] * 3]
