"""Chinese, end to end: a new hire's first day, the mentor signs, trainer and manager see it."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salestrain.apps.visit import playbook_of
from salestrain.records import Person
from salestrain.training.steps import Step
from tests.browser.learner import Learner
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Opens, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NEW, MENTOR, MANAGER, TRAINER = "R15", "R10", "M2", "T1"
WEEK, NINETY, PRICE = "4.1.p.first_week", "4.1.p.rep_90", "2.2.s.price_objection"
DAY_ONE = 2  # steps due on the first day
GOOD: dict[str, object] = {"earned": 9, "of": 10}
NOTE = "鹤汀污水厂，陆建平：夜班不敢下班。"
HANDED_IN = "跟师傅去见第一个客户"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on the network, with a trainer; nobody has practised yet."""
    running = Served(new_workspace(tmp_path_factory.mktemp("three") / "ours"), "127.0.0.1").start()
    with closing(running.records) as records:
        records.people.add(Person(TRAINER, "方敏", "Fang Min", role="trainer"))
    yield running
    running.stop()


def invited(visitor: Opens, served: Served) -> Visitor:
    """Return the new hire's phone, come in by the manager's invitation."""
    with closing(served.records) as records:
        token = records.invitations.invite(NEW, by=MANAGER).token
    new = visitor("", "phone")
    new.page.goto(f"{new.address}join/{token}")
    assert "林晓雨" in new.page.inner_text("main")
    new.page.click("main button")
    new.page.wait_for_url(re.compile("/pin$"))
    return new


def rest_of_the_week(served: Served) -> None:
    """Keep what the new hire does on the days after the first."""
    did: list[tuple[str, str, str, dict[str, object]]] = [
        ("playbook", "3.1", "read", {}),
        *[("quiz", one, "finished", GOOD) for one in ("4.3", "3.1")],
        ("roleplay", PRICE, "ended", {"ending": "a", "score": 90, "passed": True}),
        ("onboarding", WEEK, "noted", {"step": "note_deal", "text": "写过"}),
        ("onboarding", WEEK, "noted", {"step": "note_mentor", "text": "写过"}),
        ("onboarding", NINETY, "noted", {"step": "three_donts", "text": "写过"}),
    ]
    with closing(served.records) as records:
        for number, (app, thread, kind, data) in enumerate(did):
            step = Step(kind, data, datetime.now(UTC))
            assert records.steps.append(NEW, app, thread, f"week-{number}", step)


def test_from_the_invitation_to_the_managers_pack(visitor: Opens, served: Served) -> None:
    manager = visitor(MANAGER, "desktop")
    manager.open("app/mentor")
    manager.page.select_option("main [name=newcomer]", NEW)
    manager.page.select_option("main [name=mentor]", MENTOR)
    manager.page.click("main form[data-do=pair] button")
    manager.page.wait_for_selector("main #pairs:has-text('许文静')")

    new = invited(visitor, served)
    learner = Learner(new, playbook_of(served.workspace))
    for _ in range(DAY_ONE):
        new.open("app/onboarding")
        learner.follow()
    new.open("app/onboarding")
    assert "你的师傅：许文静" in new.page.inner_text("main")
    assert new.page.locator("main .stop--done").count() == DAY_ONE

    rest_of_the_week(served)
    new.open("app/onboarding")
    new.page.fill("main form[data-do=note] textarea", NOTE)
    new.page.click("main form[data-do=note] button")
    new.page.wait_for_selector("main .tag:has-text('等师傅签字')")

    trainer = visitor(TRAINER, "tablet")
    trainer.open("app/trainer")
    awaited = f"等许文静签字：{HANDED_IN}"
    assert awaited in trainer.page.inner_text("main")
    before = steps_done(trainer)

    mentor = visitor(MENTOR, "phone")
    mentor.open("app/mentor")
    assert NOTE in mentor.page.inner_text("main")
    mentor.page.click("main form[data-do=sign] button[value=yes]")
    mentor.page.wait_for_selector("main h1:has-text('没有等你签字的')")
    new.open("app/onboarding")
    assert "许文静签了" in new.page.inner_text("main .stop--done")

    trainer.open("app/trainer")
    assert awaited not in trainer.page.inner_text("main")
    assert steps_done(trainer) == before + 1

    pack = packed(manager)
    line = pack.page.locator("tr", has_text="林晓雨").inner_text()
    assert "师傅 许文静" in line
    assert HANDED_IN in line
    assert NOTE not in pack.page.inner_text("body")
    for one in (manager, new, mentor, trainer):
        assert one.seen.off_host == []
        assert one.seen.complaints == []


def steps_done(trainer: Visitor) -> int:
    """Return how many steps the trainer's desk says the new hire has done."""
    line = trainer.page.locator("main .talks li", has_text="林晓雨").inner_text()
    found = re.search(r"路径 (\d+) / \d+", line)
    assert found, line
    return int(found[1])


def packed(manager: Visitor) -> Visitor:
    """Make the meeting pack of the manager's own team, and open it."""
    manager.open("app/manager")
    manager.page.check("main input[name=review][value=meeting_pack]")
    for one in manager.page.locator("main .pick-list input").all():
        one.set_checked(one.get_attribute("value") == "team:E2")
    manager.page.click("main form button.button--main")
    made = manager.page.locator("main .making a[href*='meeting_pack/team-E2']")
    made.wait_for(timeout=120_000)
    with manager.page.expect_navigation():
        made.click()
    return manager
