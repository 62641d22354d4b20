"""The same tests of people, PINs, invitations, steps and many processes, on a real PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sql

from salestrain.errors import SalestrainError
from salestrain.records import open_records, schema
from tests.crm.test_databases import postgres  # noqa: F401 (a fixture)
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
