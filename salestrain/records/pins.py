"""PINs of six digits; wrong tries are limited, by limits that a restart doesn't reset."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import ColumnElement, delete, select

from salestrain.errors import UsageError
from salestrain.records.schema import attempts, people

if TYPE_CHECKING:
    from collections.abc import Callable

    from argon2 import PasswordHasher

    from salestrain.records.database import Database

WINDOW = timedelta(minutes=15)
TRIES_OF_PERSON, TRIES_FROM_ADDRESS = 5, 30


class PinCheck(NamedTuple):
    """What came of a try: how many are left if it was wrong, the time of the next if locked."""

    outcome: Literal["ok", "wrong", "locked"]
    tries_left: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True)
class Pins:
    """Checks PINs against the database."""

    database: Database
    clock: Callable[[], datetime]

    def check(self, person_id: str, pin: str, address: str) -> PinCheck:
        """Count a try first and look at it then, so that many at once don't pass the limits."""
        own = self._count(f"person:{person_id}", TRIES_OF_PERSON)
        near = self._count(f"address:{address}", TRIES_FROM_ADDRESS)
        this = attempts.c.id.in_((own[-1], near[-1]))
        left, until, _ = min(own, near)
        if left < 0:
            self._uncount(this)
        elif self._is_right(person_id, _digits(pin)):
            self._uncount(this | (attempts.c.subject == f"person:{person_id}"))
            return PinCheck("ok")
        return PinCheck("wrong", left) if left > 0 else PinCheck("locked", locked_until=until)

    def _count(self, subject: str, limit: int) -> tuple[int, datetime, int]:
        """Return how many tries are left after this (-1: one too many), when one is, and its id."""
        now = self.clock()
        this = attempts.insert().values(subject=subject, at=now).returning(attempts.c.id)
        with self.database.writing() as connection:
            connection.execute(delete(attempts).where(attempts.c.at <= now - WINDOW))
            number = connection.execute(this).scalar_one()
        asked = select(attempts.c.at).where(attempts.c.subject == subject)
        with self.database.reading() as connection:
            found = connection.scalars(asked.order_by(attempts.c.at.desc()).limit(limit + 1)).all()
        newest = found or [now]  # none is there if a right one came in between
        return limit - len(newest), newest[-1] + WINDOW, number

    def _uncount(self, tries: ColumnElement[bool]) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(attempts).where(tries))

    def _is_right(self, person_id: str, pin: str) -> bool:
        from argon2.exceptions import Argon2Error  # noqa: PLC0415 (kernels never check a PIN)

        asked = select(people.c.pin_hash).where(people.c.id == person_id, people.c.active)
        with self.database.reading() as connection:
            kept = connection.scalar(asked)
        decoy = _decoy()  # always made, so that the first try takes as long for anyone
        try:
            _hasher().verify(kept or decoy, pin)
        except (Argon2Error, UnicodeEncodeError):
            return False
        return kept is not None


def hashed(pin: str) -> str:
    """Return what is kept of a PIN; raises UsageError unless it is six digits."""
    if not re.fullmatch("[0-9]{6}", _digits(pin)):
        raise UsageError("a PIN has six digits; choose another")
    return _hasher().hash(_digits(pin))


def _digits(pin: str) -> str:
    return unicodedata.normalize("NFKC", pin)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _decoy() -> str:
    return _hasher().hash(secrets.token_hex())
