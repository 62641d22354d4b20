"""A real server, a real browser: phone, tablet and desktop, with every other host out of reach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import psutil
import pytest

from salestrain.apps.roleplay.readers import reader_of
from salestrain.apps.visit import playbook_of
from tests.chromium import ALONE, PHONE, running
from tests.served import Served, new_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Device = Literal["phone", "tablet", "desktop"]
DEVICES: dict[Device, dict[str, Any]] = {
    "phone": PHONE,
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
READY_MS = 30_000
TYPED = ("5.2.s.angry_complaint", "2.2.s.price_objection")
NOTHING_WAITS = """() => Object.entries(sessionStorage)
  .every(([name, kept]) => !name.startsWith("salestrain:actions") || kept === "[]")"""


@dataclass
class Seen:
    """What a page asked for and complained of."""

    off_host: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every request to another host, and every error the console shows."""
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.off_host.append(url)


@dataclass
class Visitor:
    """Somebody with a browser of their own, signed in."""

    context: BrowserContext
    page: Page
    address: str
    seen: Seen

    def open(self, path: str) -> None:
        """Go to a page and wait until it can be acted on."""
        self.page.goto(self.address + path, wait_until="commit")
        self.ready()

    def ready(self) -> None:
        """Wait until the page can be acted on."""
        self.page.wait_for_selector("html[data-ready]", timeout=READY_MS)

    def kernel(self) -> str:
        """Return the id of the kernel behind the page."""
        config = self.page.text_content("#page-config")
        return str(json.loads(config or "{}")["kernelId"])

    def saved(self) -> None:
        """Wait until the kernel has said of every action that it is done."""
        self.page.wait_for_function(NOTHING_WAITS)


Opens = Callable[..., Visitor]


def kernel_process(served: Served, kernel: str) -> psutil.Process:
    """Return the process of a kernel of this server."""
    assert served.process
    started = psutil.Process(served.process.pid).children(recursive=True)
    (found,) = (one for one in started if f"kernel-{kernel}.json" in _command(one))
    return found


def _command(process: psutil.Process) -> str:
    """Return what a process runs; nothing if it has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a workspace of its own, for all tests of a module."""
    running = Served(new_workspace(tmp_path_factory.mktemp("served") / "workspace")).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def reads(served: Served) -> None:
    """What reads typed talk is made; a server does it beside other work, and takes minutes."""
    playbook = playbook_of(served.workspace)
    for scenario in TYPED:
        reader_of(playbook, playbook.scenarios[scenario], served.workspace.state)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running(ALONE) as started:
        yield started


@pytest.fixture
def visitor(chromium: Browser, served: Served) -> Iterator[Opens]:
    """Return a function that opens a browser for a person, on a device, in a language and theme."""
    contexts = []

    def arrive(
        person: str,
        device: Device = "phone",
        *,
        language: str = "zh",
        theme: Literal["light", "dark"] = "light",
        address: str = "",
    ) -> Visitor:
        place = address or served.address
        context = chromium.new_context(
            **DEVICES[device], locale={"zh": "zh-CN", "en": "en-GB"}[language], color_scheme=theme
        )
        contexts.append(context)
        if person:
            name, _, value = served.cookie_for(person).partition("=")
            context.add_cookies([{"name": name, "value": value, "url": place}])
        page, seen = context.new_page(), Seen()
        seen.watch(page)
        return Visitor(context, page, place, seen)

    yield arrive
    for context in contexts:
        for page in context.pages:
            page.close()  # as a person does, so that it can say goodbye
        context.close()
