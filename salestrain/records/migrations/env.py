"""Alembic's way in: the connection, and the transaction in it, are opened by database.py."""

from alembic import context

from salestrain.records.schema import VERSION_TABLE

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table=VERSION_TABLE)
context.run_migrations()
