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
from salestrain.views.theme import report_page
from salestrain.views.training_review import TrainingReview
from salestrain.views.training_review.standing import who_is_stuck
from salestrain.workspace import Workspace, create_workspace
from tests.views.test_kpi_review import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

PARTS = ("head", "asks", "levels", "compared", "standing", "definitions", "notes")
EVERYBODY = [("company", ""), ("region", "华南"), ("team", "E2"), ("rep", "R20")]


@pytest.fixture(scope="module", autouse=True)
def no_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the records would be, so that none of this machine's are read."""
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
def review(level: str, entity: str, language: str = "en", **more: str) -> TrainingReview:
    period, where = more.get("period", "2026-Q3"), more.get("workspace", "")
    return TrainingReview.open(where, period, level, entity, language, more.get("linked", ""))


def page(found: TrainingReview) -> str:
    return "\n".join(getattr(found, part)().html for part in PARTS)


def said(html: str) -> str:
    return " ".join(Words(html).text)


def headline(found: TrainingReview) -> str:
    facts = found.head().facts
    assert facts
    return facts["headline"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("level", "entity"), EVERYBODY)
def test_everybodys_review_is_whole(level: str, entity: str, language: str) -> None:
    text = said(page(review(level, entity, language)))
    assert not re.search(r"\bnan\b|None|[{}]|\binf\b", text)
    assert len(text) > 700
    assert ("样例数据" if language == "zh" else "Sample data") in text


def test_all_that_is_planted_is_found_and_nothing_else() -> None:
    study = review("company", "").study
    words = {module: study.leading(module) for module in study.effects}
    assert {module: one.verdict.word for module, one in words.items() if one} == {
        "2.1": "cant_tell",
        "4.2": "helped",
        "6.2": "cant_tell",
    }
    useful, sent = words["4.2"], words["2.1"]
    assert useful
    assert sent
    assert useful.estimate.covers(0.22)
    assert (useful.verdict.causal, sent.verdict.causal) == (True, False)
    assert [one.mentor for one in study.paces if one.slow] == ["P04"]


def test_the_company_is_told_of_it_in_words() -> None:
    found = review("company", "")
    assert headline(found) == (
        "“Skills” helped; Zhang Yanhao’s signatures take 14 days, 10 times as long as others’"
    )
    assert "24 people, 3 modules." in said(found.head().html)
    assert "a lot decided who went first, 12 people against 12." in said(found.head().html)
    compared = said(found.compared().html)
    assert "what the module did, provided the lot was really drawn" in compared
    assert "what wasn’t matched (who was sent, who was keen) may make the difference" in compared
    assert "“Analytics”: keep it?" in said(found.asks().html)


def test_who_is_stuck_is_named_with_the_reason_and_whose_signature() -> None:
    found = review("company", "")
    stuck = {one.person: one for one in who_is_stuck(found.study)}
    assert {one.person for one in stuck.values() if "signature" in one.causes} == {"N08"}
    assert stuck["N08"].mentor == "P04"
    assert stuck["N14"].causes == ("not_practised",)
    assert stuck["N21"].causes == ("no_chance",)
    text = said(found.standing().html)
    assert "3 stuck: 1 waiting for a signature, 1 not practising, 1 given no chance" in text


def test_before_and_after_never_speaks_of_a_cause() -> None:
    text = said(review("company", "").levels().html)
    assert "By how much these people changed, and not why." in text
    assert "elped" not in text


def test_a_team_of_four_is_shown_no_figures_and_told_why() -> None:
    found = review("team", "E2")
    assert len(found.study.learners) == 4
    assert "Under 5 people, so no level’s figures are shown." in said(found.head().html)
    for part in (found.levels(), found.compared()):
        assert "n=4, hidden below 5" in said(part.html)
        assert not re.search(r"[+−]\d+ points", said(part.html))
    assert "Each module, each figure" not in said(found.compared().html)


def test_a_region_of_eight_is_given_figures_but_no_cause() -> None:
    study = review("region", "华南").study
    assert len(study.learners) == 8
    found = [one.verdict for each in study.effects.values() for one in each]
    assert found
    assert not any(one.causal or one.word in ("helped", "hurt") for one in found)


def test_one_person_who_is_not_in_the_class_sees_nothing_of_it() -> None:
    found = review("rep", "R20")
    assert headline(found) == "Not in this class"
    empty = '<div class="report" lang="en"></div>'
    assert (found.levels().html, found.compared().html, found.asks().html) == (empty,) * 3
    assert "N07" not in page(found)


def test_before_four_weeks_are_over_no_effect_is_told() -> None:
    study = review("company", "", period="2026-08").study
    assert [one.id for one in study.modules] == ["2.1", "4.2", "6.2"]
    assert study.effects == {"2.1": (), "4.2": (), "6.2": ()}


def test_where_nobody_has_practised_the_review_says_so_and_what_brings_it(own: Workspace) -> None:
    found = review("company", "", workspace=str(own.root))
    assert headline(found) == "Nobody has practised anything yet"
    text = said(page(found))
    assert "draw lots for who goes first" in text
    assert "Sample data" not in text
    assert not re.search(r"\bnan\b|None|[{}]", text)


def test_a_real_class_without_modules_is_shown_its_sets_and_its_own_path(
    own: Workspace, no_records: Path
) -> None:
    records = open_records(no_records)
    when = datetime(2026, 8, 3, 1, tzinfo=UTC)
    for number, who in enumerate(("R01", "R02", "R03", "R04", "R05")):
        records.people.add(Person(who, who))
        runs = [Step("finished", {"earned": e, "of": 10}, when + timedelta(days=d))
                for d, e in ((0, 3 + number % 2), (3, 7))]  # fmt: skip
        records.steps.append(who, "quiz", "2.2", f"q{number}", *runs)
        wrote = Step("noted", {"step": "note_deal", "text": "…"}, when)
        records.steps.append(who, "onboarding", "4.1.p.first_week", f"n{number}", wrote)
    records.close()
    try:
        found = review("company", "", workspace=str(own.root), period="2026-09")
        text = said(page(found))
        alone = TrainingReview.open(str(own.root), "2026-09", "rep", "R01", "en")
        own_text = said(page(alone))
    finally:
        no_records.unlink()
    assert [(one.id, one.at_will) for one in found.study.modules] == [("2.2", True)]
    assert "Nobody laid down modules" in text
    assert "+36 points (+29 to +43)" in text
    assert headline(alone) == "2 of 8 steps done"
    assert "3 Aug 2026" in own_text  # due from when they began, not from when they joined in 2019
    assert "2019" not in own_text
    assert not re.search(r"\bnan\b|None|[{}]", text + own_text)


def test_unknown_parameters_are_refused_with_what_is_known() -> None:
    with pytest.raises(UsageError, match="there is no team 'E9'; use one of: E1, E2, N1"):
        review("team", "E9")


def test_a_review_page_stays_small_and_asks_no_host() -> None:
    html = report_page("x", "zh", page(review("company", "", "zh")))
    assert len(html.encode()) < 120_000
    assert not re.search(r"https?://", html)


@pytest.mark.browser
def test_it_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "review.html"
    with browser.new_context() as context:
        tab = context.new_page()
        for language in ("zh", "en"):
            body = page(review("company", "", language))
            written = report_page("x", "zh" if language == "zh" else "en", body)
            file.write_text(written, encoding="utf-8")
            for width in (320, 390, 1280):
                tab.set_viewport_size({"width": width, "height": 844})
                tab.goto(file.as_uri())
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
