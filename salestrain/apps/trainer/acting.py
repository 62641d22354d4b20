"""What a trainer or manager sets up: cohorts, mentors, assignments, nudges; each checked anew."""

from __future__ import annotations

from datetime import date  # noqa: TC003 (pydantic reads the annotations)
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from salestrain.apps.app import Fields
from salestrain.language import Text
from salestrain.training.chance import token
from salestrain.training.mentoring.cohorts import (
    ASSIGNED,
    ASSIGNMENTS,
    COHORT,
    COHORTS,
    NUDGED,
    NUDGES,
)
from salestrain.training.mentoring.mentors import TRAINER
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.apps.trainer.desk import Desk
    from salestrain.playbook.whole import Playbook

NOT_YOURS = Text("这里面有你不带的人", "Somebody among these is not yours to look after")
NOBODY = Text("先选人", "Choose people first")
NO_NAME = Text("先写名称", "Write a name first")
NO_SUCH = Text("没有这一项，请重新选", "There is no such thing; choose anew")
PAST = Text("这一天已经过了", "That day is over")
WRITE_FIRST = Text("先写一句，再发", "Write a sentence first, then send")
WHOLE = "cohort:"
Line = Annotated[str, Field(max_length=200)]


class Built(Fields):
    """A cohort as the form has it."""

    name: Line = ""
    start: date
    people: tuple[str, ...] = ()


class Assigned(Fields):
    """What somebody, or ``cohort:`` and its id, is to do (``app:thread``), by when and why."""

    whom: str
    what: str
    by: date
    why: Line = ""


class Nudged(Fields):
    """A word to somebody."""

    person: str
    text: Line = ""


def build(desk: Desk, fields: Built) -> None:
    """Keep a new cohort.

    Raises:
        Refused: If it has no name or nobody in it, or somebody they don't look after.
    """
    name = _line(fields.name)
    if not name:
        raise Refused(NO_NAME)
    people = _own(desk, fields.people)
    id_ = token(name, fields.start.isoformat(), desk.visit.person.id, len(desk.cohorts))
    data = {"id": id_, "name": name, "people": people, "start": fields.start.isoformat()}
    desk.visit.thread(TRAINER, COHORTS).save(COHORT, data)


def assign(desk: Desk, fields: Assigned) -> None:
    """Keep what one person or everybody of a cohort is to do.

    Raises:
        Refused: If any of them isn't theirs, there is no such thing to do, or the day is over.
    """
    people = _own(desk, _meant(desk, fields.whom))
    app, _, thread = fields.what.partition(":")
    if fields.what not in offered(desk.visit.playbook):
        raise Refused(NO_SUCH)
    if fields.by < desk.visit.now().astimezone().date():
        raise Refused(PAST)
    what, by, why = {"app": app, "thread": thread}, fields.by.isoformat(), _line(fields.why)
    every = [(ASSIGNED, {"person": p, "what": what, "by": by, "why": why}) for p in people]
    desk.visit.thread(TRAINER, ASSIGNMENTS).save_all(*every)


def nudge(desk: Desk, fields: Nudged) -> None:
    """Keep a word to somebody; they see it on their home page until they say so.

    Raises:
        Refused: If they don't look after them, or nothing is said.
    """
    (person,) = _own(desk, [fields.person])
    text = _line(fields.text)
    if not text:
        raise Refused(WRITE_FIRST)
    desk.visit.thread(TRAINER, NUDGES).save(NUDGED, {"person": person, "text": text})


def offered(playbook: Playbook) -> dict[str, Text]:
    """Return what can be assigned, as ``app:thread``, with its title."""
    sets = {f"quiz:{section}": Text(section, section) for section in playbook.item_sets()}
    exams = {f"quiz:{one.id}": one.title for one in playbook.exams.values()}
    talks = {f"roleplay:{one.id}": one.title for one in playbook.decided.values()}
    return {**sets, **exams, **talks}


def _meant(desk: Desk, whom: str) -> Iterable[str]:
    if not whom.startswith(WHOLE):
        return [whom] if whom else []
    id_ = whom.removeprefix(WHOLE)
    return next((one.people for one in desk.cohorts if one.id == id_), ())


def _own(desk: Desk, people: Iterable[str]) -> list[str]:
    """Return these people if there are any and all are theirs."""
    chosen = list(dict.fromkeys(people))
    if not chosen:
        raise Refused(NOBODY)
    if not desk.led.keys() >= {*chosen}:
        raise Refused(NOT_YOURS)
    return chosen


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
