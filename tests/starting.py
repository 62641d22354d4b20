"""What starting a server takes: a free port, and to wait until it answers."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

STARTS_WITHIN_SECONDS = 60


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(ask: Callable[[], object], log: Callable[[], str] = str) -> None:
    """Ask again and again until it answers, whatever it answers.

    Raises:
        TimeoutError: With what the server wrote, if that takes more than a minute.
    """
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            ask()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(log())
