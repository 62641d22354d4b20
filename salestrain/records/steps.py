"""The append-only log of what people did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, RowMapping, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from salestrain.errors import SalestrainError
from salestrain.records.schema import steps
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.records.database import Database

# Made once: to put one together takes longer than to ask it.
SEEN = select(steps.c.id).where(steps.c.step_id == bindparam("step_id"))
OWN = steps.c.person_id == bindparam("person_id")
HOW_FAR = select(func.count(), func.coalesce(func.max(steps.c.id), 0)).where(OWN)
NEWEST = select(func.coalesce(func.max(steps.c.id), 0))
BETWEEN = (
    select(steps.c.id, steps.c.app, steps.c.thread, steps.c.kind, steps.c.data, steps.c.at)
    .where(OWN, steps.c.id > bindparam("after"), steps.c.id <= bindparam("upto"))
    .order_by(steps.c.id)
)
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Steps:
    """What people did, in the order in which it was saved; nothing saved is ever changed."""

    database: Database

    def append(
        self, person_id: str, app: str, thread: str, step_id: str, step: Step, *more: Step
    ) -> bool:
        """Keep a step (its data as JSON), or several at once; committed when this returns.

        Args:
            person_id: Who did it.
            app: Where, as the registry names it.
            thread: Which set, scenario or path of it.
            step_id: The first one's; the others get it with ``.1``, ``.2`` … after it.
            step: What was done.
            more: What was done with it: all of them are kept, or none.

        Returns:
            False if a step of this id was there already, as with a resend; nothing has changed.

        Raises:
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
            with self.database.writing() as connection:
                connection.execute(steps.insert(), rows)
        except IntegrityError as error:
            there = self._rows(steps.c.step_id == step_id)
            if not there:
                what = f"{person_id!r} is not among the people; add them first"
                raise SalestrainError(what) from error
            if {**there[0], **where} != there[0]:
                what = f"step {step_id!r} is one of another thread; send this under a new id"
                raise SalestrainError(what) from error
            return False
        return True

    def seen(self, step_id: str) -> bool:
        """Whether a step of this id was saved."""
        with self.database.reading() as connection:
            return connection.execute(SEEN, {"step_id": step_id}).first() is not None

    def of(self, person_id: str, app: str, thread: str) -> tuple[Step, ...]:
        """Return what a person did in a thread, in order."""
        own = (steps.c.person_id == person_id) & (steps.c.app == app) & (steps.c.thread == thread)
        return tuple(map(_step, self._rows(own)))

    def newest(self) -> int:
        """Return the number of the step saved last by anybody, 0 if there is none."""
        with self.database.reading() as connection:
            number: int = connection.execute(NEWEST).scalar_one()
        return number

    def how_far(self, person_id: str) -> tuple[int, int]:
        """Return how many steps there are of a person, and the last one's number (0 if none)."""
        with self.database.reading() as connection:
            count, last = connection.execute(HOW_FAR, {"person_id": person_id}).one()
            return count, last

    def between(
        self, person_id: str, after: int = 0, upto: int = LARGEST
    ) -> list[tuple[int, str, str, Step]]:
        """Return a person's steps numbered so, in order: number, app, thread, and step."""
        which = {"person_id": person_id, "after": after, "upto": upto}
        with self.database.reading() as connection:
            return [
                (number, app, thread, Step(kind, json.loads(data), at))
                for number, app, thread, kind, data, at in connection.execute(BETWEEN, which)
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


def _row(step: Step) -> dict[str, object]:
    data = json.dumps(dict(step.data), allow_nan=False, separators=(",", ":"))
    return {"kind": step.kind, "data": data, "at": step.at}


def _step(row: RowMapping) -> Step:
    return Step(row["kind"], json.loads(row["data"]), row["at"])
