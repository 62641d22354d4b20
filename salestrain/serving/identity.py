"""Who is asking: a signed cookie names a person and a sign-in, and the records confirm them."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jupyter_server.auth.identity import IdentityProvider, User
from traitlets import Instance, Unicode

from salestrain.errors import UsageError
from salestrain.records import Person, Records

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler
    from tornado.web import RequestHandler

DAYS = 30


@dataclass
class SignedIn(User):
    """A person who signed in here, and which sign-in it was."""

    person: Person | None = None
    session: str = ""


class Identity(IdentityProvider):
    """What every way to know people has: the records confirm them.

    ``pins`` says whether people come in by name, PIN and invitation.
    """

    records = Instance(Records)
    token = Unicode("")
    login_available = logout_available = False
    pins = True

    def active(self, person_id: str) -> Person | None:
        """Return the person if the records know them and they may still come in."""
        with suppress(UsageError):
            person = self.records.people.get(person_id)
            return person if person.active else None
        return None

    def sign_out(self, handler: JupyterHandler) -> str:
        """Take the cookie away and return where to go."""
        handler.clear_cookie(self.get_cookie_name(handler), path=handler.base_url)
        return f"{handler.base_url}sign-in"


class CookieIdentity(Identity):
    """Knows people by the cookie that ``sign_in`` gave them, as long as the records do too."""

    def get_user(self, handler: RequestHandler) -> SignedIn | None:
        """Return who is signed in, None if the cookie is missing, forged, too old, or outdated."""
        signed = handler.get_signed_cookie(self.cookie_name, max_age_days=DAYS)
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(signed or b"{}")
            person = self.active(said["person"])
            if person and person.session_epoch == said["epoch"]:
                return SignedIn(person.id, person=person, session=said["session"])
        return None

    def sign_in(self, handler: JupyterHandler, person: Person) -> None:
        """Give the reader's browser the cookie of a new sign-in."""
        said = {"person": person.id, "epoch": person.session_epoch}
        said["session"] = secrets.token_urlsafe(12)
        handler.set_signed_cookie(
            self.cookie_name,
            json.dumps(said),
            expires_days=DAYS,
            path=handler.base_url,
            httponly=True,
            samesite="Lax",
            secure=handler.request.protocol == "https",
        )
