"""The whole review in a real browser: on a phone, on a screen, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def shown(browser: Browser, folder: Path, html: str, width: int) -> tuple[Page, list[str]]:
    """Open the document; return it with everything it asked for or complained of."""
    path = folder / "report.html"
    path.write_text(html, "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(path.as_uri())
    return page, [what for what in heard if what != path.as_uri()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_overflows_is_asked_for_or_complains(
    browser: Browser, tmp_path: Path, pages: dict[str, str], language: str, width: int
) -> None:
    page, heard = shown(browser, tmp_path, pages[language], width)
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    drawings = page.locator(".drawing").all()
    assert sum(drawing.is_visible() for drawing in drawings) == 1
    page.close()


def test_words_in_a_drawing_keep_their_size(
    browser: Browser, tmp_path: Path, pages: dict[str, str]
) -> None:
    for width in (390, 820, 1280):
        page, _ = shown(browser, tmp_path, pages["en"], width)
        scale = page.evaluate(
            "(() => { const s = [...document.querySelectorAll('.drawing')]"
            ".find(s => s.getBoundingClientRect().width);"
            "return s.getBoundingClientRect().width / s.viewBox.baseVal.width })()"
        )
        assert 0.9 <= scale <= 1.25
        page.close()


def test_dark_is_followed_and_paper_is_white(
    browser: Browser, tmp_path: Path, pages: dict[str, str]
) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page, _ = shown(browser, tmp_path, pages["zh"], 1280)
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen.append(page.evaluate(ground))
    page.emulate_media(media="print", color_scheme="dark")
    seen.append(page.evaluate(ground))
    assert seen == ["rgb(245, 247, 246)", "rgb(12, 20, 19)", "rgb(255, 255, 255)"]
    page.close()


def test_a_usual_review_prints_on_two_pages(
    browser: Browser, tmp_path: Path, pages: dict[str, str]
) -> None:
    page, _ = shown(browser, tmp_path, pages["usual"], 1280)
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert paper.count(b"/Type /Page\n") == 2
    page.close()
