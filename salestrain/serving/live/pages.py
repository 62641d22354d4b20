"""The pages of live sessions: the door with the code, a seat on a phone, the wall."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, ClassVar

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from salestrain.apps.live import HOSTS
from salestrain.errors import UsageError
from salestrain.language import Text
from salestrain.records import Person
from salestrain.serving.base import Base
from salestrain.serving.guard import Bucket

if TYPE_CHECKING:
    from salestrain.serving.live.room import Room
    from salestrain.serving.live.rooms import Rooms

LONGEST_NAME = 30
GUEST = "guest-"
HOURS = 12
NO_SUCH = Text("没有这个课堂号，再看一眼大屏幕", "There is no such class; look at the wall again")
OVER = Text("这一场已经结束了", "That class has ended")
NO_NAME = Text("写个名字，30 个字以内", "Write a name of at most 30 characters")
CROWD = Text("一下子进来的人太多，请过几秒再试", "Too many at once; try again in a few seconds")


class LiveBase(Base):
    """What the addresses of live sessions share."""

    strangers: ClassVar[Bucket] = Bucket(rate=20, burst=300)
    """Guests that come in, and codes that are guessed: so many a second, over all sessions."""

    @property
    def rooms(self) -> Rooms:
        """The live sessions of this house."""
        rooms: Rooms = self.settings["rooms"]
        return rooms

    @property
    def guest_cookie(self) -> str:
        """The name of the cookie that knows a guest."""
        return f"{self.settings['identity_provider'].cookie_name}-guest"

    async def who(self, room: Room) -> Person | None:
        """Return who is here: signed in, or a guest of this session; None for a stranger."""
        if self.signed_in:
            return self.person
        said = self.get_signed_cookie(self.guest_cookie, max_age_days=1) or b""
        id_ = said.decode()
        if not id_.startswith(f"{GUEST}{room.hall.code}-"):
            return None
        try:
            return await asyncio.to_thread(self.house.records.people.get, id_)
        except UsageError:
            return None

    def conducts(self) -> bool:
        """Whether the reader may lead sessions, as the records have it now."""
        return bool(self.signed_in) and self.person.role in HOSTS

    def guess(self) -> None:
        """Count a code that is no session's; HTTPError 429 if there are too many."""
        if not self.strangers.take(time.monotonic()):
            raise HTTPError(429)


class Door(LiveBase):
    """``/live``: asks for the code."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Ask for it, or lead on to the session it names."""
        code = "".join(self.get_query_argument("code", "")[:20].split())
        room = await self.rooms.room(code) if code else None
        if room is not None and not room.hall.session.ended:
            self.redirect(f"{self.base_url}live/{code}")
            return
        if code and room is None:
            self.guess()
        wrong = (OVER if room else NO_SUCH).in_(self.language) if code else ""
        self.show("live_door", 404 if wrong else 200, wrong=wrong)


class SeatPage(LiveBase):
    """``/live/CODE``: a seat in the class."""

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Show the seat; ask a stranger for a name, or to sign in."""
        room = await self._room(code)
        if await self.who(room):
            self.show("live", line=f"{self.request.path.rstrip('/')}/line", kind="seat")
        elif room.hall.session.settings.guests:
            self.show("live_name", wrong="")
        else:
            self.redirect(f"{self.base_url}sign-in?next={self.request.path}")

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        """Let a guest in under the name they give."""
        room = await self._room(code)
        if self.signed_in or not room.hall.session.settings.guests:
            self.redirect(self.request.path)
            return
        name = " ".join(self.get_argument("name", "").split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            self.show("live_name", 400, wrong=NO_NAME.in_(self.language))
            return
        if not self.strangers.take(time.monotonic()):
            self.show("live_name", 429, wrong=CROWD.in_(self.language))
            return
        guest = Person(
            f"{GUEST}{code}-{secrets.token_hex(6)}", name, language=self.language, active=False
        )
        await asyncio.to_thread(self.house.records.people.add, guest)
        self.set_signed_cookie(
            self.guest_cookie, guest.id, expires_days=HOURS / 24, path=self.base_url,
            httponly=True, samesite="Lax", secure=self.request.protocol == "https",
        )  # fmt: skip
        self.redirect(self.request.path)

    async def _room(self, code: str) -> Room:
        room = await self.rooms.room(code)
        if room is None:
            self.guess()
            raise HTTPError(404)
        return room


class WallPage(LiveBase):
    """``/live/CODE/wall``: what the class looks at, for those who lead it."""

    async def get(self, code: str) -> None:
        """Show it."""
        if not self.conducts():
            raise HTTPError(403)
        if await self.rooms.room(code) is None:
            raise HTTPError(404)
        line = f"{self.base_url}live/{code}/line?wall=1"
        self.show("live", line=line, kind="wall")
