"""Marks of what was arranged: an order, pairs, classes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.items.asked import BESIDE
from salestrain.training.marking.marks import CHOSEN, Mark, NotAnAnswer, Part, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.playbook.items import Matching, Named, Ordering, Sort

EVERY_STEP_ONCE = Text("每一步都要排，且只排一次", "Place every step, each of them once")
EVERY_ONE = Text("每一行都要选一个", "Choose one in every line")


def mark_order(item: Ordering, answer: Sequence[str]) -> Mark:
    """Return the share of neighbouring pairs that follow each other; marked as a whole, 1 or 0."""
    order = [step.id for step in item.steps]
    if sorted(answer) != sorted(order):
        raise NotAnAnswer(EVERY_STEP_ONCE)
    places = {step: place for place, step in enumerate(answer, 1)}
    whole = item.scoring == "all"
    parts = tuple(
        Part(step, CHOSEN[_stands(number, places, order, whole=whole)], places[step])
        for number, step in enumerate(order, 1)
    )
    swapped = (
        pair.text for pair in item.feedback_pairs if places[pair.wrong[0]] < places[pair.wrong[1]]
    )
    kept = len({*pairwise(order)} & {*pairwise(answer)}) / (len(order) - 1)
    earned = float(kept == 1) if whole else kept
    return Mark(earned, parts, tuple(swapped))


def _stands(number: int, places: dict[str, int], order: list[str], *, whole: bool) -> bool:
    """Return whether a step stands right: at its place, or where pairs count behind its neighbour.

    The first has none before it; it stands right if the second follows it.
    """
    if whole:
        return places[order[number - 1]] == number
    first = max(number - 2, 0)
    return places[order[first]] + 1 == places[order[first + 1]]


def mark_pairs(item: Matching, answer: Sequence[str]) -> Mark:
    """Return the share of lines with the right partner."""
    given = _given(answer, item.left, item.right)
    says = {each.pair: each.text for each in item.mismatches}
    parts = tuple(
        Part(one.id, CHOSEN[given[one.id] == item.key[one.id]],
             feedback=says.get((one.id, given[one.id])), given=given[one.id])
        for one in item.left
    )  # fmt: skip
    return Mark(_share(parts), parts, told(parts, "wrong"))


def mark_sorted(item: Sort, answer: Sequence[str]) -> Mark:
    """Return the share of cards in their class, less what guessing would give.

    Source: the classical correction for guessing, (right - wrong / (classes - 1)) / cards, not
    below 0.
    """
    given = _given(answer, item.cards, item.classes)
    parts = tuple(
        Part(card.id, CHOSEN[given[card.id] == card.belongs], 0, card.feedback, given[card.id])
        for card in item.cards
    )
    right = _share(parts)
    earned = max(0.0, right - (1 - right) / (len(item.classes) - 1))
    return Mark(earned, parts, told(parts, "wrong"))


def _share(parts: tuple[Part, ...]) -> float:
    return sum(part.verdict == "right" for part in parts) / len(parts)


def _given(answer: Sequence[str], lines: Iterable[Named], to: Iterable[Named]) -> dict[str, str]:
    pairs = [each.partition(BESIDE)[::2] for each in answer]
    known, wanted = {each.id for each in to}, [each.id for each in lines]
    if sorted(one for one, _ in pairs) != sorted(wanted) or not {two for _, two in pairs} <= known:
        raise NotAnAnswer(EVERY_ONE)
    return dict(pairs)
