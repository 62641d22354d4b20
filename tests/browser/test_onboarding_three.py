"""Three people in Chinese: a new hire hands in, the mentor signs, the manager sees how far."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from salestrain.training.steps import Step
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NEW, MENTOR, MANAGER = "R15", "R10", "M2"
WEEK, NINETY, PRICE = "4.1.p.first_week", "4.1.p.rep_90", "2.2.s.price_objection"
GOOD: dict[str, object] = {"earned": 9, "of": 10}
NOTE = "鹤汀污水厂，陆建平：夜班不敢下班。"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on which the new hire has done the first week."""
    running = Served(new_workspace(tmp_path_factory.mktemp("three") / "workspace")).start()
    at = datetime.now(UTC) - timedelta(days=3)
    did: list[tuple[str, str, str, dict[str, object]]] = [
        ("playbook", "2.2", "read", {}),
        ("playbook", "3.1", "read", {}),
        *[("quiz", one, "finished", GOOD) for one in ("2.2", "4.3", "3.1")],
        ("roleplay", PRICE, "ended", {"ending": "a", "score": 90, "passed": True}),
        ("onboarding", WEEK, "noted", {"step": "note_deal", "text": "写过"}),
        ("onboarding", WEEK, "noted", {"step": "note_mentor", "text": "写过"}),
        ("onboarding", NINETY, "noted", {"step": "three_donts", "text": "写过"}),
    ]
    with closing(running.records) as records:
        for number, (app, thread, kind, data) in enumerate(did):
            assert records.steps.append(NEW, app, thread, f"week-{number}", Step(kind, data, at))
    yield running
    running.stop()


def test_a_new_hire_hands_in_the_mentor_signs_and_the_manager_sees_it(visitor: Opens) -> None:
    manager = visitor(MANAGER, "desktop")
    manager.open("app/mentor")
    manager.page.select_option("main [name=newcomer]", NEW)
    manager.page.select_option("main [name=mentor]", MENTOR)
    manager.page.click("main form[data-do=pair] button")
    manager.page.wait_for_selector("main #pairs:has-text('许文静')")

    new = visitor(NEW, "phone")
    new.open("app/onboarding")
    assert "你的师傅：许文静" in new.page.inner_text("main")
    new.page.fill("main form[data-do=note] textarea", NOTE)
    new.page.click("main form[data-do=note] button")
    new.page.wait_for_selector("main .tag:has-text('等师傅签字')")

    mentor = visitor(MENTOR, "phone")
    mentor.open("app/mentor")
    assert NOTE in mentor.page.inner_text("main")
    mentor.page.click("main form[data-do=sign] button[value=yes]")
    mentor.page.wait_for_selector("main h1:has-text('没有等你签字的')")

    new.open("app/onboarding")
    assert "许文静签了" in new.page.inner_text("main .stop--done")
    manager.open("app/home")
    assert "林晓雨" in manager.page.inner_text("main #learners")
    assert NOTE not in manager.page.inner_text("main")
    for one in (manager, new, mentor):
        assert one.seen.off_host == []
        assert one.seen.complaints == []
