"""The Screen's client on a page of its own, with the test in the kernel's place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from salestrain.language import Language
from tests.chromium import browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Locator, Page, Route

__all__ = ["browser"]  # a fixture

HERE = Path(__file__).parent
BUNDLE = HERE.parents[1] / "salestrain" / "views" / "screen.js"
SANITISER = HERE.parents[1] / "frontend" / "src" / "stand_ins" / "sanitize.js"
FILES = {
    "/": (HERE / "harness.html", "text/html"),
    "/harness.js": (HERE / "harness.js", "text/javascript"),
    "/screen.js": (BUNDLE, "text/javascript"),
    "/sanitize.js": (SANITISER, "text/javascript"),
}
POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"
DESKTOP: dict[str, Any] = {"viewport": {"width": 900, "height": 700}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 700},
    "has_touch": True,
    "is_mobile": True,
}


class Shown:
    """A screen in a page; everything it complains of is a failure."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[str] = []
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("console", self._hear)
        page.route("http://screen.test/**", self._answer)
        page.goto("http://screen.test/")
        page.wait_for_function("() => window.harness")

    def _hear(self, message: Any) -> None:  # noqa: ANN401
        if message.type in {"error", "warning"}:
            self.heard.append(message.text)

    def _answer(self, route: Route) -> None:
        path, kind = FILES.get("/" + route.request.url.split("/", 3)[3], (HERE, ""))
        if not kind:
            route.fulfill(status=204)
            return
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(
            body=path.read_bytes(), content_type=f"{kind}; charset=utf-8", headers=headers
        )

    def open(self, html: str, at: str = "step-1", language: Language = "en") -> None:
        """Show a screen that the server has drawn into the page already."""
        state = {"html": html, "at": at, "title": "A title", "language": language}
        self.page.evaluate("state => harness.keep(state)", state)
        self.page.evaluate("html => harness.draw(html)", html)
        self.page.evaluate("() => void harness.render()")

    def change(self, html: str, at: str = "step-1") -> None:
        """Let the kernel draw another screen."""
        self.page.evaluate("state => harness.change(state)", {"html": html, "at": at})

    def say(self, **message: str) -> None:
        """Let the kernel send a message."""
        self.page.evaluate("message => harness.say(message)", message)

    def done(self, number: int = -1) -> None:
        """Let the kernel say that an action is done."""
        self.say(done=self.sent[number]["id"])

    def reload(self) -> None:
        """Reload the page; the kernel's state is the same."""
        self.page.reload()
        self.page.wait_for_function("() => window.harness")

    @property
    def sent(self) -> list[dict[str, Any]]:
        """What was sent since the page was loaded."""
        sent: list[dict[str, Any]] = self.page.evaluate("() => sent")
        return sent

    def __call__(self, selector: str) -> Locator:
        """Find something in the page."""
        return self.page.locator(selector)

    def places(self, selector: str) -> list[dict[str, float]]:
        """Return where things stand in the window (x, y, width, height)."""
        look = "all => all.map(one => one.getBoundingClientRect().toJSON())"
        places: list[dict[str, float]] = self(selector).evaluate_all(look)
        return places

    def values(self, selector: str) -> list[str]:
        """Return the values of fields in the order in which they stand."""
        values: list[str] = self(selector).evaluate_all("all => all.map(one => one.value)")
        return values


@pytest.fixture
def shown(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Shown]:
    """A page; on a phone if the test is marked so by ``phone`` as indirect parameter."""
    context = browser.new_context(**getattr(request, "param", DESKTOP))
    screen = Shown(context.new_page())
    yield screen
    heard = screen.heard
    context.close()
    assert heard == []


@pytest.fixture
def finger(shown: Shown) -> Callable[[str, float, float], None]:
    """Touch the page as a finger does: start, move or end at a place."""
    session: CDPSession = shown.page.context.new_cdp_session(shown.page)

    def touch(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch
