"""A kernel freed under an open page: the person is told, and one tap goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Opens
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.browser]

RESTS = {"idle_open": 3.0, "cull_interval": 1}
BANNER = "#session-banner"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that lets nobody rest for more than three seconds."""
    folder = tmp_path_factory.mktemp("culled") / "workspace"
    running = Served(new_workspace(folder), limits=RESTS).start()
    yield running
    running.stop()


def test_a_page_left_to_rest_says_so_and_one_tap_goes_on(visitor: Opens) -> None:
    visit = visitor("R20", "phone")
    visit.open("app/quiz?set=3.1")
    asked = visit.page.inner_text("main h1")
    visit.page.wait_for_selector(f"{BANNER} button", timeout=20_000)
    assert "继续" in visit.page.inner_text(BANNER)
    assert visit.page.inner_text("main h1") == asked
    visit.page.click(f"{BANNER} button")
    visit.ready()
    assert visit.page.inner_text("main h1") == asked
