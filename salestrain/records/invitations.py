"""Invitation links: signed, they expire, can be revoked, and serve several devices until then."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from itsdangerous import BadSignature, Signer
from sqlalchemy import ColumnElement, select, update

from salestrain.errors import SalestrainError, UsageError
from salestrain.records.schema import invitations

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestrain.records.database import Database
    from salestrain.records.people import People, Person

MOST_DAYS = 366


class InvitationError(SalestrainError):
    """A link lets nobody in, for a reason; inactive: its person has left."""

    def __init__(self, reason: Literal["expired", "revoked", "forged", "inactive"]) -> None:
        super().__init__(f"this invitation is {reason}; ask for a new one")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person; ``token`` is its last part, ``id`` alone lets nobody in."""

    id: str
    person_id: str
    by: str
    made_at: datetime
    expires_at: datetime
    revoked: bool
    uses: int
    token: str


@dataclass(frozen=True)
class Invitations:
    """Makes links and lets people in by them."""

    database: Database
    people: People
    clock: Callable[[], datetime]
    secret: bytes

    def invite(self, person_id: str, *, by: str, days: int = 14) -> Invitation:
        """Return a new link for an active person; ``by`` is the id of who made it.

        Raises:
            UsageError: If there is no such person, they have left, or the days are not 1 to 366.
        """
        if not self.people.get(person_id).active:
            raise UsageError(f"{person_id!r} is not active; make them active first")
        if not 1 <= days <= MOST_DAYS:
            raise UsageError(f"an invitation can't last {days} days; choose 1 to {MOST_DAYS}")
        now, key = self.clock(), secrets.token_urlsafe(9)
        row = {"id": key, "person_id": person_id, "by": by, "revoked": False, "uses": 0}
        times = {"made_at": now, "expires_at": now + timedelta(days=days)}
        with self.database.writing() as connection:
            connection.execute(invitations.insert().values({**row, **times}))
        return self._read(invitations.c.id == key)[0]

    def look(self, token: str) -> Person:
        """Return whom a link would let in; raises InvitationError if it doesn't."""
        try:
            found = self._read(invitations.c.id == self._signer.unsign(token).decode())
        except (BadSignature, ValueError) as error:
            raise InvitationError("forged") from error
        if not found or found[0].revoked:  # it goes away when its person is forgotten
            raise InvitationError("revoked")
        if self.clock() >= found[0].expires_at:
            raise InvitationError("expired")
        person = self.people.get(found[0].person_id)
        if not person.active:
            raise InvitationError("inactive")
        return person

    def accept(self, token: str) -> Person:
        """Return whom a link lets in, and count the use; raises InvitationError if it doesn't."""
        person = self.look(token)
        own = invitations.c.id == self._signer.unsign(token).decode()
        with self.database.writing() as connection:
            connection.execute(update(invitations).where(own).values(uses=invitations.c.uses + 1))
        return person

    def revoke(self, invitation_id: str) -> None:
        """Take a link back (who is in stays in); raises UsageError if there is no such link."""
        taken = update(invitations).where(invitations.c.id == invitation_id).values(revoked=True)
        with self.database.writing() as connection:
            found = connection.execute(taken).rowcount
        if not found:
            raise UsageError(f"there is no invitation {invitation_id!r}; see who has which")

    def of(self, person_id: str) -> tuple[Invitation, ...]:
        """Return all links made for a person, the newest first."""
        return self._read(invitations.c.person_id == person_id)

    @property
    def _signer(self) -> Signer:
        if not self.secret:
            raise RuntimeError("invitations need a secret: open_records(..., secret=...)")
        return Signer(self.secret, salt="salestrain.invitation")

    def _read(self, wanted: ColumnElement[bool]) -> tuple[Invitation, ...]:
        asked = select(invitations).where(wanted).order_by(invitations.c.made_at.desc())
        with self.database.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        sign = self._signer.sign
        return tuple(Invitation(**row, token=sign(row["id"]).decode()) for row in rows)
