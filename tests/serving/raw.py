"""A client that sends what no page would."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import websocket

from tests.page_client import PROTOCOL, packed, unpacked
from tests.served import Served

Said = list[dict[str, Any]]
CONTROLS = "@jupyter-widgets/controls"
WIDGET = {
    "_model_module": CONTROLS,
    "_model_module_version": "2.0.0",
    "_model_name": "HTMLModel",
    "_view_module": CONTROLS,
    "_view_module_version": "2.0.0",
    "_view_name": "HTMLView",
}


class Raw:
    """One websocket to a kernel."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self.socket = socket

    def send(self, channel: str, kind: str, content: object) -> None:
        """Send a message of any kind on any channel."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "raw", "version": "5.3"}
        message = {"header": header, "metadata": {"version": "2.1.0"}, "content": content}
        self.socket.send_binary(packed(channel, message))

    def make_widgets(self, count: int) -> Said:
        """Make widgets in the kernel, as Voila's own page may; return what is said of them."""
        for number in range(count):
            content = {"comm_id": f"{number:032x}", "target_name": "jupyter.widget"}
            self.send("shell", "comm_open", {**content, "data": {"state": WIDGET}})
        self.send("shell", "comm_info_request", {})
        return self.heard(6)

    def say(self, model: str, **content: object) -> None:
        """Send a widget a custom message."""
        data = {"method": "custom", "content": content}
        self.send("shell", "comm_msg", {"comm_id": model, "data": data})

    def heard(self, seconds: float) -> Said:
        """Return all that comes within so many seconds, up to the end of the connection."""
        said, until = [], time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                frame = self.socket.recv()
            except (websocket.WebSocketException, OSError):
                break
            if isinstance(frame, bytes) and len(frame) > 2:
                said.append(unpacked(frame))
        return said

    def hears(self, part: str, seconds: float = 20) -> bool:
        """Wait until something with this in it is said."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if any(part in str(one) for one in self.heard(0.2)):
                return True
        return False

    def closing_code(self, seconds: float = 20) -> int:
        """Wait for the other side to close; return its code, 0 if the line just broke."""
        self.socket.settimeout(seconds)
        while True:
            try:
                opcode, data = self.socket.recv_data()
            except (ConnectionError, websocket.WebSocketConnectionClosedException):
                return 0
            if opcode == websocket.ABNF.OPCODE_CLOSE:
                return int.from_bytes(data[:2], "big")


@contextmanager
def joined(served: Served, kernel: str, cookie: str, **given: Any) -> Iterator[Raw]:  # noqa: ANN401
    """Connect to a kernel; ``origin`` and ``subprotocols`` may be wrong ones."""
    options = {"origin": served.address[:-1], "subprotocols": [PROTOCOL], "timeout": 30, **given}
    place = f"{served.address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
    address = f"{place}?session_id={uuid.uuid4().hex}"
    socket = websocket.create_connection(address, cookie=cookie, **options)
    try:
        yield Raw(socket)
        socket.close(timeout=1)
    finally:
        socket.shutdown()  # type: ignore[no-untyped-call] # close() leaves it open if the other side closed first


def refused(served: Served, kernel: str, cookie: str, **given: Any) -> int:  # noqa: ANN401
    """Return with which status a websocket is refused, 0 if it isn't."""
    try:
        with joined(served, kernel, cookie, **given):
            return 0
    except websocket.WebSocketBadStatusException as error:
        return int(error.status_code)
