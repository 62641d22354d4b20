"""Coaching talks: what was said, what is agreed by which day, and settling it the next time."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, field_validator

from salestrain.apps.app import Fields
from salestrain.apps.onboarding.agreed import coaching
from salestrain.apps.onboarding.words import day_words, how_far
from salestrain.language import Text
from salestrain.training.mentoring.talks import MENTOR, SETTLED, TALKED, TALKS
from salestrain.training.proposals.drafts import clean
from salestrain.views.components import layout
from salestrain.views.components.buttons import actions, button, link_button
from salestrain.views.components.forms import field, form, text_area
from salestrain.views.components.ground import attributes, some, tag
from salestrain.views.screen import Refused

if TYPE_CHECKING:
    from salestrain.apps.mentor.scope import Scope
    from salestrain.records import Person
    from salestrain.training.mentoring.talks import Agreed, Coaching

LONGEST_TEXT, LONGEST_ACTION = 2000, 200
OPEN, BY, LATE = (
    Text("上次谈定的，先看它", "Agreed last time; look at it first"),
    Text("{} 前", "by {}"),
    Text("过了日子", "past its day"),
)
DID, DIDNT = Text("做了", "Done"), Text("没做成", "Not done")
TALK = Text("这次谈的", "This talk")
NOTES, NOTES_NOTE = (
    Text("谈了什么", "What was said"),
    Text(
        "只有你们两个人看得到，不进任何评估。",
        "Only the two of you see it; it enters no evaluation.",
    ),
)
WHAT, WHEN = Text("谈定的第 {} 件", "Agreed, {}"), Text("哪天看", "By which day")
KEEP, EARLIER = Text("存下来", "Keep it"), Text("以前谈的", "Earlier talks")
BACK, STANDS = Text("回到全部", "Back to all"), Text("走到哪一步", "How far they are")
NOT_YOURS = Text("你和这个人没有带教关系", "You neither mentor nor lead this person")
EMPTY = Text("写一句谈了什么，或者谈定的一件事", "Write what was said, or one thing agreed")
NO_DAY = Text("谈定的事要写哪天看，今天或以后", "Give each thing agreed a day, today or later")
TOO_LONG = Text("太长了，请写短一点", "Too long; make it shorter")
SETTLED_ALREADY = Text("这一件已经看过了", "That one has been settled")
Day = date | None


class Talked(Fields):
    """What was said, and up to two things agreed, each with its day."""

    person: Annotated[str, Field(max_length=100)]
    text: Annotated[str, Field(max_length=8000)] = ""
    what_1: Annotated[str, Field(max_length=8000)] = ""
    by_1: Day = None
    what_2: Annotated[str, Field(max_length=8000)] = ""
    by_2: Day = None

    @field_validator("by_1", "by_2", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value


class Settled(Fields):
    """What came of something agreed, by its number."""

    person: Annotated[str, Field(max_length=100)]
    action: Annotated[int, Field(ge=1)]
    done: Literal["yes", "no"]


def talks_with(scope: Scope, person: Person) -> bool:
    """Whether somebody holds coaching talks with a person: their mentor, their manager."""
    mentors = scope.pairs.get(person.id) == scope.visit.person.id
    return scope.sees(person) and (mentors or scope.leads(person))


def talk(scope: Scope, fields: Talked) -> None:
    """Keep a talk.

    Raises:
        Refused: If they neither mentor nor lead the person, nothing is written, or something
            agreed has no day.
    """
    person = scope.people.get(fields.person)
    if person is None or not talks_with(scope, person):
        raise Refused(NOT_YOURS)
    text, today = clean(fields.text), scope.visit.now().astimezone().date()
    given = ((fields.what_1, fields.by_1), (fields.what_2, fields.by_2))
    agreed = [(clean(what, lines=False), day) for what, day in given if clean(what)]
    if not (text or agreed):
        raise Refused(EMPTY)
    if any(day is None or day < today for _, day in agreed):
        raise Refused(NO_DAY)
    if len(text) > LONGEST_TEXT or any(len(what) > LONGEST_ACTION for what, _ in agreed):
        raise Refused(TOO_LONG)
    actions = [{"what": what, "by": day.isoformat()} for what, day in agreed if day]
    data = {"person": person.id, "text": text, "actions": actions}
    scope.visit.thread(MENTOR, TALKS).save(TALKED, data)


def settle(scope: Scope, fields: Settled) -> None:
    """Keep what came of something agreed.

    Raises:
        Refused: If it isn't theirs to say, or it has been said.
    """
    person = scope.people.get(fields.person)
    if person is None or not talks_with(scope, person):
        raise Refused(NOT_YOURS)
    if fields.action not in {one.number for one in mine(scope, person)}:
        raise Refused(SETTLED_ALREADY)
    data = {"person": person.id, "action": fields.action, "done": fields.done == "yes"}
    scope.visit.thread(MENTOR, TALKS).save(SETTLED, data)


def mine(scope: Scope, person: Person) -> tuple[Agreed, ...]:
    """Return what is open that they may settle: what they agreed; the mentor also what others did.

    What was agreed with the manager is the manager's.
    """
    me, found = scope.visit.person.id, coaching(scope.visit, person.id)
    mentors = scope.pairs.get(person.id) == me
    managers = {one.id for one in scope.people.values() if one.role == "manager"}
    return tuple(
        one
        for one in found.open
        if one.with_whom == me or (mentors and one.with_whom not in managers)
    )


def page(scope: Scope, person: Person) -> str:
    """Return the page of one newcomer: how far, what was agreed, this talk, earlier ones."""
    visit, language = scope.visit, scope.visit.language
    found = scope.standings.of(person, scope.deeds.get(person.id, ()))
    title = found.path.title.in_(language) if found else ""
    head = layout.page_head(scope.named(person.id), language, kicker=title)
    stands = layout.card(STANDS.in_(language), how_far(found, language)) if found else ""
    parts = [stands]
    if talks_with(scope, person):
        parts += [_open(scope, person), _form(scope, person)]
        parts.append(_earlier(scope, coaching(visit, person.id)))
    back = link_button(BACK.in_(language), visit.link(MENTOR))
    return head + layout.stack(*parts, actions(back) if back else "")


def _open(scope: Scope, person: Person) -> str:
    language, rows = scope.visit.language, ""
    today = scope.visit.now().astimezone().date()
    for one in mine(scope, person):
        carried = {"person": person.id, "action": str(one.number)}
        late = tag(LATE.in_(language), "warn", "warn") if one.by < today else ""
        due = BY.in_(language).format(day_words(one.by, language))
        yes = button(DID.in_(language), "settle", {**carried, "done": "yes"})
        no = button(DIDNT.in_(language), "settle", {**carried, "done": "no"}, look="quiet")
        said = f"{some('strong', one.what)}{some('p', due, 'note')}{late}"
        rows += f"<li>{said}{actions(yes, no)}</li>"
    return layout.card(OPEN.in_(language), f"<ul>{rows}</ul>") if rows else ""


def _form(scope: Scope, person: Person) -> str:
    language = scope.visit.language
    hidden = f"<input{attributes(type='hidden', name='person', value=person.id)}>"
    notes = text_area(NOTES.in_(language), "text", note=NOTES_NOTE.in_(language), rows=4)
    rows = "".join(
        field(WHAT.in_(language).format(number), f"what_{number}", maxlength=LONGEST_ACTION)
        + field(WHEN.in_(language), f"by_{number}", type="date")
        for number in (1, 2)
    )
    keep = button(KEEP.in_(language), look="main")
    return layout.card(TALK.in_(language), form("talk", hidden, notes, rows, keep))


def _earlier(scope: Scope, found: Coaching) -> str:
    """Return the talks they held themselves; what others noted is not theirs to read."""
    language, agreed = scope.visit.language, {one.number: one for one in found.agreed}
    rows = ""
    for one in reversed(found.talks):
        if one.with_whom != scope.visit.person.id:
            continue
        what = "".join(f"<li>{escape(_with_end(agreed[n], language))}</li>" for n in one.agreed)
        when = some("strong", day_words(one.at.astimezone(), language))
        rows += f"<li>{when}{some('p', one.text)}{f'<ul>{what}</ul>' if what else ''}</li>"
    return layout.card(EARLIER.in_(language), f"<ul>{rows}</ul>") if rows else ""


def _with_end(one: Agreed, language: Literal["zh", "en"]) -> str:
    due = BY.in_(language).format(day_words(one.by, language))
    end = "" if one.done is None else (DID if one.done else DIDNT).in_(language)
    return " · ".join(filter(None, (one.what, due, end)))
