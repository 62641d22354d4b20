"""The same tests of people, PINs, invitations, steps and many processes, on a real PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import count

import pytest
import sqlalchemy as sql

from salestrain.errors import SalestrainError
from salestrain.records import Records, open_records, schema
from salestrain.records.diary import Diary
from salestrain.records.steps import TURN, OvertakenError
from tests.crm.test_databases import postgres  # noqa: F401 (a fixture)
from tests.records.conftest import LIN, START, answered
from tests.records.test_audit import *  # noqa: F403
from tests.records.test_diary import *  # noqa: F403
from tests.records.test_invitations import *  # noqa: F403
from tests.records.test_people import *  # noqa: F403
from tests.records.test_pins import *  # noqa: F403
from tests.records.test_processes import *  # noqa: F403
from tests.records.test_steps import *  # noqa: F403

pytestmark = pytest.mark.slow
schemas = count()


@pytest.fixture
def place(postgres: str) -> Iterator[str]:  # noqa: F811 (is the fixture)
    """An empty room of its own in the database."""
    name = f"test_{next(schemas)}"
    engine = sql.create_engine(postgres.replace("postgresql", "postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sql.text(f"CREATE SCHEMA {name}"))
    yield f"{postgres}?options=-csearch_path%3D{name}"
    with engine.begin() as connection:
        connection.execute(sql.text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@pytest.fixture  # type: ignore[no-redef] # takes the other's place
def empty_place(place: str) -> str:
    return place


def test_records_of_a_newer_version_are_left_alone(place: str) -> None:
    records = open_records(place)
    with records.database.writing() as connection:
        changed = f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"
        connection.execute(sql.text(changed))
    records.close()
    with pytest.raises(SalestrainError, match="a newer salestrain has changed these records"):
        open_records(place)
    gc.collect()  # a connection left open is an error, told when it is collected


def end(records: Records, by: Records) -> None:
    """End the connection that rests, as a server does that restarts."""
    with records.database.reading() as connection:
        number = connection.scalar(sql.text("SELECT pg_backend_pid()"))
    with by.database.reading() as connection:
        connection.execute(sql.text(f"SELECT pg_terminate_backend({number}, 5000)")).all()


def test_a_connection_that_has_ended_while_it_rested_is_not_noticed(
    records: Records, place: str
) -> None:
    diary, other = Diary(records.steps, "R1"), open_records(place)
    for number in range(3):
        records.steps.append("R1", "quiz", "2.2", f"s{number}", answered(number), after=diary.last)
        end(records, other)
        assert len(diary.deeds) == number + 1
        end(records, other)
    other.close()


def test_whoever_waits_for_their_turn_sees_what_was_done_meanwhile(place: str) -> None:
    """Whatever the server's own default is: a repeatable read would show what was before."""
    strict = place.replace(
        "search_path", "default_transaction_isolation%3Dserializable -csearch_path"
    )
    records, other = open_records(strict.replace(" ", "%20")), open_records(place)
    records.people.add(LIN)
    with ThreadPoolExecutor(1) as pool, other.database.writing() as connection:
        connection.execute(TURN, {"person_id": LIN.id})
        late = pool.submit(
            records.steps.append, LIN.id, "quiz", "2.2", "late", answered(2), after=0
        )
        wait([late], 0.5)
        assert not late.done()
        row = {"person_id": LIN.id, "app": "quiz", "thread": "2.2", "step_id": "first"}
        row |= {"kind": "answered", "data": '{"item":1}', "at": START}  # type: ignore[dict-item]
        connection.execute(schema.steps.insert(), row)
        connection.commit()
        with pytest.raises(OvertakenError):
            late.result(10)
    assert [entry.id for entry in records.steps.since(LIN.id, 0)] == ["first"]
    records.close()
    other.close()
