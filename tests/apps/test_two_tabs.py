"""Two tabs of one person, each on a kernel of its own, that act at the same instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from salestrain.apps import app
from salestrain.apps.quiz import Quiz
from salestrain.apps.visit import Visit
from salestrain.records import open_records
from salestrain.views.screen import Action, Refused
from salestrain.workspace import Workspace, shipped
from tests.apps.practising import LIN, NOW
from tests.apps.test_quiz import right, wrong
from tests.crm.test_databases import postgres  # noqa: F401 (a fixture)
from tests.records.test_postgres import place  # noqa: F401 (a fixture)
from tests.sample import sample_playbook

SET, EXAM, ADAPTIVE = "2.2", "6.2.e.customer_data", "2.2.e.year"
LATE = "had moved on already"
Tabs = tuple[Quiz, Quiz]
Opens = Callable[[str], Tabs]
Fields = dict[str, tuple[str, ...]]
slow = pytest.mark.slow


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=slow)])
def tabs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opens]:
    """Return a function that opens a set or exam in two tabs."""
    where = str(tmp_path / "records.db")
    if request.param == "postgres":
        where = request.getfixturevalue("place")
    with ExitStack() as opened:

        def open_tab(name: str) -> Quiz:
            records = opened.enter_context(closing(open_records(where)))
            records.people.add(LIN)
            site = Workspace(shipped(), tmp_path / "state", tmp_path / "reports")
            visit = Visit(site, records, LIN, "en", "/", lambda: NOW)
            visit.__dict__["playbook"] = sample_playbook()
            return Quiz(visit, set=name)

        yield lambda name: (open_tab(name), open_tab(name))


def kinds(quiz: Quiz) -> list[str]:
    steps = quiz.visit.records.steps.of(LIN.id, "quiz", quiz.chosen)
    return [step.kind for step in steps]


def answer(quiz: Quiz, *, rightly: bool = True) -> Fields:
    """Return what is sent as an answer to the question shown."""
    taker = quiz.exam
    if taker:
        assert taker.current
        run, item = taker.current.run, taker.current.run.asked[taker.current.place - 1].item
    else:
        run = quiz.run_of(quiz.thread())
        assert run.current
        item = run.current.item
    return {"answer": run.sent(item, right(item) if rightly else wrong(item))}


def sends(quiz: Quiz, id_: str, name: str, **fields: tuple[str, ...]) -> str:
    """Let a tab send an action for what it shows; return what it is told."""
    try:
        quiz.act(Action(id_, name, quiz.at, fields))
    except Refused as refused:
        return refused.why.en
    return ""


def before_saving(tab: Quiz, happens: Callable[[], object]) -> None:
    """Let something happen each time this tab is just about to save."""
    taken = tab.visit.taken_action

    def late() -> str:
        happens()
        return taken()

    tab.visit.__dict__["taken_action"] = late


def at_once(tabs: Tabs, do: Callable[[Quiz, int], str]) -> list[str]:
    """Let both act as close to each other as threads come, each when it has seen the same."""
    together = Barrier(2)
    for tab in tabs:
        before_saving(tab, lambda: together.wait(30))
    try:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(do, tabs, (1, 2)))
    finally:
        for tab in tabs:
            del tab.visit.__dict__["taken_action"]


def answers(tabs: Tabs, id_: str) -> list[str]:
    """Let both answer the question shown, one right and one wrong; return what they are told."""
    given = [answer(tab, rightly=tab is tabs[0]) for tab in tabs]
    return at_once(
        tabs, lambda tab, number: sends(tab, f"{id_}{number}", "answer", **given[number - 1])
    )


def next_in(tabs: Tabs, id_: str) -> list[str]:
    return at_once(tabs, lambda tab, number: sends(tab, f"{id_}+{number}", "next"))


def test_a_question_of_practice_is_answered_once(tabs: Opens) -> None:
    both = tabs(SET)
    for question in ("one", "two", "three"):
        told = answers(both, question)
        assert sorted(map(bool, told)) == [False, True]
        assert LATE in "".join(told)
        assert both[0].draw() == both[1].draw()
        assert next_in(both, question) == ["", ""]
    assert kinds(both[0]) == ["began", *["answered", "went_on"] * 3]


@pytest.mark.parametrize("exam", [EXAM, pytest.param(ADAPTIVE, marks=slow)])
def test_an_exam_begun_twice_at_once_is_one_attempt(tabs: Opens, exam: str) -> None:
    both = tabs(exam)
    assert at_once(both, lambda tab, number: sends(tab, f"b{number}", "begin")) == ["", ""]
    assert kinds(both[0]).count("began") == 1
    assert both[0].at == both[1].at == f"{exam}/1/q-1"


@pytest.mark.parametrize("exam", [EXAM, pytest.param(ADAPTIVE, marks=slow)])
def test_a_question_of_an_exam_is_answered_once_and_the_other_tab_is_told(
    tabs: Opens, exam: str
) -> None:
    both = tabs(exam)
    sends(both[0], "b", "begin")
    told = answers(both, "a")
    assert sorted(map(bool, told)) == [False, True]
    assert LATE in "".join(told)
    assert kinds(both[0]).count("answered") == 1
    assert both[0].at == both[1].at == f"{exam}/1/q-2"


def test_an_answer_is_for_the_question_it_was_checked_for(
    tabs: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tabs(EXAM)
    sends(one, "b", "begin")
    given, at, flat = answer(other), other.at, app._flat

    def late(*of: Any) -> dict[str, Any]:  # noqa: ANN401 (as it is given)
        monkeypatch.setattr(app, "_flat", flat)
        sends(one, "a", "answer", **given)
        return flat(*of)

    monkeypatch.setattr(app, "_flat", late)  # called once ``at`` has been compared
    with pytest.raises(Refused, match=LATE):
        other.act(Action("c", "answer", at, given))
    assert kinds(one) == ["began", "answered"]


def test_who_has_seen_the_other_tabs_answer_may_change_it(tabs: Opens) -> None:
    one, other = tabs(EXAM)
    sends(one, "b", "begin")
    sends(one, "a1", "answer", **answer(one, rightly=False))
    sends(other, "g", "go", place=("1",))
    assert sends(other, "a2", "answer", **answer(other)) == ""
    assert one.exam
    assert one.exam.current
    assert one.exam.current.earned == 1


def test_an_exam_handed_in_takes_no_answer_that_was_on_its_way(tabs: Opens) -> None:
    one, other = tabs(EXAM)
    sends(one, "b", "begin")
    given, at = answer(other), other.at
    before_saving(other, lambda: sends(one, "h", "hand_in"))
    with pytest.raises(Refused, match=LATE):
        other.act(Action("a", "answer", at, given))
    assert kinds(one) == ["began", "finished"]


def test_practice_that_begins_as_an_exam_does_tells_nothing(tabs: Opens) -> None:
    (exam, _), (practice, _) = tabs(EXAM), tabs(SET)
    given, at = answer(practice), practice.at
    before_saving(practice, lambda: sends(exam, "b", "begin"))
    with pytest.raises(Refused):
        practice.act(Action("a", "answer", at, given))
    assert (kinds(exam), kinds(practice)) == (["began"], [])
