"""Reports are printed by an installed Chromium; without one, the message names what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from salestrain.batch.pdf import print_pdfs
from salestrain.errors import UsageError


def test_without_playwright_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    with pytest.raises(UsageError) as refused:
        print_pdfs([Path("a.html")])
    assert str(refused.value) == (
        "PDF needs Playwright; install it with pip install 'salestrain[pdf]', "
        "or leave --pdf out and print the page from your browser"
    )


def test_without_a_browser_the_message_names_chromium(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"^PDF needs an installed Chromium; install the package"):
        print_pdfs([Path("a.html")])


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_becomes_a_pdf_beside_it(tmp_path: Path) -> None:
    page = tmp_path / "团队 #1.html"
    page.write_text("<!doctype html><title>t</title><p>Hello", "utf-8")
    assert print_pdfs([page]) == [tmp_path / "团队 #1.pdf"]
    assert (tmp_path / "团队 #1.pdf").read_bytes().startswith(b"%PDF-")
    assert len(list(tmp_path.iterdir())) == 2
