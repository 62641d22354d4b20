"""Modules: what was taught to whom from which day on, and whether a lot said so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.effects.estimate import FEW
from salestrain.training.exams.exam import FINISHED
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import tzinfo

    from salestrain.training.paths.path import Deed

GIVEN_IN = "trainer", "modules"
DRAWN, SET = "drawn", "set"
"""Kinds of steps: a lot, or somebody's judgement, says from which day on a person takes it. Data:
``person``, ``module`` (the section whose set is asked), ``on`` (ISO date)."""


class Module(NamedTuple):
    """A module and who begins it when.

    Attributes:
        id: The section whose set is asked before and after.
        begins: By person.
        lot: Whether a lot gave everybody their day.
        at_will: Whether nobody set it: each began with their own first run.
    """

    id: str
    begins: Mapping[str, date]
    lot: bool
    at_will: bool = False

    @property
    def first(self) -> date:
        """The day on which anybody begins."""
        return min(self.begins.values())

    @property
    def who(self) -> tuple[str, ...]:
        """Who takes it."""
        return tuple(sorted(self.begins))


def modules(
    deeds: Mapping[str, Iterable[Deed]], people: Collection[str], zone: tzinfo | None
) -> tuple[Module, ...]:
    """Return the modules that these people were given; without any, the sets they answered at will.

    Args:
        deeds: All that each person did, trainers too, by id.
        people: Who learns.
        zone: Where a day begins.
    """
    given: dict[str, dict[str, tuple[date, bool]]] = {}
    for done in deeds.values():
        for app, thread, (kind, data, _) in done:
            if (app, thread) == GIVEN_IN and kind in (DRAWN, SET) and data["person"] in people:
                day = date.fromisoformat(data["on"])
                given.setdefault(data["module"], {})[data["person"]] = day, kind == DRAWN
    if not given:
        return _at_will(deeds, people, zone)
    return tuple(
        Module(
            id_,
            {one: day for one, (day, _) in whose.items()},
            all(lot for _, lot in whose.values()),
        )
        for id_, whose in sorted(given.items())
    )


def _at_will(
    deeds: Mapping[str, Iterable[Deed]], people: Collection[str], zone: tzinfo | None
) -> tuple[Module, ...]:
    first: dict[str, dict[str, date]] = {}
    for person in people:
        for app, thread, step in deeds.get(person, ()):
            if app == QUIZ and step.kind == FINISHED:
                day = step.at.astimezone(zone).date()
                first.setdefault(thread, {}).setdefault(person, day)
    return tuple(
        Module(id_, begins, lot=False, at_will=True)
        for id_, begins in sorted(first.items())
        if len(begins) >= FEW
    )
