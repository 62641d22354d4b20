"""How far raters agree over several runs, withheld until there are enough to say."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Literal

import numpy as np

from salestrain.training.agreement.calibration import check
from salestrain.training.agreement.icc import icc
from salestrain.training.agreement.kappa import light_kappa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from salestrain.training.agreement.calibration import Cards
    from salestrain.training.agreement.icc import IntraclassCorrelation
    from salestrain.training.agreement.kappa import Kappa

    Floats = npt.NDArray[np.float64]

Verdict = Literal["few", "alike", "agreed", "good", "moderate", "poor", "unclear"]
FEWEST_RUNS = 10
"""With nine runs and two raters an ICC(3,1) of 0.7 may be anything from 0.12 to 0.92."""
MODERATE, GOOD = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree over several runs.

    Attributes:
        competency: On what; empty for the mean level of the whole scorecard.
        raters: Who is compared, on so many ``runs`` that each of them scored.
        icc: ICC(2,1): how far one rater's level can stand for another's; None under ten runs.
        kappa: The mean of pairs with linear weights, which doesn't take levels for normal numbers
            (with quadratic ones it would say what the ICC says: Fleiss and Cohen 1973); None
            likewise, and for the mean level.
    """

    competency: str
    raters: tuple[str, ...]
    runs: int
    icc: IntraclassCorrelation | None
    kappa: Kappa | None

    @property
    def verdict(self) -> Verdict:
        """What can be said, by where the ICC may lie and not by where it is.

        Few runs; all levels alike, which tells nothing; all raters agreed on every run; good or
        moderate at least; poor at best; unclear. Source: Koo and Li (2016), 0.5 and 0.75.
        """
        if self.icc is None:
            return "few"
        value, (low, high) = self.icc.value, self.icc.interval
        if math.isnan(value) or value == 1:
            return "alike" if math.isnan(value) else "agreed"
        if low >= MODERATE:
            return "good" if low >= GOOD else "moderate"
        # Without an interval all runs have one mean: what differs is nothing but disagreement.
        return "poor" if high < MODERATE or math.isnan(high) else "unclear"


def agreements(runs: Mapping[str, Cards]) -> tuple[Agreement, ...]:
    """Return how far raters agree on the whole scorecard, and then on each competency.

    An ICC needs runs that all of its raters scored, so who scored few is left out where that keeps
    more levels.

    Args:
        runs: By run, its scorecards as in ``session``.

    Raises:
        ValueError: If a level is none.
    """
    for cards in runs.values():
        check(cards)
    raters = _in_order(rater for cards in runs.values() for rater in cards)
    every = [card for cards in runs.values() for card in cards.values()]
    names = _in_order(name for card in every for name in card)
    tables = {"": [_totals(cards, raters) for cards in runs.values()]} | {
        name: [[_level(cards, rater, name) for rater in raters] for cards in runs.values()]
        for name in names
    }
    shape = len(runs), len(raters)
    return tuple(
        _agreement(name, raters, np.array(rows).reshape(shape)) for name, rows in tables.items()
    )


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _level(cards: Cards, rater: str, competency: str) -> float:
    return float(cards.get(rater, {}).get(competency, math.nan))


def _totals(cards: Cards, raters: Sequence[str]) -> list[float]:
    """Return each rater's mean level of a run; NaN of who left out what another scored."""
    names = {name for card in cards.values() for name in card}
    whole = {rater: card.values() for rater, card in cards.items() if card and names == set(card)}
    return [fmean(whole[rater]) if rater in whole else math.nan for rater in raters]


def _agreement(name: str, raters: Sequence[str], table: Floats) -> Agreement:
    columns = _compared(~np.isnan(table)) if len(raters) > 1 else []
    kept = table[:, columns]
    kept = kept[~np.isnan(kept).any(axis=1)]
    who = tuple(raters[column] for column in columns)
    if not columns or len(kept) < FEWEST_RUNS:
        return Agreement(name, who, len(kept) if columns else 0, None, None)
    kappa = light_kappa(kept, "linear") if name else None
    return Agreement(name, who, len(kept), icc(kept, 2), kappa)


def _compared(there: npt.NDArray[np.bool_]) -> list[int]:
    """Return the columns whose whole rows hold most levels, of those with enough rows if any."""
    most_first = np.argsort(-there.sum(axis=0), kind="stable")
    choices = [sorted(most_first[:k].tolist()) for k in range(2, there.shape[1] + 1)]

    def worth(columns: list[int]) -> tuple[bool, int, int]:
        rows = int(there[:, columns].all(axis=1).sum())
        return rows >= FEWEST_RUNS, rows * len(columns), len(columns)

    return max(choices, key=worth)
