"""The websocket between a page of a live session and its room."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from salestrain.apps.live import HOSTS
from salestrain.errors import UsageError
from salestrain.serving.guard import Bucket
from salestrain.serving.live.pages import LiveBase
from salestrain.serving.live.room import MAY_NOT
from salestrain.serving.reach import from_outside
from salestrain.views.screen import MOST_BYTES, TOO_FAST, UNREADABLE, Refused, read_action

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.records import Person
    from salestrain.serving.live.room import Room
    from salestrain.views.screen import Action, Drawn

NOT_HERE = 4004
"""How a line closes whose page has to be opened anew."""
MOST_LINES = 6
"""Of one person at once: tabs, and a phone that hasn't let go yet."""


class LiveLine(LiveBase, WebSocketHandler):
    """``/live/CODE/line``: of a seat, or with ``?wall=1`` of the wall."""

    room: Room | None = None
    somebody: Person | None = None
    conducts_here = False

    def initialize(self, **kwargs: object) -> None:
        """Lay out how much may come at once."""
        super().initialize(**kwargs)
        self.bucket = Bucket(rate=5, burst=30)

    def set_default_headers(self) -> None:
        """Set none: this is no page."""

    @property
    def ping_interval(self) -> float:
        """Seconds between two signs of life that are asked for."""
        return 20.0

    @property
    def ping_timeout(self) -> float:
        """Seconds until a line that gives none is closed."""
        return 20.0

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Find out who is here and for which session, before the line opens."""
        room = await self.rooms.room(code)
        if room is None:
            raise HTTPError(404)
        self.conducts_here = bool(self.get_query_argument("wall", ""))
        if self.conducts_here and not self.conducts():
            raise HTTPError(403)
        self.somebody = await self.who(room)
        if self.somebody is None:
            raise HTTPError(403)
        if sum(one.person_id == self.somebody.id for one in room.lines) >= MOST_LINES:
            raise HTTPError(429)
        self.room = room
        await super().get(code)

    async def open(self, *_args: str, **_kwargs: str) -> None:
        """Take the seat, or stand before the wall."""
        room, who = self.room, self.somebody
        if room is None or who is None:
            return
        try:
            if not self.conducts_here:
                await room.join(who.id, self._name(who))
        except Refused:
            self.close(NOT_HERE)
            return
        if self.conducts_here or who.id in room.hall.session.members:
            room.enter(self)
        else:
            self.show_over()

    def _name(self, who: Person) -> str:
        return who.called.in_(self.spoken)

    def show_over(self) -> None:
        """Tell somebody who comes after the end."""
        self.close(NOT_HERE)

    @property
    def person_id(self) -> str:
        """Who it is."""
        return self.somebody.id if self.somebody else ""

    @property
    def spoken(self) -> Language:
        """The language they read."""
        return self.language

    @property
    def outside(self) -> str:
        """Where phones find the door, as one would type it."""
        return f"{from_outside(self.request.host)}{self.base_url}live"

    async def on_message(self, message: str | bytes) -> None:
        """Take what the page sent, if it keeps the rules."""
        room = self.room
        if room is None:
            return
        if len(message) > MOST_BYTES * 2:
            self.close(1009)
            return
        content = _read(message)
        if content == {"ping": 1}:
            self._send({"pong": 1})
            return
        action = read_action(content) if self.bucket.take(time.monotonic()) else None
        if action is not None:
            await self._act(room, action)
            return
        given = content.get("id") if isinstance(content, dict) else None
        if isinstance(given, str) and 0 < len(given) <= 64:
            why = UNREADABLE if self.bucket.left >= 1 else TOO_FAST
            self.tell({"refused": given, "say": why.in_(self.spoken)})

    async def _act(self, room: Room, action: Action) -> None:
        if self.conducts_here and not await asyncio.to_thread(self._still_conducts):
            self.tell({"refused": action.id, "say": MAY_NOT.in_(self.spoken)})
            return
        await room.act(self, action)

    def _still_conducts(self) -> bool:
        try:
            known = self.house.records.people.get(self.person_id)
        except UsageError:
            return False
        return known.active and known.role in HOSTS

    def on_close(self) -> None:
        """Leave the room; the seat stays taken."""
        if self.room is not None:
            self.room.leave(self)

    def redraw(self, drawn: Drawn) -> None:
        """Send what the page shows now."""
        shown = {"html": drawn.html, "at": drawn.at, "title": drawn.title}
        self._send({**shown, "language": self.spoken})

    def tell(self, said: dict[str, str]) -> None:
        """Send what became of an action."""
        self._send(said)

    def _send(self, said: object) -> None:
        try:
            self.write_message(json.dumps(said, ensure_ascii=False))
        except WebSocketClosedError:  # it went away meanwhile; on_close follows
            return


def _read(message: str | bytes) -> object:
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None
