"""What everybody did in one thread: what they share, such as the questions they propose."""

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


def everybodys(records: Records, app: str, thread: str) -> dict[str, list[Step]]:
    """Return what each person did in a thread of an app, in order; only those who did anything."""
    found: dict[str, list[Step]] = {}
    with records.database.reading() as connection:
        for person, kind, data, at in connection.execute(
            EVERYBODYS, {"app": app, "thread": thread}
        ):
            found.setdefault(person, []).append(Step(kind, json.loads(data), at))
    return found
