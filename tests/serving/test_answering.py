"""Several people answer at once while connections break: nothing is lost, nothing is doubled."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.answering import Kept, kept
from benchmarks.learners import Done, Plan, all_open, all_practise
from benchmarks.servers import QUIZ, Server
from salestrain.records import Person, Records, open_records
from salestrain.training.steps import Step
from salestrain.workspace import shipped

if TYPE_CHECKING:
    from tests.serving.conftest import Serve

PEOPLE = [f"R{number:02}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13)]
PLAN = Plan(seconds=5, think=(0.5, 1.0), drops=5)


@pytest.mark.slow
def test_what_is_acknowledged_to_twelve_at_once_is_kept_once(serve: Serve) -> None:
    served = serve()
    quiz = "notebooks/apps/quiz.ipynb"
    shutil.copy(shipped() / quiz, served.workspace.root / quiz)
    pages = all_open(Server("salestrain", served.port, QUIZ, ""), PEOPLE)
    done = all_practise(pages, PLAN)
    for page in pages:
        page.close()
    records = served.records
    found = kept(records, done)
    records.close()
    assert {one.answer for one in done} == {"done"}
    assert sum(one.sent > 1 for one in done) > 0, "no connection broke"
    answers = sum(one.name == "answer" for one in done)
    assert answers >= len(PEOPLE)
    assert found == Kept(len(done), answers, lost=0, doubled=0)


def acknowledged(id_: str, name: str = "answer") -> Done:
    return Done(id_, name, "done", 1, 0.1, 0.0, 0.1)


def save(records: Records, id_: str, *did: tuple[str, str]) -> None:
    first, *more = (Step(kind, {"item": item}, datetime.now(UTC)) for kind, item in did)
    records.steps.append("R1", "quiz", "2.2", id_, first, *more)


def test_the_count_finds_what_is_lost_and_what_is_doubled(tmp_path: Path) -> None:
    records = open_records(tmp_path / "records.db")
    records.people.add(Person("R1", "林晓雨"))
    save(records, "a", ("began", ""), ("answered", "one"))
    save(records, "b", ("went_on", "one"))
    done = [acknowledged("a"), acknowledged("b", "next")]
    assert kept(records, done) == Kept(2, 1, lost=0, doubled=0)
    assert kept(records, [*done, acknowledged("c")]).lost == 1
    assert kept(records, [*done, acknowledged("c", "next")]).lost == 1
    assert kept(records, [acknowledged("b")]).lost == 1, "the next step is no answer"
    save(records, "d", ("answered", "one"))
    assert kept(records, done).doubled == 1, "the same question twice in a run"
    save(records, "e", ("began", ""), ("answered", "one"))
    assert kept(records, done).doubled == 1, "another run may ask it again"
    save(records, "f", ("answered", "two"), ("answered", "three"))
    assert kept(records, done).doubled == 2, "one action, two answers"
    records.close()
