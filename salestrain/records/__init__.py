"""Who there is and what they did: people, invitations, and an append-only log of steps."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salestrain.records.audit import Audit
from salestrain.records.database import Database, connect
from salestrain.records.invitations import Invitation, InvitationError, Invitations
from salestrain.records.people import MYSELF, ROLES, People, Person
from salestrain.records.pins import PinCheck
from salestrain.records.secret import read_secret
from salestrain.records.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MYSELF", "ROLES", "Invitation", "InvitationError", "Person", "PinCheck", "Records"]
__all__ += ["open_records", "read_secret", "records_place"]


@dataclass(frozen=True)
class Records:
    """All that is kept; may be used by many threads and processes at once."""

    database: Database
    people: People
    steps: Steps
    invitations: Invitations
    audit: Audit

    def close(self) -> None:
        """Let the database go; it opens again by itself when needed."""
        self.database.engine.dispose()


def utc_now() -> datetime:
    """Return the time now, aware."""
    return datetime.now(UTC)


def records_place(state: Path) -> str | Path:
    """Return where a workspace's records are: at ``$SALESTRAIN_RECORDS``, else in its state."""
    return os.environ.get("SALESTRAIN_RECORDS") or state / "records.db"


def open_records(
    url_or_path: str | Path,
    *,
    clock: Callable[[], datetime] = utc_now,
    secret: bytes = b"",
    state: Path | None = None,
) -> Records:
    """Return the records at a path (SQLite) or URL; their tables are made or changed as needed.

    Open them after a fork, not before: a child must not go on with its parent's connection.

    Args:
        url_or_path: A file, ``sqlite:///…`` or ``postgresql://…``.
        clock: Tells the time, aware.
        secret: Signs invitations (``read_secret``); there are none without.
        state: The workspace's folder, where the audit log is sealed; else that of the file.

    Raises:
        UsageError: If the address is of no database that records can be kept in.
        SalestrainError: If it can't be opened, or a newer salestrain has changed it.
    """
    database = connect(url_or_path)
    beside = Path(database.place).parent if database.is_file else None
    audit = Audit(database, clock, state or beside)
    people = People(database, clock, audit)
    invitations = Invitations(database, people, clock, secret)
    return Records(database, people, Steps(database), invitations, audit)
