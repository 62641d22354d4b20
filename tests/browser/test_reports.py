"""Reports as the server hands them out: the index can be searched, and nothing foreign runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salestrain.batch.index import write_index
from salestrain.batch.run import Job, Outcome
from salestrain.language import Text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opens
    from tests.served import Served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FOREIGN = """<!doctype html><title>quiet</title><p onclick="document.title='ran'">press</p>
<img src="data:," onerror="document.title='ran'"><script>document.title = "ran"</script>
<script src="/static/page.js"></script><a href="javascript:document.title='ran'">go</a>"""


def outcome(folder: Path, key: str, headline: str) -> Outcome:
    page = folder / f"{key}.html"
    page.write_text("x")
    job = Job(key, Text(key, key), key.partition("-")[0], {})
    return Outcome(job, "done", page, folder / f"{key}.ipynb", headline, "", 1.0)


def test_the_index_filters_its_rows_when_served(visitor: Opens, served: Served) -> None:
    folder = served.workspace.reports / "2026-Q3" / "kpi_review"
    folder.mkdir(parents=True)
    found = [outcome(folder, "rep-R01", "Win rate fell"), outcome(folder, "rep-R02", "On target")]
    write_index(folder, found, company="A", period=Text("三季度", "Q3"), language="en")
    visit = visitor("D1", "desktop", language="en")
    visit.page.goto(f"{visit.address}reports/2026-Q3/kpi_review/index.html")
    rows = visit.page.locator(".index-group li:visible")
    assert rows.count() == 2
    visit.page.get_by_role("searchbox").fill("win RATE")
    assert [row.inner_text().split()[0] for row in rows.all()] == ["rep-R01"]
    assert visit.page.locator("output").inner_text() == "Found: 1"
    assert visit.seen.complaints == []


@pytest.mark.parametrize("name", ["index", "company"])
def test_a_foreign_page_among_the_reports_runs_nothing(
    visitor: Opens, served: Served, name: str
) -> None:
    folder = served.workspace.reports / "foreign"
    folder.mkdir(exist_ok=True, parents=True)
    (folder / f"{name}.html").write_text(FOREIGN)
    visit = visitor("D1", "desktop")
    visit.page.goto(f"{visit.address}reports/foreign/{name}.html")
    visit.page.click("p")
    visit.page.click("a")
    assert visit.page.title() == "quiet"
    refused = [text for text in visit.seen.complaints if "Content Security Policy" in text]
    assert len(refused) == 5, visit.seen.complaints
