"""Which question to ask next: the one that tells most about those in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.ability import abilities
from salestrain.training.ability.model import chances, information

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.training.ability import Bank
    from salestrain.training.ability.model import Numbers
    from salestrain.training.live.session import Session


class Proposed(NamedTuple):
    """An item, and the share (0–1) of the class that is expected to get it right."""

    item: str
    expected: float


def propose(session: Session, items: Sequence[str], bank: Bank) -> tuple[Proposed, ...]:
    """Return what may still be asked, the most informative first.

    Informative is what has the greatest mean information (two-parameter logistic) over the
    abilities of those who joined, as their first answers here tell them; who has not answered
    yet counts as average. Source: Lord (1980), Applications of item response theory, chapter 10.

    Args:
        session: The session so far.
        items: Ids of the bank's items, in its order.
        bank: What is known of them.
    """
    places = {id_: place for place, id_ in enumerate(items)}
    left = [one for one in session.settings.items if one in places and one not in session.asked]
    if not left:
        return ()
    theta = _abilities(session, places, bank)
    part = bank.part([places[one] for one in left])
    told = information(theta, part).mean(axis=0)
    expected = chances(theta, part).mean(axis=0)
    order = sorted(range(len(left)), key=lambda n: (-round(float(told[n]), 9), n))
    return tuple(Proposed(left[n], float(expected[n])) for n in order)


def _abilities(session: Session, places: dict[str, int], bank: Bank) -> Numbers:
    people = list(session.members)
    earned = np.full((max(len(people), 1), len(places)), np.nan)
    for vote in session.rounds:
        if vote.vote == 1 and vote.item in places:
            for row, person in enumerate(people):
                if person in vote.answers:
                    earned[row, places[vote.item]] = vote.answers[person].earned
    return abilities(earned, bank)[0]
