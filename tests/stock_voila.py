"""Voila as shipped, started by its own command: what the tests of its holes attack."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import websocket

from tests.page_client import PROTOCOL
from tests.serving.raw import Raw
from tests.starting import free_port, wait_for


@dataclass
class Stock:
    """A running Voila; with a token, as its manual advises."""

    port: int
    log: Path
    token: str = uuid.uuid4().hex
    sockets: list[websocket.WebSocket] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"

    def get(self, path: str, token: str = "", method: str = "GET") -> tuple[int, str]:
        """Ask for a path; without a token as a stranger does."""
        headers = {"Authorization": f"token {token}"} if token else {}
        address = f"http://127.0.0.1:{self.port}/{path}"
        asked = urllib.request.Request(address, headers=headers, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8", "replace")

    def page(self, name: str = "talk") -> tuple[str, str, str]:
        """Open a page; return its HTML, its kernel's id and its widget's."""
        _, page = self.get(f"voila/render/{name}.ipynb?signature=abc", self.token)
        kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', page)
        model = re.search(r'"model_id": "(\w+)"', page)
        assert kernel, page
        return page, kernel[1], model[1] if model else ""

    def socket(self, kernel: str) -> Raw:
        """Join a kernel; who holds the token is anybody it was given to."""
        path = f"api/kernels/{kernel}/channels?session_id=raw"
        header = [f"Authorization: token {self.token}"]
        return Raw(self.connect(path, header=header, subprotocols=[PROTOCOL]))

    def connect(self, path: str, **given: Any) -> websocket.WebSocket:  # noqa: ANN401
        """Open a websocket; without headers as a stranger does."""
        address = f"ws://127.0.0.1:{self.port}/{path}"
        made = websocket.create_connection(address, suppress_origin=True, timeout=20, **given)
        self.sockets.append(made)
        return made

    def close(self) -> None:
        """Close every connection made so far."""
        while self.sockets:
            self.sockets.pop().shutdown()  # type: ignore[no-untyped-call]


@contextmanager
def started(root: Path, *options: str) -> Iterator[Stock]:
    """Run the ``voila`` command on a folder of notebooks."""
    port = free_port()
    made = Stock(port, root.parent / f"{root.name}.log")
    command = [sys.executable, "-m", "voila", str(root), "--no-browser", f"--port={port}"]
    with made.log.open("w") as log:
        process = subprocess.Popen(
            [*command, f"--token={made.token}", *options], stdout=log, stderr=log, env=os.environ
        )
    try:
        wait_for(lambda: made.get("voila/files/nothing"), made.log.read_text)
        yield made
    finally:
        process.terminate()
        process.wait(30)
