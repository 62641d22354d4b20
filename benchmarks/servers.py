"""Two servers to compare: ours with its quiz, and stock Voila with the same made of ipywidgets."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from salestrain.workspace import create_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

STARTS_WITHIN_SECONDS = 90
STOPS_WITHIN_SECONDS = 20
QUIZ = "app/quiz?set=2.2"
LEARNER = "R15"
STOCK_QUIZ = """\
import ipywidgets as w
from IPython.display import display

questions = [
    (f"Question {n} of 8: a plant asks for a lower price after the second quote. What comes first?",
     [f"{n}.{m} Ask what the price is compared with, and who else decides" for m in range(1, 5)])
    for n in range(1, 9)
]
at, answers = 0, []
line = w.IntProgress(value=0, max=len(questions))
question, said = w.HTML(), w.HTML()
choice = w.RadioButtons(options=["-"], layout={"width": "max-content"})
check, onward = w.Button(description="Check", button_style="primary"), w.Button(description="Next")

def show():
    question.value = f"<h3>{questions[at][0]}</h3>"
    choice.options, choice.value = questions[at][1], None
    line.value, said.value = at, ""

def judge(_):
    answers.append(choice.value)
    said.value = "<b>Right.</b> Rule 2.2: first the reason, then the figure."

def go_on(_):
    global at
    at = min(at + 1, len(questions) - 1)
    show()

check.on_click(judge)
onward.on_click(go_on)
show()
display(w.VBox([line, question, choice, w.HBox([check, onward]), said]))
"""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        name: ``salestrain`` or ``stock``.
        port: On 127.0.0.1.
        path: Of the quiz.
        ready: Selector of what stands in the page once it can be used.
    """

    name: str
    port: int
    path: str
    ready: str


@contextmanager
def both(folder: Path) -> Iterator[tuple[Server, Server]]:
    """Run both on 127.0.0.1; end both afterwards."""
    with ours(folder / "ours") as one, stock(folder / "stock") as other:
        yield one, other


@contextmanager
def ours(folder: Path) -> Iterator[Server]:
    """Serve the sample company's workspace."""
    create_workspace(folder)
    port = _free_port()
    code = "from salestrain.cli import main; main()"
    words = ("serve", "--port", str(port), "--no-browser", "--workspace", str(folder))
    with _running([sys.executable, "-c", code, *words], port):
        yield Server("salestrain", port, QUIZ, "html[data-ready]")


@contextmanager
def stock(folder: Path) -> Iterator[Server]:
    """Serve the quiz of ipywidgets as Voila does by itself."""
    folder.mkdir()
    cell = {"cell_type": "code", "id": "quiz", "metadata": {}, "source": STOCK_QUIZ}
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = {
        "cells": [cell | {"outputs": [], "execution_count": None}],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / "quiz.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    port = _free_port()
    words = ("--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1")
    with _running([sys.executable, "-m", "voila", str(path), *words], port):
        yield Server("stock", port, "", ".widget-radio input")


def cookie_of(server: Server, person: str = LEARNER) -> str:
    """Sign in and return the Cookie header; empty for stock, which knows nobody."""
    if server.name == "stock":
        return ""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    form = "application/x-www-form-urlencoded"
    headers = {"Content-Type": form, "Origin": f"http://127.0.0.1:{server.port}"}
    link.request("POST", "/sign-in", urlencode({"person": person}), headers)
    answer = link.getresponse()
    answer.read()
    cookies = answer.headers.get_all("Set-Cookie") or []
    link.close()
    return "; ".join(one.partition(";")[0] for one in cookies)


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN_SECONDS)
        try:
            link.request("GET", "/healthz")  # stock answers that it has none
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            link.close()
    sys.exit(f"the server did not start: {process.args!r}")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
