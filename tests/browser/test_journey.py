"""End to end: an invited new hire does the first path on a phone; the manager makes reviews."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.visit import playbook_of
from tests.browser.conftest import Opens
from tests.browser.learner import NOTE, Learner
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.browser]

STEPS = 8


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that others on the network can reach: everybody has to sign in."""
    folder = tmp_path_factory.mktemp("journey") / "workspace"
    running = Served(new_workspace(folder), host="127.0.0.1").start()
    yield running
    running.stop()


def test_an_invited_new_hire_goes_the_first_path_in_chinese_on_a_phone(
    served: Served, visitor: Opens
) -> None:
    with closing(served.records) as records:
        token = records.invitations.invite("R15", by="M2").token
    visit = visitor("", "phone")
    visit.page.goto(f"{visit.address}join/{token}")
    assert "林晓雨" in visit.page.inner_text("main")
    visit.page.click("main button")
    visit.page.wait_for_url(re.compile("/pin$"))
    learner = Learner(visit, playbook_of(served.workspace))
    for done in range(STEPS):
        visit.open("app/onboarding")
        assert plain_count(visit.page.inner_text("main")) == (done, STEPS)
        learner.follow()
    visit.open("app/home")
    assert plain_count(visit.page.inner_text("main"))[1] > STEPS  # the ninety days have begun
    visit.open("app/onboarding?path=4.1.p.first_week")
    assert NOTE in visit.page.inner_text("main")
    assert visit.page.locator("main blockquote b").count() == 0
    assert visit.seen.off_host == []
    assert visit.seen.complaints == []


def test_the_manager_makes_the_quarters_reviews_and_opens_one_in_english(
    visitor: Opens,
) -> None:
    visit = visitor("M2", "desktop", language="en")
    visit.page.goto(visit.address)
    visit.ready()
    visit.open("app/manager")
    if "KPI review" not in visit.page.inner_text("main"):
        visit.page.click("header form button:has-text('English')")
        visit.ready()
    people = visit.page.locator("main .pick-list input")
    for number in range(2, people.count()):
        people.nth(number).uncheck()
    visit.page.locator("main form button.button--main").click()
    done = visit.page.locator("main .making a[href*='reports/']")
    done.nth(1).wait_for(timeout=120_000)
    with visit.page.expect_navigation():
        done.filter(has_text="East-2").click()
    assert "East-2" in visit.page.inner_text("h1, header")
    assert visit.page.locator(".board").count()
    visit.open("app/home")
    assert "East-2" in visit.page.inner_text("main")
    assert visit.seen.off_host == []
    assert visit.seen.complaints == []


def plain_count(text: str) -> tuple[int, int]:
    """Return the steps done and all steps, as the page's figure says them."""
    found = re.search(r"(\d+)\s*/\s*(\d+)\s*\n?\s*(?:步|steps)", text)
    assert found, text
    return int(found[1]), int(found[2])
