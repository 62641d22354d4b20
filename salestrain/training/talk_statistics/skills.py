"""Skills across scenarios: what each competency takes, by the moves that earn its points.

Every scenario has competencies of its own, so their names can't be compared. What earns a
competency's marks can: moves are of kinds that all scenarios share, and kinds make up four skills.
A competency counts for the skill whose moves earn most of its points.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from salestrain.training.statistics.classes import FEW_PEOPLE, mean_of_people

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from salestrain.playbook.scenarios import Competency, Scenario
    from salestrain.training.quizzes.responses import Floats
    from salestrain.training.statistics.intervals import Interval
    from salestrain.training.talk_statistics.held import Talk

Skill = Literal["ask", "listen", "tell", "settle"]
SKILLS: tuple[Skill, ...] = get_args(Skill)
OF_KIND: dict[str, Skill] = {
    "open_question": "ask",
    "closed_question": "ask",
    "listen_back": "listen",
    "empathy": "listen",
    "own_up": "listen",
    "trade": "settle",
    "concession": "settle",
    "commitment": "settle",
    "next_step": "settle",
}
"""Of a kind that isn't here the side tells: a question asks, all else tells."""


class Standing(NamedTuple):
    """A skill of a class: the share of what could be reached that was (0–1), over people."""

    skill: Skill
    people: int
    share: float
    interval: Interval

    @property
    def few(self) -> bool:
        """Whether too few people showed it to say anything."""
        return self.people < FEW_PEOPLE


def skill_of(scenario: Scenario, competency: Competency, asks: Collection[str]) -> Skill:
    """Return the skill a competency counts for.

    Args:
        scenario: Whose it is.
        competency: One of them.
        asks: The scenario's moves that are questions.
    """
    kinds = {move.id: move.kind for move in scenario.moves}
    points = dict.fromkeys(SKILLS, 0.0)
    for mark, moves in _earning(scenario).items():
        for move in moves:
            other: Skill = "ask" if move in asks else "tell"
            worth = max(competency.marks.get(mark, 0), 0) / len(moves)
            points[OF_KIND.get(kinds[move], other)] += worth
    return max(SKILLS, key=lambda skill: points[skill])


def _earning(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return each mark with the moves that can earn it."""
    found: dict[str, set[str]] = defaultdict(set)
    for offered in scenario.offers.values():
        for move, cases in offered.items():
            for mark in (mark for case in cases for mark in case.earns):
                found[mark].add(move)
    return {mark: tuple(sorted(moves)) for mark, moves in found.items()}


def skills(
    talks: Iterable[Talk], asks: dict[str, frozenset[str]]
) -> tuple[tuple[str, ...], Floats]:
    """Return people, and what share each reached of each skill (people × skills, 0 to 1).

    Of each scenario somebody's latest run counts. NaN where nothing they played takes a skill.

    Args:
        talks: In the order of time.
        asks: By scenario the moves that are questions.
    """
    latest = {(talk.person, talk.scenario.id): talk for talk in talks}
    reached: dict[str, dict[Skill, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (person, id_), talk in latest.items():
        for one in talk.scenario.competencies:
            skill = skill_of(talk.scenario, one, asks[id_])
            reached[person][skill].append(talk.play.points(one) / one.weight)
    people = tuple(sorted(reached))
    table = np.full((len(people), len(SKILLS)), np.nan)
    for row, person in enumerate(people):
        for skill, shares in reached[person].items():
            table[row, SKILLS.index(skill)] = sum(shares) / len(shares)
    return people, table


def standings(people: Sequence[str], table: Floats, own: Collection[str]) -> tuple[Standing, ...]:
    """Return the skills of a class, the weakest first."""
    rows = table[[one in own for one in people]]
    told = []
    for column, skill in enumerate(SKILLS):
        share, interval = mean_of_people(rows[:, [column]])
        n = int((~np.isnan(rows[:, column])).sum())
        if n:
            told.append(Standing(skill, n, share, interval))
    return tuple(sorted(told, key=lambda one: one.share))
