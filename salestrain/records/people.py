"""The people who practise, and those who lead them."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from salestrain.errors import UsageError, did_you_mean
from salestrain.language import LANGUAGES, Language, Text
from salestrain.records.audit import COMMAND_LINE
from salestrain.records.erasing import erase
from salestrain.records.naming import Named
from salestrain.records.pins import PinCheck, Pins, hashed
from salestrain.records.schema import invitations, people
from salestrain.records.steps import Steps
from salestrain.training.talks.scorecards import RATED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Row

    from salestrain.records.audit import Audit
    from salestrain.records.database import Database
    from salestrain.records.erasing import Erased
    from salestrain.training.steps import Step

Role = Literal["learner", "trainer", "manager", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
KNOWN = {"role": ROLES, "language": LANGUAGES}
LONGEST = 100
GIVEN = ("id", "name", "name_en", "role", "team", "language", "active")
WORDS = re.compile(r"\b\w")
SYLLABLES = re.compile(r"\b\w|(?:(?<![zcs])h|[b-df-gj-np-tw-z])(?=h?[aeiou])")  # of pinyin


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in, or could before they left (not ``active``).

    ``id`` is theirs in the CRM where they have one; ``name`` is often in Chinese, ``name_en`` in
    Latin letters (may be empty); ``session_epoch`` changes when they sign out everywhere, which
    voids the cookies made before.
    """

    id: str
    name: str
    name_en: str = ""
    role: Role = "learner"
    team: str | None = None
    language: Language = "zh"
    active: bool = True
    has_pin: bool = False
    session_epoch: int = 0

    @property
    def called(self) -> Text:
        """The name in either language; in English the one in Latin letters, if there is one."""
        return Text(self.name, self.name_en or self.name)


MYSELF = Person(id="me", name="我", name_en="Me", role="admin")
"""Whoever opens an app in a notebook of their own, where nobody signs in."""


