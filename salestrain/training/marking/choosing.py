"""Marks of what was chosen: options, a statement with its reason, cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.items import Single
from salestrain.playbook.items.asked import STATEMENT, cell_id
from salestrain.training.marking.marks import CHOSEN, UNCHOSEN, Mark, NotAnAnswer, Part, net, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.playbook.items import FindMistake, Multiple, Option, TrueFalse

CHOOSE_ONE = Text("请选一个", "Choose one")
CHOOSE_SOME = Text("请至少选一个", "Choose at least one")
CHOOSE_BOTH = Text("请判断对错，再选一个理由", "Say true or false, and choose one reason")
CHOOSE_CELLS = Text("请至少点出一格", "Mark at least one cell")
NOT_OFFERED = Text("这一题没有这个选项，请重新选", "This question has no such option; choose again")


def mark_chosen(item: Single | Multiple, answer: Sequence[str]) -> Mark:
    """Return 1 or 0 for one option; for several right ones less wrong ones, of the right ones."""
    alone = isinstance(item, Single)
    if not answer or (alone and len(answer) != 1):
        raise NotAnAnswer(CHOOSE_ONE if alone else CHOOSE_SOME)
    _offered(answer, [option.id for option in item.options])
    parts = _judged(item.options, answer)
    return Mark(net(parts), parts, told(parts, "right", "wrong"))


def mark_true_false(item: TrueFalse, answer: Sequence[str]) -> Mark:
    """Return 1 for statement and reason, a half for the statement alone, else 0."""
    said = [each for each in answer if each in STATEMENT]
    reasons = [each for each in answer if each not in STATEMENT]
    if len(said) != 1 or len(reasons) != 1:
        raise NotAnAnswer(CHOOSE_BOTH)
    options = item.reason.options
    _offered(reasons, [option.id for option in options])
    parts = _judged(options, reasons)
    judged = said[0] == STATEMENT[item.key]
    statement = Part(said[0], CHOSEN[judged], feedback=None if judged else item.feedback)
    earned = judged * (0.5 + 0.5 * net(parts))
    return Mark(earned, (statement, *parts), told((statement, *parts), "right", "wrong"))


def mark_found(item: FindMistake, answer: Sequence[str]) -> Mark:
    """Return faults found less cells marked in vain, of the faults there are."""
    cells = [f"{row}:{name}" for row in range(1, len(item.extract.rows) + 1)
             for name in item.extract.columns]  # fmt: skip
    if not answer:
        raise NotAnAnswer(CHOOSE_CELLS)
    _offered(answer, cells)
    faults = {cell_id(each.cell): each.text for each in item.faults}
    known = faults | {cell_id(each.cell): each.text for each in item.innocent}
    parts = tuple(
        Part(cell, (CHOSEN if cell in answer else UNCHOSEN)[cell in faults], 0, known.get(cell))
        for cell in cells
        if cell in answer or cell in faults
    )
    return Mark(net(parts), parts, told(parts, "wrong", "missed"))


def _offered(answer: Sequence[str], offered: Iterable[str]) -> None:
    if len(set(answer)) != len(answer) or not set(answer) <= {*offered}:
        raise NotAnAnswer(NOT_OFFERED)


def _judged(options: Iterable[Option], chosen: Sequence[str]) -> tuple[Part, ...]:
    return tuple(
        Part(o.id, (CHOSEN if o.id in chosen else UNCHOSEN)[o.key], feedback=o.feedback)
        for o in options
    )
