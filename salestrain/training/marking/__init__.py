"""Marking: what an answer to an item earns, which parts of it are right, and what it overlooked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salestrain.playbook import items
from salestrain.training.marking.arranging import mark_order, mark_pairs, mark_sorted
from salestrain.training.marking.choosing import mark_chosen, mark_found, mark_true_false
from salestrain.training.marking.marks import Mark, NotAnAnswer, Part
from salestrain.training.marking.typed import mark_number, mark_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.playbook.items import Item

__all__ = ["Mark", "NotAnAnswer", "Part", "mark"]

WAYS: dict[type, Callable[[Any, Sequence[str]], Mark]] = {
    items.Single: mark_chosen,
    items.Multiple: mark_chosen,
    items.TrueFalse: mark_true_false,
    items.FindMistake: mark_found,
    items.Ordering: mark_order,
    items.Matching: mark_pairs,
    items.Sort: mark_sorted,
    items.Numeric: mark_number,
    items.ShortAnswer: mark_words,
}


def mark(item: Item, answer: Sequence[str]) -> Mark:
    """Return what an answer earns, from 0 to 1; each kind of item has its own way.

    Args:
        item: The question.
        answer: What was chosen, in ids: of options; ``true`` or ``false`` and a reason; steps in
            their order; ``left=right`` or ``card=class`` for each line; cells as ``row:column``;
            or the number or the words as typed.

    Raises:
        NotAnAnswer: If that is no answer to this item.
    """
    return WAYS[type(item)](item, answer)
