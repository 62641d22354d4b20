"""The gallery in a real browser: every size, both languages, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salestrain.language import Language
from salestrain.views.theme import HTML_LANGUAGES, app_styles
from tests.views.components.gallery_html import gallery_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SMALL = (Path(__file__).parents[2] / "browser" / "small_targets.js").read_text("utf-8")


def shown(browser: Browser, folder: Path, language: Language, theme: str, width: int) -> Page:
    path = folder / "gallery.html"
    path.write_text(
        f'<!doctype html><html lang="{HTML_LANGUAGES[language]}" data-theme="{theme}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Gallery</title><style>{app_styles()}</style></head>"
        f'<body><main class="page">{gallery_html(language)}</main></body></html>',
        "utf-8",
    )
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, tmp_path: Path, language: Language, width: int
) -> None:
    page = shown(browser, tmp_path, language, "light", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_axe_finds_nothing(
    browser: Browser, tmp_path: Path, language: Language, theme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = shown(browser, tmp_path, language, theme, width)
    found = axe.Axe().run(page).response["violations"]
    page.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_a_finger_hits_is_44_pixels(
    browser: Browser, tmp_path: Path, language: Language
) -> None:
    page = shown(browser, tmp_path, language, "light", 390)
    assert page.evaluate(SMALL, True) == []
    page.close()


def test_the_contents_open_from_a_button_on_a_phone_and_stand_beside_the_page_elsewhere(
    browser: Browser, tmp_path: Path
) -> None:
    page = shown(browser, tmp_path, "en", "light", 390)
    contents = page.get_by_role("navigation", name="Contents")
    assert not contents.is_visible()
    page.get_by_role("button", name="Contents").click()
    assert contents.is_visible()
    page.close()
    page = shown(browser, tmp_path, "en", "light", 1280)
    assert contents.page.is_closed()
    assert page.get_by_role("navigation", name="Contents").is_visible()
    page.close()


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_records_are_read_without_scrolling_sideways(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page = shown(browser, tmp_path, "en", "light", width)
    records = page.locator(".records--wide")
    assert records.locator("tbody [role=cell]").first.is_visible()
    assert records.locator("thead").is_visible() is (width > 720)
    label = records.locator("td").first.evaluate("it => getComputedStyle(it, '::before').content")
    assert (label == "none") is (width > 720)
    assert records.evaluate("it => it.scrollWidth - it.parentElement.clientWidth") <= 0
    page.close()
