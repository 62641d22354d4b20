"""A real server process on a workspace of its own, for tests of any room."""

from __future__ import annotations

import atexit
import http.client
import json
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import psutil
from tornado.netutil import bind_sockets
from tornado.web import create_signed_value

from salestrain.apps.desk import Desk
from salestrain.records import Records, open_records, read_secret, records_place
from salestrain.serving.house import open_house
from salestrain.workspace import Workspace, create_workspace
from tests.starting import wait_for

STOPS_WITHIN_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """What a server answered; redirects are not followed."""

    status: int
    text: str
    headers: http.client.HTTPMessage


@dataclass
class Served:
    """A running server.

    Attributes:
        host: Given, everybody has to sign in; without, it is for this machine alone.
        limits: Of ``Kernels``, such as ``idle_left=1``.
    """

    workspace: Workspace
    host: str = ""
    limits: dict[str, float] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Where it is, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def records(self) -> Records:
        """The records it serves, opened anew."""
        state = self.workspace.state
        return open_records(records_place(state), secret=read_secret(state))

    def start(self) -> Self:
        """Start it, again on the same port if it ran before."""
        log = (self.workspace.state.parent / "server.log").open("a", encoding="utf-8")
        given = json.dumps([str(self.workspace.root), self.host, self.port, self.limits])
        self.process = subprocess.Popen(
            [sys.executable, __file__, given], stdout=subprocess.PIPE, stderr=log, text=True
        )
        log.close()
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        wait_for(lambda: self.get("healthz"), self.log)
        return self

    def log(self) -> str:
        """Return what it wrote to stderr so far."""
        return (self.workspace.state.parent / "server.log").read_text(encoding="utf-8")

    def cookie_for(self, person_id: str) -> str:
        """Return the Cookie header of a person who has signed in."""
        epoch = self.records.people.get(person_id).session_epoch
        said = {"person": person_id, "epoch": epoch, "session": secrets.token_urlsafe(12)}
        name = f"salestrain-{self.port}"
        key = read_secret(self.workspace.state)
        return f"{name}={create_signed_value(key, name, json.dumps(said)).decode()}"

    def forged_cookie_for(self, person_id: str) -> str:
        """Return the same with another signature."""
        good = self.cookie_for(person_id)
        return good[:-1] + ("0" if good[-1] != "0" else "1")

    def get(self, path: str, cookie: str = "", **headers: str) -> Answer:
        """Ask for a path as it is written, dots and all; headers ``accept_language="en"``."""
        return self._ask("GET", path, cookie, headers, None)

    def post(self, path: str, cookie: str = "", body: str = "", **headers: str) -> Answer:
        """Post a form from one of the server's own pages, unless the headers say otherwise."""
        form = {"content_type": "application/x-www-form-urlencoded", "origin": self.address[:-1]}
        return self._ask("POST", path, cookie, {**form, **headers}, body)

    def open(self, path: str, cookie: str) -> str:
        """Open an app's page; return its kernel's id."""
        answer = self.get(path, cookie)
        found = re.search(r'"kernelId": "([0-9a-f-]+)"', answer.text)
        assert found, answer.text
        return found[1]

    def kernels(self) -> int:
        """Return how many kernels run."""
        count: int = json.loads(self.get("healthz").text)["kernels"]
        return count

    def stop(self) -> int:
        """Stop it as Ctrl-C would; return its exit status. Nothing it started may be left."""
        return self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it without warning; its kernels notice and end themselves."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop it and start it again on the same port."""
        self.stop()
        self.start()

    def _end(self, sign: signal.Signals) -> int:
        if self.process is None:
            return 0
        started = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(sign)
        status = self.process.wait(STOPS_WITHIN_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        _, left = psutil.wait_procs(started, timeout=STOPS_WITHIN_SECONDS)
        for process in left:
            process.kill()
        assert not left, f"{len(left)} kernels were left behind"
        return status

    def _ask(
        self, method: str, path: str, cookie: str, headers: dict[str, str], body: str | None
    ) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            given["Cookie"] = cookie
        place = urlsplit(self.address)
        link = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            link.request(method, f"/{path}", body, given)
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            link.close()
        return Answer(answer.status, text, answer.headers)


def new_workspace(folder: Path) -> Workspace:
    """Return a workspace made from the sample company: its CRM read, its people in the records."""
    return copied(_first_workspace(), folder)


@cache
def _first_workspace() -> Workspace:
    """Make one; it takes seconds, so that the others of a process are copies."""
    folder = Path(tempfile.mkdtemp(prefix="salestrain-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    workspace = create_workspace(folder / "ours")
    open_house(Desk.laid(workspace, "zh"), on_network=False).records.close()
    return workspace


def copied(workspace: Workspace, folder: Path) -> Workspace:
    """Return a copy of a workspace, its state included."""
    shutil.copytree(workspace.root, folder)
    return Workspace.at(folder)


def _main(root: str, host: str, port: int, limits: dict[str, float]) -> None:
    from salestrain.serving.server import serve  # noqa: PLC0415 (Voila loads slowly)

    desk = Desk.laid(Workspace.at(Path(root)), "zh")
    sockets = bind_sockets(port, host or "127.0.0.1")
    house = open_house(desk, on_network=bool(host))
    print(sockets[0].getsockname()[1], flush=True)  # noqa: T201 (the test reads it)
    serve(house, sockets, limits=limits)


if __name__ == "__main__":
    _main(*json.loads(sys.argv[1]))
