"""Marking: what an answer to an item earns, which parts of it are right, and what it overlooked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.playbook.items import Multiple, Numeric, Ordering, Single
from salestrain.training.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.items import Item

Verdict = Literal["right", "wrong", "missed", "rest"]
UNCHOSEN: tuple[Verdict, Verdict] = ("rest", "missed")  # by whether it is a key
CHOSEN: tuple[Verdict, Verdict] = ("wrong", "right")
ROUNDING = 1e-9
CHOOSE_ONE = Text("请选一个", "Choose one")
CHOOSE_SOME = Text("请至少选一个", "Choose at least one")
NOT_OFFERED = Text("这一题没有这个选项，请重新选", "This question has no such option; choose again")
EVERY_STEP_ONCE = Text("每一步都要排，且只排一次", "Place every step, each of them once")
A_NUMBER = Text(
    "没读出数来。请只写一个数，比如 87216、87,216、8.7 万或 5%",
    "No number could be read. Write one number, like 87216, 87,216, 87.2k or 5%",
)


class NotAnAnswer(SalestrainError):  # noqa: N818 (nothing failed: there is nothing to mark yet)
    """What was sent can't be marked; the text says what could be."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class Part(NamedTuple):
    """An option as it was judged, or a step: right if it stands in its place, else wrong."""

    id: str
    verdict: Verdict
    place: int = 0
    """Where the learner put a step, from 1."""
    feedback: Text | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned.

    Attributes:
        earned: From 0 to 1; right if it is 1.
        parts: Options in the order written, steps in their right order; none for a number.
        feedback: What this answer calls for.
    """

    earned: float
    parts: tuple[Part, ...] = ()
    feedback: tuple[Text, ...] = ()

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return self.earned == 1


def mark(item: Item, answer: Sequence[str]) -> Mark:
    """Return what an answer earns.

    - single, numeric: 1 or 0.
    - multiple: (right ones chosen - wrong ones chosen) / right ones there are, never below 0.
    - ordering: neighbours of the right order that follow each other in the answer too, as a share
      of all such pairs; with ``scoring: all`` 1 or 0.

    Args:
        item: The question.
        answer: Ids of the options chosen, ids of the steps in their order, or the number as typed.

    Raises:
        NotAnAnswer: If that is no answer to this item.
    """
    if isinstance(item, Numeric):
        return _numeric(item, answer)
    return _ordering(item, answer) if isinstance(item, Ordering) else _chosen(item, answer)


def _chosen(item: Single | Multiple, answer: Sequence[str]) -> Mark:
    chosen, alone = set(answer), isinstance(item, Single)
    if not chosen or (alone and len(answer) != 1):
        raise NotAnAnswer(CHOOSE_ONE if alone else CHOOSE_SOME)
    if len(chosen) != len(answer) or not chosen <= {option.id for option in item.options}:
        raise NotAnAnswer(NOT_OFFERED)
    parts = tuple(
        Part(o.id, (CHOSEN if o.id in chosen else UNCHOSEN)[o.key], feedback=o.feedback)
        for o in item.options
    )
    right, wrong, missed = (
        sum(part.verdict == each for part in parts) for each in ("right", "wrong", "missed")
    )
    told = tuple(part.feedback for part in parts if part.id in chosen and part.feedback)
    return Mark(max(0.0, (right - wrong) / (right + missed)), parts, told)


def _ordering(item: Ordering, answer: Sequence[str]) -> Mark:
    order = [step.id for step in item.steps]
    if sorted(answer) != sorted(order):
        raise NotAnAnswer(EVERY_STEP_ONCE)
    places = {step: place for place, step in enumerate(answer, 1)}
    parts = tuple(
        Part(step, CHOSEN[places[step] == number], places[step])
        for number, step in enumerate(order, 1)
    )
    swapped = (
        pair.text for pair in item.feedback_pairs if places[pair.wrong[0]] < places[pair.wrong[1]]
    )
    kept = len({*pairwise(order)} & {*pairwise(answer)}) / (len(order) - 1)
    earned = kept if item.scoring == "adjacent_pairs" else float(kept == 1)
    return Mark(earned, parts, tuple(swapped))


def _numeric(item: Numeric, answer: Sequence[str]) -> Mark:
    given = read_number(answer[0], item.key.unit) if len(answer) == 1 else None
    if given is None:
        raise NotAnAnswer(A_NUMBER)

    def near(value: float) -> bool:
        margin = item.key.tolerance.margin(value) + ROUNDING * max(1.0, abs(value))
        return abs(given - value) <= margin

    if near(item.answer):
        return Mark(1.0)
    known = (feedback for value, feedback in item.mistakes if near(value))
    return Mark(0.0, feedback=(next(known, item.feedback_other),))
