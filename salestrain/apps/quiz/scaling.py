"""The item bank as a scale: how hard items are, by their authors' guesses and people's answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.quiz import asking
from salestrain.playbook.exams import UNSUITED, drawn_in_order
from salestrain.training.ability import Balance, Choice, calibrate, next_item, prior
from salestrain.training.quizzes.responses import responses

if TYPE_CHECKING:
    from collections.abc import Collection

    from salestrain.apps.visit import Visit
    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.ability import Bank

CLASS = 300
"""The answers of so many people tell how hard items are: those who did something last."""
OF_BEST = 5
"""Among so many of a section's best items one is drawn: else the same few would be asked of all."""


@dataclass(frozen=True, eq=False)
class Scale:
    """Items, what they ask of people, and in which proportions they are asked.

    Attributes:
        items: In the order of the bank.
        bank: Their figures.
        balance: What each counts for, a section or a line of a blueprint, and the share of each.
    """

    items: tuple[Item, ...]
    bank: Bank
    balance: Balance

    @classmethod
    def of(cls, visit: Visit) -> Scale:
        """Return the scale of all items; it stays as it is while the visit lasts."""
        kept: Scale | None = visit.kept.get(cls.__name__)
        if kept is None:
            visit.kept[cls.__name__] = kept = _scale(visit)
        return kept

    def for_exam(self, exam: Exam) -> Scale:
        """Return the scale of what an exam may ask, each line of its blueprint with its share."""
        lines: dict[int, str] = {}
        for number, line in drawn_in_order(exam):
            for place, item in enumerate(self.items):
                if line.takes(item):
                    lines.setdefault(place, str(number))
        shares = {str(n): line.count / exam.count for n, line in enumerate(exam.blueprint)}
        items = tuple(self.items[place] for place in lines)
        return Scale(items, self.bank.part([*lines]), Balance([*lines.values()], shares))

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each item in the bank."""
        return {item.id: place for place, item in enumerate(self.items)}

    def next(
        self, theta: float, asked: Collection[str], seed: object, spared: Collection[str] = ()
    ) -> Item | None:
        """Return what to ask next, None if all have been asked.

        Args:
            theta: The ability as far as it is known.
            asked: The items of this run, by id.
            seed: The same draws the same.
            spared: Items to leave out as long as there are others: those of earlier runs.
        """
        done = {self.places[one] for one in asked if one in self.places}
        before = {self.places[one] for one in spared if one in self.places}
        unfit: set[int] = set()
        while (place := self._best(theta, done, seed, before, unfit)) is not None:
            if asking.can_be_asked(self.items[place]):
                return self.items[place]
            unfit.add(place)
        return None

    def _best(
        self, theta: float, done: set[int], seed: object, before: set[int], unfit: set[int]
    ) -> int | None:
        for without in (before | unfit, unfit):
            choice = Choice(OF_BEST, self.balance, without)
            place = next_item(theta, self.bank, done, seed, choice)
            if place is not None:
                return place
        return None


def _scale(visit: Visit) -> Scale:
    stale, every = visit.news.stale, visit.playbook.items.values()
    items = {one.id: one for one in every if one.kind not in UNSUITED and one.id not in stale}
    steps = visit.records.steps
    given = steps.of_people(steps.last_active(CLASS))
    earned = responses(given, items, visit.now()).earned
    bank = calibrate(earned, prior([item.expected_facility for item in items.values()]))
    sections = [item.section for item in items.values()]
    shares = {one: count / len(sections) for one, count in Counter(sections).items()}
    return Scale(tuple(items.values()), bank, Balance(sections, shares))
