"""Where others on the network reach this machine."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress


def own_name() -> str:
    """Return the address by which others on the network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # a datagram socket: nothing is sent
        except OSError:
            return socket.gethostname()
        return str(asked.getsockname()[0])


def from_outside(host: str) -> str:
    """Return a host and port as others write it: one's own name for oneself is of no use to them.

    >>> from_outside("sales.example:8866")
    'sales.example:8866'
    """
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    name, port = (name, port) if name else (host, "")
    if not _is_oneself(name.strip("[]")):
        return host
    reached = own_name()
    shown = f"[{reached}]" if ":" in reached else reached
    return f"{shown}:{port}" if port else shown


def _is_oneself(name: str) -> bool:
    if name == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return False
