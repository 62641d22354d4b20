"""What trainer and class may do in a live session, as the step that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from salestrain.apps.app import Fields, read_fields
from salestrain.apps.quiz import Answered
from salestrain.language import Text
from salestrain.training.live import ANSWERED, ASKED, CLOSED, ENDED, SHOWN
from salestrain.training.marking import NotAnAnswer, mark
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from salestrain.apps.live.hall import Hall
    from salestrain.views.screen import Action

Kept = tuple[str, dict[str, Any]]
TOO_LATE = Text("这一题已经收了，刚才的没有算进去", "This vote has closed; that did not count")
NOT_NOW = Text("现在不能这样做，请看屏幕", "That can’t be done now; look at the screen")
NO_SUCH = Text("这一场没有这道题", "This session has no such question")
AGAIN_ONCE = Text("这一题已经投过两次了", "This question has been voted on twice")


class Chosen(Fields):
    """The question to ask."""

    item: Annotated[str, Field(max_length=80)]


def answered(hall: Hall, sent: Action, now: datetime) -> Kept:
    """Return the step that keeps an answer, with what it is worth.

    Raises:
        Refused: If it isn't one, or comes too late.
    """
    vote = hall.session.now
    if vote is None or hall.session.phase != "asking" or sent.at != hall.at or not vote.takes(now):
        raise Refused(TOO_LATE)
    item = hall.item(vote.item)
    answer = hall.sitting.read(item, read_fields(Answered, sent.fields).answer)
    try:
        worth = mark(item, answer)
    except NotAnAnswer as error:
        raise Refused(error.text) from error
    seconds = round(max(0.0, (now - vote.asked).total_seconds()), 2)
    return ANSWERED, {
        "item": item.id,
        "vote": vote.vote,
        "answer": list(answer),
        "earned": worth.earned,
        "seconds": seconds,
    }


def conducted(hall: Hall, sent: Action) -> Kept | None:
    """Return the step that keeps what the trainer did; None if it only changes what is shown.

    Raises:
        Refused: If it can't be done now.
    """
    session = hall.session
    phase, vote = session.phase, session.now
    match sent.name:
        case "ask" if phase in ("lobby", "closed", "shown"):
            return ASKED, _asked(hall, read_fields(Chosen, sent.fields).item)
        case "again" if phase == "closed" and vote:
            if vote.vote > 1:
                raise Refused(AGAIN_ONCE)
            return ASKED, {"item": vote.item, "seconds": session.settings.seconds}
        case "close" if phase == "asking":
            return CLOSED, {}
        case "show" if phase in ("asking", "closed"):
            return SHOWN, {}
        case "rank":
            hall.ranking = not hall.ranking
            return None
        case "end" if phase != "ended":
            return ENDED, {}
    raise Refused(NOT_NOW)


def _asked(hall: Hall, item: str) -> dict[str, Any]:
    session = hall.session
    if item not in session.settings.items or item in session.asked:
        raise Refused(NO_SUCH)
    return {"item": item, "seconds": session.settings.seconds}
