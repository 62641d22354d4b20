"""Who is in front: by what was earned, and by time only where that is equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from salestrain.training.live.session import Session


class Place(NamedTuple):
    """A line of a board.

    Attributes:
        place: From 1; equal ones share it.
        who: A person's id, or a team's number.
        earned: Marks of a person; of a team the mean share (0–1) over members and questions.
        seconds: The mean time to answer, 0 without an answer.
        answered: How many answers it rests on.
    """

    place: int
    who: str
    earned: float
    seconds: float
    answered: int


def leaderboard(session: Session) -> tuple[Place, ...]:
    """Return everybody who joined, the best first; the last vote on each question counts."""
    found = []
    for person in session.members:
        mine = [vote.answers[person] for vote in session.final if person in vote.answers]
        seconds = sum(one.seconds for one in mine) / (len(mine) or 1)
        found.append((person, round(sum(one.earned for one in mine), 9), seconds, len(mine)))
    return _placed(found)


def team_board(session: Session) -> tuple[Place, ...]:
    """Return the teams that have members, the best first; what a member left out earned nothing."""
    alone, asked = leaderboard(session), len(session.final)
    found = []
    for team in range(1, session.settings.teams + 1):
        mine = [one for one in alone if session.members[one.who].team == team]
        answered = sum(one.answered for one in mine)
        if mine:
            share = sum(one.earned for one in mine) / (len(mine) * asked or 1)
            seconds = sum(one.seconds * one.answered for one in mine) / (answered or 1)
            found.append((str(team), round(share, 9), seconds, answered))
    return _placed(found)


def _placed(found: list[tuple[str, float, float, int]]) -> tuple[Place, ...]:
    """Number lines (who, earned, seconds, answers); one without an answer is behind all others."""
    ranked = sorted(found, key=lambda one: (*_rank(one), one[0]))
    ranks = [_rank(one) for one in ranked]
    return tuple(
        Place(ranks.index(rank) + 1, *one) for rank, one in zip(ranks, ranked, strict=True)
    )


def _rank(line: tuple[str, float, float, int]) -> tuple[float, bool, float]:
    _, earned, seconds, answered = line
    return -earned, not answered, seconds
