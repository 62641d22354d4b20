"""An exam from the first question to the certificate, on a kernel that changes after every step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from salestrain.apps.quiz import Quiz
from salestrain.apps.quiz.examining import Examining
from salestrain.apps.visit import Visit
from salestrain.records import read_secret
from salestrain.training.exams.admission import GRANTED, GRANTS
from salestrain.training.exams.certificate import found
from salestrain.training.exams.exam import Attempt
from salestrain.training.steps import Step
from salestrain.views.screen import Action, Refused
from salestrain.workspace import Workspace
from tests.apps.learners import words
from tests.apps.practising import LIN, NOW, Learner, visiting
from tests.apps.test_quiz import assert_nothing_tells_the_key, right, wrong

EXAM = "6.2.e.customer_data"  # 12 items in 20 minutes


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    found_ = visiting(tmp_path, "en")
    found_.workspace = Workspace(found_.workspace.root, tmp_path / "state", tmp_path / "reports")
    yield found_
    found_.records.close()


def taking(visit: Visit, **options: str) -> Learner:
    return Learner(visit, lambda visit: Quiz(visit, **(options or {"set": EXAM})))


def taker(learner: Learner) -> Examining:
    assert isinstance(learner.app, Quiz)
    assert learner.app.exam
    return learner.app.exam


def current(learner: Learner) -> Attempt:
    attempt = taker(learner).current
    assert attempt
    return attempt


def answer(learner: Learner, *, rightly: bool = True) -> None:
    attempt = current(learner)
    item = attempt.run.asked[attempt.place - 1].item
    ids = right(item) if rightly else wrong(item)
    learner.act("answer", answer=attempt.run.sent(item, ids))


def later(visit: Visit, **more: float) -> None:
    now = visit.clock() + timedelta(**more)
    visit.clock = lambda: now


def answer_all(learner: Learner, *, wrongly: int = 0) -> None:
    for number in range(12):
        answer(learner, rightly=number >= wrongly)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_exam_tells_no_key_until_it_is_handed_in(tmp_path: Path, language: str) -> None:
    visit = visiting(tmp_path, "zh" if language == "zh" else "en")
    learner = taking(visit)
    assert learner.at == f"{EXAM}/0/before"
    learner.act("begin")
    for place in range(1, 13):
        assert learner.at == f"{EXAM}/1/q-{place}"
        item = current(learner).run.asked[place - 1].item
        assert_nothing_tells_the_key(item, learner.html, visit.language)
        answer(learner)
        assert 'class="verdict' not in learner.html
    assert learner.at == f"{EXAM}/1/overview"
    learner.act("hand_in")
    assert learner.at == f"{EXAM}/1/result"
    assert {"zh": "通过， 100%", "en": "Passed with 100%"}[language] in words(learner.html)
    assert learner.steps(EXAM)[-1].data == {"earned": 12, "of": 12}
    visit.records.close()


def test_an_answer_may_be_changed_until_it_is_handed_in(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    answer(learner, rightly=False)
    learner.act("go", place=("1",))
    attempt = current(learner)
    item = attempt.run.asked[0].item
    assert attempt.run.asked[0].answer == tuple(wrong(item))
    answer(learner)
    assert learner.at == f"{EXAM}/1/q-2"
    assert current(learner).earned == 1


@pytest.mark.slow
def test_an_answer_given_before_is_shown_as_it_was_given(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    answer_all(learner)
    shown = set()
    for place in range(1, 13):
        learner.act("go", place=(str(place),))
        attempt = current(learner)
        item = attempt.run.asked[place - 1].item
        shown.add(item.kind)
        sent = attempt.run.sent(item, right(item))
        html = learner.html
        if item.kind == "ordering":
            given = re.findall(r'<li[^>]*data-value="([^"]*)"', html)
        elif item.kind == "matching":
            given = re.findall(r'<option value="([^"]*)" selected', html)
        elif item.kind == "numeric":
            given = re.findall(r'<input inputmode[^>]*value="([^"]*)"', html)
        else:
            inputs = re.findall(r"<input[^>]*>", html)
            given = [re.findall(r'value="([^"]*)"', one)[0] for one in inputs if "checked" in one]
        assert sorted(given) == sorted(sent), item.kind
        if item.kind == "ordering":
            assert given == list(sent)
    assert len(shown) >= 5


def test_time_runs_out_and_what_was_answered_counts(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    answer(learner)
    at, sent = learner.at, current(learner)
    later(visit, minutes=20, seconds=4)
    learner = taking(visit)
    assert learner.at == f"{EXAM}/1/q-2"  # what was sent in time may still be on its way
    later(visit, seconds=2)
    learner = taking(visit)
    assert learner.at == f"{EXAM}/1/result"
    assert "Not passed: 8%" in words(learner.html)
    assert "Time ran out" in learner.html
    item = sent.run.asked[1].item
    for where in (at, ""):  # from the question, and from the result
        with pytest.raises(Refused):
            learner.act("answer", at=where, answer=sent.run.sent(item, right(item)))
    assert [step.kind for step in learner.steps(EXAM)] == ["began", "answered"]


def test_the_clock_shows_what_is_left_and_a_reload_changes_nothing(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    before = [one.item.id for one in current(learner).run.asked]
    options = list(current(learner).run.options(current(learner).run.asked[0].item))
    assert 'data-seconds="1200"' in learner.html
    later(visit, minutes=3)
    learner = taking(visit)
    assert 'data-seconds="1020"' in learner.html
    assert [one.item.id for one in current(learner).run.asked] == before
    assert list(current(learner).run.options(current(learner).run.asked[0].item)) == options


def test_somebody_else_gets_other_questions(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    other = replace(LIN, id="R2")
    visit.records.people.add(other)
    beside = replace(visit, person=other)
    beside.__dict__["playbook"] = visit.playbook
    Quiz(beside, set=EXAM)
    here = [one.item.id for one in current(learner).run.asked]
    there = Learner(beside, lambda visit: Quiz(visit, set=EXAM))
    there.app.act(Action("begins", "begin", there.at, {}))
    drawn = beside.records.steps.of("R2", "quiz", EXAM)[0].data["items"]
    assert drawn != here
    assert len(drawn) == len(here) == 12


def test_while_it_runs_nothing_else_tells_what_is_right(visit: Visit) -> None:
    taking(visit).act("begin")
    practice = taking(visit, set="6.2")
    assert practice.at == "6.2/exam_runs"
    assert f'href="/app/quiz?set={EXAM}"' in practice.html
    with pytest.raises(Refused, match="under way"):
        practice.act("answer", answer=("x",))
    with pytest.raises(Refused, match="under way"):
        taking(visit, set="4.3.e.products").act("begin")
    choice = Learner(visit, Quiz)
    assert "An exam is under way" in choice.html
    assert "What you know" not in choice.html


def test_failing_means_waiting_and_then_other_questions(visit: Visit) -> None:
    learner = taking(visit)
    learner.act("begin")
    answer_all(learner, wrongly=6)
    learner.act("hand_in")
    assert "Not passed" in learner.html
    assert "You may try again on 25 Nov 2026" in learner.html
    with pytest.raises(Refused):
        learner.act("begin")
    later(visit, days=1)
    learner = taking(visit)
    first = {one.item.id for one in taker(learner).taken[0].run.asked}
    learner.act("begin")
    second = {one.item.id for one in current(learner).run.asked}
    assert len(second - first) >= 9


def test_a_pass_is_certified_and_the_code_proves_it(visit: Visit) -> None:
    assert 'class="certificate"' not in taking(visit, certificate=EXAM).html
    learner = taking(visit)
    learner.act("begin")
    answer_all(learner)
    learner.act("hand_in")
    assert f'href="/app/quiz?certificate={EXAM}"' in learner.html
    html = taking(visit, certificate=EXAM).html
    assert "Lin Xiaoyu" in html
    assert "has passed “Customer data exam”" in html
    code = re.findall(r'class="code">([^<]*)<', html)[0]
    held = taker(learner).held
    assert held
    passes = [(LIN.id, held.attempt)]
    assert found(code, read_secret(visit.workspace.state), passes) == passes[0]


def test_answers_stay_hidden_until_everybody_has_had_their_turn(visit: Visit) -> None:
    shut = visit.playbook.exams[EXAM].model_copy(update={"closes": NOW.date()})
    visit.__dict__["playbook"] = replace(visit.playbook, exams={EXAM: shut})
    learner = taking(visit)
    learner.act("begin")
    answer_all(learner, wrongly=1)
    learner.act("hand_in")
    assert "From 24 Nov 2026 you can see" in learner.html
    assert "judged-question" not in learner.html
    assert "Read these first" not in learner.html
    later(visit, days=1)
    assert taking(visit).html.count("judged-question") == 12


def test_more_time_is_granted_before_it_begins(visit: Visit) -> None:
    step = Step(GRANTED, {"exam": "", "extra_share": 0.25}, NOW)
    visit.records.steps.append(LIN.id, "quiz", GRANTS, "g1", step)
    learner = taking(visit)
    assert "12 questions, 25 minutes" in learner.html
    learner.act("begin")
    assert 'data-seconds="1500"' in learner.html


def test_what_rests_on_a_changed_rule_is_not_asked_until_reviewed(visit: Visit) -> None:
    bank = {one.id for one in visit.playbook.items.values() if one.section == "6.1"}
    news = visit.news
    cited = sorted({one.cites[0] for one in visit.playbook.items.values() if one.id in bank})[:4]
    visit.__dict__["news"] = replace(news, changed=dict.fromkeys(cited, NOW.date()))
    learner = taking(visit)
    learner.act("begin")
    asked = [one.item for one in current(learner).run.asked]
    assert not [one.id for one in asked if {*one.cites} & {*cited}]


@pytest.mark.parametrize("place", ["0", "-1", "501", "x", ""])
def test_a_forged_place_is_refused(visit: Visit, place: str) -> None:
    learner = taking(visit)
    learner.act("begin")
    with pytest.raises(Refused):
        learner.act("go", place=(place,))
    assert [step.kind for step in learner.steps(EXAM)] == ["began"]


def test_only_an_open_exam_can_be_begun_or_handed_in(visit: Visit) -> None:
    for name in ("begin", "hand_in"):
        with pytest.raises(Refused):
            taking(visit, set="2.2").act(name)
    with pytest.raises(Refused):
        taking(visit).act("hand_in")
    learner = taking(visit)
    learner.act("begin")
    with pytest.raises(Refused):
        learner.act("begin")
    with pytest.raises(Refused):
        learner.act("next")
