"""A class in browsers: the wall on a desktop, two phones, one of somebody without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salestrain.records import Person
from salestrain.records.shared import in_order
from salestrain.training.live import LIVE
from tests.class_clients import open_class

if TYPE_CHECKING:
    from tests.browser.conftest import Opens
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]
TEACHER, CODE, ITEM = "TEACHER", "478206", "2.2.i.which_stage"
PRESSED = ".buzzer[aria-pressed=true]:not([aria-busy])"
DRAWN_WIDER = "document.documentElement.scrollWidth - innerWidth"


def test_a_class_votes_on_phones_and_sees_the_answer_when_the_trainer_shows_it(
    visitor: Opens, served: Served
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (brings Playwright along)

    served.records.people.add(Person(TEACHER, "陈老师", role="trainer"))
    open_class(served.records, TEACHER, CODE, [ITEM], guests=True)
    wall, ours = visitor(TEACHER, "desktop"), visitor("R01")
    guest = visitor("", language="en", theme="dark")
    wall.page.goto(f"{wall.address}live/{CODE}/wall")
    ours.page.goto(f"{ours.address}live?code=478%20206")
    guest.page.goto(f"{guest.address}live/{CODE}")
    guest.page.fill("input[name=name]", "Ann")
    guest.page.click("form button")
    for visit, shows in ((wall, "2 人进来了"), (ours, "你进来了"), (guest, "You’re in, Ann")):
        visit.page.wait_for_selector(f"text={shows}")

    wall.page.click("button:has-text('出这一题')")
    ours.page.wait_for_selector(".buzzer")
    guest.page.wait_for_selector(".buzzer")
    guest.page.keyboard.press("2")  # of a tablet's keyboard
    guest.page.wait_for_selector(PRESSED)
    ours.page.tap(".buzzer >> nth=0")
    ours.page.wait_for_selector(PRESSED)
    wall.page.wait_for_selector("text=2 / 2 人已答")
    ours.page.reload()
    ours.page.wait_for_selector(".buzzer[aria-pressed=true] >> text=A")
    ours.context.set_offline(True)
    ours.page.tap(".buzzer >> nth=2")
    ours.context.set_offline(False)
    ours.page.wait_for_selector(".buzzer[aria-pressed=true] >> text=C")
    for visit in (wall, ours, guest):
        assert visit.page.evaluate(DRAWN_WIDER) <= 0, "the page is wider than the screen"
        assert [one["id"] for one in Axe().run(visit.page).response["violations"]] == []

    wall.page.keyboard.press(" ")
    ours.page.wait_for_selector("text=收题了")
    wall.page.click("button:has-text('公布答案')")
    ours.page.wait_for_selector("text=全班怎么答的")
    guest.page.wait_for_selector("text=How the class answered")
    wall.page.wait_for_selector(".histogram .right")
    steps = in_order(served.records, LIVE, CODE)
    answers = {person: step.data["answer"] for person, step in steps if step.kind == "answered"}
    assert len(answers) == 2
    for visit in (wall, ours, guest):
        assert visit.seen.off_host == []
        assert [one for one in visit.seen.complaints if "ERR_INTERNET" not in one] == []
