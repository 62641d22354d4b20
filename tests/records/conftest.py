"""Records in a fresh database; tests/records/test_postgres.py runs the same tests on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salestrain.records import Person, Records, database, open_records
from salestrain.training.steps import Step

START = datetime(2026, 10, 9, 8, 0, tzinfo=UTC)
SECRET = b"of these tests only, and of no use anywhere else"
LIN = Person("R1", "林晓雨", "Lin Xiaoyu", team="E1")
QIAN = Person("R2", "钱柏安", "Qian Boan", role="manager", team="E1", language="en")


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


def answered(number: int) -> Step:
    return Step("answered", {"item": number}, START + timedelta(seconds=number))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out in this process what only a power cut would show."""
    pragmas = [one.replace("FULL", "OFF") for one in database.PRAGMAS]
    monkeypatch.setattr(database, "PRAGMAS", pragmas)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them; making one takes a while."""
    path = tmp_path_factory.mktemp("records") / "records.db"
    open_records(path).close()
    return path


@pytest.fixture
def place(fresh: Path, tmp_path: Path) -> str:
    """Where the records of a test are."""
    return str(shutil.copy(fresh, tmp_path / "records.db"))


@pytest.fixture
def records(place: str, clock: Clock) -> Iterator[Records]:
    """Records that know two people."""
    opened = open_records(place, clock=clock, secret=SECRET)
    opened.people.add(LIN)
    opened.people.add(QIAN)
    yield opened
    opened.close()
