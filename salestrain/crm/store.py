"""A workspace's CRM data, ready to compute with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from salestrain import __version__
from salestrain.crm.snapshot import Snapshot, connect, read_snapshot
from salestrain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import duckdb

    from salestrain.errors import Fault
    from salestrain.workspace import Workspace

SNAPSHOT = "crm.duckdb"
OWN, SOUND = "from-data.json", "sound-data.json"


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


def check_own(workspace: Workspace, stages: Collection[str] = ()) -> Sequence[Fault]:
    """Return the faults of every row in the workspace's ``data/``.

    A snapshot that is to be made from it, because there is none or the files have changed, is made
    in the same reading. What was found sound isn't read again until a file of it changes.

    Raises:
        ContentError: If the tables can't be read as a whole.
    """
    from salestrain.crm.importing import check_export  # noqa: PLC0415 (heavy, seldom needed)

    own = sorted(workspace.data.glob("*.csv"))
    if not own:
        return ()
    fresh = not (workspace.crm / SNAPSHOT).exists() or _outdated(own, workspace.crm)
    proof, kept = _proof(own, stages), workspace.crm / SOUND
    if not fresh and kept.exists() and kept.read_text(encoding="utf-8") == proof:
        return ()
    faults = _import_own(own, workspace.crm, stages) if fresh else check_export(own, stages)
    if not faults:
        kept.write_text(proof, encoding="utf-8")
    return faults


def _proof(own: Sequence[Path], stages: Collection[str]) -> str:
    """Return what tells these files, read by these rules, from any others."""
    rules = sorted(Path(__file__).parent.glob("*.*"))
    return json.dumps([__version__, _stamps(rules), _stamps(own), sorted(stages)])


def _import_own(
    shipped: Sequence[Path], folder: Path, stages: Collection[str] = ()
) -> Sequence[Fault]:
    from salestrain.crm.importing import import_export  # noqa: PLC0415 (heavy, seldom needed)

    report = import_export(shipped, None, folder, stages)
    kept = json.dumps([report.snapshot.digest, _stamps(shipped)])
    (folder / OWN).write_text(kept, encoding="utf-8")
    return report.faults


def _outdated(shipped: Sequence[Path], folder: Path) -> bool:
    try:
        digest, stamps = json.loads((folder / OWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(digest == read_snapshot(folder).digest and stamps != _stamps(shipped))


def _stamps(files: Sequence[Path]) -> dict[str, list[int]]:
    return {path.name: [path.stat().st_size, path.stat().st_mtime_ns] for path in files}
