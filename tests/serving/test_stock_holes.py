"""What Voila as shipped lets through, attack by attack: why each guard here is needed.

Each attack has its counterpart in the other tests of this folder, where it fails.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import websocket

from tests.page_client import PROTOCOL
from tests.serving.conftest import TALKING, notebook
from tests.serving.raw import Raw

pytestmark = pytest.mark.slow
FAULT = "typed_by_a_person = 'my salary'\n1 / 0"
STARTS_WITHIN_SECONDS = 60
KEY = "the answer is B"


@dataclass
class Stock:
    """A Voila that was started by its own command; with a token, as its manual advises."""

    port: int
    log: Path
    token: str = uuid.uuid4().hex
    sockets: list[websocket.WebSocket] = field(default_factory=list)

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
        address = f"ws://127.0.0.1:{self.port}/api/kernels/{kernel}/channels?session_id=raw"
        header = [f"Authorization: token {self.token}"]
        made = websocket.create_connection(
            address, header=header, subprotocols=[PROTOCOL], suppress_origin=True, timeout=20
        )
        self.sockets.append(made)
        return Raw(made)

    def close(self) -> None:
        """Close every connection made so far."""
        while self.sockets:
            self.sockets.pop().shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """The ``voila`` command on notebooks like ours."""
    root = tmp_path_factory.mktemp("stock")
    (root / "public").mkdir()
    (root / "public" / "picture.svg").write_text("<svg/>")
    (root / "answers.json").write_text(KEY)
    notebook(root / "talk.ipynb", TALKING)
    notebook(root / "fault.ipynb", FAULT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Stock(port, root.parent / "stock.log")
    allowed = "--VoilaConfiguration.file_allowlist=['.*\\.svg', 'public/.*']"
    command = [sys.executable, "-m", "voila", str(root), "--no-browser", f"--port={port}"]
    with made.log.open("w") as log:
        process = subprocess.Popen(
            [*command, f"--token={made.token}", allowed], stdout=log, stderr=log, env=os.environ
        )
    try:
        _wait_for(made)
        yield made
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(stock: Stock) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            stock.get("voila/files/nothing")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(stock.log.read_text())


def files_without_login(stock: Stock) -> bool:
    return stock.get("voila/files/public/picture.svg") == (200, "<svg/>")


def path_past_the_allow_list(stock: Stock) -> bool:
    tried = ("public/..%2fanswers.json", "public/%2e%2e/answers.json")
    return any(KEY in stock.get(f"voila/files/{path}")[1] for path in tried)


def trace_for_a_malformed_message(stock: Stock) -> bool:
    _, kernel, model = stock.page()
    page = stock.socket(kernel)
    page.say(model, do="fail")
    return "Traceback" in (said := str(page.heard(5))) and "secret in the source" in said


def synced_trait_written_by_a_client(stock: Stock) -> bool:
    _, kernel, model = stock.page()
    page = stock.socket(kernel)
    data = {"method": "update", "state": {"said": "score 999"}, "buffer_paths": []}
    page.send("shell", "comm_msg", {"comm_id": model, "data": data})
    return "score 999" in str(page.heard(3))


def widgets_without_limit(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    return str(stock.socket(kernel).make_widgets(300)).count("'target_name'") > 300


def every_notebook_listed(stock: Stock) -> bool:
    said = stock.get("voila/api/contents/?content=1", stock.token)[1]
    return {"talk.ipynb", "fault.ipynb"} <= {one["name"] for one in json.loads(said)["content"]}


def signature_in_the_environment(stock: Stock) -> bool:
    page, _, _ = stock.page()
    return "QUERY_STRING" in page


def sources_in_the_log(stock: Stock) -> bool:
    stock.page("fault")
    return "my salary" in stock.log.read_text()


def kernel_of_another(stock: Stock) -> bool:
    """Whoever may open any page joins any kernel: it belongs to nobody."""
    _, kernel, model = stock.page()
    stock.socket(kernel)
    other = stock.socket(kernel)
    other.say(model, do="I am somebody else")
    return "I am somebody else" in str(other.heard(3))


def kernel_that_outlives_its_page(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    stock.get(f"voila/api/shutdown/{kernel}", method="POST")  # a beacon can carry no token
    time.sleep(3)
    return stock.get(f"api/kernels/{kernel}", stock.token)[0] == 200


def thousands_of_messages(stock: Stock) -> bool:
    _, kernel, _ = stock.page()
    page = stock.socket(kernel)
    for _ in range(2000):
        page.send("shell", "kernel_info_request", {})
    return page.socket.connected and bool(page.heard(2))


ATTACKS = [
    files_without_login,
    path_past_the_allow_list,
    trace_for_a_malformed_message,
    synced_trait_written_by_a_client,
    widgets_without_limit,
    every_notebook_listed,
    signature_in_the_environment,
    sources_in_the_log,
    kernel_of_another,
    kernel_that_outlives_its_page,
    thousands_of_messages,
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_stock_voila_lets_it_through(stock: Stock, attack: Callable[[Stock], bool]) -> None:
    try:
        assert attack(stock)
    finally:
        stock.close()
