"""A workspace's CRM data, ready to compute with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.crm.snapshot import Snapshot, connect, read_snapshot
from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import duckdb

    from salestrain.workspace import Workspace

SNAPSHOT = "crm.duckdb"
OWN = "from-data.json"


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

    A snapshot made from ``data/`` is made anew when those files change; an imported one stands.

    Raises:
        UsageError: If there is neither.
        ContentError: If the tables in ``data/`` can't be read.
    """
    shipped = sorted(workspace.data.glob("*.csv"))
    imported = (workspace.crm / SNAPSHOT).exists()
    if not (imported or shipped):
        raise UsageError(
            f"{workspace.root} has no CRM data yet; "
            "bring some with `salestrain import FILE --mapping NAME`"
        )
    if not imported or _outdated(shipped, workspace.crm):
        _import_own(shipped, workspace.crm)
    return Crm(read_snapshot(workspace.crm))


def _import_own(shipped: Sequence[Path], folder: Path) -> None:
    from salestrain.crm.importing import import_export  # noqa: PLC0415 (heavy, seldom needed)

    digest = import_export(shipped, None, folder).snapshot.digest
    (folder / OWN).write_text(json.dumps([digest, _stamps(shipped)]), encoding="utf-8")


def _outdated(shipped: Sequence[Path], folder: Path) -> bool:
    try:
        digest, stamps = json.loads((folder / OWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(digest == read_snapshot(folder).digest and stamps != _stamps(shipped))


def _stamps(files: Sequence[Path]) -> dict[str, list[int]]:
    return {path.name: [path.stat().st_size, path.stat().st_mtime_ns] for path in files}
