"""Competency levels that evaluations show, and how far they are from what a role should reach."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salestrain.sales.team.evaluations import Evaluated


class Gap(NamedTuple):
    """How far a group is from what is wanted of it in one competency.

    Attributes:
        n: How many have a level in it.
        below: How many of them don't reach what their role should.
        levels: How many levels those are short, on average; 0 if nobody is.
    """

    competency: str
    n: int
    below: int
    levels: float


def levels_of(
    scores: Iterable[Evaluated], competencies: Iterable[str], least: int
) -> dict[str, dict[str, float]]:
    """Return person → competency → the mean level given.

    An evaluation scores a competency if its criterion is the competency's last word.

    Args:
        scores: Of the months that count (1.1.seen_behaviour).
        competencies: Ids.
        least: How many scores a level takes; with fewer there is none.
    """
    names = {one.rpartition(".")[2]: one for one in competencies}
    given: defaultdict[str, defaultdict[str, list[float]]]
    given = defaultdict(lambda: defaultdict(list))
    for one in scores:
        if one.criterion in names:
            given[one.person][names[one.criterion]].append(one.score)
    return {
        person: {name: fmean(each) for name, each in found.items() if len(each) >= least}
        for person, found in given.items()
    }


def gaps(
    levels: Mapping[str, Mapping[str, float]],
    targets: Mapping[str, Mapping[str, int]],
    roles: Mapping[str, str],
) -> tuple[Gap, ...]:
    """Return the gap in each competency that anybody has a level in (1.1.gap).

    A surplus fills no gap elsewhere.

    Args:
        levels: Person → competency → level.
        targets: Role → competency → level wanted.
        roles: Person → role.
    """
    short: defaultdict[str, list[float]] = defaultdict(list)
    for person, found in levels.items():
        wanted = targets.get(roles.get(person, ""), {})
        for competency, level in found.items():
            if competency in wanted:
                short[competency].append(max(wanted[competency] - level, 0.0))
    return tuple(_gap(name, each) for name, each in sorted(short.items()))


def _gap(competency: str, short: list[float]) -> Gap:
    below = [one for one in short if one > 0]
    return Gap(competency, len(short), len(below), fmean(below) if below else 0.0)
