"""What lifts a competency fastest: of what there is to do, what tells most for its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.proficiency.belief import belief
from salestrain.training.proficiency.observation import Observation
from salestrain.training.proficiency.standing import widest_first

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.training.proficiency.observation import Kind
    from salestrain.training.proficiency.standing import Standing

LEAST_GAIN = 1e-6


class Offer(NamedTuple):
    """Something one can do now.

    Attributes:
        source: The set or scenario, as observations name it.
        minutes: What it takes, over 0.
        times: How many observations it yields: answers, or one talk.
    """

    competency: str
    kind: Kind
    source: str
    minutes: float
    times: int = 1


class Lift(NamedTuple):
    """The offer that helps most, and by how many levels a minute the lower end may rise."""

    standing: Standing
    offer: Offer
    gain: float

    @property
    def per_minute(self) -> float:
        """Expected gain by the minute, in levels."""
        return self.gain / self.offer.minutes


def fastest(standings: Iterable[Standing], offers: Iterable[Offer]) -> Lift | None:
    """Return what to do next; None where all is there or nothing on offer would change anything.

    The widest gap comes first (1.1.one_gap); of what there is for it, the offer with the greatest
    expected gain a minute. Where there is nothing for it, the next gap is looked at.
    """
    there = [*offers]
    for standing in widest_first(standings):
        found = [
            Lift(standing, offer, expected_gain(standing, offer))
            for offer in there
            if offer.competency == standing.competency
        ]
        best = max(found, key=lambda one: (one.per_minute, one.offer.source), default=None)
        if best and best.gain > LEAST_GAIN:
            return best
    return None


def expected_gain(standing: Standing, offer: Offer) -> float:
    """Return by how many levels the interval's lower end is expected to rise.

    With the chance now believed it goes well, else badly; a green light hangs on the lower end, so
    both a good outcome and certainty count. That practice also teaches is left out: nothing here
    measures by how much.

    Source: preposterior analysis, Raiffa and Schlaifer, Applied Statistical Decision Theory (1961).
    """
    chance = standing.belief.mean
    before, _ = standing.interval
    after = chance * _low(standing, offer, 1.0) + (1 - chance) * _low(standing, offer, 0.0)
    return (after - before) * standing.levels


def _low(standing: Standing, offer: Offer, share: float) -> float:
    one = Observation(standing.competency, offer.kind, offer.source, standing.now, share)
    every = [*standing.observations, *[one] * offer.times]
    found = belief(every, standing.prior, standing.now, standing.weighing)
    return found.quantile(1 - standing.weighing.sure)
