"""A live session in the server: who is connected, what is kept, what each screen shows."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from salestrain.apps.live.acting import answered, conducted
from salestrain.apps.live.podium import Podium
from salestrain.apps.live.seat import Seat
from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.records.steps import Addressed
from salestrain.training.live import CLOSED, JOINED, LIVE
from salestrain.training.live.session import GRACE
from salestrain.training.steps import Step
from salestrain.views.screen import FAILED, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from salestrain.apps.live.hall import Hall
    from salestrain.language import Language
    from salestrain.serving.live.keeper import Keeper
    from salestrain.views.screen import Action, Drawn

COUNTED_EVERY = 0.4  # seconds: so often a wall shows how many have answered
MOST_MEMBERS, MOST_SCREENS = 1000, 500
FULL = Text("这一场已经满了", "This class is full")
MAY_NOT = Text("你现在不能主持课堂", "You can’t lead this class now")
NOT_KEPT = Text("没存上，请再点一次", "That could not be saved; tap once more")
log = logging.getLogger(__name__)


class Line(Protocol):
    """A page that is connected: of the class, or a wall."""

    @property
    def person_id(self) -> str:
        """Who it is."""

    @property
    def spoken(self) -> Language:
        """The language they read."""

    @property
    def outside(self) -> str:
        """Where phones find the door, as one would type it."""

    @property
    def conducts_here(self) -> bool:
        """Whether it is a wall."""

    def redraw(self, drawn: Drawn) -> None:
        """Send what the page shows now."""

    def tell(self, said: dict[str, str]) -> None:
        """Send what became of an action."""


@dataclass
class Room:
    """One session; everything here runs in the server's loop, only commits in a thread.

    Attributes:
        known: Ids of the steps that are kept: what is sent again is known by them.
    """

    hall: Hall
    keeper: Keeper
    clock: Callable[[], datetime]
    known: set[str] = field(default_factory=set)
    lines: set[Line] = field(default_factory=set)
    _counting: asyncio.TimerHandle | None = None
    _closing: asyncio.TimerHandle | None = None
    _screens: dict[tuple[object, ...], Drawn] = field(default_factory=dict)
    _conducting: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._set_clock()

    def enter(self, line: Line) -> None:
        """Connect a page, and show it where the session stands."""
        self.lines.add(line)
        line.redraw(self._drawn(line))

    def leave(self, line: Line) -> None:
        """Forget a page; who sat before it stays a member."""
        self.lines.discard(line)

    async def join(self, person: str, name: str) -> None:
        """Let somebody in; who is in already stays where they are.

        Raises:
            Refused: If there is no more room, or they can't be kept.
        """
        session = self.hall.session
        if person in session.members or session.ended:
            return
        if len(session.members) >= MOST_MEMBERS:
            raise Refused(FULL)
        await self._keep(person, JOINED, {"name": name, "team": session.smallest_team()}, JOINED)
        self._count()

    async def act(self, line: Line, sent: Action) -> None:
        """Answer what a page sent: kept first, then shown, then told."""
        try:
            if line.conducts_here:
                await self._conduct(line, sent)
            else:
                await self._answer(line, sent)
        except Refused as refused:
            line.tell({"refused": sent.id, "say": refused.why.in_(line.spoken)})
        except Exception:
            log.exception("a live session failed at %r", sent.name)
            line.tell({"refused": sent.id, "say": FAILED.in_(line.spoken)})
        else:
            line.tell({"done": sent.id})

    async def _answer(self, line: Line, sent: Action) -> None:
        if self._named(line.person_id, sent.id) in self.known:
            line.redraw(self._drawn(line))  # sent again, since what was said to it was lost
            return
        kind, data = answered(self.hall, sent, self.clock())
        await self._keep(line.person_id, kind, data, sent.id)
        for other in [
            one for one in self.lines if one.person_id == line.person_id and not one.conducts_here
        ]:
            other.redraw(self._drawn(other))
        self._count()

    async def _conduct(self, line: Line, sent: Action) -> None:
        async with self._conducting:
            before = self.hall.session.phase
            if sent.name != "rank" and sent.at != f"{self.hall.at}/{before}":
                line.redraw(self._drawn(line))
                return
            kept = conducted(self.hall, sent)
            if kept is not None:
                self.hall.ranking = False
                await self._keep(line.person_id, *kept, sent.id)
                self._set_clock()
        self._show_all(walls_only=kept is None)

    def _named(self, person: str, action: str) -> str:
        """Return the id of a step: the person in it is the server's word, not the page's."""
        return f"{LIVE}.{self.hall.code}.{person}.{action}"

    async def _keep(self, person: str, kind: str, data: dict[str, Any], action: str) -> None:
        """Commit a step, and only then let it count."""
        step, named = Step(kind, data, self.clock()), self._named(person, action)
        try:
            await self.keeper.keep(Addressed(person, LIVE, self.hall.code, named, step))
        except SalestrainError as error:
            log.warning("live session %s: %s", self.hall.code, error)
            raise Refused(NOT_KEPT) from error
        self.known.add(named)
        self.hall.session.take(person, step)

    def _drawn(self, line: Line) -> Drawn:
        now = self.clock()
        if line.conducts_here:
            return Podium(self.hall, line.spoken, line.outside).drawn(now)
        seat = Seat(self.hall, line.person_id, line.spoken)
        if self.hall.session.phase in {"lobby", "ended"}:
            return seat.drawn(now)
        return self._alike(seat, now)

    def _alike(self, seat: Seat, now: datetime) -> Drawn:
        """Return a screen that all have who gave the same answer: drawn once for a whole class."""
        at, answer = self.hall.at, seat.given.answer if seat.given else None
        phase, answers = self.hall.session.phase, seat.vote and len(seat.vote.answers)
        counted = answers if phase == "shown" else 0  # a class's answers stand beside the key
        key = (at, phase, seat.left(now), seat.language, answer, counted)
        if key not in self._screens:
            if len(self._screens) >= MOST_SCREENS:
                self._screens.clear()
            self._screens[key] = seat.drawn(now)
        return self._screens[key]

    def _show_all(self, *, walls_only: bool = False) -> None:
        for line in [one for one in self.lines if one.conducts_here or not walls_only]:
            line.redraw(self._drawn(line))

    def _count(self) -> None:
        """Let the walls show soon how many have joined and answered."""
        if self._counting is None:
            loop = asyncio.get_running_loop()
            self._counting = loop.call_later(COUNTED_EVERY, self._counted)

    def _counted(self) -> None:
        self._counting = None
        self._show_all(walls_only=True)

    def _set_clock(self) -> None:
        """Close the vote that is on when its time is up."""
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        vote = self.hall.session.now
        if vote and vote.closed is None and vote.ends:
            left = (vote.ends + GRACE - self.clock()).total_seconds()
            loop = asyncio.get_running_loop()
            self._closing = loop.call_later(max(0.0, left), self._time_up)

    def _time_up(self) -> None:
        self._closing = None
        task = asyncio.create_task(self._close())
        task.add_done_callback(lambda done: done.exception())

    async def _close(self) -> None:
        async with self._conducting:
            vote = self.hall.session.now
            if vote is None or vote.closed is not None:
                return
            host = self.hall.session.settings.host
            await self._keep(host, CLOSED, {}, f"{CLOSED}.{self.hall.at}")
        self._show_all()

    def close(self) -> None:
        """Stop the clocks; the session stays as it is kept."""
        for timer in (self._counting, self._closing):
            if timer is not None:
                timer.cancel()
