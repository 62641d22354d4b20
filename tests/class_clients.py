"""A class without browsers: a wall, and phones that answer, drop their line and come back."""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from salestrain.records.steps import Addressed
from salestrain.training.live import LIVE, OPENED
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from salestrain.records import Records

BUZZER = re.compile(r"data-with=\"\{&quot;answer&quot;: &quot;([0-9a-f]+)&quot;\}\"")
PATIENCE = 30.0


def open_class(
    records: Records,
    host: str,
    code: str,
    items: Sequence[str],
    *,
    at: datetime | None = None,
    **given: object,
) -> None:
    """Open a session as the app does; ``given`` are settings that differ from the usual ones."""
    data = {"title": "课", "items": [*items], "seconds": 0, "teams": 0, "guests": False, **given}
    step = Step(OPENED, data, at or datetime.now(UTC))
    records.steps.append_each([Addressed(host, LIVE, code, f"opened.{code}", step)])


OPEN: list[Page] = []
"""Pages with a line; ``run`` closes them."""


def run(work: Coroutine[Any, Any, None]) -> None:
    """Let something happen, and close what it left open."""

    async def whole() -> None:
        try:
            await work
        finally:
            for page in OPEN:
                await page.close()
            OPEN.clear()

    asyncio.run(whole())


@dataclass
class Page:
    """A page on its line.

    Attributes:
        address: Of the server, with a slash at the end.
        path: Of the line.
        shown: What the page shows: ``html``, ``at``, ``title``.
        said: What was said to each action, by its id.
    """

    address: str
    path: str
    cookie: str
    shown: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    line: WebSocketClientConnection | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Open the line and wait for what it shows first."""
        url = f"{self.address}{self.path}".replace("http", "ws", 1)
        self.shown = {}
        self.line = await websocket_connect(HTTPRequest(url, headers={"Cookie": self.cookie}))
        self.reading = asyncio.create_task(self._read(self.line))
        OPEN.append(self)
        await self.until(lambda: bool(self.shown))

    async def _read(self, line: WebSocketClientConnection) -> None:
        while (message := await line.read_message()) is not None:
            said = json.loads(message)
            if "at" in said:
                self.shown = said
            elif answered := said.get("done") or said.get("refused"):
                self.said[answered] = said
            self.changed.set()

    async def drop(self) -> None:
        """Lose the line without a word, as a phone that leaves the network."""
        line, self.line = self.line, None
        if line is not None and line.protocol is not None:
            line.protocol._abort()
            line.protocol = None
        if self.reading is not None:
            self.reading.cancel()

    async def close(self) -> None:
        """Close the page."""
        line, self.line = self.line, None
        if line is not None and self.reading is not None:
            line.close()
            await self.reading

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what the page shows."""
        ends = time.monotonic() + PATIENCE
        while not holds():
            left = ends - time.monotonic()
            assert left > 0, f"the page went on showing {self.shown.get('at')}"
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), left)
            except TimeoutError:
                continue

    async def turns_to(self, at: str) -> None:
        """Wait until the page shows this step."""
        await self.until(lambda: self.shown.get("at") == at)

    async def send(self, do: str, action: str = "", **fields: str) -> str:
        """Send an action; return its id."""
        id_ = action or uuid.uuid4().hex
        said = {name: [value] for name, value in fields.items()}
        message = {"id": id_, "do": do, "at": self.shown["at"], "fields": said}
        assert self.line is not None
        await self.line.write_message(json.dumps(message))
        return id_

    async def does(self, do: str, **fields: str) -> dict[str, str]:
        """Send an action and return what was said to it."""
        id_ = await self.send(do, **fields)
        await self.until(lambda: id_ in self.said)
        return self.said[id_]


@dataclass
class Answered:
    """An answer of a phone: to which vote, under which id, after how many seconds acknowledged."""

    at: str
    id: str
    token: str
    seconds: float
    resent: bool


@dataclass
class Phone(Page):
    """A seat that answers what it is asked."""

    answered: list[Answered] = field(default_factory=list)

    async def answer(self, chance: random.Random, *, drops: bool = False) -> None:
        """Choose an answer by chance; with ``drops`` the line breaks off right after it is sent."""
        at, token = self.shown["at"], chance.choice(BUZZER.findall(self.shown["html"]))
        began, id_ = time.monotonic(), await self.send("answer", answer=token)
        if drops:
            await self.drop()
            await asyncio.sleep(chance.uniform(0.05, 0.5))
            await self.connect()
            began = time.monotonic()
            await self._again(id_, at, token)
        await self.until(lambda: id_ in self.said)
        assert "done" in self.said[id_], self.said[id_]
        self.answered.append(Answered(at, id_, token, time.monotonic() - began, drops))

    async def _again(self, id_: str, at: str, token: str) -> None:
        message = {"id": id_, "do": "answer", "at": at, "fields": {"answer": [token]}}
        assert self.line is not None
        await self.line.write_message(json.dumps(message))
