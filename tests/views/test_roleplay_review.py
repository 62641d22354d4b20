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
from salestrain.training.talks.play import begun
from salestrain.training.talks.runs import BEGAN, ENDED, MOVED, typed
from salestrain.views.roleplay_review import RoleplayReview
from salestrain.views.roleplay_review.lessons import model_turn
from salestrain.views.theme import report_page
from salestrain.workspace import Workspace, create_workspace
from tests.sample import sample_playbook
from tests.views.test_kpi_review import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

PARTS = ("head", "lessons", "moments", "errors", "overview", "growth", "definitions", "notes")
EVERYBODY = [("company", ""), ("region", "华南"), ("team", "N1"), ("rep", "R20"), ("rep", "R28")]
OBJECTION = "2.2.s.price_objection"


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
def review(level: str, entity: str, language: str = "en", **more: str) -> RoleplayReview:
    period, where = more.get("period", "2026-Q3"), more.get("workspace", "")
    return RoleplayReview.open(where, period, level, entity, language, more.get("linked", ""))


def page(found: RoleplayReview) -> str:
    return "\n".join(getattr(found, part)().html for part in PARTS)


def said(html: str) -> str:
    return " ".join(Words(html).text)


def headline(found: RoleplayReview) -> str:
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


def test_all_that_is_planted_is_found_and_nothing_else() -> None:
    study = review("company", "").study
    assert [one.name for one in study.suspicious] == ["2.2.s.quote/heard"]
    failing = {(one.group, one.node.name) for one in study.failing}
    assert failing == {("N1", "2.2.s.quote/dates"), ("E2", f"{OBJECTION}/bargain")}
    prone = {(one.group, one.mistake.scenario, one.mistake.id) for one in study.prone}
    assert prone == {("N1", "2.2.s.quote", "date_unchecked")}


def test_the_company_is_told_of_it_in_words() -> None:
    found = review("company", "")
    assert headline(found) == (
        "One decision to check in its scenario (good people fail it); North-1 keeps failing one "
        "decision in “One quote, two readers”: 0 of 5 got it right, 97% of the others"
    )
    moments = said(found.moments().html)
    assert (
        "Of the 12 who do best elsewhere 3 made a good move, of the 12 who do worst 11" in moments
    )
    assert re.search(r"playbook/scenarios/quote-talk\.yaml:\d+", moments)
    assert "The usual wrong move: “Give it away”, 5." in moments
    assert "“Promised a delivery date nobody had checked” more often: 5 of 5" in said(
        found.errors().html
    )
    assert "24 points (17 to 31, 35 people)" in said(found.growth().html)
    assert "from −19 to +10" in said(found.growth().html)


def test_nobody_is_judged_by_a_decision_that_good_people_fail() -> None:
    ranked = {one.name for one in review("company", "").study.own_nodes}
    assert "2.2.s.quote/heard" not in ranked
    assert "2.2.s.quote/dates" in ranked


def test_a_team_hears_of_its_own_first_and_of_nobody_elses_people() -> None:
    found = review("team", "E2")
    assert headline(found).startswith("East-2 keeps failing one decision in “Another firm is 15%")
    assert "; one decision to check" in headline(found)
    html = page(found)
    assert "Zhou Min" in said(found.growth().html)
    assert "R01" not in html
    assert "Gu Siqi" not in html
    assert headline(review("team", "S2")).startswith("No decision surely behind the others")


def test_the_next_session_begins_with_what_the_team_fails() -> None:
    text = said(review("team", "E2").lessons().html)
    assert "East-2: “Another firm is 15% cheaper” · bargain 5 of 6 went wrong." in text
    assert "One way to say it: “" in text


