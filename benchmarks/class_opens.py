"""A class opens the quiz at once: salestrain's server against stock Voila, in turns.

    python -m benchmarks.class_opens [--people 20] [--rounds 3]

Each person loads the page and asks its kernel something over the websocket; a person is done when
the kernel has answered. Neither side loads its front end here (stock's would weigh 14 MB for each),
so this is the server alone. Prints seconds until the first, half, and all of them are done.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import websocket

from benchmarks.servers import Server, both, cookie_of
from tests.page_client import PROTOCOL, packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANSWERS_WITHIN_SECONDS = 300
RESTS_SECONDS = 5
LEFT = {6, 26, 31}  # reps of the sample company who have left, and can't sign in


@dataclass(frozen=True)
class Opened:
    """Seconds until the first, half, and all people were done; how many failed."""

    first: float
    half: float
    last: float
    failed: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found: dict[str, list[Opened]] = {"salestrain": [], "stock": []}
    for turn in range(asked.rounds):  # servers anew, since stock keeps every kernel
        with tempfile.TemporaryDirectory() as folder, both(Path(folder)) as servers:
            for server in servers if turn % 2 == 0 else reversed(servers):
                found[server.name].append(class_opens(server, asked.people))
                time.sleep(RESTS_SECONDS)
    report(found)


def class_opens(server: Server, people: int) -> Opened:
    """Let everybody open the quiz at the same moment."""
    reps = [f"R{number:02}" for number in range(1, 41) if number not in LEFT]
    cookies = [cookie_of(server, reps[number % len(reps)]) for number in range(people)]
    with ThreadPoolExecutor(people) as pool:
        started = time.monotonic()
        done = list(pool.map(lambda cookie: opens(server, cookie, started), cookies))
    good = sorted(seconds for seconds in done if seconds is not None)
    if not good:
        sys.exit(f"nobody could open {server.name}")
    return Opened(good[0], good[len(good) // 2], good[-1], len(done) - len(good))


def opens(server: Server, cookie: str, started: float) -> float | None:
    """Open the page as one person; return after how many seconds the kernel has answered."""
    address = f"http://127.0.0.1:{server.port}"
    asked = urllib.request.Request(  # noqa: S310 (our own server)
        f"{address}/{server.path}", headers={"Cookie": cookie}
    )
    try:
        with urllib.request.urlopen(asked, timeout=ANSWERS_WITHIN_SECONDS) as page:  # noqa: S310 (ours)
            kernel = re.search(r'"kernelId": *"([0-9a-f-]+)"', page.read().decode())
        if kernel is None:
            return None
        ask_kernel(address, kernel[1], cookie)
    except (OSError, websocket.WebSocketException) as error:
        print(f"{server.name}: {error}", file=sys.stderr)
        return None
    return time.monotonic() - started


def ask_kernel(address: str, kernel: str, cookie: str) -> None:
    """Ask a kernel who it is and wait for the answer, then free it where the server lets us."""
    url = f"{address.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels?session_id=x"
    link = websocket.create_connection(
        url, subprotocols=[PROTOCOL], cookie=cookie, origin=address, timeout=ANSWERS_WITHIN_SECONDS
    )
    link.send_binary(question())
    while b'"kernel_info_reply"' not in link.recv():
        pass
    link.close()
    leave = urllib.request.Request(  # noqa: S310 (our own server)
        f"{address}/leave/{kernel}", b"", {"Cookie": cookie, "Origin": address}
    )
    with suppress(OSError):  # stock keeps its kernels
        urllib.request.urlopen(leave, timeout=30).close()  # noqa: S310 (ours)


def question() -> bytes:
    """Return a ``kernel_info_request`` as the websocket carries it."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "kernel_info_request",
        "session": "x",
        "username": "",
        "date": datetime.now(UTC).isoformat(),
        "version": "5.3",
    }
    return packed("shell", {"header": header})


def report(found: Mapping[str, Sequence[Opened]]) -> None:
    """Print medians."""
    print("server      first s   half s    all s  failed")
    lasts = []
    for name, rounds in found.items():
        first, half, last = (
            median(getattr(one, what) for one in rounds) for what in ("first", "half", "last")
        )
        lasts.append(last)
        failed = sum(one.failed for one in rounds)
        print(f"{name:10} {first:8.2f} {half:8.2f} {last:8.2f} {failed:7}")
    print(f"ratio of all: {lasts[1] / lasts[0]:.2f}")


if __name__ == "__main__":
    main()
