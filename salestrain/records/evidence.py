"""Files that people send to show what they did: kept beside the records, for nobody's browser.

Each person's lie in a folder whose name only the secret leads to, each file under the hash of what
it holds. What it is called and shows is a step of the person's; without that it is never sent.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import shutil
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from salestrain.records.secret import read_secret

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "evidence"


def folder_of(state: Path, person_id: str) -> Path:
    """Return where a person's files lie; there need not be any."""
    said = f"salestrain.evidence:{person_id}".encode()
    return state / FOLDER / hmac.digest(read_secret(state), said, "sha256").hex()[:32]


def keep(state: Path, person_id: str, content: bytes) -> tuple[str, bool]:
    """Keep a file; it outlives a power cut when this returns.

    Returns:
        The hash it is found by, and whether it wasn't there before.

    Raises:
        OSError: If it can't be written; nothing is kept then.
    """
    name, folder = hashlib.sha256(content).hexdigest(), folder_of(state, person_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (state / FOLDER).chmod(0o700)
    with NamedTemporaryFile(dir=folder) as beside:  # for its owner alone
        beside.write(content)
        beside.flush()
        os.fsync(beside.fileno())
        new = not (folder / name).exists()
        if new:
            os.link(beside.name, folder / name)
    _sync(folder)
    return name, new


def read(state: Path, person_id: str, name: str) -> bytes | None:
    """Return a file of a person by its hash, None if it isn't there."""
    path = folder_of(state, person_id) / name
    return path.read_bytes() if path.is_file() else None


def total(state: Path, person_id: str) -> int:
    """Return how many bytes a person's files have in all."""
    folder = folder_of(state, person_id)
    return sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0


def drop(state: Path, person_id: str, name: str = "") -> int:
    """Delete a person's files, or one of them; return how many there were."""
    folder = folder_of(state, person_id)
    if name:
        there = (folder / name).is_file()
        (folder / name).unlink(missing_ok=True)
        return int(there)
    count = sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
    shutil.rmtree(folder, ignore_errors=True)
    return count


def _sync(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder can't be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
