from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salestrain.crm.importing import import_export
from salestrain.errors import UsageError
from salestrain.views.kpi_review import KpiReview
from salestrain.views.theme import report_page
from salestrain.workspace import Workspace, create_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

PARTS = (
    "head", "standing", "course", "causes", "people", "below", "deals", "questions", "definitions",
    "notes",
)  # fmt: skip
EVERYBODY = [("company", ""), ("region", "华东"), ("team", "E2"), ("rep", "R16"), ("rep", "R15")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return create_workspace(tmp_path_factory.mktemp("sample") / "company")


def review(
    place: Workspace, level: str, entity: str, language: str = "en", **more: str
) -> KpiReview:
    return KpiReview.open(
        str(place.root),
        more.get("period", "2026-Q3"),
        level,
        entity,
        language,
        more.get("linked", ""),
    )


def page(found: KpiReview) -> str:
    return "\n".join(getattr(found, part)().html for part in PARTS)


class Words(HTMLParser):
    """The text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("level", "entity"), EVERYBODY)
def test_everybodys_review_is_whole(
    sample: Workspace, level: str, entity: str, language: str
) -> None:
    text = " ".join(Words(page(review(sample, level, entity, language))).text)
    assert not re.search(r"\bnan\b|None|[{}]|\binf\b", text)
    assert len(text) > 3000
    if language == "zh":
        assert "quarter" not in text


def test_the_review_of_east_2_leads_with_the_quote_stage(sample: Workspace) -> None:
    found = review(sample, "team", "E2")
    facts = found.head().facts
    assert facts
    assert facts["headline"].startswith("Time in quote is up to 32 days (17 days a year ago)")
    assert "all 7 reps: look at the process before the people" in found.head().html
    assert "3.1.time_in_quote" in found.questions().html
    assert "discounts go to the director" in found.course().html


def test_the_busiest_rep_is_told_apart_by_what_his_visits_lead_to(sample: Workspace) -> None:
    facts = review(sample, "rep", "R16").head().facts
    assert facts
    assert "the rest of the team" in facts["headline"]
    assert "Next-step rate" in facts["headline"]


def test_a_rep_without_deals_stands_in_the_teams_table_as_zero(sample: Workspace) -> None:
    assert re.search(r"Lin Xiaoyu.*?¥0.*?n=0", review(sample, "team", "E2").below().html, re.DOTALL)


def test_only_reports_that_lie_beside_this_one_are_linked(sample: Workspace) -> None:
    assert 'href="rep-R' not in page(review(sample, "team", "E2"))
    assert 'href="rep-R08.html"' in page(review(sample, "team", "E2", linked="rep"))


def test_an_unknown_team_is_refused_with_the_known_ones(sample: Workspace) -> None:
    with pytest.raises(UsageError, match="there is no team 'E9'; use one of: E1, E2, N1"):
        review(sample, "team", "E9")
    with pytest.raises(UsageError, match="there is no squad 'E1'"):
        review(sample, "squad", "E1")
    with pytest.raises(UsageError, match="language 'fr' is not known"):
        review(sample, "team", "E1", "fr")


def test_people_and_opportunities_alone_make_a_review(tmp_path: Path) -> None:
    bare = create_workspace(tmp_path / "bare")
    for table in bare.data.glob("*.csv"):
        if table.stem not in ("people", "opportunities"):
            table.unlink()
    import_export(sorted(bare.data.glob("*.csv")), None, bare.crm)
    found = review(bare, "company", "")
    assert "Without orders there is no Revenue" in found.notes().html
    assert "Won value" in found.standing().html
    assert 'class="value"' in found.standing().html


def test_a_month_and_a_year_are_reviewed_like_a_quarter(sample: Workspace) -> None:
    assert "vs last month" in review(sample, "team", "E1", period="2026-09").standing().html
    assert "vs last year" in review(sample, "team", "E1", period="2025").standing().html


@pytest.mark.browser
def test_a_real_review_fits_a_phone_asks_no_host_and_prints(
    sample: Workspace, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "review.html"
    body = page(review(sample, "company", "", "zh"))
    file.write_text(report_page("x", "zh", body), encoding="utf-8")
    assert file.stat().st_size < 200_000
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context() as context:
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: said.append(message.text))
        for width in (320, 390, 820, 1100, 1280):
            tab.set_viewport_size({"width": width, "height": 844})
            tab.goto(file.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert set(asked) == {file.as_uri()}
        assert said == []
        tab.pdf(path=str(tmp_path / "review.pdf"), format="A4")
    pages = (tmp_path / "review.pdf").read_bytes().count(b"/Type /Page\n")
    assert 2 <= pages <= 6


def test_what_no_period_before_is_known_of_is_not_called_a_change(tmp_path: Path) -> None:
    young = create_workspace(tmp_path / "young")
    for table in young.data.glob("*.csv"):
        table.unlink()
    (young.data / "people.csv").write_text("person_id,name\nr1,An\n", encoding="utf-8")
    rows = "".join(f"{n},r1,won,2026-08-0{n},100\n" for n in range(1, 9))
    header = "opportunity_id,owner_id,outcome,closed_on,amount\n"
    (young.data / "opportunities.csv").write_text(header + rows, encoding="utf-8")
    found = review(young, "company", "")
    facts = found.head().facts
    assert facts
    assert facts["headline"] == "Won value ¥800; nothing else moved beyond chance"
    assert "more than last quarter" not in page(found)
    assert "bridge-chart" not in found.causes().html
    assert "trend-chart" not in found.course().html
