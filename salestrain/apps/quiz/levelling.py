"""Find your level: questions as hard as one can just answer, until it is known how far one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salestrain.language import Text, percent
from salestrain.training.ability import Rule, ability, expected_share, stop

if TYPE_CHECKING:
    from salestrain.apps.quiz.scaling import Scale
    from salestrain.language import Language
    from salestrain.training.ability import Ability
    from salestrain.training.quizzes.sitting import Sitting

LEVEL = "level"
"""The thread of these runs."""
RULE = Rule(se=0.45, least=8, most=20)
"""It ends once the share is known to within about nine points either way, or after twenty."""
FOUND = Text(
    "全部题目里，你大约答得对 {share}（多半在 {low} 到 {high} 之间）",
    "You can probably answer about {share} of all questions (most likely {low} to {high})",
)


@dataclass(frozen=True)
class Levelling:
    """One person's place on the scale of the item bank.

    Attributes:
        scale: Every item; each section has the share of the questions it has of the bank.
        seed: The person's, for this run.
    """

    scale: Scale
    seed: str

    def first(self) -> list[str]:
        """Return the item a run begins with."""
        found = self.scale.next(0.0, (), self.seed)
        return [found.id] if found else []

    def known(self, run: Sitting) -> Ability:
        """Return what a run tells of the person."""
        places = self.scale.places
        earned = np.full(len(places), np.nan)
        for one in run.asked:
            if one.answer and one.item.id in places:
                earned[places[one.item.id]] = one.earned
        return ability(earned, self.scale.bank)

    def after(self, run: Sitting) -> str | None:
        """Return the next item, None once enough is known."""
        known = self.known(run)
        if stop(known, len(run.asked), RULE):
            return None
        found = self.scale.next(known.theta, [one.item.id for one in run.asked], self.seed)
        return found.id if found else None

    def words(self, run: Sitting, language: Language) -> str:
        """Return in a sentence what a run has found, give or take one standard error."""
        known = self.known(run)
        at = [expected_share(known.theta + by * known.se, self.scale.bank) for by in (0, -1, 1)]
        share, low, high = (percent(one, language) for one in at)
        return FOUND.in_(language).format(share=share, low=low, high=high)
