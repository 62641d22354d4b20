"""Reports as PDF, printed by an installed Chromium."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDS = "PDF needs {what}; {how}, or leave --pdf out and print the page from your browser"


def find_chromium() -> str:
    """Return the browser that prints; ask before an hour of reports, not after.

    Raises:
        UsageError: If Playwright or a Chromium is missing.
    """
    if find_spec("playwright") is None:
        how = "install it with pip install 'salestrain[pdf]'"
        raise UsageError(NEEDS.format(what="Playwright", how=how))
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        how = "install the package chromium of your system"
        raise UsageError(NEEDS.format(what="an installed Chromium", how=how))
    return chromium


def print_pdfs(pages: Sequence[Path]) -> list[Path]:
    """Print each HTML page on A4 into a PDF beside it.

    Raises:
        UsageError: If Playwright or a Chromium is missing.
    """
    chromium = find_chromium()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (an extra)

    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        sheet = browser.new_page()
        return [_printed(sheet, page) for page in pages]


def _printed(sheet: Page, page: Path) -> Path:
    path = page.with_suffix(".pdf")
    part = path.with_name(f".{path.name}.part")
    sheet.goto(page.resolve().as_uri())
    sheet.pdf(
        path=part,
        prefer_css_page_size=True,
        format="A4",
        print_background=True,
        tagged=True,
        outline=True,
    )
    return part.replace(path)
