"""An exam that chooses its questions, as its taker meets it, with a new kernel after every step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from salestrain.apps.visit import Visit
from salestrain.training.exams.exam import ASKED
from salestrain.views.screen import Refused
from salestrain.workspace import Workspace
from tests.apps.learners import words
from tests.apps.practising import LIN, Learner, visiting
from tests.apps.test_exam import answer, current, later, taker, taking
from tests.apps.test_quiz import assert_nothing_tells_the_key

pytestmark = pytest.mark.slow

EXAM = "2.2.e.year"  # 12 to 25 items in 30 minutes, 80 %


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    found = visiting(tmp_path, "en")
    found.workspace = Workspace(found.workspace.root, tmp_path / "state", tmp_path / "reports")
    yield found
    found.records.close()


def begun(visit: Visit) -> Learner:
    learner = taking(visit, set=EXAM)
    learner.act("begin")
    return learner


def answer_until_the_end(learner: Learner, *, rightly: bool) -> None:
    while taker(learner).current:
        answer(learner, rightly=rightly)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_before_it_says_how_it_works(tmp_path: Path, language: str) -> None:
    visit = visiting(tmp_path, "zh" if language == "zh" else "en")
    said = words(taking(visit, set=EXAM).html)
    told = {
        "zh": "12 到 25 题，30 分钟。全部考题答得对 80% 以上算通过，看得出来了就结束。",
        "en": "12 to 25 questions, 30 minutes. You pass if you can answer 80% of all it may ask; "
        "it ends as soon as that is clear.",
    }
    assert told[language] in said
    visit.records.close()


def test_whoever_knows_all_passes_and_gets_a_certificate(visit: Visit) -> None:
    learner = begun(visit)
    while taker(learner).current:
        attempt = current(learner)
        assert learner.at == f"{EXAM}/1/q-{attempt.count}"
        item = attempt.run.asked[-1].item
        assert_nothing_tells_the_key(item, learner.html, visit.language)
        assert 'data-do="go"' not in learner.html
        answer(learner)
    asked = taker(learner).taken[-1].count
    said = words(learner.html)
    assert re.search(rf"Passed with \d+%.*By these {asked} questions", said)
    assert learner.steps(EXAM)[-1].data == {"earned": asked, "of": asked}
    assert "score-bar" not in learner.html  # shares of chosen questions compare with nothing
    assert taker(learner).held
    assert "Certificate" in words(taking(visit, certificate=EXAM).html)


def test_a_close_result_says_how_likely_the_other_one_is(visit: Visit) -> None:
    learner = begun(visit)
    for number in range(25):
        answer(learner, rightly=number % 5 > 0)
    verdict = taker(learner).taken[-1].verdict
    assert verdict
    assert verdict.error > 0.025
    assert "Practise it" not in words(learner.html)  # four of five right isn't weak here
    assert re.search(r"the other result would be right is \d+%", words(learner.html))


def test_whoever_knows_nothing_fails_early(visit: Visit) -> None:
    learner = begun(visit)
    answer_until_the_end(learner, rightly=False)
    assert taker(learner).taken[-1].count == 12
    said = words(learner.html)
    assert "Not passed" in said
    assert "The chance of a wrong decision is below 2.5%." in said
    assert "everybody gets many wrong" in said


def test_right_answers_bring_harder_questions(visit: Visit) -> None:
    met = {}
    for rightly in (True, False):
        person = replace(LIN, id=f"R{2 + rightly}")
        visit.records.people.add(person)
        theirs = replace(visit, person=person, kept={})
        theirs.__dict__["playbook"] = visit.playbook
        answer_until_the_end(begun(theirs), rightly=rightly)
        steps = visit.records.steps.of(person.id, "quiz", EXAM)
        figures = [step.data["figures"] for step in steps if step.kind == ASKED]
        met[rightly] = float(np.mean([b for _, b, *_ in figures[4:12]]))
    assert met[True] > met[False] + 0.3


def test_an_answer_stands_and_nothing_can_be_turned_to_or_handed_in(visit: Visit) -> None:
    learner = begun(visit)
    answer(learner)
    with pytest.raises(Refused, match="question by question"):
        learner.act("go", place=("1",))
    with pytest.raises(Refused, match="question by question"):
        learner.act("hand_in")
    assert [step.kind for step in learner.steps(EXAM)] == ["began", "asked", "answered", "asked"]


def test_a_kernel_that_goes_away_changes_neither_question_nor_scale(visit: Visit) -> None:
    learner = begun(visit)
    for _ in range(3):
        answer(learner)
    before, figures = current(learner), learner.steps(EXAM)[-1].data["figures"]
    visit.kept.clear()  # a new kernel knows the records alone
    later(visit, minutes=4)
    learner = taking(visit, set=EXAM)
    after = current(learner)
    assert [one.item.id for one in after.run.asked] == [one.item.id for one in before.run.asked]
    assert after.seconds_left(visit.now()) == 26 * 60
    assert learner.steps(EXAM)[-1].data["figures"] == figures
    answer(learner)
    assert current(learner).count == 5


def test_each_section_gets_its_share(visit: Visit) -> None:
    learner = begun(visit)
    answer_until_the_end(learner, rightly=True)
    run = taker(learner).taken[-1].run
    sections = [one.item.section for one in run.asked]
    lines = {line.section: line.count / 25 for line in visit.playbook.exams[EXAM].blueprint}
    for section, share in lines.items():
        assert abs(sections.count(section) - share * len(sections)) <= 1


def test_another_attempt_asks_other_questions(visit: Visit) -> None:
    learner = begun(visit)
    answer_until_the_end(learner, rightly=False)
    later(visit, days=8)
    learner = taking(visit, set=EXAM)
    learner.act("begin")
    for _ in range(8):
        answer(learner, rightly=False)
    first, second = ({one.item.id for one in attempt.run.asked} for attempt in taker(learner).taken)
    assert not first & second
