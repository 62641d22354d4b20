"""A page without a browser: opens an app, holds its websocket, acts on its screen."""

from __future__ import annotations

import json
import re
import urllib.request
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Self

import websocket

PROTOCOL = "v1.kernel.websocket.jupyter.org"
OFFSET = 8


def packed(channel: str, message: dict[str, Any]) -> bytes:
    """Return a message as the websocket carries it: offsets, channel, four parts of JSON."""
    keys = ("header", "parent_header", "metadata", "content")
    parts = [channel.encode(), *(json.dumps(message.get(key, {})).encode() for key in keys)]
    count = len(parts) + 1
    offsets = [OFFSET * (1 + count)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    head = b"".join(number.to_bytes(OFFSET, "little") for number in (count, *offsets))
    return head + b"".join(parts)


def unpacked(frame: bytes) -> dict[str, Any]:
    """Return what a frame says: its channel, header, and content."""
    count = int.from_bytes(frame[:OFFSET], "little")
    at = [
        int.from_bytes(frame[OFFSET * (i + 1) : OFFSET * (i + 2)], "little") for i in range(count)
    ]
    parts = [frame[start:end] for start, end in pairwise(at)]
    return {
        "channel": parts[0].decode(),
        "header": json.loads(parts[1]),
        "content": json.loads(parts[4]),
    }


@dataclass
class PageClient:
    """One page of one person.

    Attributes:
        html: The page as it was served.
        kernel: Id of the kernel behind it.
        model: Id of its screen.
        at: The step its screen shows, as far as the kernel has said.
    """

    address: str
    cookie: str
    html: str = ""
    kernel: str = ""
    model: str = ""
    at: str = ""
    socket: Any = field(default_factory=websocket.WebSocket)

    def open(self, path: str) -> Self:
        """Get the page, and join its kernel's websocket."""
        asked = urllib.request.Request(  # noqa: S310 (our own server)
            self.address + path, headers={"Cookie": self.cookie}
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:  # noqa: S310
            self.html = answer.read().decode()
        config = re.search(r'<script id="page-config"[^>]*>(.*?)</script>', self.html, re.DOTALL)
        model = re.search(r'data-model-id="([0-9a-f]+)"', self.html)
        assert config
        assert model
        self.kernel, self.model = json.loads(config[1])["kernelId"], model[1]
        self.join()
        return self

    def join(self) -> None:
        """Connect to the kernel, as a page does when it loads."""
        place = self.address.replace("http", "ws", 1)
        self.socket.connect(
            f"{place}api/kernels/{self.kernel}/channels?session_id={uuid.uuid4().hex}",
            subprotocols=[PROTOCOL],
            cookie=self.cookie,
            origin=self.address.rstrip("/"),
            timeout=20,
        )

    def say(self, data: dict[str, Any]) -> None:
        """Send the screen's widget a comm message with this data."""
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": "comm_msg",
            "session": "page",
            "username": "",
            "date": datetime.now(UTC).isoformat(),
            "version": "5.3",
        }
        content = {"comm_id": self.model, "data": data}
        self.socket.send_binary(packed("shell", {"header": header, "content": content}))

    def act(self, name: str, **fields: str) -> dict[str, Any]:
        """Do something and return the kernel's answer: ``done`` or ``refused``."""
        sent = uuid.uuid4().hex
        act = {"id": sent, "do": name, "at": self.at, "fields": {k: [v] for k, v in fields.items()}}
        self.say({"method": "custom", "content": act})
        while True:
            said = self.heard()
            answer: dict[str, Any] = said.get("content", {})
            if sent in (answer.get("done"), answer.get("refused")):
                return answer

    def heard(self) -> dict[str, Any]:
        """Return the data of the next comm message of the screen, keeping the step it shows."""
        while True:
            frame = self.socket.recv()
            message = unpacked(frame)
            content = message["content"]
            if message["header"]["msg_type"] == "comm_msg" and content["comm_id"] == self.model:
                self.at = content["data"].get("state", {}).get("at", self.at)
                return dict(content["data"])

    def close(self) -> None:
        """Drop the websocket without a word."""
        self.socket.close()
