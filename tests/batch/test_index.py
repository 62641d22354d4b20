"""The index lists what a batch made, in words, safely, and can be searched offline."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salestrain.batch.index import write_index
from salestrain.batch.run import Job, Outcome, Status
from salestrain.language import Language, Text

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def outcome(out: Path, key: str, status: Status = "done", **said: str) -> Outcome:
    job = Job(key, Text(f"名 {key}", f"Name {key}"), key.split("-", maxsplit=1)[0], {})
    page = out / f"{key}.html"
    if status != "failed":
        page.write_text("x")
    headline, reason = said.get("headline", ""), said.get("reason", "")
    return Outcome(job, status, page, out / "notebooks" / f"{key}.ipynb", headline, reason, 1.0)


def index_of(out: Path, outcomes: list[Outcome], language: Language = "en") -> str:
    period = Text("2026 年三季度", "2026 Q3")
    path = write_index(
        out, outcomes, company="A & B", period=period, language=language, made_on=date(2026, 10, 9)
    )
    assert path == out / "index.html"
    return path.read_text("utf-8")


@pytest.fixture
def outcomes(tmp_path: Path) -> list[Outcome]:
    return [
        outcome(tmp_path, "company", headline="Revenue fell <5%>"),
        outcome(tmp_path, "team-华东", "unchanged", headline="Ｗin rate fell"),
        outcome(tmp_path, "rep-1", "failed", reason="KeyError: 'revenue'"),
        outcome(tmp_path, "rep-2", headline="On target"),
    ]


def test_reports_stand_in_groups_in_the_order_given(
    tmp_path: Path, outcomes: list[Outcome]
) -> None:
    page = index_of(tmp_path, outcomes)
    heads = re.findall(r"<h2>(\w+)<small>(\d)</small></h2>", page)
    assert heads == [("Company", "1"), ("Teams", "1"), ("Reps", "2")]
    names = re.findall(r"Name [^<]*", page.split("<h2>", 1)[1])
    assert names == ["Name company", "Name team-华东", "Name rep-1", "Name rep-2"]


def test_each_report_has_link_state_and_escaped_finding(
    tmp_path: Path, outcomes: list[Outcome]
) -> None:
    page = index_of(tmp_path, outcomes)
    assert '<a href="team-%E5%8D%8E%E4%B8%9C.html">Name team-华东</a>' in page
    assert '<span class="finding">Revenue fell &lt;5%&gt;</span>' in page
    assert [*re.findall(r"tag--(\w+)", page.split("<h2>", 1)[1])] == [
        "brand",
        "plain",
        "bad",
        "brand",
    ]


def test_a_failed_report_without_a_page_is_no_dead_link(
    tmp_path: Path, outcomes: list[Outcome]
) -> None:
    page = index_of(tmp_path, outcomes)
    assert "<b>Name rep-1</b>" in page
    assert "KeyError: &#x27;revenue&#x27;" in page


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Reports: 4, stopped: 1 · made on 9 Oct 2026"),
        ("zh", "4 份，其中 1 份没做完 · 2026年10月9日生成"),
    ],
)
def test_the_head_says_whose_when_and_how_many(
    tmp_path: Path, outcomes: list[Outcome], language: Language, line: str
) -> None:
    page = index_of(tmp_path, outcomes, language)
    assert line in page
    assert "A &amp; B" in page


def test_a_batch_without_faults_counts_plainly(tmp_path: Path) -> None:
    assert "Reports: 1 · " in index_of(tmp_path, [outcome(tmp_path, "company")])
    assert "1 份 · " in index_of(tmp_path, [outcome(tmp_path, "company")], "zh")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("win RATE", ["Name team-华东"]),
        ("华东", ["Name team-华东"]),
        ("name rep", ["Name rep-1", "Name rep-2"]),
        ("nothing", []),
    ],
)
def test_search_keeps_what_has_every_word(
    tmp_path: Path, outcomes: list[Outcome], browser: Browser, words: str, left: list[str]
) -> None:
    index_of(tmp_path, outcomes)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("searchbox").fill(words)
    rows = page.locator(".index-group li:visible").all()
    assert [row.locator(":scope > :first-child").inner_text() for row in rows] == left
    assert page.locator("output").inner_text() == f"Found: {len(left)}"
    assert asked == [page.url]
