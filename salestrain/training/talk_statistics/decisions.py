"""Decisions: what somebody did where a talk came to a node, and whether it was a good move."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.playbook.scenarios import SAME
from salestrain.training.quizzes.responses import Responses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from salestrain.language import Text
    from salestrain.playbook.scenarios import Case, Scenario
    from salestrain.training.talk_statistics.held import Talk
    from salestrain.training.talks.turns import Made

BETWEEN = "/"


class Decision(NamedTuple):
    """One move, made where a talk came to a node for the first time in the run.

    Attributes:
        node: The scenario's id and the state's name.
        heard: What the other side had said last.
    """

    person: str
    node: tuple[str, str]
    made: Made
    good: bool
    heard: Text
    at: datetime

    @property
    def name(self) -> str:
        """The node as one word."""
        return BETWEEN.join(self.node)


def worth(scenario: Scenario, made: Made) -> int:
    """Return what a move's new marks are worth, even where the score has no room for them."""
    marks = (one.marks for one in scenario.competencies)
    return sum(each.get(mark, 0) for each in marks for mark in made.earned)


def is_good(scenario: Scenario, made: Made) -> bool:
    """Return whether a move was a good one; see the package for what that is."""
    case, points = _case(scenario, made), worth(scenario, made)
    if made.critical or points < 0 or case.trust < 0:
        return False
    return points > 0 or bool(made.learns) or case.trust > 0 or _ends_well(scenario, case)


def _case(scenario: Scenario, made: Made) -> Case:
    """Return the case a move met; said again it is only what a repeat does."""
    case = scenario.open_to(made.state, typed=True)[made.move][made.case]
    if not made.repeated:
        return case
    again = scenario.repeat
    return case.model_copy(update={"to": SAME, "ends": None, "trust": again.trust})


def _ends_well(scenario: Scenario, case: Case) -> bool:
    return any(one.id == case.ends and one.verdict == "pass" for one in scenario.endings)


def decisions(talk: Talk) -> Iterator[Decision]:
    """Yield what was done at each node of a talk the first time it came there."""
    scenario, seen = talk.scenario, set[str]()
    heard, at = scenario.opening.says, talk.run.began
    for turn, kept in zip(talk.play.turns, talk.run.turns, strict=False):
        at = kept.at
        for made in turn.made:
            if made.state not in seen:
                seen.add(made.state)
                node = scenario.id, made.state
                yield Decision(talk.person, node, made, is_good(scenario, made), heard, at)
            heard = made.answer
        heard = turn.answer


def first_decisions(talks: Iterable[Talk]) -> tuple[Decision, ...]:
    """Return each person's first decision at each node, whichever run came there first."""
    found: dict[tuple[str, tuple[str, str]], Decision] = {}
    for talk in sorted(talks, key=lambda talk: talk.run.began):
        for one in decisions(talk):
            found.setdefault((one.person, one.node), one)
    return tuple(found.values())


def as_responses(found: Sequence[Decision]) -> Responses:
    """Return first decisions as a table of people and nodes, 1 for a good move and 0 for none.

    So a node is looked at like an item; the answer is the move.
    """
    people = tuple(sorted({one.person for one in found}))
    nodes = tuple(sorted({one.name for one in found}))
    row, column = ({id_: n for n, id_ in enumerate(ids)} for ids in (people, nodes))
    earned, at = np.full((2, len(people), len(nodes)), np.nan)
    answers: list[list[tuple[str, ...]]] = [[()] * len(nodes) for _ in people]
    for one in found:
        place = row[one.person], column[one.name]
        earned[place], at[place] = float(one.good), one.at.timestamp()
        answers[place[0]][place[1]] = (one.made.move,)
    return Responses(people, nodes, earned, tuple(map(tuple, answers)), at)
