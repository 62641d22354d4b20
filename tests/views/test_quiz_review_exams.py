"""What the quiz review says of exams, for the sample's people and for a class of a few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from salestrain.playbook.exams import Exam
from salestrain.playbook.load import open_playbook
from salestrain.records.answers import Log
from salestrain.training.exams.exam import drawn
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from salestrain.views.quiz_review import QuizReview
from salestrain.views.quiz_review.study import Study
from tests.views.test_kpi_review import Words

pytestmark = pytest.mark.slow

PRODUCTS, SELLING = "4.3.e.products", "2.2.e.selling"
MORNING = datetime(2026, 9, 21, 6, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def no_records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salestrain.views.quiz_review.study.open_playbook", cache(open_playbook))
        place = tmp_path_factory.mktemp("records") / "records.db"
        patch.setenv("SALESTRAIN_RECORDS", str(place))
        yield


@cache
def sample(level: str = "company", entity: str = "", language: str = "en") -> Study:
    return QuizReview.open("", "2026-Q3", level, entity, language).study


def said(html: str) -> str:
    return " ".join(Words(html).text)


def shown(study: Study) -> str:
    return said(QuizReview(study).exams().html)


def of_class(deeds: dict[str, tuple[Deed, ...]], *exams: Exam, level: str = "company") -> Study:
    """The sample company, where these people did this and there are these exams."""
    study = sample(level, {"company": "", "team": "S1", "rep": "R20"}[level])
    there = {one.id: one for one in exams} or study.playbook.exams
    return replace(
        study, log=Log(deeds, sample=True), playbook=replace(study.playbook, exams=there)
    )


def sat(
    exam: Exam, share: float, at: datetime = MORNING, *, ends: bool = True, seed: str = "s"
) -> tuple[Deed, ...]:
    """An attempt at an exam that earns this share of its marks."""
    items = sample().playbook.items
    ids = drawn(exam, items.values(), seed)
    right = round(share * len(ids))
    steps = [Step("began", {"items": list(ids), "seed": seed, "minutes": exam.minutes}, at)]
    for place, id_ in enumerate(ids):
        answer = list(items[id_].solution("zh"))
        data = {"item": id_, "answer": answer, "earned": float(place < right)}
        steps.append(Step("answered", data, at + timedelta(seconds=place)))
    steps += [Step("finished", {}, at + timedelta(minutes=9))] if ends else []
    return tuple(("quiz", exam.id, step) for step in steps)


def exam(id_: str = SELLING, **more: object) -> Exam:
    return sample().playbook.exams[id_].model_copy(update=more)


def test_the_sample_company_sees_who_passed_who_did_not_and_who_is_missing() -> None:
    text = shown(sample())
    assert "Product exam: 27 of 43 passed, 1 failed, 15 haven’t taken it" in text
    assert "Each person’s last attempt, n=28; the pass mark is 80%" in text
    assert "Zheng Kai 76% 16 Jun 2026 2 may try again now, 1 left" in text
    assert "Gu Siqi 100% 23 Oct 2025 – valid until 23 Oct 2026; may be renewed now" in text
    assert "Service: Pan Xiulan, Wang Zhiyuan" in text
    assert "Those who failed lost most in 2.2 Opportunity stages" in text
    assert "Nobody has taken: The sales process, once a year." in text


def test_the_sample_company_reads_the_same_in_chinese() -> None:
    text = shown(sample(language="zh"))
    assert "产品考试：该考的 43 人里，27 人通过，1 人没通过，15 人没考" in text
    assert "郑凯 76% 2026年6月16日 2 次 现在就能再考，还剩 1 次" in text
    assert not re.search(r"\bnan\b|None|[{}]", text)


def test_names_lead_nowhere_but_to_reports_beside_this_one() -> None:
    html = QuizReview(sample()).exams().html
    assert "href" not in html
    beside = QuizReview(replace(sample(), linked=frozenset({"rep"}))).exams().html
    assert set(re.findall(r'href="([^"]*)"', beside)) <= {f"rep-R{n:02}.html" for n in range(1, 41)}
    assert "rep-R11.html" in beside


def test_a_team_is_told_of_its_own_people_alone() -> None:
    text = shown(sample("team", "S1"))
    assert "Deals and orders exam: 2 of 7 passed, 2 failed, 3 haven’t taken it" in text
    assert "Zheng Kai" not in text
    assert "Luo Jiayi" in text  # its manager is meant to take the customer data exam


def test_three_scores_are_listed_and_neither_averaged_nor_drawn() -> None:
    one = exam()
    deeds = {who: sat(one, share) for who, share in (("R16", 1.0), ("R17", 0.8), ("R20", 0.2))}
    text = shown(of_class(deeds, one, level="team"))
    assert (
        "3 have taken it and earned 100%, 80%, 20% at the last attempt: too few for a chart."
        in text
    )
    assert "Half of them" not in text
    assert "What failed attempts (1) earned by section" in text
    assert "few attempts, so read it lightly" in text


def test_who_failed_yesterday_is_told_from_when_they_may_try_again() -> None:
    one = exam(PRODUCTS)
    text = shown(of_class({"R20": sat(one, 0.5, datetime(2026, 9, 30, 6, tzinfo=UTC))}, one))
    assert "Mai Qiming 50% 30 Sept 2026 1 may try again from 2 Oct 2026, 2 left" in text


def test_attempts_that_run_are_counted_and_nothing_more() -> None:
    one = exam()
    late = datetime(2026, 9, 30, 23, 50, tzinfo=UTC)
    deeds = {"R20": sat(one, 0.4, late, ends=False), "R16": sat(one, 1.0)}
    html = QuizReview(of_class(deeds, one, level="team")).exams().html
    text = said(html)
    assert "Deals and orders exam: 1 of 7 passed, 1 at it now, 5 haven’t taken it" in text
    assert "1 taking it right now." in text
    assert "Mai Qiming" not in text
    assert "40%" not in text
    assert "Missed most often" not in text


def test_an_exam_still_open_tells_who_took_it_and_not_which_items_went_wrong() -> None:
    deeds = {f"R{n}": sat(exam(), 0.4) for n in (16, 17, 18, 19, 20, 21)}
    study = of_class(deeds, exam(closes=date(2026, 10, 5)), level="team")
    text = shown(study)
    assert "0 of 7 passed, 6 failed, 1 haven’t taken it" in text
    assert "Which questions went wrong is told after 5 Oct 2026." in text
    assert "lost most in" in text  # by section, as the app tells its taker
    assert "Missed most often" not in text
    assert (study.found.count, of_class(deeds, exam(), level="team").found.count) == (0, 90)
    notes = said(QuizReview(study).notes().html)
    assert "Exams still open to others (Deals and orders exam) are left out" in notes
    closed = of_class(deeds, exam(closes=date(2026, 9, 29)), level="team")
    assert "Missed most often" in shown(closed)


def test_where_nobody_has_taken_one_a_sentence_says_so() -> None:
    html = QuizReview(of_class({})).exams().html
    assert "<table" not in html
    assert said(html).startswith("Nobody has taken an exam yet There are 4 exams: ")
    assert shown(of_class({}, level="rep")).startswith("Nobody has taken an exam yet")


def test_where_there_are_no_exams_there_is_no_section() -> None:
    study = sample()
    without = replace(study, playbook=replace(study.playbook, exams={}))
    assert said(QuizReview(without).exams().html) == ""


def test_one_person_sees_their_own_exams_and_nobody_elses() -> None:
    text = shown(sample("rep", "R20"))
    assert "Product exam 82% 10 May 2026 1 valid until 10 May 2027" in text
    assert "failed attempts lost most in 2.2 Opportunity stages" in text
    assert "Not taken yet: The sales process, once a year." in text
    assert not re.search("Zheng|Ouyang|haven’t taken", text)


def test_an_item_that_misleads_is_not_held_against_anybody() -> None:
    study = sample()
    stem = study.items["2.3.i.which_cause"].stem.en[:40]
    assert "2.3.i.which_cause" in {one.item for one in study.misleading}
    assert stem not in shown(study)


def test_who_has_left_is_neither_missing_nor_counted() -> None:
    one = exam()
    text = shown(
        of_class({"R06": sat(one, 1.0, MORNING - timedelta(days=400)), "R20": sat(one, 1.0)})
    )
    assert "He Ziqian" not in text
    assert "Deals and orders exam: 1 of 37 passed" in text
