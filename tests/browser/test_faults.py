"""What goes wrong on the way: the person is told, loses nothing, and goes on with one tap."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salestrain.training.steps import Step
from tests.browser.conftest import kernel_process
from tests.browser.learner import give_some_answer
from tests.faulty_line import FaultyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Opens, Visitor
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

QUIZ = "app/quiz?set=2.2"
BANNER = "#session-banner"
TOLD_MS, TOLD_OF_STALL_MS = 3_000, 10_000
OUTAGE_SECONDS = 10


@pytest.fixture
def line(served: Served) -> Iterator[FaultyLine]:
    with FaultyLine(served.port) as line:
        yield line


def begin(visit: Visitor) -> None:
    """Open the quiz at a question that has an answer chosen."""
    visit.open(QUIZ)
    start = visit.page.locator("main [data-do=begin], main [data-do=again]")
    if start.count():
        start.first.click()
    visit.page.wait_for_selector("main form")
    visit.saved()
    give_some_answer(visit.page)


def answered(visit: Visitor) -> None:
    """Wait until the answer given has been judged."""
    visit.page.wait_for_selector("main .feedback", timeout=20_000)


def submit(visit: Visitor) -> None:
    visit.page.locator("main form button[type=submit]").first.click()


def banner(visit: Visitor, within_ms: int) -> str:
    visit.page.wait_for_selector(BANNER, timeout=within_ms)
    return visit.page.inner_text(BANNER)


def gone(visit: Visitor) -> None:
    visit.page.wait_for_selector(BANNER, state="detached", timeout=20_000)


@pytest.mark.parametrize(
    ("fault", "who", "told_ms"), [("cut", "R20", TOLD_MS), ("stall", "R28", TOLD_OF_STALL_MS)]
)
def test_an_answer_given_while_the_line_is_down_arrives(
    fault: str, who: str, told_ms: int, visitor: Opens, line: FaultyLine
) -> None:
    visit = visitor(who, address=line.address)
    begin(visit)
    if fault == "cut":
        line.cut()
    else:
        line.stall()
    began = time.monotonic()
    submit(visit)
    assert "断" in banner(visit, told_ms) or "没有回应" in banner(visit, told_ms)
    time.sleep(max(0.0, OUTAGE_SECONDS - (time.monotonic() - began)))
    line.mend()
    answered(visit)
    gone(visit)


def test_a_killed_kernel_costs_one_tap_and_no_answer(visitor: Opens, served: Served) -> None:
    visit = visitor("R21")
    begin(visit)
    submit(visit)
    answered(visit)
    kernel_process(served, visit.kernel()).kill()
    assert "继续" in banner(visit, TOLD_MS)
    visit.page.click(f"{BANNER} button")
    visit.ready()
    answered(visit)


def test_what_was_tapped_as_the_kernel_died_is_sent_to_the_next(
    visitor: Opens, served: Served
) -> None:
    visit = visitor("R22")
    begin(visit)
    kernel_process(served, visit.kernel()).suspend()
    submit(visit)
    kernel_process(served, visit.kernel()).kill()
    banner(visit, TOLD_MS)
    visit.page.click(f"{BANNER} button")
    visit.ready()
    answered(visit)


def test_a_restarted_server_costs_one_tap_and_no_answer(visitor: Opens, served: Served) -> None:
    visit = visitor("R23")
    begin(visit)
    submit(visit)
    answered(visit)
    served.restart()
    assert banner(visit, TOLD_MS)
    visit.page.wait_for_selector(f"{BANNER} button", timeout=20_000)
    visit.page.click(f"{BANNER} button")
    visit.ready()
    answered(visit)


def test_a_note_half_written_survives_a_reload(visitor: Opens, served: Served) -> None:
    now = datetime.now(UTC)
    with closing(served.records) as records:  # the steps that come before the note
        did = (
            ("playbook", Step("read", {}, now)),
            ("quiz", Step("finished", {"earned": 11, "of": 11}, now)),
        )
        for app, step in did:
            assert records.steps.append("R24", app, "2.2", f"before-{app}", step)
    visit = visitor("R24")
    visit.open("app/onboarding")
    box = visit.page.locator("textarea").first
    box.fill("想问周经理：客户说膜片便宜怎么接")
    visit.page.reload()
    visit.ready()
    assert visit.page.locator("textarea").first.input_value().startswith("想问周经理")


def test_a_phone_that_slept_while_its_kernel_was_freed_goes_on(
    visitor: Opens, served: Served
) -> None:
    visit = visitor("R25")
    begin(visit)
    session = visit.context.new_cdp_session(visit.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    kernel_process(served, visit.kernel()).kill()
    time.sleep(2)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    banner(visit, TOLD_MS)
    visit.page.click(f"{BANNER} button")
    visit.ready()
    assert visit.page.locator("main form").count()
