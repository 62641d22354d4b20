"""The state of a live session, folded from what trainer and class did, in the order saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from salestrain.training.quizzes.responses import LIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from salestrain.training.steps import Step

__all__ = ["LIVE", "Given", "Member", "Phase", "Round", "Session", "Settings", "session_of"]
OPENED, ASKED, CLOSED, SHOWN, ENDED = "opened", "asked", "closed", "shown", "ended"
JOINED, ANSWERED = "joined", "answered"
GRACE = timedelta(seconds=2)
"""So much later than the clock says an answer may arrive: it was sent in time."""
Phase = Literal["lobby", "asking", "closed", "shown", "ended"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a session was opened with.

    Attributes:
        title: As the class reads it.
        items: Ids of what may be asked.
        seconds: For each question; 0 leaves it to the trainer.
        teams: How many teams play; 0 if everybody plays alone.
        guests: Whether people without an account may join with a name.
        host: Who opened it.
    """

    title: str
    items: tuple[str, ...]
    seconds: int
    teams: int
    guests: bool
    host: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who joined; ``team`` counts from 1, 0 is none."""

    name: str
    team: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in ids, what it earned (0–1), and after how many seconds it came."""

    answer: tuple[str, ...]
    earned: float
    seconds: float


@dataclass(slots=True)
class Round:
    """A vote on a question.

    Attributes:
        number: The question's place in the session, from 1.
        vote: 1, or 2 if the class votes again after a discussion.
        asked: When; ``closed`` likewise, None while answers are taken.
        answers: By person; until the vote closes an answer may be changed, the last one counts.
    """

    item: str
    number: int
    vote: int
    asked: datetime
    seconds: int
    closed: datetime | None = None
    answers: dict[str, Given] = field(default_factory=dict)

    @property
    def ends(self) -> datetime | None:
        """When the clock runs out; None without one."""
        return self.asked + timedelta(seconds=self.seconds) if self.seconds else None

    def takes(self, now: datetime) -> bool:
        """Whether an answer that arrives now still counts."""
        return self.closed is None and (self.ends is None or now <= self.ends + GRACE)


@dataclass(slots=True)
class Session:
    """A session as it stands; ``take`` moves it on."""

    settings: Settings
    opened: datetime
    members: dict[str, Member] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)
    shown: bool = False
    ended: datetime | None = None

    @property
    def now(self) -> Round | None:
        """The vote that is on, or was last."""
        return self.rounds[-1] if self.rounds else None

    @property
    def phase(self) -> Phase:
        """What the room does."""
        if self.ended:
            return "ended"
        if self.now is None:
            return "lobby"
        if self.shown:
            return "shown"
        return "asking" if self.now.closed is None else "closed"

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids of the questions asked so far, in order."""
        return tuple(one.item for one in self.rounds if one.vote == 1)

    def votes(self, item: str) -> tuple[Round, ...]:
        """Return the votes on a question, the first one first."""
        return tuple(one for one in self.rounds if one.item == item)

    @property
    def final(self) -> tuple[Round, ...]:
        """The last vote on each question, in order."""
        return tuple({one.item: one for one in self.rounds}.values())

    def smallest_team(self) -> int:
        """Return the team (from 1) with the fewest members, the first of several; 0 without."""
        sizes = [
            sum(one.team == team for one in self.members.values())
            for team in range(1, self.settings.teams + 1)
        ]
        return sizes.index(min(sizes)) + 1 if sizes else 0

    def take(self, person: str, step: Step) -> None:
        """Let what somebody did count, if it is of any consequence now."""
        match step.kind:
            case "joined":
                self.members.setdefault(person, Member(step.data["name"], step.data["team"]))
            case "answered":
                self._answered(person, step.data)
            case "asked" if not self.ended:
                self._asked(step)
            case "closed" if self.now and self.now.closed is None:
                self.now.closed = step.at
            case "shown" if self.now:
                self.now.closed, self.shown = self.now.closed or step.at, True
            case "ended":
                self.ended = self.ended or step.at

    def _asked(self, step: Step) -> None:
        if self.now and self.now.closed is None:
            self.now.closed = step.at
        item, seconds = step.data["item"], step.data["seconds"]
        votes = self.votes(item)
        number = votes[0].number if votes else len(self.asked) + 1
        self.rounds.append(Round(item, number, len(votes) + 1, step.at, seconds))
        self.shown = False

    def _answered(self, person: str, data: Mapping[str, Any]) -> None:
        for one in self.votes(data["item"]):
            if one.vote == data["vote"] and person in self.members:
                given = Given(tuple(data["answer"]), data["earned"], data["seconds"])
                one.answers[person] = given


def session_of(steps: Iterable[tuple[str, Step]]) -> Session | None:
    """Return a session as it stands after these steps; None if nobody opened it.

    Args:
        steps: Who did what, in the order in which it was saved.
    """
    session: Session | None = None
    for person, step in steps:
        if session is not None:
            session.take(person, step)
        elif step.kind == OPENED:
            session = Session(_settings(person, step.data), step.at)
    return session


def _settings(host: str, data: Mapping[str, Any]) -> Settings:
    return Settings(
        data["title"], tuple(data["items"]), data["seconds"], data["teams"], data["guests"], host
    )
