"""What may pass between a page and its kernel; pure, so that every rule can be tested alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAN_BYTES, STOCK_BYTES = 1_000_000, 10_000_000
LONGEST_ID, MOST_BUFFERS = 128, 64
LEAN_COMMS = {"jupyter.widget.control": 20}  # by target, how many a page may hold open
STOCK_COMMS = {**LEAN_COMMS, "jupyter.widget": 200}
ASKED = {"comm_msg", "comm_close", "comm_open", "comm_info_request", "kernel_info_request"}
# what an execution says of itself never leaves: sources, errors, results of whole cells
KEPT = {"error", "execute_input", "execute_reply", "debug_event"}
DRAWN = {"display_data", "execute_result", "stream"}  # the page being made brings them itself
POLICY, TOO_BIG = 1008, 1009


class Refuse(Exception):  # noqa: N818 (an order, like Drop)
    """The frame breaks the rules; the socket is closed with this code."""

    def __init__(self, why: str, code: int = POLICY) -> None:
        super().__init__(why)
        self.code = code


class Drop(Exception):  # noqa: N818 (an order, like Refuse)
    """The frame is left out; the socket stays."""


@dataclass
class Bucket:
    """Allows so many things a second on average, and so many at once."""

    rate: float
    burst: float
    left: float = -1.0
    at: float = 0.0

    def take(self, now: float) -> bool:
        """Count one thing, ``now`` by any clock that runs forward; False if it is one too many."""
        left = self.burst if self.left < 0 else self.left + (now - self.at) * self.rate
        self.left, self.at = min(left, self.burst), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Guard:
    """The rules for one kernel's pages; ``stock`` ones have Voila's own front end."""

    stock: bool = False
    bucket: Bucket = field(default_factory=lambda: Bucket(rate=40, burst=200))
    opened: dict[str, set[str]] = field(default_factory=dict)

    def check_incoming(self, frame: bytes | str, now: float) -> None:
        """Let a frame pass by returning.

        Raises:
            Refuse: If it is too large, malformed, or one too many.
            Drop: If no page needs to send such a thing.
        """
        if not self.bucket.take(now):
            raise Refuse("too many messages")
        if len(frame) > (STOCK_BYTES if self.stock else LEAN_BYTES):
            raise Refuse("message too large", TOO_BIG)
        if isinstance(frame, str):
            raise Refuse("text frame")
        channel, parts = split_frame(frame)
        header, _, _, content = (_object(part) for part in parts[:4])
        kind = _word(header, "msg_type")
        _word(header, "msg_id")
        if channel == "control" and kind == "kernel_info_request":
            return
        if channel != "shell" or kind not in ASKED:
            raise Drop(f"{kind} on {channel}")
        if kind in {"comm_msg", "comm_open", "comm_close"}:
            self._count(kind, _word(content, "comm_id"), content.get("target_name"))

    def _count(self, kind: str, comm: str, target: object) -> None:
        if kind == "comm_close":
            for held in self.opened.values():
                held.discard(comm)
        if kind != "comm_open":
            return
        most = STOCK_COMMS if self.stock else LEAN_COMMS
        if not isinstance(target, str) or target not in most:
            raise Drop(f"comm_open for {target!r}")
        held = self.opened.setdefault(target, set())
        if len(held) >= most[target]:
            raise Drop(f"too many of {target}")
        held.add(comm)


def split_frame(frame: bytes) -> tuple[str, list[bytes]]:
    """Return a frame's channel and parts (protocol v1): header, parent, metadata, content, buffers.

    Raises:
        Refuse: If its offsets don't describe it.
    """
    count = int.from_bytes(frame[:8], "little")
    if not 6 <= count <= 6 + MOST_BUFFERS or len(frame) < 8 * (count + 1):
        raise Refuse("malformed frame")
    ends = [int.from_bytes(frame[8 * i : 8 * (i + 1)], "little") for i in range(1, count + 1)]
    if ends != sorted(ends) or ends[0] != 8 * (count + 1) or ends[-1] != len(frame):
        raise Refuse("malformed frame")
    channel, *parts = (frame[start:end] for start, end in pairwise(ends))
    return channel.decode("utf-8", "replace"), parts


def _object(part: bytes) -> dict[str, Any]:
    try:
        value = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise Refuse("not JSON") from error
    if not isinstance(value, dict):
        raise Refuse("not an object")
    return value


def _word(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise Refuse(f"no {key}")
    return value


def outgoing(parts: Sequence[bytes], *, making: bool = False) -> tuple[list[bytes] | None, str]:
    """Return what of a kernel's message a page gets (None: nothing), and what the server notes.

    Args:
        parts: Header, parent header, metadata, content, then buffers.
        making: Whether the notebook still runs, which makes the page.
    """
    kind = json.loads(parts[0]).get("msg_type", "")
    said = json.loads(parts[3]) if kind in {"error", "stream"} or kind.endswith("_reply") else {}
    if kind in KEPT:
        return None, f"{said['ename']}: {said['evalue']}" if kind == "error" else ""
    if kind == "stream" and said.get("name") != "stdout":
        return None, str(said.get("text", "")).strip()
    if making and kind in DRAWN:
        return None, ""
    if said.get("status") == "error":
        silent = {"status": "error", "ename": "", "evalue": "", "traceback": []}
        return [*parts[:3], json.dumps(silent).encode(), *parts[4:]], ""
    return list(parts), ""
