from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from salestrain.apps.home.classes import class_to_join, together
from salestrain.apps.visit import Visit
from salestrain.records import Person
from salestrain.records.steps import Addressed
from salestrain.training.live import ENDED, JOINED, LIVE
from salestrain.training.steps import Step
from tests.apps.practising import LIN, NOW, visiting
from tests.class_clients import open_class

HOST = Person("T1", "陈老师", role="trainer")


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    visit = visiting(tmp_path, "zh")
    visit.records.people.add(HOST)
    return visit


def did(visit: Visit, who: str, kind: str, **data: object) -> None:
    step = Addressed(who, LIVE, "478206", f"{who}.{kind}", Step(kind, data, NOW))
    visit.records.steps.append_each([step])


def test_a_class_under_way_is_offered_until_it_is_over(visit: Visit) -> None:
    assert class_to_join(visit) == ""
    open_class(visit.records, HOST.id, "478206", [], at=NOW)
    assert 'href="/live"' in class_to_join(visit)
    did(visit, LIN.id, JOINED, name="林晓雨", team=0)
    assert 'href="/live/478206"' in class_to_join(visit)
    assert class_to_join(replace(visit, clock=lambda: NOW + timedelta(hours=4))) == ""
    did(visit, HOST.id, ENDED)
    assert class_to_join(visit) == ""


def test_only_who_may_is_shown_the_way_to_open_one(visit: Visit) -> None:
    assert together(visit) == ""
    assert "/app/live" in together(replace(visit, person=HOST))
