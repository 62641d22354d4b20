"""The scale that levels and adaptive exams rest on: which items, how hard, in which proportions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from salestrain.apps.quiz.scaling import Scale
from salestrain.apps.visit import Visit
from salestrain.errors import SalestrainError
from salestrain.playbook.items import Numeric
from salestrain.playbook.news import News
from salestrain.training.ability import Balance, Bank, prior
from salestrain.training.exams.verdict import curve_of
from salestrain.training.steps import Step
from tests.apps.practising import LIN, NOW, visiting
from tests.apps.test_quiz import right, wrong
from tests.training.exams.test_exam import exam

pytestmark = pytest.mark.slow


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    found = visiting(tmp_path, "en")
    yield found
    found.records.close()


def test_neither_short_answers_nor_what_has_changed_is_asked(visit: Visit) -> None:
    items = visit.playbook.items
    stale = next(item for item in items.values() if item.kind == "single")
    news = News(items, {stale.cites[0]: NOW.date()}, {})
    visit.__dict__["news"] = news
    there = {item.id for item in Scale.of(visit).items}
    assert stale.id in news.stale
    assert not there & news.stale
    assert {item.kind for item in items.values()} > {items[one].kind for one in there}
    short = {item.id for item in items.values() if item.kind == "short_answer"}
    assert there == items.keys() - news.stale - short


def test_an_item_goes_to_the_narrowest_line_that_takes_it(visit: Visit) -> None:
    lines = {"section": "2.2", "count": 6}, {"section": "2.2", "level": "judge", "count": 2}
    found = Scale.of(visit).for_exam(exam(*lines))
    assert found.balance.shares == {"0": 0.75, "1": 0.25}
    for item, line in zip(found.items, found.balance.sections, strict=True):
        assert line == ("1" if item.level == "judge" else "0")


def test_what_finds_no_answer_in_the_data_is_passed_over(visit: Visit) -> None:
    some = [one for one in visit.playbook.items.values() if isinstance(one, Numeric) and one.reads]
    item = some[0].model_copy(deep=True)
    item.__dict__.pop("answer", None)

    def nothing(*_: object) -> float:
        raise SalestrainError("no rows")

    item.computed_by(nothing, tuple(some[0]._queries.values()))
    sound = some[1]
    bank = Bank(np.array([2.0, 1.0]), np.array([0.0, 0.0]))
    scale = Scale((item, sound), bank, Balance(["a", "a"], {"a": 1.0}))
    assert scale.next(0.0, (), 1) == sound
    assert scale.next(0.0, [sound.id], 1) is None


def test_items_of_earlier_runs_come_when_there_are_no_others(visit: Visit) -> None:
    two = [item for item in visit.playbook.items.values() if item.kind == "single"][:2]
    bank = Bank(np.ones(2), np.zeros(2))
    scale = Scale(tuple(two), bank, Balance(["a", "a"], {"a": 1.0}))
    assert scale.next(0.0, (), 1, {two[0].id}) == two[1]
    assert scale.next(0.0, [two[1].id], 1, {two[0].id}) == two[0]


def test_answers_of_the_class_move_the_scale(visit: Visit) -> None:
    """An item its author thinks easy and everybody gets wrong is hard from then on."""
    alone = Scale.of(visit)
    place, easy = max(enumerate(alone.items), key=lambda each: each[1].expected_facility or 0)
    some = [item for item in alone.items if item.kind == "single"][:12]
    for number in range(20):
        person = replace(LIN, id=f"C{number}")
        visit.records.people.add(person)
        for item in {each.id: each for each in (easy, *some)}.values():
            given = wrong(item) if item is easy else right(item)
            data = {"item": item.id, "answer": given, "earned": float(item is not easy)}
            step = Step("answered", data, NOW)
            visit.records.steps.append(person.id, "quiz", item.section, f"{number}{item.id}", step)
    assert Scale.of(visit) is alone  # whoever is in a run stays on one scale
    visit.kept.clear()
    known = Scale.of(visit)
    expected = prior([easy.expected_facility]).b[0]
    assert alone.bank.b[place] == pytest.approx(expected, abs=1e-6)
    assert known.bank.b[place] > expected + 1
    assert curve_of(known.bank) != curve_of(alone.bank)
