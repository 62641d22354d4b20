"""An adaptive exam as it goes on: what it begins with, and what comes after each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salestrain.training.ability import stop
from salestrain.training.exams.exam import ASKED, BEGAN
from salestrain.training.exams.verdict import curve_of, figures_of, known_of, rule_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from salestrain.apps.quiz.scaling import Scale
    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.steps import Step

    Saved = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Adapting:
    """One attempt.

    Attributes:
        scale: What the exam may ask.
        seed: The attempt's.
        spared: Items of earlier attempts, asked only when there are no others.
    """

    exam: Exam
    scale: Scale
    seed: object
    spared: Collection[str] = ()

    def begins(self, began: Mapping[str, Any]) -> tuple[Saved, Saved] | None:
        """Return the steps that begin it, None if there is nothing to ask.

        They carry all that its result will rest on.
        """
        first = self.scale.next(0.0, (), self.seed, self.spared)
        if first is None:
            return None
        return (BEGAN, {**began, "curve": curve_of(self.scale.bank)}), self._asked(first)

    def after(self, run: Sequence[Step], earned: Mapping[str, float]) -> Saved | None:
        """Return the step with the next question, None once it is decided or long enough.

        Args:
            run: The attempt's steps.
            earned: What the answers earned, by item, the last one's too.
        """
        asked = [step.data for step in run if step.kind == ASKED]
        known = known_of([(one["figures"], earned.get(one["item"], 0.0)) for one in asked])
        rule = rule_of(self.exam, run[0].data["curve"])
        if rule is None or stop(known, len(asked), rule):
            return None
        ids = [one["item"] for one in asked]
        found = self.scale.next(known.theta, ids, self.seed, self.spared)
        return self._asked(found) if found else None

    def _asked(self, item: Item) -> Saved:
        figures = figures_of(self.scale.bank, self.scale.places[item.id])
        return ASKED, {"item": item.id, "figures": list(figures)}
