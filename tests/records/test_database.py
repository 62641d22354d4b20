"""Where records are kept: files for their owner alone, migrations, and faults told in words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sql
from alembic.script import ScriptDirectory

from salestrain.errors import SalestrainError, UsageError
from salestrain.records import Records, database, open_records, records_place, schema
from tests.records.conftest import LIN, answered

MEND = "check the space left, the rights of file and folder, and that no other program holds it"
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
AS_SHIPPED = database.PRAGMAS


def fault(place: str | Path) -> str:
    with pytest.raises(SalestrainError) as error:
        open_records(place).close()
    return str(error.value)


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    records = open_records(tmp_path / "new" / "records.db")
    records.people.add(LIN)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert modes == dict.fromkeys(["records.db", "records.db-wal", "records.db-shm"], 0o600)
    records.close()


@pytest.mark.parametrize("name", ["plain.db", "100% ours?.db", "销售 记录.db"])
def test_a_path_may_have_any_name(tmp_path: Path, name: str) -> None:
    open_records(tmp_path / name).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_program_may_be_in_a_folder_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = shutil.copytree(database.MIGRATIONS, tmp_path / "100% ours (%s)")
    monkeypatch.setattr(database, "MIGRATIONS", moved)
    records = open_records(tmp_path / "records.db")
    assert records.people.all() == ()
    records.close()


def test_a_path_and_its_url_are_the_same(place: str, records: Records) -> None:
    again = open_records(f"sqlite:///{place}")
    assert again.people.all() == records.people.all()
    again.close()


def test_every_connection_survives_a_power_cut_and_keeps_references(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PRAGMAS", AS_SHIPPED)
    records = open_records(place)
    with records.database.reading() as one, records.database.reading() as other:
        for connection in (one, other):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS
            }
            assert found == PRAGMAS
    records.close()


def test_what_fails_halfway_is_not_kept(records: Records) -> None:
    row = {"app": "quiz", "thread": "2.2", "kind": "began", "data": "{}"}
    row |= {"person_id": "R1", "step_id": "half", "at": answered(0).at}  # type: ignore[dict-item]
    with suppress(KeyboardInterrupt), records.database.writing() as connection:
        connection.execute(schema.steps.insert().values(row))
        raise KeyboardInterrupt
    assert records.steps.since("R1", 0) == []
    assert records.steps.append("R1", "quiz", "2.2", "half", answered(0))


def test_the_known_revision_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(database.MIGRATIONS)).get_heads() == [schema.REVISION]


def test_queries_know_the_columns_that_migrations_make(records: Records) -> None:
    made = sql.inspect(records.database.engine)
    for table in (
        schema.people,
        schema.invitations,
        schema.steps,
        schema.attempts,
        schema.audit,
        schema.openings,
    ):
        columns = {column["name"] for column in made.get_columns(table.name)}
        assert columns == set(table.columns.keys())


@pytest.mark.slow
def test_alembic_and_argon2_are_not_imported_where_nothing_needs_them(place: str) -> None:
    code = (
        "import sys; from salestrain.records import open_records; "
        f"open_records({place!r}).people.all(); "
        "print([one for one in ('alembic', 'argon2', 'mako', 'pandas') if one in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"


def test_records_of_a_newer_version_are_left_alone(place: str) -> None:
    with sqlite3.connect(place) as connection:
        connection.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
    connection.close()
    before = Path(place).read_bytes()
    assert fault(place) == (
        f"{place}: a newer salestrain has changed these records (to 9999, not {schema.REVISION}); "
        "update salestrain"
    )
    assert Path(place).read_bytes() == before


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Dear diary, " * 99)
    said = fault(tmp_path / "notes.db")
    assert said == f"{tmp_path}/notes.db: file is not a database; {MEND}"
    assert (tmp_path / "notes.db").read_text() == "Dear diary, " * 99


def test_a_folder_and_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert fault(tmp_path) == f"{tmp_path}: unable to open database file; {MEND}"
    inside = tmp_path / "file" / "records.db"
    assert fault(inside) == f"{inside.parent}: File exists; {MEND}"


def test_a_locked_database_is_told_after_a_while(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database.SQLITE, "timeout", 0.05)
    records = open_records(place)
    records.people.add(LIN)
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SalestrainError) as error:
        records.steps.append("R1", "quiz", "2.2", "s", answered(1))
    assert str(error.value) == f"{place}: database is locked; {MEND}"
    assert records.steps.of("R1", "quiz", "2.2") == ()
    other.close()
    assert records.steps.append("R1", "quiz", "2.2", "s", answered(1))
    records.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 600 kB, which only root can make."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words: list[str | Path] = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder]
    if os.getuid() or subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk to fill")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_whole_steps_or_none(small_disk: Path) -> None:
    records = open_records(small_disk / "records.db")
    records.people.add(LIN)
    long = answered(0)._replace(data={"says": "长" * 2000})
    with pytest.raises(SalestrainError) as error:
        any(not records.steps.append("R1", "quiz", "2.2", f"s{n}", long) for n in range(1000))
    kept = len(records.steps.of("R1", "quiz", "2.2"))
    assert 0 < kept < 200
    assert str(error.value).startswith(f"{small_disk}/records.db: ")
    assert str(error.value).endswith(f"; {MEND}")
    assert "full" in str(error.value)
    assert records.steps.of("R1", "quiz", "2.2") == (long,) * kept
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    assert records.steps.append("R1", "quiz", "2.2", f"s{kept}", long)
    records.close()


def test_a_read_only_disk(small_disk: Path) -> None:
    with_one = open_records(small_disk / "records.db")
    with_one.people.add(LIN)
    with_one.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    said = fault(small_disk / "records.db")
    assert said == f"{small_disk}/records.db: unable to open database file; {MEND}"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://us:secret@db/x", "records can't be kept at such a 'mysql' address; "),
        ("sqlite://", "records can't be kept at such a 'sqlite' address; "),
        ("sqlite:///:memory:", "records can't be kept at such a 'sqlite' address; "),
        ("://", "this is no address of a database; "),
    ],
)
def test_addresses_that_records_cannot_be_kept_at(address: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        open_records(address)
    mend = "name a file, or an address such as postgresql://user@host/database"
    assert str(error.value) == message + mend


def test_a_server_that_is_not_there_is_named_and_no_password_told() -> None:
    pytest.importorskip("psycopg", reason="needs the extra salestrain[postgres]")
    said = fault("postgres://us:secret@127.0.0.1:1/sales")
    assert said.startswith("127.0.0.1/sales: connection failed: ")
    assert said.endswith(
        "; check that the server runs, the address, user and password, and the space left there"
    )
    assert "secret" not in said


def test_a_missing_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert fault("postgresql://us:secret@db.example/sales") == (
        "db.example/sales: the driver for PostgreSQL is missing; pip install 'salestrain[postgres]'"
    )


def test_records_are_in_the_state_folder_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SALESTRAIN_RECORDS", raising=False)
    assert records_place(tmp_path) == tmp_path / "records.db"
    monkeypatch.setenv("SALESTRAIN_RECORDS", "postgresql://us@db/sales")
    assert records_place(tmp_path) == "postgresql://us@db/sales"
