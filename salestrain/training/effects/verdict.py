"""Helped, hurt, or can't tell: what an estimate says, and whether it says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from salestrain.training.effects.estimate import Estimate

Design = Literal["before_after", "staggered", "matched"]
Word = Literal["helped", "hurt", "higher", "lower", "cant_tell", "few"]
COMPARES: frozenset[Design] = frozenset({"staggered"})
"""Designs that can show a cause, if a lot decided who came first."""


class Verdict(NamedTuple):
    """What may be said.

    Attributes:
        word: ``helped`` and ``hurt`` name a cause; ``higher`` and ``lower`` only what was seen.
        lot: Whether a lot decided who was trained first.
        enough: Whether each side has as many people as rule 4.1.compare demands.
    """

    word: Word
    design: Design
    lot: bool
    enough: bool

    @property
    def causal(self) -> bool:
        """Whether the design carries a cause, whatever was found."""
        return self.design in COMPARES and self.lot and self.enough

    @property
    def sure(self) -> bool:
        """Whether anything but chance was seen."""
        return self.word not in ("cant_tell", "few")


def verdict_on(found: Estimate, design: Design, *, lot: bool, each: int) -> Verdict:
    """Return what an estimate of something of which more is better says.

    Args:
        found: The estimate.
        design: How trained and untrained were told apart.
        lot: Whether a lot decided who was trained first.
        each: How many people rule 4.1.compare demands on each side before a cause is named.

    Source: Shadish, Cook and Campbell (2002), chapters 4, 5 and 8, on what designs without and with
    a lot can show.
    """
    enough = min(found.n, default=0) >= each
    said = Verdict("cant_tell", design, lot, enough)
    if found.few:
        return said._replace(word="few")
    if found.known and found.interval.low > 0:
        return said._replace(word="helped" if said.causal else "higher")
    if found.known and found.interval.high < 0:
        return said._replace(word="hurt" if said.causal else "lower")
    return said
