"""Tabs closed in a browser leave no kernel behind."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import READY_MS, Opens

if TYPE_CHECKING:
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PEOPLE, TABS_EACH, SECONDS = ("R14", "R15", "R20"), 10, 10


def test_thirty_closed_tabs_leave_no_kernel(visitor: Opens, served: Served) -> None:
    tabs = []
    for person in PEOPLE:
        context = visitor(person).context
        tabs += [context.new_page() for _ in range(TABS_EACH)]
    for tab in tabs:
        tab.goto(f"{served.address}app/home", wait_until="commit")
        tab.wait_for_selector("html[data-ready]", timeout=READY_MS)
    assert served.kernels() == len(tabs)
    for tab in tabs:
        tab.close()
    until = time.monotonic() + SECONDS
    while (left := served.kernels()) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == 0
