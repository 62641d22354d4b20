"""The tables as queries see them; how they are made stands in the migrations alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql

REVISION = "0002"
VERSION_TABLE = "records_version"


class Moment(sql.TypeDecorator[datetime]):
    """An aware time, kept and given back in UTC."""

    impl = sql.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: object) -> datetime | None:
        """Return the time in UTC; raises ValueError unless it is aware."""
        if value and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; records keep aware times")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: object) -> datetime | None:
        """Return the time, aware; SQLite gives it back without a zone."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def _table(name: str, texts: str, *others: sql.ColumnClause[Any]) -> sql.TableClause:
    return sql.table(name, *(sql.column(one, sql.Text) for one in texts.split()), *others)


def _entry() -> tuple[sql.ColumnClause[int], sql.ColumnClause[datetime]]:
    return sql.column("id", sql.BigInteger), sql.column("at", Moment)


active, revoked = sql.column("active", sql.Boolean), sql.column("revoked", sql.Boolean)
epoch, uses = sql.column("session_epoch", sql.BigInteger), sql.column("uses", sql.Integer)
times = sql.column("made_at", Moment), sql.column("expires_at", Moment)

people = _table("people", "id name name_en role team language pin_hash", active, epoch)
invitations = _table("invitations", "id person_id by", *times, revoked, uses)
steps = _table("steps", "step_id person_id app thread kind data", *_entry())
attempts = _table("sign_in_attempts", "subject", *_entry())
audit = _table("audit", "line hash", sql.column("number", sql.BigInteger))
openings = _table("audit_openings", "part value salt", sql.column("number", sql.BigInteger))
