"""Statements sent to a Learning Record Store: each once, whatever happens on the way."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest

from salestrain.errors import SalestrainError, UsageError
from salestrain.records.lrs import BATCH, TRIES, Lrs, login, sent_file
from salestrain.training.statements import statements
from tests.starting import free_port
from tests.training.test_statements import NOW, answered, known

RALPH = """
import sys
import uvicorn
from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend

write = FSLRSBackend.write

def appending(self, data, *given, **_):
    # as it comes (5.1) it is asked to create its file each time, and refuses the second request
    return write(self, data, *given, operation_type=BaseOperationType.APPEND)

FSLRSBackend.write = appending
uvicorn.run("ralph.api:app", host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


def told(count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": str(uuid5(NAMESPACE_URL, f"statement {number}")),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": "https://acme.example", "name": "R08"},
            },
            "verb": {
                "id": "http://adlnet.gov/expapi/verbs/answered",
                "display": {"en": "answered"},
            },
            "object": {"objectType": "Activity", "id": f"https://acme.example/items/{number}"},
            "timestamp": "2026-10-09T08:00:00Z",
        }
        for number in range(count)
    ]


class Store(ThreadingHTTPServer):
    """A small store that answers as it is told: it keeps the statements of requests it accepts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept: dict[str, Any] = {}
        self.doubled = 0
        self.answers: list[int] = []
        self.lists = False
        """Whether it answers with a list when asked for one statement."""
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/xAPI"


class Handler(BaseHTTPRequestHandler):
    server: Store

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        id_ = parse_qs(urlsplit(self.path).query)["statementId"][0]
        found = self.server.kept.get(id_)
        if self.server.lists:
            self.say(200, {"statements": [found] if found else []})
        else:
            self.say(200 if found else 404, found or {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers.items())))
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 200:
            there = [one for one in body if one["id"] in self.server.kept]
            self.server.doubled += len(there)
            status = 409 if there else 200
            self.server.kept |= {} if there else {one["id"]: one for one in body}
        self.say(status)

    def say(self, status: int, answer: object = ()) -> None:
        said = json.dumps(answer or {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def lrs(store: Store, tmp_path: Path) -> Lrs:
    return Lrs(store.url, tmp_path / "state" / "a.sent", ("acme", "secret"), pause=lambda _: None)


def test_statements_go_in_batches_and_only_once(store: Store, lrs: Lrs) -> None:
    many = told(2 * BATCH + 1)
    steps: list[int] = []
    assert lrs.send(many, steps.append) == 2 * BATCH + 1
    assert steps == [BATCH, 2 * BATCH, 2 * BATCH + 1]
    assert list(store.kept) == [one["id"] for one in many]
    assert lrs.send(many) == 0
    assert lrs.send([*many, *told(2 * BATCH + 3)[-2:]]) == 2
    assert (len(store.asked), store.doubled) == (4, 0)
    path, headers = store.asked[0]
    assert path == "/xAPI/statements"
    assert headers["X-Experience-API-Version"] == "1.0.3"
    assert headers["Authorization"].startswith("Basic ")


def test_a_busy_store_is_asked_again_after_longer_and_longer_pauses(
    store: Store, tmp_path: Path
) -> None:
    pauses: list[float] = []
    store.answers = [503, 429, 500]
    lrs = Lrs(store.url, tmp_path / "a.sent", pause=pauses.append)
    assert lrs.send(told(3)) == 3
    assert pauses == [0.5, 1.0, 2.0]
    assert len(store.kept) == 3


def test_after_an_interruption_only_the_rest_is_sent(store: Store, lrs: Lrs) -> None:
    many = told(2 * BATCH)
    store.answers = [200, *[503] * TRIES]
    with pytest.raises(SalestrainError) as caught:
        lrs.send(many)
    assert str(caught.value) == (
        f"{store.url} can't be reached after 5 tries: it answers 503; "
        "run the same command again, the rest will be sent"
    )
    assert len(store.kept) == BATCH
    assert lrs.send(many) == BATCH
    assert (len(store.kept), store.doubled) == (2 * BATCH, 0)


@pytest.mark.parametrize("lists", [True, False])
def test_what_the_store_took_and_we_never_noted_is_not_doubled(
    store: Store, lrs: Lrs, *, lists: bool
) -> None:
    store.lists = lists
    store.kept = {one["id"]: one for one in told(3)}  # our note of it was lost
    before = dict(store.kept)
    assert lrs.send(told(5)) == 5
    assert {id_: store.kept[id_] for id_ in before} == before
    assert len(store.kept) == 5
    assert lrs.send(told(5)) == 0


def test_a_refusal_is_told_with_its_reason(store: Store, lrs: Lrs) -> None:
    store.answers = [401]
    with pytest.raises(SalestrainError) as caught:
        lrs.send(told(1))
    assert str(caught.value) == (
        f"{store.url} refuses the statements: 401 {{}}; "
        "set SALESTRAIN_LRS_USER and SALESTRAIN_LRS_PASSWORD"
    )
    assert not lrs.sent.exists()


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    lrs = Lrs(f"http://127.0.0.1:{free_port()}", tmp_path / "a.sent", pause=lambda _: None)
    with pytest.raises(SalestrainError, match=r"can't be reached after 5 tries: .*refused"):
        lrs.send(told(1))


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("lrs.example/xAPI", "'lrs.example/xAPI' is no address; write https://HOST/PATH"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no address; write https://HOST/PATH"),
        (
            "http://lrs.example/xAPI",
            "'http://lrs.example/xAPI' sends people's results unencrypted; write https://",
        ),
        (
            "https://a:b@lrs.example",
            (
                "put name and password into SALESTRAIN_LRS_USER and SALESTRAIN_LRS_PASSWORD, "
                "not the address"
            ),
        ),
    ],
)
def test_an_address_that_is_none_or_would_tell_too_much_is_refused(
    url: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as caught:
        Lrs(url, tmp_path / "a.sent")
    assert str(caught.value) == what


def test_name_and_password_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALESTRAIN_LRS_USER", raising=False)
    assert login() is None
    monkeypatch.setenv("SALESTRAIN_LRS_USER", "acme")
    monkeypatch.setenv("SALESTRAIN_LRS_PASSWORD", "secret")
    assert login() == ("acme", "secret")


def test_each_store_has_a_note_of_its_own(tmp_path: Path) -> None:
    one, same, other = (sent_file(tmp_path, f"https://{name}/xAPI") for name in ("a", "a", "b"))
    assert one == same == sent_file(tmp_path, "https://a/xAPI/")
    assert one != other


@pytest.fixture
def ralph(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A real store: ralph-malph with its file backend, in an environment of its own."""
    where = os.environ.get("SALESTRAIN_LRS_VENV")
    if not where:
        pytest.skip("no Learning Record Store: `nox -s lrs` makes one (SALESTRAIN_LRS_VENV)")
    python, port, kept = Path(where, "bin", "python"), free_port(), tmp_path / "kept.jsonl"
    env = os.environ | {
        "RALPH_APP_DIR": str(tmp_path),
        "RALPH_AUTH_FILE": str(tmp_path / "auth.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(tmp_path),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": kept.name,
    }
    account = [
        "-u",
        "acme",
        "-p",
        "secret",
        "-s",
        "all",
        "-N",
        "acme",
        "-O",
        "https://acme.example",
    ]
    made = [str(python.with_name("ralph")), "auth", *account, "-w"]
    subprocess.run(made, env=env, check=True, capture_output=True, timeout=120)
    log = (tmp_path / "ralph.log").open("w")
    server = subprocess.Popen([python, "-c", RALPH, str(port)], env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                httpx.get(f"{url}/__heartbeat__", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.25)
        yield f"{url}/xAPI", kept
    finally:
        server.terminate()
        server.wait(30)
        log.close()


@pytest.mark.slow
def test_a_real_store_takes_what_people_did_and_keeps_it_once(
    ralph: tuple[str, Path], tmp_path: Path
) -> None:
    url, kept = ralph
    deeds = [
        ("quiz", item.section, answered(id_, ["a=b", "c"], 0.5, at))
        for at, (id_, item) in enumerate(known().items.items())
    ]
    made = statements("R08", deeds, known(), NOW)
    lrs = Lrs(url, tmp_path / "a.sent", ("acme", "secret"))
    assert lrs.send(made) == len(deeds)
    lrs.sent.unlink()  # as if the note were lost
    assert lrs.send(made) == len(deeds)
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(one["id"] for one in made)
    asked = httpx.get(
        f"{url}/statements",
        params={"statementId": made[0]["id"]},
        auth=("acme", "secret"),
        headers={"X-Experience-API-Version": "1.0.3"},
    ).json()
    (one,) = asked["statements"]
    assert one["result"] == made[0]["result"]
    with pytest.raises(SalestrainError, match=r"refuses the statements: 40[13]"):
        Lrs(url, tmp_path / "b.sent", ("acme", "wrong")).send(made[:1])
    broken = {**made[0], "id": str(uuid5(NAMESPACE_URL, "new")), "actor": {}}
    with pytest.raises(SalestrainError, match=r"refuses the statements: 4\d\d"):
        lrs.send([broken])
