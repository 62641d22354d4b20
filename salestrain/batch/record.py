"""Files written as a whole or not at all, and what a finished report remembers for a resume."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write the file under another name beside it, then move it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)


def write_record(path: Path, digest: str, **facts: str | float) -> None:
    """Say that a report is finished and what it was made from; comes after its files."""
    write_whole(path, json.dumps({"digest": digest, "facts": facts}, ensure_ascii=False))


def read_record(path: Path, digest: str = "") -> dict[str, str | float] | None:
    """Return the facts of a report finished from the same things (if named), else None."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return record["facts"] if digest in {"", record["digest"]} else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def digest_of(*parts: object) -> str:
    """Return one SHA-256 over everything a report depends on."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
