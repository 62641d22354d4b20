"""The other side's words from a language model, where one is set up; else the script's stand.

Nothing is sent anywhere unless ``SALESTRAIN_LLM_URL`` is set. Whatever goes wrong, a talk waits no
longer than the time set, and goes on with the script's answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from salestrain.errors import SalestrainError, UsageError
from salestrain.training.voicing.checked import checked
from salestrain.training.voicing.cue import Cue
from salestrain.training.voicing.persona import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from salestrain.language import Language
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.turns import Turn

LOG = logging.getLogger(__name__)
URL, MODEL, KEY = "SALESTRAIN_LLM_URL", "SALESTRAIN_LLM_MODEL", "SALESTRAIN_LLM_KEY"
TIMEOUT = "SALESTRAIN_LLM_TIMEOUT_SECONDS"
TIMEOUT_SECONDS, LEAST_SECONDS, MOST_SECONDS = 6.0, 0.1, 60.0
TEMPERATURE, MOST_TOKENS, MOST_BYTES = 0.7, 160, 65_536
FAILURES, REST_SECONDS = 3, 60.0
"""After so many failures in a row a server isn't asked for a while."""
OK = 200
HOME = {"localhost", "127.0.0.1", "::1"}


class _NoAnswer(SalestrainError):  # noqa: N818 (the talk goes on)
    """The server gave nothing to be said."""


@dataclass(eq=False)
class Breaker:
    """Holds back after failures in a row, so that nobody waits for what doesn't come.

    Attributes:
        clock: Seconds that only go on.
    """

    clock: Callable[[], float] = time.monotonic
    failures: int = 0
    closed_until: float = 0.0
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def rests(self) -> bool:
        """Whether the server isn't to be asked now."""
        return self.clock() < self.closed_until

    def note(self, *, well: bool) -> None:
        """Note how it went."""
        with self._lock:
            self.failures = 0 if well else self.failures + 1
            if self.failures >= FAILURES:
                self.failures, self.closed_until = 0, self.clock() + REST_SECONDS


