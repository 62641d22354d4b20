"""A live session: a trainer asks, everybody in the room answers on their own phone."""

from salestrain.training.live.board import Place, leaderboard, team_board
from salestrain.training.live.proposing import Proposed, propose
from salestrain.training.live.session import (
    ANSWERED,
    ASKED,
    CLOSED,
    ENDED,
    JOINED,
    LIVE,
    OPENED,
    SHOWN,
    Given,
    Member,
    Phase,
    Round,
    Session,
    Settings,
    session_of,
)
from salestrain.training.live.tally import Bar, Tally, tally

__all__ = [
    "ANSWERED",
    "ASKED",
    "CLOSED",
    "ENDED",
    "JOINED",
    "LIVE",
    "OPENED",
    "SHOWN",
    "Bar",
    "Given",
    "Member",
    "Phase",
    "Place",
    "Proposed",
    "Round",
    "Session",
    "Settings",
    "Tally",
    "leaderboard",
    "propose",
    "session_of",
    "tally",
    "team_board",
]
