"""Tables of a database, at a URL or in an SQLite file, as sheets."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import sqlalchemy as sql

from salestrain.crm.read import Sheet, as_lines, check_file, part_of, unreadable

if TYPE_CHECKING:
    from salestrain.crm.read import Lines

DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


def database_at(address: str) -> list[Sheet]:
    """Return the tables and views of the database at a URL.

    Raises:
        ContentError: If it can't be reached, read, or holds nothing.
    """
    return _tables(_url(address))


def sqlite_file(path: Path) -> list[Sheet]:
    """Return the tables and views of an SQLite file.

    Raises:
        ContentError: If it is none, or holds nothing.
    """
    return _tables(sql.URL.create("sqlite", database=str(path)))


def _url(source: str) -> sql.URL:
    try:
        url = sql.make_url(source)
    except sql.exc.ArgumentError as error:
        mend = "write it as postgresql://user:password@host/database"
        raise unreadable(PurePath("database"), "the address can't be read", mend) from error
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def _tables(url: sql.URL) -> list[Sheet]:
    """Return the tables of a database; messages name host and database, never the password."""
    file = PurePath(url.database or "").name
    place = Path(url.host or "", url.database or "")
    if url.get_backend_name() == "sqlite":
        check_file(place)
    try:
        engine = sql.create_engine(url, poolclass=sql.NullPool)
        inspector = sql.inspect(engine)
        names = [*inspector.get_table_names(), *inspector.get_view_names()]
    except (sql.exc.NoSuchModuleError, ImportError) as error:
        mend = "pip install 'salestrain[postgres]' for PostgreSQL; export other databases as CSV"
        what = f"the driver for {url.drivername!r} addresses is not installed"
        raise unreadable(place, what, mend) from error
    except sql.exc.SQLAlchemyError as error:
        mend = "check address, user and password" if url.host else "export it again, or as CSV"
        raise unreadable(place, f"the database can't be read: {_short(error)}", mend) from error
    if not names:
        raise unreadable(
            place, "the database holds no tables", "check its name and the user's rights"
        )
    return [Sheet(part_of(file, name), file, name, partial(_query, engine, name)) for name in names]


def _short(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def _query(engine: sql.Engine, name: str) -> tuple[Lines, str]:
    chosen = sql.select(sql.text("*")).select_from(sql.table(name))
    try:
        with engine.connect() as connection:
            found = connection.execute(chosen)
            header = list(found.keys())
            return [(1, header), *as_lines([tuple(row) for row in found], 2)], ""
    except sql.exc.SQLAlchemyError as error:
        raise unreadable(PurePath(name), f"the table can't be read: {_short(error)}",
                     "open it in the database first") from error  # fmt: skip