@dataclass(frozen=True, eq=False)
class Customer:
    """A chat server that speaks the other side's part.

    Attributes:
        url: Where its ``/chat/completions`` is, such as ``https://llm.example/v1``.
        key: Sent as a bearer token, if there is one.
        timeout_seconds: How long a talk waits for an answer, all in all.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS
    breaker: Breaker = field(default_factory=Breaker, repr=False)

    def __post_init__(self) -> None:
        """Refuse a setting that can't be meant, or that would show what is said on the way.

        Raises:
            UsageError: If it is so; the message names the variable to mend.
        """
        _check_url(self.url)
        if not self.model.strip():
            raise UsageError(f"{MODEL} is not set; write the name the server knows its model by")
        if not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise UsageError(f"{KEY} has a character no key has; copy it again")
        if not LEAST_SECONDS <= self.timeout_seconds <= MOST_SECONDS:
            raise UsageError(_timeout_fault(self.timeout_seconds))

    @property
    def place(self) -> str:
        """The host, with its port if it has one, that what is said is sent to."""
        return urlsplit(self.url).netloc

    def answers(self, before: Play, turn: Turn, language: Language) -> str | None:
        """Return the other side's answer in words of its own; None if the script's is to stand.

        It waits for the server, at most ``timeout_seconds``.

        Args:
            before: The talk before the turn.
            turn: What was said, and what the script answers.
            language: The learner's, in which the talk is.
        """
        if self.breaker.rests:
            return None
        cue = Cue(before, turn, language)
        try:
            found = checked(self._asked(cue), cue)
            refused = found.refused
        except _NoAnswer as error:
            refused = str(error)
        self.breaker.note(well=not refused)
        if refused:
            LOG.warning("%s: %s; the script's answer is used", self.place, refused)
            return None
        return found.text

    def _asked(self, cue: Cue) -> object:
        """Return what the server gives as an answer.

        The request runs in a thread of its own: a kernel's own thread has an event loop already,
        and only a task can be cancelled in time whatever the server trickles.

        Raises:
            _NoAnswer: If there is none in time.
        """
        body = {
            "model": self.model, "messages": messages(cue), "temperature": TEMPERATURE,
            "max_tokens": MOST_TOKENS, "stream": False,
        }  # fmt: skip
        came: list[bytes | str] = []
        thread = Thread(target=lambda: came.append(asyncio.run(self._in_time(body))), daemon=True)
        thread.start()
        # looking up a name can't be cancelled; then the thread is left behind
        thread.join(self.timeout_seconds + LEAST_SECONDS)
        answer = came[0] if came else self._late
        if isinstance(answer, str):
            raise _NoAnswer(answer)
        return _content(answer)

    async def _in_time(self, body: dict[str, Any]) -> bytes | str:
        """Return the response's body, or what went wrong."""
        import httpx  # noqa: PLC0415 (seldom needed)

        try:
            async with asyncio.timeout(self.timeout_seconds):
                return await self._posted(body)
        except TimeoutError:
            return self._late
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            return f"can't be reached: {type(error).__name__}"
        except _NoAnswer as error:
            return str(error)

    async def _posted(self, body: dict[str, Any]) -> bytes:
        import httpx  # noqa: PLC0415 (seldom needed)

        headers = {"Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        # no proxy and no redirect: what is said goes to the place named, and nowhere else
        client = httpx.AsyncClient(
            trust_env=False, follow_redirects=False, timeout=self.timeout_seconds,
            verify=ssl.create_default_context(),  # a firm's own certificates are the system's
        )  # fmt: skip
        address = f"{self.url.rstrip('/')}/chat/completions"
        async with client, client.stream("POST", address, json=body, headers=headers) as response:
            if response.status_code != OK:
                raise _NoAnswer(f"answers {response.status_code}")
            return await _read(response)

    @property
    def _late(self) -> str:
        return f"no answer within {self.timeout_seconds:g} s"


def customer_from(environ: Mapping[str, str]) -> Customer | None:
    """Return the customer that the environment sets up, None if it names no server.

    Raises:
        UsageError: If a setting is wrong.
    """
    url = environ.get(URL, "").strip()
    if not url:
        return None
    written = environ.get(TIMEOUT, "").strip() or str(TIMEOUT_SECONDS)
    try:
        seconds = float(written)
    except ValueError:
        raise UsageError(_timeout_fault(written)) from None
    return Customer(url, environ.get(MODEL, "").strip(), environ.get(KEY, "").strip(), seconds)


@cache
def the_customer() -> Customer | None:
    """Return this process's customer, as its environment has it."""
    return customer_from(os.environ)


def _timeout_fault(value: object) -> str:
    return f"{TIMEOUT} is {value!r}; write seconds from {LEAST_SECONDS} to {MOST_SECONDS:g}"


def _check_url(url: str) -> None:
    try:
        parts, _port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise UsageError(f"{URL} is {url!r}, no address; write https://HOST/v1") from None
    if parts.username or parts.password:
        raise UsageError(f"put the key into {KEY}, not into {URL}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"{URL} is {url!r}, no address; write https://HOST/v1")
    if parts.scheme == "http" and parts.hostname not in HOME:
        raise UsageError(f"{URL} is {url!r} and sends talks unencrypted; write https://")


async def _read(response: Any) -> bytes:  # noqa: ANN401 (httpx is imported late)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise _NoAnswer("answers packed, which it wasn't asked to")
    found = bytearray()
    async for chunk in response.aiter_raw():
        found += chunk
        if len(found) > MOST_BYTES:
            raise _NoAnswer(f"answers more than {MOST_BYTES} bytes")
    return bytes(found)


def _content(body: bytes) -> object:
    try:
        return json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _NoAnswer("answers no chat completion") from None
