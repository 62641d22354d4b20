"""What one person wrote runs in another's page of Voila as shipped: why texts are escaped.

The counterpart, where it stays text, is ``test_script_in_text.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serving.conftest import notebook
from tests.stock_voila import Stock, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ANSWER = '<img src="data:," onerror="document.title = \'ran\'">'
ASKING = """
from pathlib import Path
import ipywidgets as widgets
answer = widgets.Text(description="answer")
answer.observe(lambda change: Path("answer.txt").write_text(change["new"]), "value")
answer
"""
SHOWING = """
from pathlib import Path
import ipywidgets as widgets
from IPython.display import HTML, Markdown, display
display({shows}(Path("answer.txt").read_text()))
"""
SHOWN_BY = {
    "html_widget": "widgets.HTML",
    "maths_widget": "widgets.HTMLMath",
    "html": "HTML",
    "markdown": "Markdown",
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """The ``voila`` command on a page that asks and pages that show what was answered."""
    root = tmp_path_factory.mktemp("stock")
    notebook(root / "asking.ipynb", ASKING)
    for name, shows in SHOWN_BY.items():
        notebook(root / f"{name}.ipynb", SHOWING.format(shows=shows))
    with started(root) as made:
        yield made


@pytest.fixture(scope="module")
def answered(stock: Stock, chromium: Browser) -> Stock:
    """The same after a learner has answered."""
    page = chromium.new_page()
    page.goto(f"{stock.address}voila/render/asking.ipynb?token={stock.token}")
    page.get_by_label("answer").fill(ANSWER)
    page.get_by_label("answer").press("Tab")
    page.wait_for_timeout(1_000)
    page.close()
    return stock


@pytest.mark.parametrize("name", SHOWN_BY)
def test_stock_voila_runs_what_a_learner_wrote(
    answered: Stock, chromium: Browser, name: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{answered.address}voila/render/{name}.ipynb?token={answered.token}")
    try:
        page.wait_for_function("document.title === 'ran'", timeout=30_000)
    finally:
        page.close()
