"""Evaluations as two figures of each person, with how sure they are: performance and potential."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.normal import Z95, student

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    import duckdb
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NEEDED = ("manager_score",)
LEAST_PERIODS = 2
"""One evaluation can't show how much a person's evaluations differ."""
SCORES = """
    SELECT person_id, period_start, criterion, manager_score FROM evaluations
    WHERE manager_score IS NOT NULL AND period_start > $1 AND period_start <= $2
    ORDER BY person_id, period_start"""


class Evaluated(NamedTuple):
    """One score of a manager for one criterion."""

    person: str
    period: date
    criterion: str
    score: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on both axes, each from 1 to 5.

    Attributes:
        periods: How many evaluations it is the mean of.
        performance: Mean, and ``performance_error`` its standard error; ``potential`` likewise.
        together: How far the errors of both go together (-1 to 1), since the same talk made both.
        width: How many standard errors an interval (95 %) reaches to each side.
    """

    person: str
    periods: int
    performance: float
    performance_error: float
    potential: float
    potential_error: float
    together: float
    width: float = Z95


def lacking(present: Mapping[str, Collection[str]]) -> str:
    """Return the table or column without which there are no evaluations; "" if all are there."""
    if "evaluations" not in present:
        return "evaluations"
    gone = (one for one in NEEDED if one not in present["evaluations"])
    return next((f"evaluations.{one}" for one in gone), "")


def read_evaluations(
    connection: duckdb.DuckDBPyConnection,
    present: Mapping[str, Collection[str]],
    after: date,
    until: date,
) -> tuple[Evaluated, ...]:
    """Return the managers' scores for periods that begin after one day and by another."""
    if lacking(present):
        return ()
    rows = connection.execute(SCORES, [after, until]).fetchall()
    return tuple(Evaluated(*row) for row in rows)


def standings(
    scores: Iterable[Evaluated], performance: Mapping[str, float], potential: Mapping[str, float]
) -> tuple[Standing, ...]:
    """Return where everybody stands who was evaluated on both axes at least twice.

    A person's evaluations differ from one period to the next; how much is taken from everybody's
    together, for one person's few say little. A manager who scores all of them too high is not
    found out by this.

    Args:
        scores: Over the periods that count.
        performance: Criterion → weight; a period without one of them doesn't count.
        potential: Likewise, of the other axis.
    """
    kept: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for (person, _), given in _by_period(scores).items():
        pair = _mean(given, performance), _mean(given, potential)
        if not any(map(math.isnan, pair)):
            kept[person].append(pair)
    enough = {who: np.array(pairs) for who, pairs in kept.items() if len(pairs) >= LEAST_PERIODS}
    if not enough:
        return ()
    spread, freedom = _within(list(enough.values()))
    return tuple(_standing(who, pairs, spread, freedom) for who, pairs in enough.items())


def _by_period(scores: Iterable[Evaluated]) -> dict[tuple[str, date], dict[str, float]]:
    found: defaultdict[tuple[str, date], dict[str, float]] = defaultdict(dict)
    for one in scores:
        found[one.person, one.period][one.criterion] = one.score
    return found


def _mean(given: Mapping[str, float], weights: Mapping[str, float]) -> float:
    if not weights or not weights.keys() <= given.keys():
        return math.nan
    return sum(given[name] * weight for name, weight in weights.items()) / sum(weights.values())


def _within(every: Sequence[Floats]) -> tuple[Floats, int]:
    """Return the covariance of both axes from period to period, pooled over people."""
    apart = np.vstack([pairs - pairs.mean(axis=0) for pairs in every])
    freedom = len(apart) - len(every)
    return apart.T @ apart / freedom, freedom


def _standing(who: str, pairs: Floats, spread: Floats, freedom: int) -> Standing:
    n = len(pairs)
    both = math.sqrt(float(spread[0, 0] * spread[1, 1]))
    errors = np.sqrt(np.diag(spread) / n)
    means = pairs.mean(axis=0)
    return Standing(
        who, n, float(means[0]), float(errors[0]), float(means[1]), float(errors[1]),
        float(spread[0, 1]) / both if both > 0 else 0.0, float(student(freedom)),
    )  # fmt: skip
