"""People, invitations, steps, sign-in attempts."""

from datetime import datetime

import sqlalchemy as sql
from alembic import op
from sqlalchemy import Column

revision = "0001"
down_revision = None
NUMBER = sql.BigInteger().with_variant(sql.Integer(), "sqlite")  # only INTEGER counts up there


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "people",
        *_texts("id", "name", "name_en", "role", "language"),
        Column("team", sql.Text),
        Column("active", sql.Boolean, nullable=False),
        Column("pin_hash", sql.Text),
        Column("session_epoch", sql.BigInteger, nullable=False),
    )
    op.create_table(
        "invitations",
        *_texts("id", "by"),
        _person(),
        *_times("made_at", "expires_at"),
        Column("revoked", sql.Boolean, nullable=False),
        Column("uses", sql.Integer, nullable=False),
    )
    number = Column("id", NUMBER, primary_key=True)
    log = [Column("step_id", sql.Text, nullable=False, unique=True), _person()]
    texts = _texts("app", "thread", "kind", "data")
    op.create_table("steps", number, *log, *texts, *_times("at"), sqlite_autoincrement=True)
    subject = Column("subject", sql.Text, nullable=False, index=True)
    number = Column("id", NUMBER, primary_key=True)
    op.create_table("sign_in_attempts", number, subject, *_times("at"))


def _texts(*names: str) -> list[Column[str]]:
    return [Column(one, sql.Text, nullable=False, primary_key=one == "id") for one in names]


def _times(*names: str) -> list[Column[datetime]]:
    return [Column(one, sql.DateTime(timezone=True), nullable=False) for one in names]


def _person() -> Column[str]:
    owner = sql.ForeignKey("people.id", ondelete="CASCADE")
    return Column("person_id", sql.Text, owner, nullable=False, index=True)
