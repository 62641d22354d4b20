"""Who mentors whom, and what was agreed in talks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salestrain.training.mentoring.mentors import mentees, mentor_of
from salestrain.training.mentoring.talks import coaching_of
from salestrain.training.steps import Step
from tests.training.first_week import NOON


def pair(person: str, mentor: str, minute: int = 0) -> Step:
    return Step("paired", {"person": person, "mentor": mentor}, NOON + timedelta(minutes=minute))


def talked(minute: int, *actions: tuple[str, str], person: str = "lin") -> Step:
    agreed = [{"what": what, "by": by} for what, by in actions]
    data = {"person": person, "text": f"at {minute}", "actions": agreed}
    return Step("talked", data, NOON + timedelta(minutes=minute))


def settled(minute: int, action: int, *, done: bool = True) -> Step:
    data = {"person": "lin", "action": action, "done": done}
    return Step("settled", data, NOON + timedelta(minutes=minute))


def test_the_last_pairing_counts_and_nobody_ends_one() -> None:
    steps = [pair("lin", "mei", 5), pair("lin", "bo"), pair("tang", "mei"), pair("ann", "ann")]
    assert mentor_of(steps) == {"lin": "mei", "tang": "mei"}
    assert mentees(mentor_of(steps), "mei") == ("lin", "tang")
    assert mentor_of([*steps, pair("lin", "", 9)]) == {"tang": "mei"}


@given(st.permutations([pair("lin", "mei", 1), pair("lin", "bo", 2), pair("tang", "bo", 3)]))
def test_the_order_in_which_pairings_are_told_does_not_matter(steps: list[Step]) -> None:
    assert mentor_of(steps) == {"lin": "bo", "tang": "bo"}


TALKS = {
    "mei": [
        talked(1, ("ask for the cost", "2026-10-16"), ("ring Lu", "2026-10-12")),
        talked(20, ("write the list", "2026-10-20")),
        settled(19, 1),
    ],
    "bo": [
        talked(10, ("read 2.3", "2026-10-13")),
        talked(11, ("not hers", "2026-10-13"), person="tang"),
    ],
    "lin": [talked(2, ("with oneself", "2026-10-13"))],
}


def test_what_was_agreed_is_numbered_over_all_talks_and_comes_back_until_settled() -> None:
    found = coaching_of("lin", TALKS)
    assert [(one.number, one.what, one.with_whom) for one in found.agreed] == [
        (1, "ask for the cost", "mei"),
        (2, "ring Lu", "mei"),
        (3, "read 2.3", "bo"),
        (4, "write the list", "mei"),
    ]
    assert [one.number for one in found.open] == [2, 3, 4]
    assert found.open[0].by == date(2026, 10, 12)
    assert [(one.with_whom, one.agreed) for one in found.talks] == [
        ("mei", (1, 2)),
        ("bo", (3,)),
        ("mei", (4,)),
    ]


def test_what_was_not_done_is_settled_too_and_an_unknown_action_is_nothing() -> None:
    more = {"bo": [*TALKS["bo"], settled(30, 3, done=False), settled(31, 9)]}
    found = coaching_of("lin", {**TALKS, **more})
    assert [one.done for one in found.agreed] == [True, None, False, None]
    assert [one.number for one in found.open] == [2, 4]


def test_who_was_never_talked_with_has_nothing() -> None:
    assert coaching_of("zoe", TALKS).talks == ()
