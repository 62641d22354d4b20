"""A Learning Record Store: statements are sent in batches, each once, and only where one says."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from salestrain.errors import SalestrainError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import httpx

    Statement = dict[str, Any]

USER, PASSWORD = "SALESTRAIN_LRS_USER", "SALESTRAIN_LRS_PASSWORD"
HEADERS = {"X-Experience-API-Version": "1.0.3"}
BATCH = 100
TRIES, FIRST_PAUSE_SECONDS, PATIENCE_SECONDS = 5, 0.5, 30.0
BUSY = {429, 500, 502, 503, 504}
CONFLICT = 409
HOME = {"localhost", "127.0.0.1", "::1"}


def login() -> tuple[str, str] | None:
    """Return name and password for the store, from the environment; None if there are none."""
    user = os.environ.get(USER, "")
    return (user, os.environ.get(PASSWORD, "")) if user else None


@dataclass(frozen=True)
class Lrs:
    """A store at an address, and the file that says what it has.

    Attributes:
        url: Such as ``https://lrs.example/xAPI``.
        sent: A file of ours with the ids of statements the store has taken; made as needed.
        login: Name and password, if it asks for them.
        pause: Waits so many seconds before another try.
    """

    url: str
    sent: Path
    login: tuple[str, str] | None = None
    pause: Callable[[float], None] = time.sleep

    def __post_init__(self) -> None:
        """Refuse an address that is none, or that would show the password on the way.

        Raises:
            UsageError: If it is so.
        """
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"{self.url!r} is no address; write https://HOST/PATH")
        if parts.scheme == "http" and parts.hostname not in HOME:
            raise UsageError(f"{self.url!r} sends people's results unencrypted; write https://")
        if parts.username or parts.password:
            raise UsageError(f"put name and password into {USER} and {PASSWORD}, not the address")

    def send(
        self, statements: Sequence[Statement], done: Callable[[int], None] = lambda _: None
    ) -> int:
        """Send what the store doesn't have yet and return how many that were.

        What a batch brought is noted before the next one goes: after an interruption the rest is
        sent. If the note itself was interrupted, the store knows a statement again by its id.

        Args:
            statements: In the order they shall arrive.
            done: Told after each batch how many have been sent.

        Raises:
            SalestrainError: If the store can't be reached, or refuses them.
        """
        import httpx  # noqa: PLC0415 (seldom needed)

        known = set(self.sent.read_text("utf-8").split()) if self.sent.exists() else set()
        left = [one for one in statements if one["id"] not in known]
        with httpx.Client(
            auth=self.login, headers=HEADERS, timeout=PATIENCE_SECONDS, follow_redirects=False
        ) as client:
            for start in range(0, len(left), BATCH):
                batch = left[start : start + BATCH]
                self._post(client, batch)
                self._note(batch)
                done(start + len(batch))
        return len(left)

    def _post(self, client: httpx.Client, batch: Sequence[Statement]) -> None:
        answer = self._asked(client, "POST", json=list(batch))
        if answer.status_code == CONFLICT:  # it has some of them, from a try that we never noted
            batch = [one for one in batch if not self._has(client, one["id"])]
            answer = self._asked(client, "POST", json=list(batch)) if batch else answer
            if not batch:
                return
        if not answer.is_success:
            said = " ".join(answer.text.split())[:200]
            what = f"{self.url} refuses the statements: {answer.status_code} {said}"
            mend = f"set {USER} and {PASSWORD}" if answer.status_code in {401, 403} else (
                "look at the address and the store's log; what it took is noted"
            )  # fmt: skip
            raise SalestrainError(f"{what}; {mend}")

    def _has(self, client: httpx.Client, id_: str) -> bool:
        answer = self._asked(client, "GET", params={"statementId": id_})
        if not answer.is_success:
            return False
        said = answer.json()  # the statement; some stores give a list of one, or of none
        found = said.get("statements", [said]) if isinstance(said, dict) else []
        return any(one.get("id") == id_ for one in found)

    def _asked(self, client: httpx.Client, way: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Return the store's answer, trying again while it is busy or out of reach."""
        import httpx  # noqa: PLC0415 (seldom needed)

        problem = ""
        for tried in range(TRIES):
            if tried:
                self.pause(FIRST_PAUSE_SECONDS * 2 ** (tried - 1))
            try:
                answer = client.request(way, f"{self.url.rstrip('/')}/statements", **more)
            except httpx.TransportError as error:
                problem = str(error) or type(error).__name__
                continue
            if answer.status_code not in BUSY:
                return answer
            problem = f"it answers {answer.status_code}"
        what = f"{self.url} can't be reached after {TRIES} tries: {problem}"
        raise SalestrainError(f"{what}; run the same command again, the rest will be sent")

    def _note(self, batch: Sequence[Statement]) -> None:
        self.sent.parent.mkdir(parents=True, exist_ok=True)
        with self.sent.open("a", encoding="utf-8") as file:
            file.write("".join(f"{one['id']}\n" for one in batch))
            file.flush()
            os.fsync(file.fileno())


def sent_file(state: Path, url: str) -> Path:
    """Return where it is noted what a store has."""
    return state / "lrs" / f"{sha256(url.rstrip('/').encode()).hexdigest()[:16]}.sent"
