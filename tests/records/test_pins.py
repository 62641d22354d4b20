"""PINs: right or wrong, and how guessing is slowed down."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from salestrain.errors import UsageError
from salestrain.records import PinCheck, Records, open_records, pins
from tests.records.conftest import LIN, START, Clock

RIGHT, WRONG = "204816", "000000"
HERE = "192.0.2.7"
HASHER = pins._hasher
OK, LOCKED = PinCheck("ok"), PinCheck("locked", locked_until=START + timedelta(minutes=15))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weaken the hash, which is slow by intention; the last test here looks at the real one."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: light)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The PINs that were looked at, as they come."""
    seen: list[str] = []
    verify = PasswordHasher.verify

    def note(hasher: PasswordHasher, kept: str, pin: str) -> bool:
        seen.append(pin)
        return verify(hasher, kept, pin)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    return seen


@pytest.fixture
def guarded(records: Records) -> Records:
    """Records in which Lin has a PIN."""
    records.people.set_pin("R1", RIGHT)
    return records


def test_a_right_pin_and_a_wrong_one(guarded: Records) -> None:
    check = guarded.people.check_pin
    assert check("R1", RIGHT, HERE) == OK
    assert [check("R1", WRONG, HERE) for _ in range(2)] == [
        PinCheck("wrong", 4),
        PinCheck("wrong", 3),
    ]
    assert check("R1", "２０４８１６", HERE) == OK


def test_a_right_one_gives_all_tries_back(guarded: Records) -> None:
    check = guarded.people.check_pin
    for pin in (WRONG, WRONG, RIGHT):
        check("R1", pin, HERE)
    assert check("R1", WRONG, HERE) == PinCheck("wrong", 4)


def test_the_fifth_wrong_one_locks_even_for_the_right_one(guarded: Records) -> None:
    check = guarded.people.check_pin
    said = [check("R1", WRONG, HERE) for _ in range(5)]
    assert [one.tries_left for one in said] == [4, 3, 2, 1, 0]
    assert said[-1] == LOCKED
    assert check("R1", RIGHT, "198.51.100.1") == LOCKED
    guarded.people.set_pin("R2", RIGHT)
    assert check("R2", RIGHT, HERE) == OK


def test_tries_while_locked_do_not_lock_for_longer(guarded: Records, clock: Clock) -> None:
    check = guarded.people.check_pin
    for _ in range(5):
        check("R1", WRONG, HERE)
    clock.pass_(minutes=14, seconds=59)
    assert [check("R1", WRONG, HERE) for _ in range(9)] == [LOCKED] * 9
    clock.pass_(seconds=1)
    assert check("R1", RIGHT, HERE) == OK


def test_each_try_comes_back_a_quarter_of_an_hour_after_it_went(
    guarded: Records, clock: Clock
) -> None:
    check = guarded.people.check_pin
    for _ in range(5):
        until = check("R1", WRONG, HERE).locked_until
        clock.pass_(minutes=2)
    assert until == START + timedelta(minutes=15)
    clock.pass_(minutes=5)
    assert check("R1", WRONG, HERE) == PinCheck(
        "locked", locked_until=START + timedelta(minutes=17)
    )


def test_a_restart_changes_no_limit(guarded: Records, place: str, clock: Clock) -> None:
    for _ in range(5):
        guarded.people.check_pin("R1", WRONG, HERE)
    guarded.close()
    again = open_records(place, clock=clock)
    assert again.people.check_pin("R1", RIGHT, HERE) == LOCKED
    again.close()


def test_an_address_has_thirty_wrong_tries_for_all_people(guarded: Records) -> None:
    check = guarded.people.check_pin
    said = [check(f"guess {number}", WRONG, HERE) for number in range(29)]
    assert {one.outcome for one in said} == {"wrong"}
    assert [one.tries_left for one in said[-6:]] == [4, 4, 4, 3, 2, 1]
    assert check("R1", RIGHT, HERE) == OK
    assert check("guess 30", WRONG, HERE) == LOCKED
    assert check("R1", RIGHT, HERE) == LOCKED
    assert check("R1", RIGHT, "198.51.100.1") == OK


@pytest.mark.parametrize("whose", ["nobody", "without", "left", ""])
def test_whoever_cannot_sign_in_is_answered_as_anyone(
    guarded: Records, whose: str, looked: list[str]
) -> None:
    guarded.people.add(replace(LIN, id="without"))
    guarded.people.add(replace(LIN, id="left", active=False))
    guarded.people.set_pin("left", RIGHT)
    said = [guarded.people.check_pin(whose, RIGHT, HERE) for _ in range(5)]
    assert said == [*(PinCheck("wrong", left) for left in (4, 3, 2, 1)), LOCKED]
    assert len(looked) == 5


def test_many_guesses_at_once_are_no_more_than_the_limit(
    guarded: Records, looked: list[str]
) -> None:
    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(guarded.people.check_pin, "R1", WRONG, HERE) for _ in range(24)]
        said = [one.result().outcome for one in tries]
    assert set(said) <= {"wrong", "locked"}
    while guarded.people.check_pin("R1", WRONG, HERE).outcome != "locked":
        assert len(looked) < 5
    assert len(looked) <= 5


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "一二三四五六", "12 456", "\ud800"]
)
def test_a_pin_is_six_digits(guarded: Records, pin: str) -> None:
    with pytest.raises(UsageError) as error:
        guarded.people.set_pin("R1", pin)
    assert str(error.value) == "a PIN has six digits; choose another"
    assert guarded.people.check_pin("R1", pin, HERE) == PinCheck("wrong", 4)
    assert guarded.people.check_pin("R1", RIGHT, HERE) == OK


def test_a_pin_can_be_taken_away(guarded: Records) -> None:
    assert guarded.people.get("R1").has_pin
    guarded.people.set_pin("R1", None)
    assert not guarded.people.get("R1").has_pin
    assert guarded.people.check_pin("R1", RIGHT, HERE) == PinCheck("wrong", 4)


def test_the_hash_is_strong_yet_checked_within_a_tenth_of_a_second() -> None:
    hasher = HASHER()
    assert (hasher.time_cost, hasher.memory_cost, hasher.type.name) == (2, 19 * 1024, "ID")
    kept, took = hasher.hash(RIGHT), []
    for _ in range(5):
        began = time.thread_time()
        hasher.verify(kept, RIGHT)
        took.append(time.thread_time() - began)
    assert 0.005 < min(took) < 0.1
