"""The live sessions of a house: opened in the records by an app, brought to life by who joins."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from salestrain.apps.live.hall import Hall
from salestrain.apps.visit import Visit, utc_now
from salestrain.language import LANGUAGES
from salestrain.records.shared import ids_in, in_order
from salestrain.serving.live.keeper import Keeper
from salestrain.serving.live.room import Room
from salestrain.training.live import LIVE, session_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from salestrain.serving.house import House

CODE = re.compile(r"\d{6}")


@dataclass
class Rooms:
    """Rooms by code; each is read from the records once, and then moves on in memory."""

    house: House
    clock: Callable[[], datetime] = utc_now
    rooms: dict[str, Room] = field(default_factory=dict)
    keeper: Keeper = field(init=False)
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.house.records.steps)

    async def room(self, code: str) -> Room | None:
        """Return the room of a session; None if there is no such session."""
        if not CODE.fullmatch(code):
            return None
        async with self._reading:
            self._tidy()
            if code not in self.rooms:
                found = await asyncio.to_thread(self._hall, code)
                if found is None:
                    return None
                hall, known = found
                self.rooms[code] = Room(hall, self.keeper, self.clock, known)
        return self.rooms[code]

    def _tidy(self) -> None:
        """Let go of classes that are over and that nobody looks at any more."""
        for code, room in [*self.rooms.items()]:
            if room.hall.session.ended and not room.lines:
                room.close()
                del self.rooms[code]

    def _hall(self, code: str) -> tuple[Hall, set[str]] | None:
        records = self.house.records
        session = session_of(in_order(records, LIVE, code))
        if session is None:
            return None
        host = records.people.get(session.settings.host)
        visit = Visit(self.house.workspace, records, host, host.language, "", self.clock)
        items = visit.playbook.items
        there = tuple(one for one in session.settings.items if one in items)
        session.settings = replace(session.settings, items=there)
        session.rounds = [one for one in session.rounds if one.item in items]
        visits = {one: replace(visit, language=one) for one in LANGUAGES}
        hall = Hall(code, session, visits)
        hall.proposed()  # what takes a moment is done here, in a thread
        return hall, ids_in(records, LIVE, code)

    async def close(self) -> None:
        """Commit what has come, and stop the clocks."""
        for room in self.rooms.values():
            room.close()
        await self.keeper.close()
