"""What everybody did in an app: what they share, and which talks they have held."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from salestrain.records.schema import steps
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from salestrain.records import Records

EVERYBODYS = (
    select(steps.c.person_id, steps.c.kind, steps.c.data, steps.c.at)
    .where(steps.c.app == bindparam("app"), steps.c.thread == bindparam("thread"))
    .order_by(steps.c.id)
)

OF_KINDS = (
    select(steps.c.person_id, steps.c.thread, steps.c.kind, steps.c.data, steps.c.at)
    .where(steps.c.app == bindparam("app"), steps.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(steps.c.id)
)


def everybodys(records: Records, app: str, thread: str) -> dict[str, list[Step]]:
    """Return what each person did in a thread of an app, in order; only those who did anything."""
    found: dict[str, list[Step]] = {}
    with records.database.reading() as connection:
        for person, kind, data, at in connection.execute(
            EVERYBODYS, {"app": app, "thread": thread}
        ):
            found.setdefault(person, []).append(Step(kind, json.loads(data), at))
    return found


def of_kinds(records: Records, app: str, *kinds: str) -> dict[tuple[str, str], list[Step]]:
    """Return the steps of some kinds in an app, in order, by person and thread."""
    found: dict[tuple[str, str], list[Step]] = {}
    with records.database.reading() as connection:
        asked = {"app": app, "kinds": kinds}
        for person, thread, kind, data, at in connection.execute(OF_KINDS, asked):
            found.setdefault((person, thread), []).append(Step(kind, json.loads(data), at))
    return found


def in_order(records: Records, app: str, thread: str) -> list[tuple[str, Step]]:
    """Return what anybody did in a thread of an app, in the order in which it was saved."""
    with records.database.reading() as connection:
        found = connection.execute(EVERYBODYS, {"app": app, "thread": thread})
        return [(person, Step(kind, json.loads(data), at)) for person, kind, data, at in found]


def ids_in(records: Records, app: str, thread: str) -> set[str]:
    """Return the ids of all steps in a thread of an app."""
    asked = select(steps.c.step_id).where(steps.c.app == app, steps.c.thread == thread)
    with records.database.reading() as connection:
        return set(connection.execute(asked).scalars())
