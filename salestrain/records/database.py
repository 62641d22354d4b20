"""A database to keep records in: SQLite in a file, or PostgreSQL; what goes wrong is told in words.

SQLite runs in WAL mode with full synchronisation: what is committed outlives a killed process and
a power cut, and many processes may write at once.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, IntegrityError

from salestrain.errors import SalestrainError, UsageError
from salestrain.records.schema import REVISION, VERSION_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
SQLITE = {"timeout": 15, "isolation_level": None}  # seconds to wait for a lock; we begin ourselves
POSTGRES = "postgresql+psycopg"
KEPT_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 3}  # seconds
BEGIN = {True: "BEGIN IMMEDIATE", False: "BEGIN ISOLATION LEVEL READ COMMITTED"}
"""By whether it is a file. In PostgreSQL who has waited for a lock then sees what the other did."""
LOCK = "SELECT pg_advisory_xact_lock(7253786)"  # any number, the same in every process
MIGRATIONS = Path(__file__).parent / "migrations"
ADDRESS = "name a file, or an address such as postgresql://user@host/database"
FILE = "check the space left, the rights of file and folder, and that no other program holds it"
SERVER = "check that the server runs, the address, user and password, and the space left there"


@dataclass(frozen=True)
class Database:
    """An engine, and the name people know it by (no password in it)."""

    engine: sql.Engine
    place: str
    is_file: bool

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """Give a connection to ask; raises SalestrainError if the database can't be read."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error, UnicodeEncodeError) as error:
            what = str(getattr(error, "orig", None) or error).partition("\n")[0]
            mend = FILE if self.is_file else SERVER
            raise SalestrainError(f"{self.place}: {what}; {mend}") from error

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """Give a transaction: all of it is kept when the block ends, or none of it.

        Raises:
            SalestrainError: If the database can't be written.
            IntegrityError: If a row is there already, or what it refers to isn't.
        """
        with self.reading() as connection:
            connection.exec_driver_sql(BEGIN[self.is_file])
            yield connection
            connection.commit()

    def wipe(self) -> None:
        """Take what was deleted out of SQLite's journal too; PostgreSQL's vacuum does it itself."""
        if self.is_file:
            with self.reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()


def connect(url_or_path: str | Path) -> Database:
    """Return the database at a path or URL, its tables up to date.

    A new SQLite file can be read by its owner alone.
    """
    url = _url(str(url_or_path))
    database = _postgres(url) if url.drivername == POSTGRES else _sqlite(url)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.engine.dispose()  # nobody else can: the caller never gets it
        raise
    return database


def _bring_up_to_date(database: Database) -> None:
    with database.reading() as connection:
        begun = sql.inspect(connection).has_table(VERSION_TABLE)
        asked = sql.text(f"SELECT version_num FROM {VERSION_TABLE}")
        found = connection.scalar(asked) if begun else None
    if found != REVISION:
        _migrate(database, found)


def _url(given: str) -> sql.URL:
    try:
        url = sql.make_url(given) if "://" in given else sql.URL.create("sqlite", database=given)
    except ArgumentError as error:
        raise UsageError(f"this is no address of a database; {ADDRESS}") from error
    kind = url.drivername.partition("+")[0]
    if kind in {"postgres", "postgresql"}:
        return url.set(drivername=POSTGRES)
    if kind != "sqlite" or url.database in {None, "", ":memory:"}:
        raise UsageError(f"records can't be kept at such a {kind!r} address; {ADDRESS}")
    return url


def _postgres(url: sql.URL) -> Database:
    place = f"{url.host or 'localhost'}/{url.database or ''}"
    try:
        engine = sql.create_engine(
            url, pool_size=2, isolation_level="AUTOCOMMIT", connect_args=KEPT_ALIVE
        )
    except ImportError as error:
        mend = "pip install 'salestrain[postgres]'"
        raise UsageError(f"{place}: the driver for PostgreSQL is missing; {mend}") from error
    sql.event.listen(engine, "checkout", _look_alive)
    return Database(engine, place, is_file=False)


def _look_alive(connection: psycopg.Connection, *_: object) -> None:
    """Let a connection be replaced that has ended while it rested, without asking the server.

    Nothing is read from one that rests, unless it is its end.
    """
    if connection.closed:
        raise DisconnectionError
    with DefaultSelector() as looking:
        looking.register(connection, EVENT_READ)
        if looking.select(0):
            raise DisconnectionError


def _sqlite(url: sql.URL) -> Database:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # SQLite gives the journals beside it the same rights
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise SalestrainError(f"{error.filename}: {error.strerror}; {FILE}") from error
    engine = sql.create_engine(url, connect_args=SQLITE)
    sql.event.listen(engine, "connect", _set_up)
    return Database(engine, str(path), is_file=True)


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _migrate(database: Database, found: str | None) -> None:
    """Make or change the tables; of several processes one does it while the others wait."""
    # Heavy to import, and needed on the first start only.
    from alembic import command, config, util  # noqa: PLC0415

    settings = config.Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.writing() as connection:
        if not database.is_file:
            connection.exec_driver_sql(LOCK)
        settings.attributes["connection"] = connection
        try:
            command.upgrade(settings, "head")
        except util.CommandError as error:
            what = f"a newer salestrain has changed these records (to {found}, not {REVISION})"
            raise SalestrainError(f"{database.place}: {what}; update salestrain") from error
