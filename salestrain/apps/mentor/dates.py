"""The days of somebody on a path, and of their mentor, for a calendar."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from salestrain.apps.mentor.scope import Scope
from salestrain.apps.mentor.talking import mine, talks_with
from salestrain.apps.onboarding.agreed import coaching
from salestrain.language import Text
from salestrain.training.paths.phases import phases
from salestrain.views.icalendar import Event, calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.apps.visit import Visit
    from salestrain.records import Person
    from salestrain.training.paths.phases import Phase

STEP, MILESTONE = Text("路径：{}", "Path: {}"), Text("里程碑：{}", "Milestone: {}")
AGREED, TALK = Text("谈定的：{}", "Agreed: {}"), Text("和{}谈一次", "Talk with {}")
WITH, SIGN = Text("{}：{}", "{}: {}"), Text("等你签字：{}", "Waits for your signature: {}")
OWN, MENTORS = Text("{} 的路径", "{}’s path"), Text("{} 的带教", "{}’s mentoring")
BETWEEN_TALKS = timedelta(days=7)
HOST = "salestrain"
PLAIN = re.compile(r"[^A-Za-z0-9.]+")


def persons_calendar(visit: Visit) -> str:
    """Return the visitor's own days: steps due, milestones, what they agreed to."""
    name = Scope(visit).named(visit.person.id)
    return calendar(OWN.in_(visit.language).format(name), _own(visit), visit.now())


def mentors_calendar(visit: Visit) -> str:
    """Return a mentor's days: talks, milestones of their mentees, agreed things, signatures."""
    scope, language = Scope(visit), visit.language
    events = [one for person in scope.mentees for one in _of_mentee(scope, person)]
    name = scope.named(visit.person.id)
    return calendar(MENTORS.in_(language).format(name), events, visit.now())


def _own(visit: Visit) -> Iterator[Event]:
    scope, language, person = Scope(visit), visit.language, visit.person
    deeds = visit.records.steps.of_person(person.id)
    found = scope.standings.of(person, deeds)
    for one in found.steps if found else ():
        if not one.settled:
            title = STEP.in_(language).format(one.step.title.in_(language))
            uid = _uid("step", person.id, one.step.id)
            yield Event(uid, one.due, title, one.step.why.in_(language))
    signed = scope.standings.signed.get(person.id, ())
    for phase in phases(found, signed) if found else ():
        if phase.state != "done":
            yield _milestone(scope, person, phase, named=False)
    yield from _agreed(scope, person, named=False)


def _of_mentee(scope: Scope, person: Person) -> Iterator[Event]:
    visit, language, name = scope.visit, scope.visit.language, scope.named(person.id)
    today = visit.now().astimezone().date()
    talks = [one.at for one in coaching(visit, person.id).talks if one.with_whom == visit.person.id]
    last = max(talks).astimezone().date() if talks else None
    day = max(last + BETWEEN_TALKS, today) if last else today
    yield Event(_uid("talk", visit.person.id, person.id), day, TALK.in_(language).format(name))
    yield from _agreed(scope, person, named=True)
    found = scope.standings.of(person, scope.deeds.get(person.id, ()))
    signed = scope.standings.signed.get(person.id, ())
    for phase in phases(found, signed) if found else ():
        if phase.state != "done":
            yield _milestone(scope, person, phase, named=True)
    for one in scope.queue:
        if one.person.id == person.id:
            said = SIGN.in_(language).format(f"{name} · {one.title.in_(language)}")
            yield Event(_uid("sign", visit.person.id, one.key), today, said)


def _milestone(scope: Scope, person: Person, phase: Phase, *, named: bool) -> Event:
    language, milestone = scope.visit.language, phase.milestone
    said = MILESTONE.in_(language).format(milestone.title.in_(language))
    shown = WITH.in_(language).format(scope.named(person.id), said) if named else said
    uid = _uid("milestone", scope.visit.person.id, person.id, milestone.id)
    return Event(uid, phase.due, shown, milestone.text.in_(language))


def _agreed(scope: Scope, person: Person, *, named: bool) -> Iterator[Event]:
    """Yield what is agreed and open: all of one's own, a mentor's what they may settle."""
    visit, language = scope.visit, scope.visit.language
    if named and not talks_with(scope, person):
        return
    every = mine(scope, person) if named else coaching(visit, person.id).open
    for one in every:
        said = AGREED.in_(language).format(one.what)
        shown = WITH.in_(language).format(scope.named(person.id), said) if named else said
        yield Event(_uid("agreed", visit.person.id, person.id, str(one.number)), one.by, shown)


def _uid(*parts: str) -> str:
    """Return an id that is the same each time, of plain signs alone."""
    plain = (PLAIN.sub(lambda found: f"-{found[0].encode().hex()}-", part) for part in parts)
    return f"{'_'.join(plain)}@{HOST}"
