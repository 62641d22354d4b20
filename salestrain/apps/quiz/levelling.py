"""Find your level: questions as hard as one can just answer, until it is known how far one is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salestrain.apps.quiz import asking
from salestrain.language import Text, percent
from salestrain.playbook.exams import UNSUITED
from salestrain.training.ability import (
    Balance,
    Bank,
    Rule,
    ability,
    calibrate,
    expected_share,
    next_item,
    prior,
    stop,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.ability import Ability
    from salestrain.training.sitting import Sitting

LEVEL = "level"
"""The thread of these runs."""
RULE = Rule(se=0.45, least=8, most=20)
"""It ends once the share is known to within about nine points either way, or after twenty."""
FOUND = Text(
    "全部题目里，你大约答得对 {share}（多半在 {low} 到 {high} 之间）",
    "You can probably answer about {share} of all questions (most likely {low} to {high})",
)


@dataclass
class Levelling:
    """The item bank as a scale, and one person's place on it.

    Attributes:
        items: What may be asked.
        seed: The person's, for this run.
    """

    items: Sequence[Item]
    seed: str

    @cached_property
    def usable(self) -> list[Item]:
        """Those whose marks are certain: a short answer's are a proposal."""
        return [item for item in self.items if item.kind not in UNSUITED]

    @cached_property
    def bank(self) -> Bank:
        """What the authors expect of each item; answers of few people would tell less."""
        expected = prior([item.expected_facility for item in self.usable])
        return calibrate(np.empty((0, len(self.usable))), expected)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each item in the bank."""
        return {item.id: place for place, item in enumerate(self.usable)}

    @cached_property
    def balance(self) -> Balance:
        """Every section has the share of the questions it has of the bank."""
        sections = [item.section for item in self.usable]
        counts = Counter(sections)
        return Balance(sections, {one: count / len(sections) for one, count in counts.items()})

    def first(self) -> list[str]:
        """Return the item a run begins with."""
        found = self._next(0.0, set())
        return [found] if found else []

    def known(self, run: Sitting) -> Ability:
        """Return what a run tells of the person."""
        earned = np.full(len(self.usable), np.nan)
        for one in run.asked:
            if one.answer and one.item.id in self.places:
                earned[self.places[one.item.id]] = one.earned
        return ability(earned, self.bank)

    def after(self, run: Sitting) -> str | None:
        """Return the next item, None once enough is known."""
        known = self.known(run)
        if stop(known, len(run.asked), RULE):
            return None
        asked = {self.places[one.item.id] for one in run.asked if one.item.id in self.places}
        return self._next(known.theta, asked)

    def _next(self, theta: float, asked: set[int]) -> str | None:
        tried = set(asked)
        while True:
            place = next_item(theta, self.bank, tried, self.seed, balance=self.balance)
            if place is None or asking.can_be_asked(self.usable[place]):
                return None if place is None else self.usable[place].id
            tried.add(place)

    def words(self, run: Sitting, language: Language) -> str:
        """Return in a sentence what a run has found, give or take one standard error."""
        known = self.known(run)
        at = [expected_share(known.theta + by * known.se, self.bank) for by in (0, -1, 1)]
        share, low, high = (percent(one, language) for one in at)
        return FOUND.in_(language).format(share=share, low=low, high=high)
