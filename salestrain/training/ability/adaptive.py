"""An adaptive test: which item to ask next, when to stop, and whether someone has passed."""

from __future__ import annotations

from collections import Counter
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.training.ability.model import information
from salestrain.training.chance import token

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from salestrain.training.ability.estimate import Ability
    from salestrain.training.ability.model import Bank

OF_BEST = 10
"""Among so many of the best items one is drawn, lest all be asked the same few."""


class Balance(NamedTuple):
    """Which section each item of a bank is in, and what share of a test each section should be."""

    sections: Sequence[str]
    shares: Mapping[str, float]

    def short(self, asked: Collection[int], left: Sequence[int]) -> list[int]:
        """Return those left of the section that is furthest behind, the first if several are.

        Items of sections without a share come when nothing else is left.
        """
        so_far = Counter(self.sections[each] for each in asked)
        there = {self.sections[each] for each in left}
        behind = {
            section: share * (len(asked) + 1) - so_far[section]
            for section, share in self.shares.items()
            if section in there
        }
        if not behind:
            return [*left]
        section = max(behind, key=behind.__getitem__)
        return [each for each in left if self.sections[each] == section]


class Choice(NamedTuple):
    """How the next item is chosen.

    Attributes:
        of_best: From how many of the best one is drawn, 1 for the best itself.
        balance: The sections to keep in proportion.
        without: Items not to ask; unlike those asked they count for no section.
    """

    of_best: int = OF_BEST
    balance: Balance | None = None
    without: Collection[int] = ()


USUAL = Choice()


class Rule(NamedTuple):
    """When a test ends: once ability is known to within ``se``, or it is decided, or at ``most``.

    Attributes:
        se: The standard error that is small enough.
        least: So many items are asked in any case.
        most: More are never asked.
        cut: The theta of a pass mark; with it a test also ends once ``decide`` can tell.
        error: How likely a decision may be wrong (0–0.5).
    """

    se: float = 0.3
    least: int = 5
    most: int = 40
    cut: float | None = None
    error: float = 0.05


class Decision(NamedTuple):
    """Whether someone passed, None while that is open, and how likely the nearer side is wrong."""

    passed: bool | None
    error: float


def next_item(
    theta: float,
    bank: Bank,
    asked: Collection[int],
    seed: object,
    choice: Choice = USUAL,
) -> int | None:
    """Return which item of the bank (from 0) to ask next, None if there is none left.

    It is drawn from the most informative at this ability. Source: Kingsbury and Zara (1989), the
    randomesque rule, and their constrained rule for the balance of sections.

    Args:
        theta: The ability as far as it is known.
        bank: The items.
        asked: Those asked already, each once.
        seed: The same draws the same; one for each person and test.
        choice: From which items, and how.
    """
    left = sorted(set(range(bank.a.size)).difference(asked, choice.without))
    if choice.balance:
        left = choice.balance.short(asked, left)
    if not left:
        return None
    tells = information(theta, bank)
    best = sorted(left, key=lambda each: (-tells[each], each))[: choice.of_best]
    return best[int(token(seed, len(asked)), 16) % len(best)]


def stop(known: Ability, asked: int, rule: Rule) -> Literal["precise", "decided", "long"] | None:
    """Return why a test of so many items ends here, None if it goes on."""
    if asked >= rule.most:
        return "long"
    if asked < rule.least:
        return None
    if known.se <= rule.se:
        return "precise"
    if rule.cut is not None and decide(known, rule.cut, rule.error).passed is not None:
        return "decided"
    return None


def decide(known: Ability, cut: float, error: float = 0.05) -> Decision:
    """Return whether a person's ability is above the cut, so far as one can tell.

    Theta is taken as normal about its estimate. Source: Kingsbury and Weiss (1983).

    Args:
        known: The ability and its standard error.
        cut: The theta of the pass mark (``theta_at`` gives it for a share).
        error: How likely a decision may be wrong; 0.5 decides in any case, for the nearer side.

    >>> from salestrain.training.ability import Ability
    >>> passed, error = decide(Ability(0.6, 0.3), cut=0.0)
    >>> passed, round(error, 3)
    (True, 0.023)
    >>> decide(Ability(0.3, 0.3), cut=0.0).passed is None
    True
    """
    above = known.theta >= cut
    wrong = NormalDist().cdf(-abs(known.theta - cut) / known.se)
    return Decision(above if wrong <= error else None, wrong)
