from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from salestrain.errors import UsageError
from salestrain.playbook.load import load_playbook
from salestrain.views.meeting_pack import MeetingPack
from salestrain.views.team_review import TeamReview
from salestrain.views.theme import report_page
from salestrain.workspace import create_workspace
from tests.views.test_kpi_review import Words

pytestmark = pytest.mark.slow

PARTS = (
    "head", "hiring", "agreement", "foretelling", "boxes", "ladder", "gaps", "questions",
    "definitions", "notes",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def no_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the records would be, so that none of this machine's are read."""
    place = tmp_path_factory.mktemp("records") / "records.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salestrain.views.group.load_playbook", cache(load_playbook))
        patch.setenv("SALESTRAIN_RECORDS", str(place))
        yield place


@cache
def review(level: str, entity: str, language: str = "en", period: str = "2026-Q3") -> TeamReview:
    return TeamReview.open("", period, level, entity, language)


def said(found: TeamReview, *parts: str) -> str:
    return said_of("\n".join(getattr(found, part)().html for part in parts))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("level", "entity"), [("company", ""), ("team", "E2"), ("rep", "R20")])
def test_everybodys_review_is_whole(level: str, entity: str, language: str) -> None:
    text = said(review(level, entity, language), *PARTS)
    assert not re.search(r"\bnan\b|None|[{}]|\binf\b", text)
    assert len(text) > 900


def test_the_company_sees_the_ranking_and_that_nothing_can_be_concluded_yet() -> None:
    found = review("company", "")
    hiring = said(found, "hiring")
    assert "Qiu Yifan is clearly ahead of the other 11" in hiring
    assert "below the floor: Practice call 2.7" in hiring
    # the generator made Zhou Jianguo the most lenient of all and Huang Shaotang the strictest
    strict = said(found, "agreement")
    assert strict.index("Huang Shaotang") < strict.index("Jiang Haiyan") < strict.index("Luo Jiayi")
    assert re.search(r"Zhou Jianguo 10 \+0\.32 .* lenient", strict)
    foretold = said(found, "foretelling")
    assert "3 people have been here 12 months, the rule asks for 30" in foretold
    assert "too few people; nothing is concluded" in foretold
    assert not re.search(r"0\.9\d", foretold)  # r of three people says nothing, so it isn't shown


def test_the_boxes_say_how_sure_they_are_and_that_sales_do_not_bear_them_out() -> None:
    boxes = said(review("company", ""), "boxes")
    assert "In the 9-box 5 of 35 stand surely in one box, 30 between boxes" in boxes
    assert "No link can be seen" in boxes
    assert (
        "performance high, potential high 52%; or performance middle, potential high 48%" in boxes
    )


def test_a_team_sees_only_those_it_met_and_one_person_nobody_else() -> None:
    company, team = review("company", ""), review("team", "E2")
    assert len(team.study.candidates) < len(company.study.candidates)
    for one in team.study.candidates:
        met = {*one.raters, one.applicant.hired}
        assert any(team.study.staff[who].team == "E2" for who in met if who in team.study.staff)
    assert "Fang Yike" not in said(team, *PARTS)  # hired into another team by others
    own = review("rep", "R20")
    everybody = {one.name.en for one in own.study.staff.values()} - {own.study.name}
    names = {one.applicant.name.en for one in company.study.candidates}
    text = said(own, *PARTS)
    assert [name for name in everybody | names if name in text] == []
    assert "to be shown" in text


def test_an_earlier_period_knows_nothing_of_later_scores() -> None:
    early = review("company", "", period="2025-Q2")
    assert early.study.hiring
    applied = [one.applicant.applied for one in early.study.hiring.candidates]
    assert max(each for each in applied if each) <= early.study.today
    assert max(one.period for one in early.study.evaluated) <= early.study.today


def test_unknown_parameters_are_refused_with_what_is_known() -> None:
    with pytest.raises(UsageError, match="there is no team 'E9'; use one of: E1, E2, N1"):
        review("team", "E9")
    with pytest.raises(UsageError, match="language 'fr' is not known"):
        review("team", "E1", "fr")


def test_a_review_page_stays_small_and_asks_no_host() -> None:
    body = "\n".join(getattr(review("company", "", "zh"), part)().html for part in PARTS)
    html = report_page("x", "zh", body)
    assert len(html.encode()) < 120_000
    assert not re.search(r"https?://", html)


def test_two_tables_are_enough_and_the_review_says_which_would_bring_more(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "own")
    kept = {
        "people": ("person_id", "name"),
        "opportunities": ("opportunity_id", "owner_id", "created_on", "outcome", "amount"),
    }
    for file in place.data.glob("*.csv"):
        if file.stem not in kept:
            file.unlink()
            continue
        table = pd.read_csv(file, dtype=str, usecols=list(kept[file.stem]))
        table.head(200).to_csv(file, index=False)
    found = TeamReview.open(str(place.root), "2026-Q3", "company", "", "en")
    assert "These tables don’t show who lacks what" in said(found, "head")
    assert "The data have no candidates" in said(found, "hiring")
    assert "The data have no evaluations" in said(found, "boxes")
    monday = MeetingPack.open(str(place.root), "2026-Q3", "company", "", "en")
    assert "stalled" not in said_of(monday.head().html)
    assert "The data have no opportunities.next_step_on" in said_of(monday.deals().html)


def said_of(html: str) -> str:
    return " ".join(Words(html).text)
