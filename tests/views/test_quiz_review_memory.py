"""What the quiz review says people remember is what the quiz app tells each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from salestrain.apps.quiz import Quiz
from salestrain.apps.quiz.knowing import Knowing
from salestrain.apps.visit import Visit
from salestrain.playbook.load import open_playbook
from salestrain.records import Person, Records, open_records
from salestrain.records.answers import Log, open_log
from salestrain.training.memory import recall
from salestrain.training.memory.knowledge import minutes_for
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from salestrain.views.quiz_review import QuizReview
from salestrain.views.quiz_review.recollection import Recalled, Recollection
from salestrain.views.quiz_review.study import Study
from salestrain.workspace import Workspace, shipped
from tests.views.test_kpi_review import Words

pytestmark = pytest.mark.slow

AIMS, AT_AN_EXAM, IDLE, NEW, DILIGENT = "R20", "R16", "R02", "R28", "R04"
EVERYBODY = (AIMS, AT_AN_EXAM, IDLE, NEW, DILIGENT, "R11")


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    where = tmp_path_factory.mktemp("records") / "records.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("salestrain.views.quiz_review.study.open_playbook", cache(open_playbook))
        patch.setenv("SALESTRAIN_RECORDS", str(where))
        yield where


@cache
def sample(level: str = "company", entity: str = "", language: str = "en") -> Study:
    return QuizReview.open("", "2026-Q3", level, entity, language).study


def more(person: str, study: Study) -> list[Deed]:
    """What some did beside what the sample's people did: named a day, began an exam just now."""
    at = study.at - timedelta(minutes=10)
    if person == AIMS:
        aimed = Step("aimed", {"exam": "2.2.e.selling", "day": "2026-10-20"}, at)
        return [("quiz", "aim", aimed)]
    if person != AT_AN_EXAM:
        return []
    ids = ["2.2.i.which_stage", "2.1.i.gift_hint"]
    steps = [Step("began", {"items": ids, "seed": "x", "minutes": 30}, at)]
    steps += [Step("answered", {"item": i, "answer": ["x"], "earned": 0.0}, at) for i in ids]
    return [("quiz", "2.2.e.selling", step) for step in steps]


def sitting(place: Path) -> Study:
    """The sample's people as real ones, in records of their own; their review."""
    first = sample()
    kept: dict[str, list[Deed]] = {who: [*first.log.deeds[who]] for who in EVERYBODY}
    with closing(open_records(place)) as records:
        for who, deeds in kept.items():
            records.people.add(Person(who, who))
            for number, (app, thread, step) in enumerate([*deeds, *more(who, first)]):
                records.steps.append(who, app, thread, f"{who}-{number}", step)
    return QuizReview.open("", "2026-Q3", "company", "", "en").study


@pytest.fixture(scope="module")
def real(place: Path) -> Iterator[Study]:
    yield sitting(place)
    place.unlink()


@pytest.fixture
def records(real: Study, place: Path) -> Iterator[Records]:
    assert not real.log.sample
    with closing(open_records(place)) as opened:
        yield opened


def visit(records: Records, who: str, study: Study) -> Visit:
    """Somebody's visit at the moment the review speaks of."""
    found = Visit(Workspace.at(shipped()), records, Person(who, who), "en", "/", lambda: study.at)
    found.__dict__["playbook"] = study.playbook
    return found


def recalled(study: Study, who: str) -> Recalled:
    found = Recollection(study).of(who)
    assert found
    return found


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_review_counts_what_the_app_counts(records: Records, real: Study, who: str) -> None:
    app = Knowing.of(visit(records, who, real))
    ours, today = recalled(real, who), app.today
    assert today == real.at.date()
    due = [topic for topic, one in app.memories.items() if one.due <= today]
    left = {topic: recall(app.memories[topic], today) for topic in due}
    assert Recollection(real).knowledge(who).memories == app.memories
    assert Recollection(real).knowledge(who).queue == app.queue
    assert (ours.met, ours.due, ours.today) == (len(app.memories), len(due), len(app.queue))
    assert ours.met == sum(one.met for one in app.sections)
    assert ours.nearly_forgotten == sum(share < 0.7 for share in left.values())
    assert all(one.recall == left[one.topic] for one in ours.weakest)


