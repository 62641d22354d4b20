from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salestrain.errors import UsageError
from salestrain.playbook.load import open_playbook
from salestrain.records import Person, open_records
from salestrain.training.steps import Step
from salestrain.views.quiz_review import QuizReview
from salestrain.views.theme import report_page
from salestrain.workspace import Workspace, create_workspace
from tests.views.test_kpi_review import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

PARTS = ("head", "items", "gaps", "exams", "needs", "quality", "definitions", "notes")
EVERYBODY = [("company", ""), ("region", "华南"), ("team", "S1"), ("rep", "R20"), ("rep", "R28")]


@pytest.fixture(scope="module", autouse=True)
def no_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the records would be, so that none of this machine's are read.

    The playbook, which takes longest, is read once for all tests.
    """
    place = tmp_path_factory.mktemp("records") / "records.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salestrain.views.quiz_review.study.open_playbook", cache(open_playbook))
        patch.setenv("SALESTRAIN_RECORDS", str(place))
        yield place


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A company's own workspace; nobody has practised yet."""
    return create_workspace(tmp_path_factory.mktemp("own") / "company")


@cache
def review(level: str, entity: str, language: str = "en", **more: str) -> QuizReview:
    period = more.get("period", "2026-Q3")
    where = more.get("workspace", "")
    return QuizReview.open(where, period, level, entity, language, more.get("linked", ""))


def page(found: QuizReview) -> str:
    return "\n".join(getattr(found, part)().html for part in PARTS)


def said(html: str) -> str:
    return " ".join(Words(html).text)


def headline(found: QuizReview) -> str:
    facts = found.head().facts
    assert facts
    return facts["headline"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("level", "entity"), EVERYBODY)
def test_everybodys_review_is_whole(level: str, entity: str, language: str) -> None:
    text = said(page(review(level, entity, language)))
    assert not re.search(r"\bnan\b|None|[{}]|\binf\b", text)
    assert len(text) > 900
    assert ("样例数据" if language == "zh" else "Sample data") in text


def test_the_company_is_told_of_the_planted_item_and_the_weak_team() -> None:
    found = review("company", "")
    assert headline(found).startswith(
        "One item to mend (the key is probably wrong); South-1 is behind in 2.2 Opportunity stages:"
    )
    items = said(found.items().html)
    assert re.search(r"playbook/items/2\.3-order-loop\.yaml:\d+", items)
    assert "Of 36 people 23 chose “Product: one case cost 31,000" in items
    assert "Nearly all get it; the item may give a clue" in items


def test_nobody_is_judged_by_an_item_that_misleads() -> None:
    misleading = review("company", "").study.misleading
    assert [one.item for one in misleading] == ["2.3.i.which_cause"]
    rules = said(review("company", "").gaps().html)
    assert "2.3.cause_not_name" not in rules


def test_the_weak_team_hears_of_its_gap_first() -> None:
    found = review("team", "S1")
    assert headline(found).startswith("South-1 is behind in 2.2 Opportunity stages")
    assert "He Liqun" in said(found.needs().html)
    assert "R01" not in page(found)
    assert "no section surely behind the others" in headline(review("team", "N1")).lower()


def test_one_person_sees_what_to_practise_and_nobody_elses_figures() -> None:
    found = review("rep", "R20")
    assert headline(found).startswith("Practise first: 2.")
    assert (found.items().html, found.quality().html) == (
        '<div class="report" lang="en"></div>',
    ) * 2
    assert "Wrong twice in a row" in said(found.needs().html)
    assert "Ouyang" not in page(found)
    few = review("rep", "R28")
    assert headline(few) == "Only 4 answers: too few to say what to practise"
    assert "4 first answers, 25% of the marks earned." in said(few.head().html)
    assert "Share by section" in said(few.gaps().html)
    assert headline(review("rep", "R06")) == "No question answered yet"


def test_answers_count_to_the_end_of_the_period() -> None:
    early, late = review("company", "", period="2026-Q1"), review("company", "")
    assert 0 < early.study.found.count < late.study.found.count
    assert "2026 Q3" not in said(early.quality().html)


def test_only_reports_that_lie_beside_this_one_are_linked() -> None:
    assert 'href="rep-R' not in page(review("team", "S1"))
    assert 'href="rep-R16.html"' in page(review("team", "S1", linked="rep"))


def test_where_nobody_has_answered_the_review_says_so_and_what_brings_it(own: Workspace) -> None:
    found = review("company", "", workspace=str(own.root))
    assert headline(found) == "Nobody has answered a question yet"
    text = said(page(found))
    assert "Run salestrain serve" in text
    assert "Sample data" not in text
    assert not re.search(r"\bnan\b|None|[{}]", text)


def test_a_few_real_answers_are_shown_for_what_they_are(own: Workspace, no_records: Path) -> None:
    records = open_records(no_records)
    when = datetime(2026, 8, 3, tzinfo=UTC)
    for number in range(3):
        records.people.add(Person(f"new{number}", f"新人{number}", f"New {number}", team="E1"))
        data = {"item": "2.2.i.which_stage", "answer": ["quote"], "earned": 0.0}
        step = Step("answered", data, when + timedelta(days=number))
        records.steps.append(f"new{number}", "quiz", "2.2", f"s{number}", step)
    records.close()
    found = review("company", "", "en", workspace=str(own.root))
    text = said(page(found))
    assert headline(found) == "No item stands out as faulty, and no section as behind"
    assert "3 people gave 3 first answers and earned 0% of the marks." in text
    assert "For 3 of 3 people more than half of what they learnt is due again" in text
    assert "New 2 56 days idle 0 / 1" in text
    assert "Nobody has taken an exam yet" in text
    assert "Too few answers to say how well it measures" in text
    team = review("team", "E1", workspace=str(own.root))
    no_records.unlink()
    assert "New 2" in said(team.needs().html)


def test_unknown_parameters_are_refused_with_what_is_known() -> None:
    with pytest.raises(UsageError, match="there is no team 'E9'; use one of: E1, E2, N1"):
        review("team", "E9")
    with pytest.raises(UsageError, match="there is no squad 'E1'"):
        review("squad", "E1")
    with pytest.raises(UsageError, match="language 'fr' is not known"):
        review("team", "E1", "fr")


def test_a_review_page_stays_small_and_asks_no_host() -> None:
    html = report_page("x", "zh", page(review("company", "", "zh")))
    assert len(html.encode()) < 120_000
    assert not re.search(r"https?://", html)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_a_phone_and_is_silent(browser: Browser, tmp_path: Path, language: str) -> None:
    file = tmp_path / "review.html"
    body = page(review("company", "", language))
    file.write_text(report_page("x", "zh" if language == "zh" else "en", body), encoding="utf-8")
    asked: list[str] = []
    told: list[str] = []
    with browser.new_context() as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: told.append(message.text))
        for width in (320, 390, 820, 1280):
            tab.set_viewport_size({"width": width, "height": 844})
            tab.goto(file.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert set(asked) == {file.as_uri()}
    assert told == []
