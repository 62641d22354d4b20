"""The append-only log of what people did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, RowMapping, bindparam, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from salestrain.errors import SalestrainError
from salestrain.records.schema import people, steps
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from salestrain.records.database import Database

# Made once: to put one together takes longer than to ask it.
NEWEST = select(func.coalesce(func.max(steps.c.id), 0))
OWN = steps.c.person_id == bindparam("person_id")
# Whoever writes a person's steps waits here for those who do; SQLite lets one write at a time.
TURN = select(people.c.id).where(people.c.id == bindparam("person_id"))
TURN = TURN.with_for_update(key_share=True)
LATER = select(exists().where(OWN, steps.c.id > bindparam("after")))
SINCE = select(steps).where(OWN, steps.c.id >= bindparam("number")).order_by(steps.c.id)


ABOUT = "person"
"""What names, in a step's data, somebody else whom it is about; it goes when they are erased."""


class OvertakenError(SalestrainError):
    """The person has done more than the caller knew; nothing was kept."""


class Addressed(NamedTuple):
    """A step to keep: by whom, in which app and thread, and under which id."""

    person_id: str
    app: str
    thread: str
    step_id: str
    step: Step


class Entry(NamedTuple):
    """A step as it stands in the log: its number, its id, and where it was done."""

    number: int
    id: str
    app: str
    thread: str
    step: Step


@dataclass(frozen=True)
class Steps:
    """What people did, in the order in which it was saved; nothing saved is ever changed."""

    database: Database

    def append(
        self,
        person_id: str,
        app: str,
        thread: str,
        step_id: str,
        step: Step,
        *more: Step,
        after: int | None = None,
    ) -> bool:
        """Keep a step (its data as JSON), or several at once; committed when this returns.

        Args:
            person_id: Who did it.
            app: Where, as the registry names it.
            thread: Which set, scenario or path of it.
            step_id: The first one's; the others get it with ``.1``, ``.2`` … after it.
            step: What was done.
            more: What was done with it: all of them are kept, or none.
            after: The number of this person's last step that the caller knew of, if it matters:
                of two who knew the same, only the first is kept, however close they come.

        Returns:
            False if a step of this id was there already, as with a resend; nothing has changed.

        Raises:
            OvertakenError: If this person has done anything after that; nothing is kept.
            SalestrainError: If there is no such person, the id is that of another thread's step,
                or the database can't be written; nothing is kept then.
            ValueError: If the data are no JSON, or the time isn't aware.
        """
        where = {"person_id": person_id, "app": app, "thread": thread}
        rows = [
            {**where, "step_id": f"{step_id}.{number}" if number else step_id, **_row(one)}
            for number, one in enumerate((step, *more))
        ]
        try:
            self._insert(rows, person_id, after)
        except (IntegrityError, OvertakenError) as error:
            there = self._rows(steps.c.step_id == step_id)
            if there and {**there[0], **where} == there[0]:
                return False
            what = f"step {step_id!r} is one of another thread; send this under a new id"
            if not there:
                if isinstance(error, OvertakenError):
                    raise
                what = f"{person_id!r} is not among the people; add them first"
            raise SalestrainError(what) from error
        return True

    def _insert(self, rows: list[dict[str, object]], person_id: str, after: int | None) -> None:
        """Add rows in one transaction, while no other writes of the same person."""
        with self.database.writing() as connection:
            connection.execute(TURN, {"person_id": person_id})
            known = {"person_id": person_id, "after": after}
            if after is not None and connection.execute(LATER, known).scalar_one():
                raise OvertakenError(f"{person_id!r} has done something else in the meantime")
            connection.execute(steps.insert(), rows)

    def append_each(self, given: Sequence[Addressed]) -> None:
        """Keep steps of many people in one transaction; committed when this returns.

        For a class that answers at once: a transaction for each would take far longer. What has an
        id that is there already is left out, so the ids are the server's own to make.

        Raises:
            SalestrainError: If one of the people isn't known, or the database can't be written;
                nothing is kept then.
        """
        rows = [
            {"step_id": id_, "person_id": who, "app": app, "thread": thread, **_row(step)}
            for who, app, thread, id_, step in given
        ]
        insert = sqlite.insert if self.database.is_file else postgresql.insert
        once = insert(steps).on_conflict_do_nothing(index_elements=["step_id"])
        try:
            with self.database.writing() as connection:
                connection.execute(once, rows)
        except IntegrityError as error:
            raise SalestrainError(
                "somebody here is not among the people; add them first"
            ) from error

    def of(self, person_id: str, app: str, thread: str) -> tuple[Step, ...]:
        """Return what a person did in a thread, in order."""
        own = (steps.c.person_id == person_id) & (steps.c.app == app) & (steps.c.thread == thread)
        return tuple(map(_step, self._rows(own)))

    def newest(self) -> int:
        """Return the number of the step saved last by anybody, 0 if there is none."""
        with self.database.reading() as connection:
            number: int = connection.execute(NEWEST).scalar_one()
        return number

    def since(self, person_id: str, number: int) -> list[Entry]:
        """Return a person's steps from this number on, in order."""
        asked = {"person_id": person_id, "number": number}
        with self.database.reading() as connection:
            found = connection.execute(SINCE, asked).mappings()
            return [
                Entry(row["id"], row["step_id"], row["app"], row["thread"], _step(row))
                for row in found
            ]

    def of_person(self, person_id: str) -> tuple[tuple[str, str, Step], ...]:
        """Return all that a person did, in order, each with its app and thread."""
        return self.of_people([person_id])[person_id]

    def of_people(self, ids: Iterable[str]) -> dict[str, tuple[tuple[str, str, Step], ...]]:
        """Return the same of each of these people; an empty tuple for who did nothing."""
        found: dict[str, list[tuple[str, str, Step]]] = {one: [] for one in ids}
        for row in self._rows(steps.c.person_id.in_(found)):
            found[row["person_id"]].append((row["app"], row["thread"], _step(row)))
        return {one: tuple(deeds) for one, deeds in found.items()}

    def about(self, person_id: str) -> list[tuple[str, tuple[str, str, Step]]]:
        """Return what others did about a person, in order: by whom, and in which app and thread."""
        with self.database.reading() as connection:
            return [
                (row["person_id"], (row["app"], row["thread"], _step(row)))
                for row in rows_about(connection, person_id)
            ]

    def last_active(self, count: int) -> tuple[str, ...]:
        """Return the ids of those who did something last, the latest first."""
        latest = func.max(steps.c.id)
        asked = select(steps.c.person_id).group_by(steps.c.person_id).order_by(latest.desc())
        with self.database.reading() as connection:
            return tuple(connection.execute(asked.limit(count)).scalars())

    def _rows(self, wanted: ColumnElement[bool]) -> list[RowMapping]:
        with self.database.reading() as connection:
            asked = select(steps).where(wanted).order_by(steps.c.id)
            return list(connection.execute(asked).mappings())


def rows_about(connection: Connection, person_id: str) -> list[RowMapping]:
    """Return the rows of what others did about a person, in order."""
    named = steps.c.data.contains(json.dumps(person_id), autoescape=True)
    asked = select(steps).where(steps.c.person_id != person_id, named).order_by(steps.c.id)
    found = connection.execute(asked).mappings()
    return [row for row in found if json.loads(row["data"]).get(ABOUT) == person_id]


def _row(step: Step) -> dict[str, object]:
    data = json.dumps(dict(step.data), allow_nan=False, separators=(",", ":"))
    return {"kind": step.kind, "data": data, "at": step.at}


def _step(row: RowMapping) -> Step:
    return Step(row["kind"], json.loads(row["data"]), row["at"])
