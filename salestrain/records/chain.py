"""The chain of the audit log: what a line says, what binds it to the one before, what broke it.

A line never holds a name. It holds commitments: the keyed hash of each name, and of the purpose,
under a random salt of its own. Names and salts lie beside the chain as *openings*. Who is erased
loses theirs, and nothing is left that could be tried against a list of names, or that tells which
lines were about the same person; the lines themselves, and so the chain, stay as they are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

START = "0" * 64
PARTS = ("by", "whom", "why")
GONE = "gone"
"""In the line of an erasure: how many openings went with it, no more and no less."""

How = Literal["changed", "removed", "inserted", "reordered"]


class Row(NamedTuple):
    """A line of the chain as it is kept."""

    number: int
    line: str
    hash: str


class Opening(NamedTuple):
    """What a commitment of a line stands for."""

    number: int
    part: str
    value: str
    salt: str


class Broken(NamedTuple):
    """The first line of the chain that is not as it was written, and what was done to it."""

    number: int
    how: How


def hash_of(previous: str, line: str) -> str:
    """Return the hash that binds a line to the one before.

    >>> hash_of(START, "{}")[:8]
    '5649d09e'
    """
    return hashlib.sha256(f"{previous}\n{line}".encode()).hexdigest()


def committed(salt: str, part: str, value: str) -> str:
    """Return the commitment to a value, which tells nothing without the salt (hex)."""
    said = f"{part}:{value}".encode("utf-8", "surrogatepass")
    return hmac.digest(bytes.fromhex(salt), said, "sha256").hex()


def line_of(number: int, at: str, what: str, parts: Mapping[str, str], gone: int = 0) -> str:
    """Return a line in its one form: JSON with sorted keys and no spaces."""
    said = {"n": number, "at": at, "what": what, **parts, **({GONE: gone} if gone else {})}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def broken(
    rows: Sequence[Row], openings: Sequence[Opening], sealed: Mapping[int, str]
) -> Broken | None:
    """Return the first line that is not as it was written, None if all are.

    Args:
        rows: The chain, by number.
        openings: All there are.
        sealed: The hashes noted elsewhere when lines were written, by number.
    """
    previous, there = START, [row.hash for row in rows]
    opened = {(one.number, one.part): one for one in openings}
    for place, row in enumerate(rows, 1):
        whole = row.number == place and hash_of(previous, row.line) == row.hash
        if not whole or sealed.get(place, row.hash) != row.hash:
            return Broken(place, _how(place, row, there, sealed))
        if any(not _fits(row, part, opened) for part in PARTS):
            return Broken(place, "changed")
        previous = row.hash
    if sealed and max(sealed) > len(rows):
        return Broken(len(rows) + 1, "removed")
    return _unaccounted(rows, opened)


def _how(place: int, row: Row, there: Sequence[str], sealed: Mapping[int, str]) -> How:
    """Say what was done at a place, as far as the seals tell it."""
    wanted, known = sealed.get(place), row.hash in sealed.values()
    if wanted is None:
        return "removed" if row.number > place else "changed"
    if wanted == row.hash:
        return "changed"
    if wanted in there[place:]:
        return "reordered" if known else "inserted"
    return "removed" if known else "changed"


def _fits(row: Row, part: str, opened: Mapping[tuple[int, str], Opening]) -> bool:
    """Whether an opening is what the line commits to; one that was erased is asked for later."""
    one, said = opened.get((row.number, part)), json.loads(row.line).get(part, "")
    return one is None or (bool(said) and committed(one.salt, part, one.value) == said)


def _unaccounted(rows: Sequence[Row], opened: Mapping[tuple[int, str], Opening]) -> Broken | None:
    """Return the last line that lacks an opening, if more lack one than were ever erased."""
    lacking: list[int] = []
    gone, numbers = 0, {row.number for row in rows}
    for row in rows:
        said = json.loads(row.line)
        gone += said.get(GONE, 0)
        lacking += [row.number for part in PARTS if said[part] and (row.number, part) not in opened]
    extra = [number for number, part in opened if number not in numbers or part not in PARTS]
    if extra or len(lacking) < gone:
        return Broken(min(extra, default=len(rows)), "inserted")
    return Broken(lacking[-1], "removed") if len(lacking) > gone else None
