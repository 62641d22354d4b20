"""People who practise without a browser: each has a page whose connection may break."""

from __future__ import annotations

import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

import psutil
import websocket

from benchmarks.servers import QUIZ, Server, cookie_of
from tests.page_client import PageClient, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OPENING_AT_ONCE = 4
TRIES = 5  # connections that may break on one action before it is given up
READS = 0.3  # of the time a question takes, how much goes to reading the verdict
LEAST_MEMORY = 4e9  # bytes left for the rest of the machine
Fields = dict[str, list[str]]


class Plan(NamedTuple):
    """How people answer: for how long, seconds for a question, one connection in so many lost."""

    seconds: float
    think: tuple[float, float]
    drops: int


class Done(NamedTuple):
    """An action: its id and name, how it was answered (empty: never), and how often it was sent.

    ``seconds`` passed in all; ``there`` until the kernel began, ``work`` while it was at it.
    """

    id: str
    name: str
    answer: str
    sent: int
    seconds: float
    there: float
    work: float


class _Form(HTMLParser):
    """What a person would send from a screen: the first of all there is to choose."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self.inside = self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if does := said.get("data-do", ""):
            self.forms.setdefault(does, {})
            self.inside = does if tag == "form" else self.inside
        if self.inside:
            self.fill(tag, said)

    def fill(self, tag: str, said: dict[str, str]) -> None:
        name, value, into = said.get("name", ""), said.get("value", ""), self.forms[self.inside]
        if tag == "select":
            self.choice = name
        elif tag == "option" and value:
            into.setdefault(self.choice, [value])
        elif said.get("type") == "hidden":
            into.setdefault(name, []).append(value)
        elif name and tag in {"input", "textarea"}:
            into.setdefault(name, [value or "12"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = ""


def next_action(html: str) -> tuple[str, Fields]:
    """Return what a person does on a screen: its name and fields."""
    form = _Form()
    form.feed(html)
    name = next(one for one in ("answer", "next", "again") if one in form.forms)
    return name, form.forms[name]


@dataclass
class Learner(PageClient):
    """A page whose connection may break; ``shows`` is its screen's HTML."""

    shows: str = ""
    began: float = 0.0
    ended: float = 0.0

    def open_quiz(self) -> None:
        """Open the page and learn which step it shows."""
        self.open(QUIZ)
        self.shows = self.html
        self.catch_up()

    def catch_up(self) -> None:
        """Ask what the screen shows, as a page does that was away."""
        self.say({"method": "request_state"})
        while "state" not in self.heard():
            pass

    def heard(self) -> dict[str, Any]:
        """Return the data of the screen's next message, keeping what it shows, and since when."""
        while True:
            frame = self.socket.recv()
            if not isinstance(frame, bytes):  # the server has closed it
                raise websocket.WebSocketConnectionClosedException
            message = unpacked(frame)
            kind, content = message["header"]["msg_type"], message["content"]
            self.ended = datetime.fromisoformat(message["header"]["date"]).timestamp()
            if kind == "status" and content["execution_state"] == "busy":
                self.began = self.ended
            elif kind == "comm_msg" and content["comm_id"] == self.model:
                state = content["data"].get("state", {})
                self.at, self.shows = state.get("at", self.at), state.get("html") or self.shows
                return dict(content["data"])

    def does(self, name: str, fields: Fields, *, breaks: bool) -> Done:
        """Do something until it is answered, connecting and sending anew as often as needed."""
        id_, answer, sent, began = uuid.uuid4().hex, "", 0, time.time()
        act = {"id": id_, "do": name, "at": self.at, "fields": fields}
        while not answer and sent < TRIES:
            with suppress(websocket.WebSocketException, OSError):
                if sent:
                    self.mend()
                sent += 1
                self.say({"method": "custom", "content": act})
                if breaks and sent == 1:
                    self.socket.shutdown()
                answer = self.answer_to(id_)
        there, work = self.began - began, self.ended - self.began
        return Done(id_, name, answer, sent, time.time() - began, there, work)

    def mend(self) -> None:
        """Connect anew."""
        self.socket.shutdown()
        self.socket = websocket.WebSocket()
        self.join()
        self.catch_up()

    def answer_to(self, sent: str) -> str:
        """Return ``done`` or ``refused``."""
        while True:
            said = self.heard().get("content", {})
            for how in ("done", "refused"):
                if said.get(how) == sent:
                    return how


def practises(page: Learner, plan: Plan, until: float) -> list[Done]:
    """Let one person answer until the time is over; what was begun is still waited for."""
    chance = random.Random(page.cookie)  # noqa: S311 (no secret)
    done: list[Done] = []
    time.sleep(chance.uniform(0, plan.think[1]))  # nobody begins at the same moment
    while time.monotonic() < until:
        name, fields = next_action(page.shows)
        done.append(
            page.does(name, fields, breaks=bool(plan.drops) and not chance.randrange(plan.drops))
        )
        if done[-1].answer != "done":
            break
        reads = READS if name == "answer" else 1 - READS
        time.sleep(chance.uniform(*plan.think) * reads)
    return done


def all_practise(pages: Sequence[Learner], plan: Plan) -> list[Done]:
    """Let everybody answer at once."""
    for page in pages:  # while the others opened theirs, nobody read this one's pings
        page.mend()
    until = time.monotonic() + plan.seconds
    with ThreadPoolExecutor(len(pages)) as pool:
        lists = pool.map(lambda page: practises(page, plan, until), pages)
        return [one for done in lists for one in done]


def all_open(server: Server, people: Iterable[str]) -> list[Learner]:
    """Let these people open the quiz, a few at a time."""
    with ThreadPoolExecutor(OPENING_AT_ONCE) as pool:
        return list(pool.map(lambda person: opened(server, person), people))


def opened(server: Server, person: str) -> Learner:
    """Return a person's page of the quiz, unless memory runs out."""
    if psutil.virtual_memory().available < LEAST_MEMORY:
        sys.exit("too little memory for so many people")
    page = Learner(f"http://127.0.0.1:{server.port}/", cookie_of(server, person))
    page.open_quiz()
    return page
