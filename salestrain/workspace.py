"""A workspace: the folder with a company's playbook, data, notebooks, and what was made of them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from salestrain.errors import UsageError

PARTS = ("playbook", "data", "notebooks")
NOT_COPIED = "__pycache__", ".ipynb_checkpoints"
SIMULATED = "generator", "rehearsal.yaml", "practice.tsv", "newcomers"
UNSAFE = re.compile(r"[^\w.-]+")
PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where things are.

    Attributes:
        root: The folder that holds ``playbook/``, ``data/`` and ``notebooks/``.
        state: Snapshot and records; nothing in it is written by hand.
        reports: Where generated reviews go.
    """

    root: Path
    state: Path
    reports: Path

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """Return the workspace in a folder; the shipped one keeps its state outside the package."""
        root = root.resolve()
        if not (root / "playbook").is_dir():
            raise UsageError(
                f"{root} holds no playbook/ folder; make a workspace with "
                f"`salestrain init {root}`, or name another with --workspace"
            )
        home = _own_home() if root.is_relative_to(PACKAGE) else root
        return cls(root, home / ".salestrain", home / "reports")

    @property
    def playbook(self) -> Path:
        """What the company has written down."""
        return self.root / "playbook"

    @property
    def data(self) -> Path:
        """The CRM tables that ship with the workspace."""
        return self.root / "data"

    @property
    def crm(self) -> Path:
        """The folder of the imported snapshot."""
        return self.state / "crm"


def find_workspace(chosen: str | Path | None = None) -> Workspace:
    """Return the chosen workspace, else the nearest one upward, else the shipped sample company."""
    if chosen:
        return Workspace.at(Path(chosen))
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "playbook").is_dir() and (folder / "notebooks").is_dir():
            return Workspace.at(folder)
    return Workspace.at(shipped())


def shipped() -> Path:
    """Return the sample company's folder: inside the wheel, or the checkout it is developed in."""
    inside = PACKAGE / "shipped"
    return inside if inside.is_dir() else PACKAGE.parent


def create_workspace(folder: Path) -> Workspace:
    """Copy the sample company into a new or empty folder as a start of one's own.

    Raises:
        UsageError: If the folder already holds something; nothing is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a new folder, nothing was written")
    skipped = shutil.ignore_patterns(*NOT_COPIED, *SIMULATED)
    for part in PARTS:
        shutil.copytree(shipped() / part, folder / part, ignore=skipped)
    return Workspace.at(folder)


def report_name(level: str, entity: str) -> str:
    """Return the file name (without ending) of somebody's report.

    >>> report_name("team", "E2")
    'team-E2'
    """
    safe = UNSAFE.sub("_", entity)
    if safe != entity:  # two ids may look alike once their odd characters are gone
        safe += "-" + hashlib.sha256(entity.encode()).hexdigest()[:6]
    return f"{level}-{safe}" if entity else level


def _own_home() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "salestrain"
