"""A typed talk that others look at, and what they do to it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

from salestrain.apps.roleplay import Roleplay
from salestrain.apps.roleplay.watching import MISSING
from salestrain.apps.visit import Visit
from salestrain.language import Language
from salestrain.records import Person
from salestrain.training.steps import Step
from salestrain.training.talks.play import begun
from salestrain.training.talks.runs import BEGAN, ENDED, MOVED, Mode, result, typed
from salestrain.training.understanding.reading import NONE, Part
from tests.apps.learners import LIN, Did, act, words
from tests.sample import sample_playbook
from tests.training.first_week import NOON

PRICE = "2.2.s.price_objection"
RUN = f"{PRICE}-lin-1"
SOUTH = Person("south", "何南", "He Nan", role="manager", team="S1")
ASKS, GIVES = "Compared with which offer?", "Ten per cent then, done today."
SMALL_TALK = "Good morning Mr Chen."
NEGOTIATION, LISTENING = "4.2.negotiation", "4.2.listening"
Play = Callable[..., None]


def type_a_talk(
    did: Did, person: Person = LIN, mode: Mode = "practise", *, ended: bool = True
) -> None:
    """Let somebody have typed two turns, of which the second ends the talk."""
    first = [Part(SMALL_TALK, NONE, 0.9996), Part(ASKS, "explore_comparison", 0.934)]
    last = [Part(GIVES, "promise_beyond", 0.7), Part("well well", "quantify", 0.2)]
    talk, steps = begun(sample_playbook().scenarios[PRICE]), []
    for parts in (first, last):
        says, moves = (
            " ".join(one.text for one in parts),
            [p.label for p in parts if p.understood],
        )
        talk = talk.said(says, moves)
        steps.append(Step(MOVED, typed(says, moves, parts, "letters"), NOON))
    steps.insert(0, Step(BEGAN, {"seed": "s", "mode": mode, "way": "text"}, NOON))
    steps += [Step(ENDED, result(talk, mode), NOON)] if ended else []
    did(person, *(("roleplay", PRICE, step) for step in steps))


def desk(visit: Visit, **page: str) -> Roleplay:
    return Roleplay(visit, **page)


def shown(visit: Visit, **page: str) -> str:
    return unescape(desk(visit, **page).draw().html)


def missing(html: str, language: Language = "en") -> bool:
    return MISSING.in_(language) in words(html)


def correct(visit: Visit, run: str = RUN, turn: str = "1", part: str = "0", move: str = "") -> None:
    app = desk(visit, run=run)
    name = f"c-{visit.person.id}-{run}-{turn}-{part}-{move}-{len(visit.diary.deeds)}"
    act(app, "correct", name, run=run, turn=turn, part=part, move=move or "explore_use")


def rate(visit: Visit, run: str = RUN, comment: str = "", **levels: int) -> None:
    given = {f"level-4.2.{skill}": str(level) for skill, level in levels.items()}
    name = f"r-{visit.person.id}-{run}-{len(visit.diary.deeds)}"
    act(desk(visit, run=run), "rate", name, run=run, comment=comment, **given)


def rate_call(visit: Visit, person: str = "lin", **fields: str) -> None:
    about = {"day": "2026-10-08", "customer": "Heting", "kind": "visit", "comment": "Well asked"}
    name = f"call-{visit.person.id}-{len(visit.diary.deeds)}"
    app = desk(visit, watch="calls")
    act(app, "rate_call", name, person=person, **{f"level-{LISTENING}": "3"}, **about | fields)


def mark(visit: Visit, run: str = RUN, on: str = "true") -> None:
    name = f"m-{visit.person.id}-{run}-{len(visit.diary.deeds)}"
    act(desk(visit, run=run), "calibrate", name, run=run, on=on)


def kept(visit: Visit, person: Person, thread: str) -> list[tuple[str, dict[str, object]]]:
    steps = visit.records.steps.of(person.id, "roleplay", thread)
    return [(one.kind, dict(one.data)) for one in steps]
