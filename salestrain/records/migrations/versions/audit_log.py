"""The audit log: its chain, and beside it what its lines stand for."""

import sqlalchemy as sql
from alembic import op
from sqlalchemy import Column

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the two tables."""
    number = Column("number", sql.BigInteger, primary_key=True, autoincrement=False)
    op.create_table(
        "audit",
        number,
        Column("line", sql.Text, nullable=False),
        Column("hash", sql.Text, nullable=False),
    )
    op.create_table(
        "audit_openings",
        Column("number", sql.BigInteger, primary_key=True, autoincrement=False),
        Column("part", sql.Text, primary_key=True),
        Column("value", sql.Text, nullable=False, index=True),
        Column("salt", sql.Text, nullable=False),
    )
