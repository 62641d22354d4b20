"""Invitation links: who is let in, who isn't and why; and the secret that signs them."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from salestrain.errors import SalestrainError, UsageError
from salestrain.records import InvitationError, Records, open_records, read_secret
from tests.records.conftest import LIN, START, Clock


def refusal(records: Records, token: str) -> str:
    """Return why a link lets nobody in, looked at or accepted."""
    with pytest.raises(InvitationError) as looked:
        records.invitations.look(token)
    with pytest.raises(InvitationError) as accepted:
        records.invitations.accept(token)
    assert str(looked.value) == f"this invitation is {looked.value.reason}; ask for a new one"
    assert looked.value.reason == accepted.value.reason
    return looked.value.reason


def test_a_link_lets_in_on_several_devices_and_counts_them(records: Records) -> None:
    made = records.invitations.invite("R1", by="R2")
    assert (made.person_id, made.by, made.uses, made.revoked) == ("R1", "R2", 0, False)
    assert made.expires_at == START + timedelta(days=14)
    assert records.invitations.look(made.token).id == "R1"
    for _ in range(2):
        assert records.invitations.accept(made.token) == records.people.get("R1")
    assert records.invitations.of("R1") == (replace(made, uses=2),)
    assert records.invitations.of("R2") == ()


def test_a_link_ends_to_the_second(records: Records, clock: Clock) -> None:
    made = records.invitations.invite("R1", by="R2", days=1)
    clock.pass_(days=1, seconds=-1)
    assert records.invitations.accept(made.token).id == "R1"
    clock.pass_(seconds=1)
    assert refusal(records, made.token) == "expired"


def test_a_link_taken_back_lets_nobody_in_and_another_still_does(
    records: Records, clock: Clock
) -> None:
    first = records.invitations.invite("R1", by="R2")
    clock.pass_(minutes=1)
    second = records.invitations.invite("R1", by="R2")
    records.invitations.revoke(first.id)
    assert refusal(records, first.token) == "revoked"
    assert records.invitations.accept(second.token).id == "R1"
    assert [one.id for one in records.invitations.of("R1")] == [second.id, first.id]


def test_who_left_is_not_let_in(records: Records) -> None:
    made = records.invitations.invite("R1", by="R2")
    records.people.update(replace(LIN, active=False))
    assert refusal(records, made.token) == "inactive"
    with pytest.raises(UsageError) as error:
        records.invitations.invite("R1", by="R2")
    assert str(error.value) == "'R1' is not active; make them active first"


def test_who_is_forgotten_is_not_let_in_even_if_added_again(records: Records) -> None:
    made = records.invitations.invite("R1", by="R2")
    records.people.forget("R1")
    records.people.add(LIN)
    assert refusal(records, made.token) == "revoked"


def test_a_link_of_another_house_is_forged(records: Records, place: str) -> None:
    made = records.invitations.invite("R1", by="R2")
    other = open_records(place, secret=b"another secret that is just as long as ours")
    assert refusal(other, made.token) == "forged"
    other.close()


@pytest.mark.parametrize("token", ["", ".", "R1", "a.b", "\0", "\ud800.x", "林.林", "x" * 100_000])
def test_what_is_no_token_is_forged(records: Records, token: str) -> None:
    assert refusal(records, token) == "forged"


def test_a_token_with_one_letter_changed_is_forged(records: Records) -> None:
    made = records.invitations.invite("R1", by="R2")
    assert refusal(records, made.id) == "forged"
    for place in range(len(made.token) - 1):  # the last letter holds spare bits
        changed = "A" if made.token[place] != "A" else "B"
        wrong = made.token[:place] + changed + made.token[place + 1 :]
        assert refusal(records, wrong) == "forged"


@pytest.mark.parametrize("days", [0, -1, 367])
def test_how_long_a_link_may_last(records: Records, days: int) -> None:
    with pytest.raises(UsageError) as error:
        records.invitations.invite("R1", by="R2", days=days)
    assert str(error.value) == f"an invitation can't last {days} days; choose 1 to 366"


def test_unknown_people_and_links(records: Records) -> None:
    with pytest.raises(UsageError, match="there is no person 'R9'"):
        records.invitations.invite("R9", by="R2")
    with pytest.raises(UsageError, match="there is no invitation 'none'; see who has which"):
        records.invitations.revoke("none")


def test_without_the_secret_nothing_is_signed(place: str) -> None:
    records = open_records(place)
    records.people.add(LIN)
    with pytest.raises(RuntimeError, match="invitations need a secret"):
        records.invitations.invite("R1", by="R2")
    records.close()


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    state = tmp_path / "a" / "state"
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(read_secret, [state] * 40))
    assert [len(one) for one in found] == [32]
    assert [path.name for path in state.iterdir()] == ["secret"]
    assert stat.S_IMODE((state / "secret").stat().st_mode) == 0o600
    assert read_secret(tmp_path / "b") not in found


def test_a_secret_too_short_to_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"")
    with pytest.raises(SalestrainError) as error:
        read_secret(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}/secret: this is no secret; delete it, then all sign in anew"
    )