@dataclass(frozen=True)
class People:
    """Everybody the records know; a method given an unknown id raises UsageError."""

    database: Database
    clock: Callable[[], datetime]
    audit: Audit

    def add(self, person: Person) -> bool:
        """Keep a new person, without a PIN; return False, with no change, if the id is taken.

        Raises:
            UsageError: If the id or name is empty, or role or language is unknown.
        """
        row = {**_checked(person), "session_epoch": _epoch()}
        try:
            with self.database.writing() as connection:
                connection.execute(people.insert().values(row))
        except IntegrityError:
            return False
        return True

    def get(self, person_id: str) -> Person:
        """Return the person of this id."""
        with self.database.reading() as connection:
            row = connection.execute(select(people).where(people.c.id == person_id)).first()
        if row is None:
            raise UsageError(f"there is no person {person_id!r}; see `salestrain people list`")
        return _person(row)

    def all(self) -> tuple[Person, ...]:
        """Return everybody, by team, then id; those who left too."""
        with self.database.reading() as connection:
            found = [_person(row) for row in connection.execute(select(people))]
        return tuple(sorted(found, key=lambda one: (one.team or "", one.id)))

    def find(self, text: str) -> tuple[Person, ...]:
        """Return who a text may mean: part of an id or name, or initials (``lxy`` for 林晓雨).

        Case, width and accents don't matter; active people come first; an empty text means all.
        """
        found = [one for one in self.all() if _fits(text, one.id, one.name, one.name_en)]
        return tuple(sorted(found, key=lambda one: not one.active))

    def update(self, person: Person) -> None:
        """Keep names, role, team, language and ``active`` as given; they are checked as by add."""
        self._set(person.id, **_checked(person))

    def set_role(self, person_id: str, role: Role) -> None:
        """Change somebody's role."""
        checked = _checked(replace(self.get(person_id), role=role))
        self._set(person_id, role=checked["role"])

    def set_language(self, person_id: str, language: Language) -> None:
        """Change the language somebody reads in."""
        checked = _checked(replace(self.get(person_id), language=language))
        self._set(person_id, language=checked["language"])

    def set_pin(self, person_id: str, pin: str | None) -> None:
        """Let somebody sign in with six digits, else UsageError; or with no PIN any more."""
        self._set(person_id, pin_hash=None if pin is None else hashed(pin))

    def check_pin(self, person_id: str, pin: str, address: str) -> PinCheck:
        """Say whether a PIN typed at an address is right; takes as long for unknown people.

        Wrong tries in a quarter of an hour are limited: 5 for a person, 30 from an address.
        """
        return Pins(self.database, self.clock).check(person_id, pin, address)

    def sign_out_everywhere(self, person_id: str) -> None:
        """Make every cookie of a person void."""
        self._set(person_id, session_epoch=_epoch())

    def forget(self, person_id: str, by: str = COMMAND_LINE) -> Erased:
        """Erase a person on their request: name, PIN, invitations, every step, and others' on them.

        Steps are deleted rather than kept without a name: in a team of eight, times and answers
        tell whose they are, and texts people typed can't be picked out of every app's data. Where
        a step of others is about somebody else and only names the person, the name is replaced.
        """
        named = self.named(person_id)
        with self.database.writing() as connection:
            self.audit.turn(connection)
            erased = erase(connection, person_id, named)
            row = self.audit.forget(connection, person_id, by, named.within)
        self.audit.seal([row])
        self.database.wipe()
        return erased

    def named(self, person_id: str) -> Named:
        """Return what names a person in a text, and no other whom the records know."""
        person, everybody = self.get(person_id), self.all()
        others = [name for one in everybody if one.id != person_id for name in _names(one)]
        return Named(person_id, _names(person), tuple(others))

    def export(self, person_id: str) -> dict[str, Any]:
        """Return everything kept about a person, ready for JSON; times are ISO 8601, UTC.

        Of what others wrote, who did is said of ratings alone, as the app does.
        """
        person = asdict(self.get(person_id))
        asked = select(invitations).where(invitations.c.person_id == person_id)
        with self.database.reading() as connection:
            invited = [_plain(row._asdict()) for row in connection.execute(asked)]
        log = Steps(self.database)
        own = [_deed(*one) for one in log.of_person(person_id)]
        about = [
            {"by": by if deed[-1].kind == RATED else "", **_deed(*deed)}
            for by, deed in log.about(person_id)
        ]
        looks = [_plain(one._asdict()) for one in self.audit.looks(whom=person_id)]
        told = {"person": person, "invitations": invited, "steps": own, "about": about}
        return {**told, "looks": looks}

    def _set(self, person_id: str, **values: object) -> None:
        changed = update(people).where(people.c.id == person_id).values(values)
        with self.database.writing() as connection:
            found = connection.execute(changed).rowcount
        if not found:
            self.get(person_id)


def _deed(app: str, thread: str, step: Step) -> dict[str, Any]:
    return {"app": app, "thread": thread, **_plain(step._asdict())}


def _names(person: Person) -> tuple[str, str]:
    return person.name, person.name_en


def _epoch() -> int:
    """Return a number that no cookie made before carries, not even one of a forgotten namesake."""
    return secrets.randbits(53)


def _person(row: Row[Any]) -> Person:
    columns = row._asdict()
    has_pin = columns.pop("pin_hash") is not None
    return Person(**columns, has_pin=has_pin)


def _checked(person: Person) -> dict[str, object]:
    """Return what is kept of a person as given, or raise UsageError."""
    given = {name: getattr(person, name) for name in GIVEN}
    for what in ("id", "name"):
        value = given[what]
        if not value.strip() or len(value) > LONGEST or not value.isprintable():
            raise UsageError(f"{value!r} is no {what}; write 1 to {LONGEST} characters in one line")
    for what, known in KNOWN.items():
        if given[what] not in known:
            raise UsageError(f"{given[what]!r} is no {what}; {did_you_mean(given[what], known)}")
    return {**given, "team": person.team or None}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _fits(text: str, *names: str) -> bool:
    """Whether each word of a text is part of a name, or all of it begins a name's initials."""
    words, known = _folded(text).split(), [_folded(name) for name in names]
    typed, squeezed = "".join(words), [name.replace(" ", "") for name in known]
    initials = ["".join(part.findall(name)) for part in (WORDS, SYLLABLES) for name in known]
    return (
        all(any(word in name for name in known) for word in words)
        or any(typed in name for name in squeezed)
        or any(one.startswith(typed) for one in initials)
    )


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
