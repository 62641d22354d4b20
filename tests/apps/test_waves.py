"""A module in two waves by lot: halves, once, in order, one's own people; the review reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from types import MappingProxyType

import pytest

from salestrain.apps.trainer import Trainer
from salestrain.records import Person
from salestrain.training.effects.modules import modules
from salestrain.views.screen import Action, Refused
from tests.apps.learners import BOSS, LIN, TEACHER, Open, words

Fields = Mapping[str, tuple[str, ...]]
DAYS = {"first": ("2026-10-19",), "second": ("2026-11-02",)}
PEOPLE = [replace(LIN, id=f"new{number}", name=f"新{number}") for number in range(5)]


@pytest.fixture
def cohort(open_for: Open) -> str:
    """Build a cohort of five; return its id."""
    visit = open_for(TEACHER)
    for one in PEOPLE:
        visit.records.people.add(one)
    fields = {"name": ("秋",), "start": ("2026-10-12",), "people": tuple(p.id for p in PEOPLE)}
    Trainer(visit, page="cohorts").act(Action("build", "build", "cohorts", fields))
    (step,) = visit.records.steps.of(TEACHER.id, "trainer", "cohorts")
    return str(step.data["id"])


def draws(
    open_for: Open, id_: str, person: Person = TEACHER, more: Fields = MappingProxyType({})
) -> None:
    app = Trainer(open_for(person), page="cohorts")
    fields = {"cohort": (id_,), "module": ("2.2",), **DAYS, **more}
    app.act(Action(f"draw-{person.id}-{sorted(more.items())}", "draw_lots", app.at, fields))


def test_a_lot_gives_each_half_a_day_and_the_training_review_reads_it(
    open_for: Open, cohort: str
) -> None:
    draws(open_for, cohort)
    visit = open_for(TEACHER)
    deeds = {TEACHER.id: visit.records.steps.of_person(TEACHER.id)}
    (module,) = modules(deeds, [one.id for one in PEOPLE], UTC)
    days = sorted(module.begins.values())
    assert (module.id, module.lot) == ("2.2", True)
    assert days == [date(2026, 10, 19)] * 3 + [date(2026, 11, 2)] * 2
    html = words(Trainer(visit, page="cohorts").draw().html)
    assert "19 Oct" in html
    assert "2 Nov" in html


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"module": ("9.9",)}, "no such cohort or section"),
        ({"cohort": ("x",)}, "no such cohort or section"),
        ({"second": ("2026-10-19",)}, "begins today or later, the second after it"),
        ({"first": ("2020-01-01",)}, "begins today or later, the second after it"),
    ],
)
def test_what_makes_no_two_waves_is_refused(
    open_for: Open, cohort: str, changed: dict[str, tuple[str, ...]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        draws(open_for, cohort, more=changed)
    assert open_for().records.steps.of(TEACHER.id, "trainer", "modules") == ()


def test_lots_are_drawn_once(open_for: Open, cohort: str) -> None:
    draws(open_for, cohort)
    with pytest.raises(Refused, match="Lots were drawn for that section"):
        draws(open_for, cohort, more={"second": ("2026-11-09",)})


def test_who_leads_others_draws_nothing_for_this_cohort(open_for: Open, cohort: str) -> None:
    with pytest.raises(Refused):
        draws(open_for, cohort, person=LIN)
    outsider = replace(BOSS, id="south", team="S1")
    open_for().records.people.add(outsider)
    with pytest.raises(Refused, match="no such cohort or section"):
        draws(open_for, cohort, person=outsider)
