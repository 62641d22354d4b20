"""Cohorts, assignments and nudges, folded from what trainers saved."""

from __future__ import annotations

from datetime import date, timedelta

from salestrain.training.mentoring.cohorts import (
    Assignment,
    Cohort,
    assignments,
    cohorts,
    is_done,
    nudges,
    unseen,
)
from salestrain.training.steps import Step
from tests.training.first_week import NOON, deed


def at(minutes: int, kind: str, **data: object) -> Step:
    return Step(kind, data, NOON + timedelta(minutes=minutes))


def autumn(minutes: int = 0, **more: object) -> Step:
    given = {"id": "c1", "name": "秋招", "people": ["lin"], "start": "2026-10-08"}
    return at(minutes, "cohort", **(given | more))


def asked(minutes: int = 0, by: str = "2026-10-12", person: str = "lin", **more: str) -> Step:
    what = {"app": "roleplay", "thread": "2.2.s.needs"} | more
    return at(minutes, "assigned", person=person, what=what, by=by, why="先问代价")


def test_of_a_cohort_the_last_step_counts_whoever_saved_it() -> None:
    threads = {"ann": [autumn(0), autumn(9, people=["lin", "tang"])], "bob": [autumn(5, name="x")]}
    assert cohorts(threads) == (Cohort("c1", "秋招", ("lin", "tang"), date(2026, 10, 8)),)


def test_the_cohort_that_begins_last_comes_first() -> None:
    threads = {"ann": [autumn(0), autumn(1, id="c2", start="2026-11-02"), at(2, "else")]}
    assert [one.id for one in cohorts(threads)] == ["c2", "c1"]


def test_the_same_assigned_again_replaces_what_was_asked() -> None:
    threads = {"ann": [asked(0)], "bob": [asked(5, by="2026-10-15"), asked(6, person="tang")]}
    found = assignments(threads)
    assert [(one.person, one.by, one.given_by) for one in found] == [
        ("tang", date(2026, 10, 12), "bob"),
        ("lin", date(2026, 10, 15), "bob"),
    ]


def test_an_assignment_is_done_by_what_was_passed_since_and_nothing_else() -> None:
    (one,) = assignments({"ann": [asked(10)]})
    before = deed("roleplay", "2.2.s.needs", "ended", 5, passed=True)
    lost = deed("roleplay", "2.2.s.needs", "ended", 15, passed=False)
    other = deed("roleplay", "2.2.s.quote", "ended", 15, passed=True)
    won = deed("roleplay", "2.2.s.needs", "ended", 20, passed=True)
    assert not is_done(one, [before, lost, other])
    assert is_done(one, [before, lost, other, won])


def test_a_set_is_done_once_it_was_gone_through_an_exam_once_it_is_passed() -> None:
    day = date(2026, 10, 12)
    a_set = Assignment("lin", "quiz", "2.2", day, "", "ann", NOON)
    exam = a_set._replace(thread="2.2.e.selling")
    assert is_done(a_set, [deed("quiz", "2.2", "finished", 5, earned=1, of=9)])
    failed = deed("quiz", "2.2.e.selling", "finished", 5, passed=False, share=0.4)
    assert not is_done(exam, [failed])


def test_a_nudge_is_there_until_its_reader_says_so() -> None:
    said = at(0, "nudged", person="lin", text="今天练一场？")
    more = at(5, "nudged", person="tang", text="…")
    every = nudges({"ann": [said, more]})
    (one,) = unseen(every, "lin", [])
    assert (one.text, one.given_by) == ("今天练一场？", "ann")
    assert unseen(every, "lin", [at(9, "seen", nudge=one.id)]) == ()
    assert unseen(every, "lin", [at(9, "seen", nudge="another")]) == (one,)
