"""Every app behind a firewall that drops what goes to other hosts: nothing waits for an answer."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_pages import PAGES
from tests.chromium import ALONE, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.conftest import Opens

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for which every other host is a place that takes a call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silence = f"MAP * 127.0.0.1:{silent.getsockname()[1]}, EXCLUDE 127.0.0.1"
        elsewhere = [one for one in ALONE if not one.startswith("--host-resolver-rules")]
        with running([*elsewhere, f"--host-resolver-rules={silence}"]) as started:
            yield started


def test_another_host_never_answers(chromium: Browser) -> None:
    from playwright.sync_api import TimeoutError as TimedOut  # noqa: PLC0415 (skipped where absent)

    page = chromium.new_page()
    with pytest.raises(TimedOut):
        page.goto("http://fonts.example/", timeout=2_000)
    page.close()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_ready_while_no_other_host_answers(page: str, visitor: Opens) -> None:
    person, path = PAGES[page]
    visit = visitor(person)
    visit.open(path)
    assert visit.seen.off_host == []
    assert visit.seen.complaints == []
