"""Learns to read typed talk ahead of whoever comes: a server starts it beside itself.

Run as ``python -m salestrain.apps.roleplay.ahead WORKSPACE``; it gives way to all other work.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from salestrain.apps.roleplay.readers import cached, learn, learned_last, what_reads
from salestrain.errors import SalestrainError
from salestrain.playbook.load import load_playbook
from salestrain.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salestrain.workspace import Workspace


def main(root: str) -> None:
    """Make the readers a workspace lacks; a playbook with faults is left to `check`."""
    os.nice(10)
    place = find_workspace(root)
    done = stamp(place)
    with suppress(SalestrainError), _alone() as alone:
        if not alone:  # another server's is at it, in the same cache
            return
        playbook = load_playbook(place.playbook, prove=False)
        learn(playbook, place.state, learned_last(place.state))
        with suppress(OSError):  # nowhere to keep it: then it is done again
            done.touch()


def is_done(place: Workspace) -> bool:
    """Whether every reader of a workspace was made before, from the same texts by the same code."""
    return stamp(place).exists()


def stamp(place: Workspace) -> Path:
    """Return the file that says so: its name is the hash of all that the readers rest on."""
    folder = place.playbook
    texts = [folder / "moves.yaml", *sorted((folder / "scenarios").glob("*.yaml"))]
    known = hashlib.sha256(what_reads().encode())
    known.update(repr(learned_last(place.state)).encode())
    for path in texts:
        with suppress(OSError):
            known.update(path.name.encode() + path.read_bytes())
    return cached(f"{known.hexdigest()[:24]}.learned")


@contextmanager
def _alone() -> Iterator[bool]:
    """Give whether no other process of this machine learns ahead."""
    try:
        import fcntl  # noqa: PLC0415 (not everywhere)

        lock = cached("ahead.lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    except (ImportError, OSError):
        yield True
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(held)


if __name__ == "__main__":
    main(sys.argv[1])
