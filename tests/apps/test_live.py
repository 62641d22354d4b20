from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from salestrain.apps.live import Live
from salestrain.apps.visit import Visit
from salestrain.records import Person
from salestrain.records.shared import in_order, of_kinds
from salestrain.records.steps import Addressed
from salestrain.training.live import ANSWERED, ASKED, ENDED, JOINED, LIVE, OPENED, session_of
from salestrain.training.steps import Step
from salestrain.views.screen import Action, Refused
from tests.apps.practising import LIN, NOW, visiting

CHEN = Person("T1", "陈老师", "Ms Chen", role="trainer")
OPENED_WITH = {"section": ("2.2",), "seconds": ("30",), "teams": ("2",), "guests": ("false",)}


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    visit = visiting(tmp_path, "zh")
    visit.records.people.add(CHEN)
    other = replace(visit, person=CHEN)
    other.__dict__["playbook"] = visit.playbook
    return other


def opens(visit: Visit, number: int = 1) -> str:
    """Open a session; return its code."""
    before = {code for _, code in of_kinds(visit.records, LIVE, OPENED)}
    Live(visit).act(Action(f"open{number}", "open", "lobby", OPENED_WITH))
    codes = {code for _, code in of_kinds(visit.records, LIVE, OPENED)} - before
    assert len(codes) == 1
    return codes.pop()


def test_a_trainer_opens_a_class_under_a_code_of_its_own(visit: Visit) -> None:
    codes = {opens(visit, number) for number in range(5)}
    assert len(codes) == 5
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
    code = min(codes)
    session = session_of(in_order(visit.records, LIVE, code))
    assert session is not None
    assert (session.settings.seconds, session.settings.teams, session.settings.guests) == (
        30, 2, False,
    )  # fmt: skip
    items = visit.playbook.items
    assert session.settings.items
    assert {items[one].section for one in session.settings.items} == {"2.2"}
    assert "short_answer" not in {items[one].kind for one in session.settings.items}
    assert f"/live/{code}/wall" in Live(visit).draw().html


def test_a_learner_can_only_join(visit: Visit) -> None:
    lin = replace(visit, person=LIN)
    html = Live(lin).draw().html
    assert 'action="/live"' in html
    assert "开一场课堂" not in html
    with pytest.raises(Refused, match="Trainers and managers open classes"):
        Live(lin).act(Action("a1", "open", "lobby", OPENED_WITH))
    assert of_kinds(visit.records, LIVE, OPENED) == {}


def test_what_is_forged_opens_nothing(visit: Visit) -> None:
    for number, forged in enumerate(({"section": ("9.9",)}, {"seconds": ("-1",)}, {"by": ("x",)})):
        with pytest.raises(Refused):
            Live(visit).act(Action(f"f{number}", "open", "lobby", {**OPENED_WITH, **forged}))
    assert of_kinds(visit.records, LIVE, OPENED) == {}


def test_a_class_that_is_over_shows_each_question_with_how_sure_it_is(visit: Visit) -> None:
    code = opens(visit)
    people = [replace(LIN, id=f"P{number}") for number in range(8)]
    item = next(iter(session_items(visit, code)))
    done = [
        (CHEN.id, Step(ASKED, {"item": item, "seconds": 0}, NOW)),
        *((one.id, Step(JOINED, {"name": one.id, "team": 0}, NOW)) for one in people),
        *((one.id, answered(item, vote=1, earned=number < 4)) for number, one in enumerate(people)),
        (CHEN.id, Step(ASKED, {"item": item, "seconds": 0}, NOW)),
        *((one.id, answered(item, vote=2, earned=number < 6)) for number, one in enumerate(people)),
        (CHEN.id, Step(ENDED, {}, NOW)),
    ]
    for one in people:
        visit.records.people.add(one)
    visit.records.steps.append_each(
        [Addressed(who, LIVE, code, f"s{n}", step) for n, (who, step) in enumerate(done)]
    )
    html = Live(visit, code).draw().html
    row = re.sub(r"<[^>]+>", " ", html.partition("<tbody")[2].partition("</tbody")[0])
    assert re.findall(r"\d+%", row)[:4] == ["50%", "22%", "78%", "75%"]  # Wilson of 4 in 8
    assert "8" in row


def session_items(visit: Visit, code: str) -> tuple[str, ...]:
    session = session_of(in_order(visit.records, LIVE, code))
    assert session is not None
    return session.settings.items


def answered(item: str, *, vote: int, earned: bool) -> Step:
    data = {"item": item, "vote": vote, "answer": ["a"], "earned": float(earned), "seconds": 3.0}
    return Step(ANSWERED, data, NOW)
