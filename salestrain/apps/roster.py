"""Whom there are reviews of, and which of these a person may make and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.registry import ADMIN, MANAGER
from salestrain.language import Text
from salestrain.sales.entities import entities_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from salestrain.crm.store import Crm
    from salestrain.records import Person

COMPANY = Text("全公司", "Whole company")


class Whom(NamedTuple):
    """A company, region, team or rep; ``parent`` is a team's region, a rep's team."""

    level: str
    entity: str
    name: Text
    parent: str
    joined_on: date | None
    left_on: date | None


def roster(crm: Crm) -> tuple[Whom, ...]:
    """Return company, regions, then each team with its reps, then reps of no team."""
    rows = entities_in(crm.connection, crm.present).fetchall()
    everybody = [
        Whom(level, entity, Text(zh, en) if entity else COMPANY, parent, joined, left)
        for level, entity, zh, en, parent, joined, left in rows
    ]
    return tuple(_in_order(everybody))


def in_scope(person: Person, everybody: Iterable[Whom]) -> tuple[Whom, ...]:
    """Return whose reviews are a person's business: all for an admin, a manager's own team."""
    if person.role == ADMIN:
        return tuple(everybody)
    if person.role != MANAGER or not person.team:
        return ()
    own = {("team", person.team)}
    return tuple(
        one for one in everybody if (one.level, one.entity) in own or _is_in(one, person.team)
    )


def _is_in(one: Whom, team: str) -> bool:
    return one.level == "rep" and one.parent == team


def _in_order(everybody: list[Whom]) -> Iterator[Whom]:
    yield from (one for one in everybody if one.level in {"company", "region"})
    teams = {one.entity: one for one in everybody if one.level == "team"}
    for team in [*teams, *({one.parent for one in everybody if one.level == "rep"} - set(teams))]:
        yield from [teams[team]] if team in teams else []
        yield from (one for one in everybody if _is_in(one, team))
