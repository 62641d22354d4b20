"""The choices an item consists of: each a question of its own with options and a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.playbook.items import (
    FindMistake,
    Matching,
    Multiple,
    Numeric,
    Single,
    Sort,
    TrueFalse,
)
from salestrain.playbook.items.asked import BESIDE, STATEMENT, cell_id
from salestrain.training.marking.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from salestrain.playbook.items import Item
    from salestrain.training.quizzes.responses import Floats

    Answer = tuple[str, ...]
    Read = Callable[[Answer], str]

LEFT_OUT, TAKEN = "–", "+"
"""What was done with one of several options: left, or taken."""
KEY = "="
"""What an answer to a numeric item is called that was right."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, and what each person chose.

    Attributes:
        name: The part of the item: a line, a card, an option to take or leave; empty if it is all.
        options: Their ids, those nobody chose too.
        key: The right one.
        chosen: By person; None of those who haven't answered.
    """

    name: str
    options: tuple[str, ...]
    key: str
    chosen: tuple[str | None, ...]


def choices_of(item: Item, answers: Sequence[Answer], earned: Floats) -> tuple[Choice, ...]:
    """Return the choices of an item; none for an order or for sentences.

    Args:
        item: The item.
        answers: Of each person, in ids or as typed; empty if they haven't answered.
        earned: What each was worth, which tells the right number among those typed.
    """
    if isinstance(item, Numeric):
        return (_numbers(item, answers, earned),)
    return tuple(
        Choice(name, options, key, tuple(read(each) if each else None for each in answers))
        for name, options, key, read in _parts(item)
    )


def _parts(item: Item) -> Iterator[tuple[str, tuple[str, ...], str, Read]]:
    match item:
        case Single():
            options = tuple(one.id for one in item.options)
            yield "", options, item.solution("zh")[0], _in(options)
        case TrueFalse():
            reasons = tuple(one.id for one in item.reason.options)
            yield "", STATEMENT, STATEMENT[item.key], _in(STATEMENT)
            yield "reason", reasons, item.solution("zh")[1], _in(reasons)
        case Multiple() | FindMistake():
            for one, right in _ticked(item).items():
                yield one, (LEFT_OUT, TAKEN), (LEFT_OUT, TAKEN)[right], _took(one)
        case Matching() | Sort():
            options = tuple(one.id for one in item.chosen_from)
            for pair in item.solution("zh"):
                line, _, key = pair.partition(BESIDE)
                yield line, options, key, _beside(line)


def _ticked(item: Multiple | FindMistake) -> dict[str, bool]:
    if isinstance(item, Multiple):
        return {one.id: one.key for one in item.options}
    faults = {cell_id(each.cell): True for each in item.faults}
    return faults | {cell_id(each.cell): False for each in item.innocent}


def _in(options: tuple[str, ...]) -> Read:
    return lambda answer: next(one for one in answer if one in options)


def _took(option: str) -> Read:
    return lambda answer: TAKEN if option in answer else LEFT_OUT


def _beside(line: str) -> Read:
    return lambda answer: next(
        other for one, _, other in (pair.partition(BESIDE) for pair in answer) if one == line
    )


def _numbers(item: Numeric, answers: Sequence[Answer], earned: Floats) -> Choice:
    chosen = tuple(
        (KEY if worth == 1 else f"{read_number(answer[0], item.key.unit):.6g}") if answer else None
        for answer, worth in zip(answers, earned, strict=True)
    )
    wrong = sorted({one for one in chosen if one not in (None, KEY)})
    return Choice("", (KEY, *wrong), KEY, chosen)