def test_the_minutes_are_those_that_stand_in_the_app(records: Records, real: Study) -> None:
    screen = Quiz(visit(records, NEW, real)).draw().html
    ours = recalled(real, NEW).today
    assert 0 < ours < 20
    told = f"{ours} questions, about {minutes_for(ours)} minutes"
    assert told in screen
    mine = replace(real, level="rep", entity=NEW)
    assert told in said(QuizReview(mine).needs().html).replace("has ", "")


def test_a_named_day_changes_what_is_asked_today(real: Study) -> None:
    known = Recollection(real).knowledge(AIMS)
    unaimed = replace(known, deeds=tuple(deed for deed in known.deeds if deed[1] != "aim"))
    assert known.plan
    assert set(known.queue) != set(unaimed.queue)


def test_answers_of_an_exam_that_runs_move_nothing(real: Study) -> None:
    before = recalled(sample(), AT_AN_EXAM)
    after = recalled(real, AT_AN_EXAM)
    assert (after.met, after.due, after.missed) == (before.met, before.due, before.missed)
    assert after.idle_days == 0


def said(html: str) -> str:
    return " ".join(Words(html).text)


def test_the_company_is_told_how_many_have_forgotten_half_and_who_has_stopped() -> None:
    text = said(QuizReview(sample()).needs().html)
    assert text.startswith("For 31 of 37 people more than half of what they learnt is due again")
    assert "12 have answered nothing for 14 days or more" in text
    assert re.search(r"Lu Wanqing 66 days idle 0 / \d+ \d+ \d+ 20, about 15 min", text)
    assert "Half or more is known by 6: " in text
    assert "Jiang Chengyu" in text[text.index("Half or more") :]


@pytest.mark.parametrize(("days", "idle"), [(13, False), (14, True)])
def test_fourteen_days_without_an_answer_are_named(days: int, idle: bool) -> None:
    at = sample().at - timedelta(days=days)
    answered = Step("answered", {"item": "2.2.i.which_stage", "answer": ["x"], "earned": 1.0}, at)
    study = replace(sample(), log=Log({"R20": (("quiz", "2.2", answered),)}, sample=True))
    text = said(QuizReview(study).needs().html)
    assert (f"{days} days idle" in text) is idle
    assert "The 36 who haven’t begun: " in text


def test_one_person_sees_points_to_review_with_section_chance_and_worth() -> None:
    text = said(QuizReview(sample("rep", "R20")).needs().html)
    assert re.match(r"\d+ of \d+ points met are known now, \d+ are due", text)
    assert re.search(r"Discount authority 2.2.discount 2.2 Opportunity stages \d\d% \d\.\d", text)
    assert re.search(r"Wrong twice in a row The latest first; \d+ in all", text)
    chinese = said(QuizReview(sample("rep", "R20", "zh")).needs().html)
    assert re.match(r"学过 \d+ 个知识点，现在记得 \d+ 个，\d+ 个该复习了", chinese)


def test_what_is_missed_twice_leaves_out_exams_still_open_to_others() -> None:
    item = "2.2.i.which_stage"
    first = Step(
        "answered", {"item": item, "answer": ["x"], "earned": 0.0}, datetime(2026, 9, 1, tzinfo=UTC)
    )
    began = Step(
        "began", {"items": [item], "seed": 1, "minutes": 9}, datetime(2026, 9, 9, tzinfo=UTC)
    )
    again = first._replace(at=datetime(2026, 9, 9, tzinfo=UTC))
    sat = tuple(("quiz", "2.2.e.selling", step) for step in (began, again))
    log, of = Log({"R20": (("quiz", "2.2", first), *sat)}, sample=True), sample().playbook
    assert recalled(replace(sample(), log=log), "R20").missed == (item,)
    closing_ = of.exams["2.2.e.selling"].model_copy(update={"closes": date(2026, 10, 5)})
    sealed = replace(of, exams={**of.exams, "2.2.e.selling": closing_})
    study = replace(sample(), log=log, playbook=sealed)
    assert recalled(study, "R20").missed == ()
    assert recalled(study, "R20").met == 1


def test_a_workspace_without_exams_takes_every_point_for_worth_the_same() -> None:
    study = sample()
    bare = replace(study, playbook=replace(study.playbook, exams={}))
    found = recalled(bare, "R20").weakest
    assert {one.worth for one in found} == {1.0}
    assert [one.recall for one in found] == sorted(one.recall for one in found)


def test_records_are_read_as_they_are(real: Study) -> None:
    assert set(open_log(Workspace.at(shipped())).deeds) == {*EVERYBODY}
    assert set(real.people) == {*EVERYBODY}
