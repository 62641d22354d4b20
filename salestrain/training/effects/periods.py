"""Groups over stretches of time: those who were trained against those who were not yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salestrain.training.effects.estimate import NOTHING, Change, Estimate, added, mean_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NEVER = math.inf
"""The start of who isn't trained in the time looked at."""


def difference_in_differences(trained: Change, others: Change) -> Estimate:
    """Return by how much more the trained changed than the others.

    Args:
        trained: Their change, as ``change_of`` returns it.
        others: The change of those they are held against.

    Source: Card and Krueger (1994), table 3; the interval after Welch (1947) over people, whose
    own changes are taken first, so that what is theirs in both periods drops out (Bertrand, Duflo
    and Mullainathan 2004).

    >>> found = difference_in_differences(Change(0.59, 0.54, 331), Change(-2.16, 1.25, 79))
    >>> round(found.value, 2)
    2.75
    """
    return added([(1.0, trained), (-1.0, others)], (trained.n, others.n))


def staggered(values: npt.ArrayLike, starts: Sequence[float]) -> Estimate:
    """Return the mean effect on the trained, from the first stretch of their training on.

    Each cohort (who began in the same stretch) is held, in each stretch from then on, against those
    who had not begun by then, both by their change since the stretch before the cohort began. Those
    effects are averaged by the size of the cohort. Who was trained before is never what others are
    held against, so effects that grow or differ between cohorts bias nothing; two-way fixed effects
    would use them (Goodman-Bacon 2021).

    Args:
        values: People × stretches of time, one figure each; who lacks one is left out.
        starts: For each person the number of the stretch (from 0) in which it began, ``NEVER`` if
            it didn't. Who began in the first has no before and is left out.

    Returns:
        NaN where no cohort ever has anybody to be held against. Its ``n`` are the trained and the
        not yet trained that were used, so that one person may be in both.

    Source: Callaway and Sant'Anna (2021), group-time effects against the not yet treated, their
    simple aggregation. Each person enters with one sum, and the cohorts are independent, so the
    variance is that of a sum of means: clustered by person, exact for normal sums but for the
    degrees of freedom.
    """
    table, began = _whole(values, starts)
    cohorts = sorted({one for one in began if one not in (0, NEVER)})
    span = range(table.shape[1])
    cells = [(int(g), t) for g in cohorts for t in span if t >= g]
    return _against_waiting(table, began, cells)


def _whole(values: npt.ArrayLike, starts: Sequence[float]) -> tuple[Floats, Floats]:
    table, began = np.asarray(values, np.float64), np.asarray(starts, np.float64)
    kept = ~np.isnan(table).any(axis=1) & (began > 0)
    return table[kept], began[kept]


def _against_waiting(table: Floats, began: Floats, cells: Sequence[tuple[int, int]]) -> Estimate:
    """Return the mean over cells (cohort, stretch) of the cohort's change less that of who waits.

    Every cell is two means, so the whole is a sum over cohorts of the mean of one sum a person.
    """
    used = [
        (began == cohort, waiting, table[:, at] - table[:, cohort - 1])
        for cohort, at in cells
        if (waiting := began > at).any()
    ]
    whole = sum(int(own.sum()) for own, _, _ in used)
    if not whole:
        return NOTHING
    sums, treated, held = np.zeros(len(table)), *np.zeros((2, len(table)), bool)
    for own, waiting, change in used:
        share = own.sum() / whole
        sums += share * np.where(own, change, 0.0)
        for cohort in set(began[waiting]):
            of = began == cohort
            sums -= share * of.sum() / waiting.sum() * np.where(of, change, 0.0)
        treated, held = treated | own, held | waiting
    there = [began == cohort for cohort in sorted(set(began[treated | held]))]
    parts = [(1.0, mean_of(sums[one])) for one in there]
    return added(parts, (int(treated.sum()), int(held.sum())))
