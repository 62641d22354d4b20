"""The accepted tables as one DuckDB file, replaced as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from salestrain.crm.tables import Table, tables
from salestrain.errors import ContentError, Fault, Place, SalestrainError, UsageError
from salestrain.language import Text

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

FILE = "crm.duckdb"
ABOUT = "about_snapshot"
LEFT_OVER_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class TableNote:
    """What became of one table: rows read = accepted + quarantined; the columns it brought."""

    read: int
    accepted: int
    quarantined: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot says about itself.

    ``digest`` changes when, and only when, the contents do; the order of rows doesn't count.
    ``as_of`` is the day the books end.
    """

    path: Path
    digest: str
    source: str
    currency: str
    as_of: date
    tables: dict[str, TableNote]
    notes: tuple[Text, ...] = ()


def read_snapshot(folder: Path) -> Snapshot:
    """Return what the folder's snapshot says about itself.

    Raises:
        UsageError: If nothing was imported there.
        ContentError: If the file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        raise UsageError(f"{path.as_posix()}: no snapshot here; run 'salestrain import' first")
    try:
        with _open(path) as connection:
            (text,) = connection.execute(f"SELECT text FROM {ABOUT}").fetchall()[0]
    except duckdb.Error as error:
        fault = Fault(Place(path), "the snapshot is damaged", "delete it, or import again")
        raise ContentError([fault]) from error
    about = json.loads(text)
    about["as_of"] = date.fromisoformat(about["as_of"])
    about["notes"] = tuple(Text(*note) for note in about["notes"])
    about["tables"] = {
        name: TableNote(note["read"], note["accepted"], note["quarantined"], tuple(note["columns"]))
        for name, note in about["tables"].items()
    }
    return Snapshot(**{**about, "path": path})


def connect(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """Open a snapshot for reading; formulas that run there can reach no file and no network."""
    return _open(snapshot.path)


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        str(path),
        read_only=True,
        config={"enable_external_access": "false", "lock_configuration": "true"},
    )


def write_snapshot(draft: Snapshot, frames: dict[str, pd.DataFrame]) -> tuple[Snapshot, bool]:
    """Store the typed rows of each table; return the snapshot and whether the file changed.

    The file is written beside the old one, synced, and put in its place in one step. Equal
    contents leave the old file untouched.

    Args:
        draft: What is known about the snapshot; its digest is filled in here.
        frames: The accepted rows by table.
    """
    folder = draft.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{FILE}.{os.getpid()}.part"
    _sweep(folder)
    part.unlink(missing_ok=True)
    try:
        snapshot = _fill(part, draft, frames)
        with suppress(SalestrainError, KeyError):
            if read_snapshot(folder) == snapshot:
                return snapshot, False
        _sync(part)
        part.replace(snapshot.path)
    finally:
        part.unlink(missing_ok=True)
    _sync(folder)
    return snapshot, True


def _fill(part: Path, draft: Snapshot, frames: dict[str, pd.DataFrame]) -> Snapshot:
    with duckdb.connect(str(part)) as connection:
        said = {name: _store(connection, tables()[name], frames[name]) for name in sorted(frames)}
        brought = {name: draft.tables[name].columns for name in sorted(frames)}
        what = json.dumps([said, brought, draft.currency, str(draft.as_of)])
        snapshot = replace(draft, digest=hashlib.sha256(what.encode()).hexdigest()[:32])
        connection.execute(f"CREATE TABLE {ABOUT} (text VARCHAR)")
        about = json.dumps(asdict(snapshot) | {"path": FILE}, ensure_ascii=False, default=str)
        connection.execute(f"INSERT INTO {ABOUT} VALUES (?)", [about])
    return snapshot


def _store(
    connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame
) -> tuple[int, str]:
    """Create the table with all its columns; return its row count and the sum of row digests."""
    chosen = ", ".join(
        f"CAST({name if name in frame else 'NULL'} AS {column.sql_type}) AS {name}"
        for name, column in table.columns.items()
    )
    connection.register("incoming", frame)
    source = f"SELECT {chosen} FROM incoming ORDER BY {table.key}"
    connection.execute(f"CREATE TABLE {table.name} AS {source}")
    connection.unregister("incoming")
    summed = f"SELECT count(*), sum(md5_number_lower(r::VARCHAR)::HUGEINT) FROM {table.name} AS r"
    count, total = connection.execute(summed).fetchall()[0]
    return int(count), str(total)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what killed imports left behind."""
    for path in folder.glob(f"{FILE}.*.part*"):
        if time.time() - path.stat().st_mtime > LEFT_OVER_SECONDS:
            path.unlink(missing_ok=True)
