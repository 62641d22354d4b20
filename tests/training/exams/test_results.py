"""How an exam went for a class of a few, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from salestrain.playbook.exams import Exam
from salestrain.training.exams.results import Candidate, Missed, Results, results
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step
from tests.training.conftest import item, options
from tests.training.exams.test_exam import exam

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
EXAM = "2.2.e.small"
ITEMS = {
    id_: item(
        "single", id=id_, cites=[f"{id_[:3]}.rule"], options=options(a=True, b=False, c=False)
    )
    for id_ in ("2.2.i.one", "2.2.i.two", "3.1.i.one")
}
RULES: dict[str, Any] = {"attempts": 2, "wait_days": 2, "valid_days": 100}


def attempt(day: int, *earned: float, **more: object) -> list[Deed]:
    """Return a whole attempt on a day: what each of the items earned, in their order."""
    ids, at = list(ITEMS)[: len(earned)], DAY + timedelta(days=day)
    began = Step("began", {"items": ids, "seed": day, "minutes": 30, **more}, at)
    answers = (
        Step("answered", {"item": id_, "answer": ["a" if each else "b"], "earned": each}, at)
        for id_, each in zip(ids, earned, strict=True)
    )
    done = Step("finished", {}, at + timedelta(minutes=1))
    return [("quiz", EXAM, step) for step in (began, *answers, done)]


def running(day: int) -> list[Deed]:
    return attempt(day, 0.0, 0.0, 0.0)[:-1]


def went(day: int, of: Exam | None = None, **deeds: list[Deed]) -> Results:
    meant = {*deeds} - {"guest"}
    return results(of or exam(**RULES), deeds, meant, ITEMS, DAY + timedelta(days=day))


def one(found: Results, person: str = "ann") -> Candidate:
    return next(each for each in found.candidates if each.person == person)


@pytest.mark.parametrize(
    ("deeds", "day", "state", "failures"),
    [
        ([], 0, "missing", 0),
        (running(0), 0, "running", 0),
        (running(0), 1, "failed", 1),  # its time ran out
        (attempt(0, 1.0, 1.0, 1.0), 1, "passed", 0),
        (attempt(0, 1.0, 1.0, 0.0), 1, "failed", 1),
        ([*attempt(0, 0.0, 1.0, 1.0), *attempt(3, 0.0, 0.0, 0.0)], 4, "failed", 2),
        ([*attempt(0, 0.0, 1.0, 1.0), *attempt(3, 1.0, 1.0, 1.0)], 4, "passed", 0),
        ([*attempt(0, 0.0, 1.0, 1.0), *running(3)], 3, "failed", 1),
        (attempt(0, 1.0, 1.0, 1.0), 101, "lapsed", 0),
        ([*attempt(0, 1.0, 1.0, 1.0), *attempt(102, 0.0, 1.0, 1.0)], 103, "failed", 1),
    ],
)
def test_where_somebody_stands(deeds: list[Deed], day: int, state: str, failures: int) -> None:
    found = one(went(day, ann=deeds))
    assert (found.state, found.failures) == (state, failures)


def test_who_failed_is_told_when_to_try_again_with_what_was_granted() -> None:
    twice = [*attempt(0, 0.0, 0.0, 0.0), *attempt(2, 0.0, 0.0, 0.0)]
    granted: Deed = ("quiz", "grants", Step("granted", {"exam": "", "attempts": 1}, DAY))
    found = went(3, ann=twice, bo=[*twice, granted])
    assert one(found, "ann").admitted.why == "used_up"
    admitted = one(found, "bo").admitted
    assert (admitted.why, admitted.day, admitted.left) == ("wait", date(2026, 3, 6), 1)


@pytest.mark.parametrize(("day", "soon"), [(69, False), (70, True), (100, True), (101, False)])
def test_a_pass_runs_out_soon_in_its_last_thirty_days(day: int, soon: bool) -> None:
    found = one(went(day, ann=attempt(0, 1.0, 1.0, 1.0)))
    assert found.until == date(2026, 6, 10)
    assert found.runs_out is soon


def test_a_pass_for_good_never_runs_out() -> None:
    found = one(went(4000, exam(valid_days=None), ann=attempt(0, 1.0, 1.0, 1.0)))
    assert (found.state, found.until, found.runs_out) == ("passed", None, False)


def test_scores_are_of_each_persons_last_attempt_that_is_over() -> None:
    found = went(
        9,
        ann=[*attempt(0, 0.0, 0.0, 0.0), *attempt(3, 1.0, 1.0, 1.0)],
        bo=attempt(0, 1.0, 0.0, 0.0),
        cy=running(9),
        di=[],
    )
    assert found.scores == pytest.approx((1.0, 1 / 3))
    assert (found.running, len(found.of("missing")), len(found.of("running"))) == (1, 1, 1)


def test_who_took_it_without_being_meant_is_there_and_who_is_neither_is_not() -> None:
    found = results(exam(**RULES), {"guest": attempt(0, 1.0), "other": []}, {"ann"}, ITEMS, DAY)
    assert [each.person for each in found.candidates] == ["ann", "guest"]


def test_sections_are_ranked_by_the_marks_that_failed_attempts_lost() -> None:
    found = went(
        9,
        ann=[*attempt(0, 0.0, 0.5, 0.0), *attempt(3, 1.0, 1.0, 1.0)],
        bo=attempt(0, 0.0, 1.0, 1.0),
        cy=attempt(0, 1.0, 1.0, 1.0),
    )
    assert [(each.section, each.earned, each.asked, each.marks) for each in found.lost] == [
        ("2.2", 1.5, 4, 2.5),
        ("3.1", 1.0, 2, 1.0),
    ]


def test_items_missed_are_counted_over_everybody() -> None:
    found = went(1, ann=attempt(0, 0.0, 0.5, 1.0), bo=attempt(0, 0.0, 1.0, 1.0))
    assert found.missed == (
        Missed("2.2.i.one", 2, 2),
        Missed("2.2.i.two", 1, 2),
        Missed("3.1.i.one", 0, 2),
    )


@pytest.mark.parametrize(("day", "told"), [(0, False), (5, False), (6, True)])
def test_until_it_has_closed_no_item_is_told_but_sections_and_shares_are(
    day: int, told: bool
) -> None:
    of = exam(**RULES, closes="2026-03-07")
    found = went(day, of, ann=attempt(-1, 0.0, 0.0, 1.0))
    assert found.sealed is not told
    assert bool(found.missed) is told
    assert (found.lost[0].section, len(found.scores)) == ("2.2", 1)


def test_nothing_of_an_attempt_that_runs_is_in_any_figure() -> None:
    found = went(0, ann=running(0))
    assert (found.scores, found.lost, found.missed, found.failed) == ((), (), (), ())
    assert found.running == 1


def test_an_attempt_on_what_has_changed_is_no_score_of_its_own() -> None:
    changed = [*attempt(0, 1.0, 1.0, 1.0), *attempt(5, 0.0, difference=True)]
    found = went(6, ann=changed)
    assert (found.scores, found.lost, one(found).state) == ((1.0,), (), "passed")


def test_an_adaptive_exam_tells_no_sections_since_everybody_misses_half() -> None:
    curve = [n / 40 for n in range(41)]
    at = DAY
    figures = [1.0, 0.0, 0.1, 0.1]
    asked = [Step("asked", {"item": id_, "figures": figures}, at) for id_ in ITEMS]
    answers = [Step("answered", {"item": id_, "answer": ["b"], "earned": 0.0}, at) for id_ in ITEMS]
    began = Step("began", {"items": [], "seed": 1, "minutes": 30, "curve": curve}, at)
    steps = [began, *(step for pair in zip(asked, answers, strict=True) for step in pair)]
    deeds: list[Deed] = [("quiz", EXAM, step) for step in (*steps, Step("finished", {}, at))]
    found = went(1, ann=deeds)
    assert 0 < found.scores[0] < 0.5
    assert (found.lost, found.missed, one(found).state) == ((), (), "failed")