def test_one_person_sees_their_talks_and_nobody_elses_figures() -> None:
    found = review("rep", "R20")
    assert headline(found).startswith("Go on with “")
    empty = '<div class="report" lang="en"></div>'
    assert (found.moments().html, found.lessons().html) == (empty, empty)
    assert "60 → 60 → 85" in said(found.overview().html)
    assert "Ouyang" not in page(found)
    assert headline(review("rep", "R06")) == "No role-play finished yet"


def test_talks_count_to_the_end_of_the_period() -> None:
    early, late = review("company", "", period="2026-Q1"), review("company", "")
    assert 0 < len(early.study.talks) < len(late.study.talks)


def test_only_reports_that_lie_beside_this_one_are_linked() -> None:
    assert 'href="rep-R' not in page(review("team", "S1"))
    assert 'href="rep-R16.html"' in page(review("team", "S1", linked="rep"))


def test_where_nobody_has_talked_the_review_says_so_and_what_brings_it(own: Workspace) -> None:
    found = review("company", "", workspace=str(own.root))
    assert headline(found) == "Nobody has finished a role-play yet"
    text = said(page(found))
    assert "Run salestrain serve" in text
    assert "Sample data" not in text
    assert not re.search(r"\bnan\b|None|[{}]", text)


def keep(records_at: Path, people: int, says: str) -> None:
    records = open_records(records_at)
    when = datetime(2026, 8, 3, tzinfo=UTC)
    for number in range(people):
        who = f"new{number}"
        records.people.add(Person(who, f"新人{number}", f"New {number}", team="E1"))
        turns = [typed(says, [], [], "plain"), typed("", ["promise_beyond"], [], "plain")]
        steps = [
            Step(BEGAN, {"seed": number, "mode": "test", "way": "text"}, when),
            *(Step(MOVED, one, when + timedelta(minutes=n + 1)) for n, one in enumerate(turns)),
            Step(ENDED, {"ending": "broken_promise"}, when + timedelta(minutes=3)),
        ]
        records.steps.append(who, "roleplay", OBJECTION, f"s{number}", *steps)
    records.close()


def test_a_few_real_talks_are_shown_for_what_they_are_and_no_words_of_anybody(
    own: Workspace, no_records: Path
) -> None:
    keep(no_records, 3, "nobody else may read this")
    try:
        found = review("company", "", "en", workspace=str(own.root), period="2026-08")
        text = said(page(found))
    finally:
        no_records.unlink()
    assert headline(found) == "Too few talks to say where it is hard"
    assert "3 people finished 3 talks in 1 scenario, 3 as a test. Of first goes 0% passed." in text
    assert "Only 3 people: intervals are wide" in text
    assert "No decision shows as hard" in text
    assert "Of 6 sentences typed 3 (50%) weren’t understood" in text
    assert "nobody else may read this" not in page(found)
    assert "Promised a discount nobody had approved" in text
    assert not re.search(r"\bnan\b|None|[{}]", text)


def test_of_one_or_two_who_typed_a_class_isnt_told_how_they_were_understood(
    own: Workspace, no_records: Path
) -> None:
    keep(no_records, 2, "mumble")
    try:
        found = review("company", "", "en", workspace=str(own.root), period="2026-09")
        text = said(found.errors().html)
    finally:
        no_records.unlink()
    assert "Promised a discount nobody had approved" in text
    assert "sentences typed" not in text


def test_unknown_parameters_are_refused_with_what_is_known() -> None:
    with pytest.raises(UsageError, match="there is no team 'E9'; use one of: E1, E2, N1"):
        review("team", "E9")
    with pytest.raises(UsageError, match="language 'fr' is not known"):
        review("team", "E1", "fr")


def test_every_decision_has_a_line_to_try_that_its_state_offers() -> None:
    for scenario in sample_playbook().scenarios.values():
        for state, offered in scenario.states.items():
            turn = model_turn(scenario, state)
            assert turn is None or turn.move in {*offered, *scenario.anywhere}
        first = model_turn(scenario, begun(scenario).state)
        assert first is scenario.model_answer[0]


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
