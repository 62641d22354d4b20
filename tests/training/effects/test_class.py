"""Folds of what a class did: modules, what was learnt, waits, and who is stuck."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from salestrain.training.effects.gains import learnt
from salestrain.training.effects.modules import Module, modules
from salestrain.training.effects.reactions import liking, reactions
from salestrain.training.effects.stuck import Facts, stuck
from salestrain.training.effects.waits import HandIn, hand_ins, mentors, paces
from salestrain.training.paths.path import Deed
from salestrain.training.steps import Step

DAY = datetime(2026, 7, 1, 1, tzinfo=UTC)
PATH = "4.1.p.first_week"


def deed(app: str, thread: str, kind: str, day: int, **data: object) -> Deed:
    return app, thread, Step(kind, data, DAY + timedelta(days=day))


def given(kind: str, person: str, on: str) -> Deed:
    return deed("trainer", "modules", kind, 0, person=person, module="4.2", on=on)


def ran(day: int, earned: float, set_: str = "4.2") -> Deed:
    return deed("quiz", set_, "finished", day, earned=earned, of=10)


def noted(day: int, step: str = "note") -> Deed:
    return deed("onboarding", PATH, "noted", day, step=step, text="…")


def signed(person: str, day: int, step: str = "note") -> Deed:
    return deed("onboarding", PATH, "signed", day, person=person, step=step, ok=True, text="")


def test_a_module_is_by_lot_only_if_everybodys_day_was_drawn() -> None:
    drawn = {"t": (given("drawn", "a", "2026-07-08"), given("drawn", "b", "2026-07-22"))}
    (found,) = modules(drawn, {"a", "b"}, UTC)
    assert (found.id, found.lot, found.first) == ("4.2", True, date(2026, 7, 8))
    assert found.begins == {"a": date(2026, 7, 8), "b": date(2026, 7, 22)}
    mixed = {"t": (given("drawn", "a", "2026-07-08"), given("set", "b", "2026-07-22"))}
    assert [one.lot for one in modules(mixed, {"a", "b"}, UTC)] == [False]


def test_the_day_given_last_counts_and_those_of_others_do_not() -> None:
    steps = {"t": (given("drawn", "a", "2026-07-08"), given("drawn", "a", "2026-07-15"),
                   given("drawn", "z", "2026-07-01"))}  # fmt: skip
    assert modules(steps, {"a"}, UTC)[0].begins == {"a": date(2026, 7, 15)}


def test_where_nobody_laid_down_modules_each_begins_with_their_first_run() -> None:
    deeds = {one: (ran(3, 5), ran(9, 8)) for one in "abcde"}
    (found,) = modules(deeds, set("abcde"), UTC)
    assert (found.at_will, found.lot, found.first) == (True, False, date(2026, 7, 4))
    assert modules({one: deeds[one] for one in "abcd"}, set("abcd"), UTC) == ()


def test_learnt_is_the_last_run_before_the_first_after_and_one_two_weeks_on() -> None:
    module = Module("4.2", {"a": date(2026, 7, 10), "b": date(2026, 7, 10)}, lot=True)
    deeds = {
        "a": (ran(2, 3), ran(8, 4), ran(10, 7), ran(20, 9), ran(24, 6), ran(9, 1, "6.2")),
        "b": (ran(12, 5),),
    }
    found = learnt(module, deeds, UTC)
    assert found.people == ("a", "b")
    assert found.before.tolist() == [0.4, 0.5]
    assert found.after.tolist() == pytest.approx([0.7, float("nan")], nan_ok=True)
    assert found.later.tolist() == pytest.approx([0.6, float("nan")], nan_ok=True)


def test_what_people_thought_counts_once_a_person_and_step() -> None:
    def said(step: str, useful: int) -> Deed:
        return deed("onboarding", PATH, "reacted", 1, step=step, useful=useful, clear=4)

    deeds = {"a": (said("x", 1), said("x", 5), said("y", 3)), "b": (said("x", 3),)}
    first, second = reactions(deeds, ("a", "b"))
    assert (first.step, first.useful.value, first.useful.n) == ("x", 4.0, (2,))
    assert (second.step, second.clear.value) == ("y", 4.0)
    assert liking(deeds, ("a", "b")).value == 3.0


def test_a_hand_in_waits_from_first_to_signature_and_unsigned_kinds_do_not_count() -> None:
    pair = deed("trainer", "mentors", "paired", 0, person="a", mentor="m")
    deeds = {
        "t": (pair,),
        "a": (noted(1), noted(2), noted(3, "diary")),
        "b": (noted(4),),
        "m": (signed("a", 5),),
    }
    first, second = hand_ins(deeds, {"a", "b"})
    assert first == HandIn("a", "m", "note", DAY + timedelta(days=1), DAY + timedelta(days=5))
    assert (second.person, second.mentor, second.signed) == ("b", "", None)
    assert second.days(DAY + timedelta(days=10)) == 6


def test_nobody_signs_their_own_hand_in() -> None:
    deeds = {"a": (noted(1), signed("a", 2)), "m": (signed("a", 4),)}
    (found,) = hand_ins(deeds, {"a"})
    assert found.signed == DAY + timedelta(days=4)


def test_the_pairing_saved_last_counts() -> None:
    pairs = [deed("trainer", "mentors", "paired", n, person="a", mentor=m) for n, m in
             ((2, "new"), (1, "old"))]  # fmt: skip
    assert mentors({"t": tuple(pairs)}) == {"a": "new"}


def waits(mentor: str, *days: float) -> list[HandIn]:
    return [
        HandIn(mentor, mentor, str(n), DAY, DAY + timedelta(days=d)) for n, d in enumerate(days)
    ]


def test_a_mentor_is_slow_who_surely_takes_more_than_twice_as_long() -> None:
    usual = (1.0, 2.0, 1.5, 1.0, 2.5)
    found = [*waits("q", *usual), *waits("r", *usual), *waits("slow", 8, 9, 10, 8, 9)]
    told = paces(found, DAY + timedelta(days=20))
    assert [one.mentor for one in told if one.slow] == ["slow"]
    assert (told[0].mentor, told[0].days, told[0].signed, told[0].open) == ("slow", 9, 5, 0)
    few = [*waits("q", *usual), *waits("r", *usual), *waits("slow", 8, 9, 10, 8)]
    assert not any(one.slow for one in paces(few, DAY + timedelta(days=20)))


def test_stuck_names_the_signature_first_then_practice_then_the_chance() -> None:
    today = date(2026, 8, 1)
    waiting = (HandIn("a", "m", "note", DAY, None),)
    found = stuck(Facts("a", None, waiting, today, 3), today, 10, 12)
    assert found is not None
    assert (found.causes, found.mentor, found.since) == (
        ("signature", "no_chance"),
        "m",
        date(2026, 7, 1),
    )
    assert stuck(Facts("a", None, (), today, 12), today, 10, 12) is None
    assert stuck(Facts("a", None, (), None, None), today, 10, 12) is None
