"""A workspace's CRM data, ready to compute with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.crm.snapshot import Snapshot, connect, read_snapshot
from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import duckdb

    from salestrain.workspace import Workspace

SNAPSHOT = "crm.duckdb"


@dataclass(frozen=True)
class Crm:
    """A snapshot and a locked, read-only connection to it."""

    snapshot: Snapshot

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection; opened when first asked for."""
        return connect(self.snapshot)

    @property
    def present(self) -> Mapping[str, frozenset[str]]:
        """The columns the export brought, by table."""
        return {name: frozenset(note.columns) for name, note in self.snapshot.tables.items()}

    @property
    def as_of(self) -> date:
        """The day the books end."""
        return self.snapshot.as_of


def open_crm(workspace: Workspace) -> Crm:
    """Return the imported snapshot; without one, import the tables in the workspace's ``data/``.

    Raises:
        UsageError: If there is neither.
        ContentError: If the tables in ``data/`` can't be read.
    """
    shipped = sorted(workspace.data.glob("*.csv"))
    if not (workspace.crm / SNAPSHOT).exists() or _outdated(workspace):
        if not shipped:
            raise UsageError(
                f"{workspace.root} has no CRM data yet; "
                "bring some with `salestrain import FILE --mapping NAME`"
            )
        # Readers of every format are heavy; most reviews find a snapshot.
        from salestrain.crm.importing import import_export  # noqa: PLC0415

        import_export(shipped, None, workspace.crm)
    return Crm(read_snapshot(workspace.crm))


def _outdated(workspace: Workspace) -> bool:
    """Whether the snapshot came from ``data/`` and those tables have changed since."""
    made = (workspace.crm / SNAPSHOT).stat().st_mtime
    own = read_snapshot(workspace.crm).source == str(workspace.data)
    return own and any(path.stat().st_mtime > made for path in workspace.data.glob("*.csv"))
