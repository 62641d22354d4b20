"""The people: added, found, changed, exported, forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestrain.errors import SalestrainError, UsageError
from salestrain.records import Person, Records
from salestrain.training.talks.scorecards import CALIBRATING, RATED, RATINGS
from tests.records.conftest import LIN, QIAN, Clock, answered

GRACE = Person("M1", "Grace Hall", role="trainer", active=False)
ZHOU = Person("R4", "周文哲", "Zhou Wenzhe")
HE = Person("R5", "胡海河", "Hu Haihe")
LU = Person("R3", "吕伟", "Lǚ Wěi", team="E2")


def as_given(person: Person) -> Person:
    return replace(person, session_epoch=0)


def test_who_was_added_is_there_with_all_that_was_given(records: Records) -> None:
    assert records.people.add(GRACE)
    assert as_given(records.people.get("M1")) == GRACE
    assert [as_given(one) for one in records.people.all()] == [GRACE, LIN, QIAN]


def test_an_id_is_taken_once(records: Records) -> None:
    assert not records.people.add(replace(QIAN, id="R1"))
    assert as_given(records.people.get("R1")) == LIN


def test_no_team_is_none(records: Records) -> None:
    records.people.add(replace(LIN, id="R4", team=""))
    assert records.people.get("R4").team is None


@pytest.mark.parametrize("person_id", ["R9", "", "r1", "R1' OR '1'='1"])
def test_an_unknown_id_is_named(records: Records, person_id: str) -> None:
    for method in (
        records.people.get,
        records.people.export,
        records.people.forget,
        records.people.sign_out_everywhere,
        lambda one: records.people.set_pin(one, None),
        lambda one: records.people.set_role(one, "admin"),
        lambda one: records.people.set_language(one, "en"),
    ):
        with pytest.raises(UsageError) as error:
            method(person_id)
        expected = f"there is no person {person_id!r}; see `salestrain people list`"
        assert str(error.value) == expected
    with pytest.raises(UsageError, match="there is no person 'R9'"):
        records.people.update(replace(LIN, id="R9"))


def test_an_id_that_no_database_can_hold_is_of_nobody(records: Records) -> None:
    with pytest.raises(SalestrainError):
        records.people.get("\ud800")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"id": " "}, "' ' is no id; write 1 to 100 characters in one line"),
        ({"name": ""}, "'' is no name; write 1 to 100 characters in one line"),
        ({"name": "a\nb"}, "'a\\nb' is no name; write 1 to 100 characters in one line"),
        ({"role": "manger"}, "'manger' is no role; did you mean 'manager'?"),
        ({"language": "fr"}, "'fr' is no language; use one of: en, zh"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(
    records: Records, wrong: dict[str, str], message: str
) -> None:
    for change in (records.people.add, records.people.update):
        with pytest.raises(UsageError) as error:
            change(replace(LIN, **{"id": "R5", **wrong}))  # type: ignore[arg-type]
        assert str(error.value) == message
    assert len(records.people.all()) == 2


def test_a_role_that_is_none_is_refused(records: Records) -> None:
    with pytest.raises(UsageError, match="'boss' is no role; use one of: "):
        records.people.set_role("R1", "boss")  # type: ignore[arg-type]
    assert as_given(records.people.get("R1")) == LIN


def test_what_changes_is_that_person_alone(records: Records) -> None:
    records.people.set_role("R1", "trainer")
    records.people.set_language("R1", "en")
    records.people.update(replace(records.people.get("R1"), team="E2", active=False))
    assert as_given(records.people.get("R1")) == replace(
        LIN, role="trainer", language="en", team="E2", active=False
    )
    assert as_given(records.people.get("R2")) == QIAN


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("林", "R1"),
        ("晓雨", "R1"),
        ("lxy", "R1"),
        ("LX", "R1"),
        ("ｌｘｙ", "R1"),
        ("lin xiaoyu", "R1"),
        ("Xiaoyu", "R1"),
        ("yu lin", "R1"),
        ("linxiaoyu", "R1"),
        (" l x y ", "R1"),
        ("r1", "R1"),
        ("qb", "R2"),
        ("qian", "R2"),
        ("lu wei", "R3"),
        ("lw", "R3"),
        ("gh", "M1"),
        ("zwz", "R4"),
        ("hhh", "R5"),
        ("hall", "M1"),
        ("", "R4 R5 R1 R2 R3 M1"),
        ("  ", "R4 R5 R1 R2 R3 M1"),
        ("xl", ""),
        ("lxyz", ""),
        ("%", ""),
        ("R_", ""),
    ],
)
def test_people_are_found_by_what_is_typed_of_their_names(
    records: Records, text: str, ids: str
) -> None:
    for one in (GRACE, LU, ZHOU, HE):
        records.people.add(one)
    assert [one.id for one in records.people.find(text)] == ids.split()


@given(st.text())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_finding_never_fails(records: Records, text: str) -> None:
    assert {one.id for one in records.people.find(text)} <= {"R1", "R2"}


def test_signing_out_everywhere_changes_one_epoch(records: Records) -> None:
    before = {one.id: one.session_epoch for one in records.people.all()}
    records.people.sign_out_everywhere("R1")
    after = {one.id: one.session_epoch for one in records.people.all()}
    assert before["R1"] != after["R1"]
    assert before["R2"] == after["R2"]


def test_a_cookie_of_someone_forgotten_does_not_fit_a_namesake(records: Records) -> None:
    before = records.people.get("R1")
    records.people.forget("R1")
    assert records.people.add(LIN)
    assert records.people.get("R1").session_epoch != before.session_epoch


def test_an_export_holds_everything_as_json(records: Records, clock: Clock) -> None:
    records.people.set_pin("R1", "123456")
    made = records.invitations.invite("R1", by="R2")
    records.steps.append("R1", "quiz", "2.2", "s1", answered(3))
    records.steps.append("R2", "quiz", "2.2", "s2", answered(4))
    rated = {"person": "R1", "levels": {"4.2.listening": 3}}
    for number, kind in ((5, RATED), (6, CALIBRATING)):
        step = answered(number)._replace(kind=kind, data=rated)
        records.steps.append("R2", "roleplay", RATINGS, f"s{number}", step)
    records.audit.saw("R2", "R1", "talk 2.2.s.quote", "one-to-one")
    exported = json.loads(json.dumps(records.people.export("R1")))
    assert exported["person"].pop("session_epoch")
    assert exported == {
        "person": {
            "id": "R1",
            "name": "林晓雨",
            "name_en": "Lin Xiaoyu",
            "role": "learner",
            "team": "E1",
            "language": "zh",
            "active": True,
            "has_pin": True,
        },
        "invitations": [
            {
                "id": made.id,
                "person_id": "R1",
                "by": "R2",
                "made_at": clock.now.isoformat(),
                "expires_at": "2026-10-23T08:00:00+00:00",
                "revoked": False,
                "uses": 0,
            }
        ],
        "steps": [
            {
                "app": "quiz",
                "thread": "2.2",
                "kind": "answered",
                "data": {"item": 3},
                "at": "2026-10-09T08:00:03+00:00",
            }
        ],
        "about": [
            {
                "by": "R2",
                "app": "roleplay",
                "thread": "ratings",
                "kind": "rated",
                "data": rated,
                "at": "2026-10-09T08:00:05+00:00",
            },
            {
                "by": "",
                "app": "roleplay",
                "thread": "ratings",
                "kind": "calibrating",
                "data": rated,
                "at": "2026-10-09T08:00:06+00:00",
            },
        ],
        "looks": [
            {
                "number": 1,
                "at": clock.now.isoformat(),
                "by": "R2",
                "whom": "R1",
                "what": "talk 2.2.s.quote",
                "why": "one-to-one",
            }
        ],
    }


def test_nothing_is_left_of_who_is_forgotten(records: Records, place: str) -> None:
    records.people.update(replace(LIN, name="Zebedee", name_en="Qwertzu"))
    records.people.set_pin("R1", "123456")
    records.people.check_pin("R1", "000000", "192.0.2.7")
    records.steps.append("R1", "quiz", "2.2", "s1", answered(1)._replace(data={"says": "Yxcvbn"}))
    records.steps.append("R2", "quiz", "2.2", "s2", answered(2))
    on_one = [{"person": who, "comment": f"Asdfgh {who}"} for who in ("R1", "R10")]
    for number, data in enumerate(on_one):
        records.steps.append(
            "R2", "roleplay", "ratings", f"r{number}", answered(3)._replace(data=data)
        )
    records.invitations.invite("R1", by="R2")
    records.invitations.invite("R2", by="R1")
    records.people.forget("R1")
    assert [one.id for one in records.people.all()] == ["R2"]
    assert records.steps.since("R1", 0) == []
    assert records.invitations.of("R1") == ()
    assert records.steps.of("R2", "quiz", "2.2") == (answered(2),)
    assert [one.data for one in records.steps.of("R2", "roleplay", "ratings")] == on_one[1:]
    assert [one.by for one in records.invitations.of("R2")] == [""]
    files = sorted(Path(place).parent.glob(Path(place).name + "*")) if "://" not in place else []
    kept = b"".join(file.read_bytes() for file in files)
    for word in (b"Zebedee", b"Qwertzu", b"Yxcvbn", b"argon2", b"person:R1", b'"R1"', b"Asdfgh R1"):
        assert word not in kept.replace(b"Asdfgh R10", b"")
