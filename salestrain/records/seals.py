"""Seals: the hash of each line of the audit log, noted outside the database, signed.

The chain alone can't tell that its last lines are missing, or that all of it was written anew from
some line on. The seals can: a file beside the records, to which each writer adds a line.
"""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING, NamedTuple

from salestrain.records.secret import read_secret

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from salestrain.records.chain import Row

NAME = "audit.seals"


class Seals(NamedTuple):
    """What the file says: the hashes by number, and whether each is signed by our secret."""

    hashes: dict[int, str]
    genuine: bool


def seal(state: Path, rows: Iterable[Row]) -> None:
    """Add the seals of lines just committed; several processes may at once.

    Raises:
        OSError: If the file can't be written.
    """
    secret = read_secret(state)
    text = "".join(f"{row.number} {row.hash} {_signed(secret, row)}\n" for row in rows)
    file = os.open(state / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)


def read_seals(state: Path) -> Seals:
    """Return what was sealed; a last line that a power cut left unfinished is passed over."""
    path = state / NAME
    text = path.read_text("ascii", "replace") if path.exists() else ""
    hashes, genuine, secret = {}, True, read_secret(state) if text else b""
    for line in text.splitlines(keepends=True):
        number, _, rest = line.partition(" ")
        kept, _, sign = rest.strip().partition(" ")
        if not line.endswith("\n"):
            continue
        if not number.isdecimal() or sign != _mac(secret, number, kept):
            genuine = False
            continue
        hashes[int(number)] = kept
    return Seals(hashes, genuine)


def _signed(secret: bytes, row: Row) -> str:
    return _mac(secret, str(row.number), row.hash)


def _mac(secret: bytes, number: str, kept: str) -> str:
    return hmac.digest(secret, f"salestrain.audit:{number}:{kept}".encode(), "sha256").hex()
