from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from salestrain.apps.meeting import Meetings
from salestrain.apps.visit import Visit
from salestrain.records import Person
from salestrain.training.actions import AGREED, MEETING, SETTLED, actions
from salestrain.views.screen import Action, Refused
from tests.apps.practising import LIN, visiting

CHAIR = Person("M1", "谭雪", "Tan Xue", role="manager", team="E2")
ZHOU, AFAR = Person("zhou", "周敏", "Zhou Min", team="E2"), Person("afar", "沈岚", team="N1")
MONDAY, QUARTER = "1.3.weekly_pipeline", "1.3.quarterly"
VALID = {"what": ("约鹤汀厂长看现场",), "who": ("zhou",), "by": ("2026-12-01",)}


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    """Return the chair's visit, on 24 November 2026."""
    visit = visiting(tmp_path, "zh")
    for one in (CHAIR, ZHOU, AFAR):
        visit.records.people.add(one)
    chair = replace(visit, person=CHAIR)
    chair.__dict__["playbook"] = visit.playbook
    return chair


def act(visit: Visit, number: int, name: str, **fields: tuple[str, ...]) -> None:
    app = Meetings(visit)
    app.act(Action(f"a{number}", name, app.at, fields))


def kept(visit: Visit) -> list[tuple[str, bool | None]]:
    steps = visit.records.steps.of(CHAIR.id, MEETING, MONDAY)
    return [(one.what, one.done) for one in actions(steps)]


def html(visit: Visit, meeting: str = "") -> str:
    return unescape(Meetings(visit, meeting).draw().html)


def test_what_is_agreed_comes_first_at_the_next_meeting_and_is_settled(visit: Visit) -> None:
    assert "上次谈定的" not in html(visit)
    act(visit, 1, "agree", **VALID)
    assert "周敏，12 月 1 日 前" in html(visit)
    act(visit, 2, "settle", action=("0",), done=("yes",))
    assert kept(visit) == [("约鹤汀厂长看现场", True)]
    assert "谈定的都有了结果" in html(visit)
    with pytest.raises(Refused, match="That one has been settled"):
        act(visit, 3, "settle", action=("0",), done=("no",))
    assert [one.kind for one in visit.records.steps.of(CHAIR.id, MEETING, MONDAY)] == [
        AGREED, SETTLED,
    ]  # fmt: skip


def test_no_more_is_agreed_than_the_rule_allows(visit: Visit) -> None:
    for number in range(5):
        act(visit, number, "agree", **VALID)
    with pytest.raises(Refused, match="5 are open; settle some before you add more"):
        act(visit, 9, "agree", **VALID)
    assert len(kept(visit)) == 5


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"what": ("  ",)}, "Say what, who, and by which day"),
        ({"who": ("Zhou Min",)}, "Say what, who, and by which day"),
        ({"who": ("afar",)}, "Say what, who, and by which day"),
        ({"by": ("2026-11-23",)}, "The day must be today or later"),
        ({"by": ("soon",)}, "That input could not be read; try once more"),
    ],
)
def test_an_action_without_name_deed_or_day_is_refused(
    visit: Visit, changed: dict[str, tuple[str, ...]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        act(visit, 1, "agree", **{**VALID, **changed})
    assert kept(visit) == []


def test_a_learner_keeps_nothing_of_a_meeting(visit: Visit) -> None:
    lin = replace(visit, person=LIN)
    lin.__dict__["playbook"] = visit.playbook
    with pytest.raises(Refused, match="Only those who chair keep what is agreed"):
        act(lin, 1, "agree", **VALID)


def test_each_meeting_has_its_agenda_and_its_own_actions(visit: Visit) -> None:
    act(visit, 1, "agree", **VALID)
    assert "240 分钟" in html(visit, QUARTER)
    assert "约鹤汀厂长看现场" not in html(visit, QUARTER)
    app = Meetings(visit)
    app.act(Action("t1", "turn", app.at, {"meeting": (QUARTER,)}))
    assert app.at == QUARTER
