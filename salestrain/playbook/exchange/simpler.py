"""Items → the questions other systems know, and what is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salestrain.language import Text
from salestrain.playbook.exchange.labels import labels_of
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.question import Choice, Figure, Question, both, lines_of
from salestrain.playbook.exchange.rubric import rubric_text
from salestrain.playbook.exchange.tables import cell_text
from salestrain.playbook.items import (
    FindMistake,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    ShortAnswer,
    Single,
    Sort,
    TrueFalse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.playbook.exchange.plain import Says
    from salestrain.playbook.exchange.question import Form
    from salestrain.playbook.exchange.tables import Written
    from salestrain.playbook.items import Item, Option
    from salestrain.playbook.items.writing import Marked

REASON = "/reason"
"""Behind a statement's id: the question for its reason."""
CELL = Text("第 {row} 行「{column}」：{value}", "Row {row}, {column}: {value}")
TOGETHER = Text("各条点评合成一段，答完都看得到", "told in one piece, whatever was answered")


def number_losses(item: Numeric) -> list[Loss]:
    """Return what no other system can say of a number: a share of itself, a query."""
    found = []
    if item.key.tolerance.relative:
        found.append(Loss(item.id, ("key.tolerance.*",), FIXED))
    figures = [("key", item.key), *(("mistakes.*", each) for each in item.slips)]
    queried = dict.fromkeys(name for name, figure in figures if figure.query)
    if queried:
        fields = [f"{name}.{field}" for name in queried for field in ("query", "value")]
        found.append(Loss(item.id, tuple(fields), OF_TODAY))
    return found


Lost = list[tuple[tuple[str, ...], Text]]
Made = tuple[list[Question], Lost]
BY_HAND = Text("要人来批，不按要点先算分", "marked by hand; no marks are proposed")
FIXED = Text("容差写成了固定的数", "the tolerance as a fixed amount")
OF_TODAY = Text("查询写成了它今天的得数", "the query's result of today")
PARTS = ("options", "reason.options", "steps", "left", "right", "cards", "classes")


def questions_of(item: Item, written: Written) -> tuple[list[Question], list[Loss]]:
    """Return an item as one or two questions, and what that loses.

    Args:
        item: The item.
        written: Writes a cell of a table as people read it.
    """
    questions, lost = WAYS[type(item)](item, written)
    named = tuple(f"{part}.*.id" for part in PARTS if part in item.parts)
    by_text = Text(
        "没有地方放编号，回来时按原文对上", "no place for ids; matched by their text on return"
    )
    if named:
        lost.append((named, by_text))
    return questions, [Loss(item.id, *each) for each in lost]


def _single(item: Single, _written: Written) -> Made:
    return [
        Question(*_head(item, "single"), table=item.extract, choices=_choices(item.options))
    ], []


def _multiple(item: Multiple, _written: Written) -> Made:
    share = 1 / sum(option.key for option in item.options)
    choices = _choices(item.options, share)
    return [Question(*_head(item, "multiple"), table=item.extract, choices=choices)], []


def _true_false(item: TrueFalse, _written: Written) -> Made:
    head = _head(item, "true_false")
    statement = Question(
        *head, table=item.extract, verdict=item.key, told_wrong=both(item.feedback)
    )
    reason = Question(
        item.id + REASON, "single", [f"kind:{item.kind}"], both(item.reason.stem),
        choices=_choices(item.reason.options),
    )  # fmt: skip
    apart = Text(
        "判断和理由分成两题，各记各的分", "verdict and reason are two questions, marked apart"
    )
    return [statement, reason], [((), apart)]


def _ordering(item: Ordering, _written: Written) -> Made:
    told = lines_of(pair.text for pair in item.feedback_pairs)
    steps = [both(step.text) for step in item.steps]
    question = Question(*_head(item, "ordering"), table=item.extract, steps=steps, told=told)
    return [question], [(("feedback_pairs.*",), TOGETHER)]


def _matching(item: Matching, _written: Written) -> Made:
    right = {each.id: both(each.text) for each in item.right}
    pairs = [(both(each.text), right[item.key[each.id]]) for each in item.left]
    pairs += [({}, said) for id_, said in right.items() if id_ not in item.key.values()]
    told = lines_of(each.text for each in item.mismatches)
    question = Question(*_head(item, "matching"), table=item.extract, pairs=pairs, told=told)
    return [question], [(("feedback.*",), TOGETHER)]


def _sort(item: Sort, _written: Written) -> Made:
    classes = {each.id: both(each.text) for each in item.classes}
    pairs = [(both(card.text), classes[card.belongs]) for card in item.cards]
    told = lines_of(card.feedback for card in item.cards)
    question = Question(*_head(item, "matching"), table=item.extract, pairs=pairs, told=told)
    guessing = Text("猜对的不扣", "no correction for guessing")
    return [question], [(("cards.*.feedback.*",), TOGETHER), ((), guessing)]


def _numeric(item: Numeric, _written: Written) -> Made:
    margin = item.key.tolerance.margin
    right = Figure(item.answer, margin(item.answer), 1)
    slips = [Figure(value, margin(value), 0, both(told)) for value, told in item.mistakes]
    question = Question(*_head(item, "numeric"), table=item.extract, figures=[right, *slips])
    question.other = both(item.feedback_other)
    return [question], [(lost.fields, lost.how) for lost in number_losses(item)]


def _short(item: ShortAnswer, _written: Written) -> Made:
    question = Question(*_head(item, "essay"), table=item.extract, told=both(item.model_answer))
    question.guide = rubric_text(item.rubric)
    return [question], [((), BY_HAND)]


def _find(item: FindMistake, written: Written) -> Made:
    share = 1 / len(item.faults)
    marked = [*((each, share) for each in item.faults), *((each, -share) for each in item.innocent)]
    choices = [
        Choice(_cell(item, each, written), weight, both(each.text)) for each, weight in marked
    ]
    question = Question(*_head(item, "multiple"), table=item.extract, choices=choices)
    few = Text("只列出要判断的几格来选", "a choice of the cells that are judged, not of all")
    rule = Text("违反哪条规矩，只标在整题上", "the rule each cell breaks is cited at the item only")
    return [question], [((), few), (("faults.*.rule",), rule)]


def _cell(item: FindMistake, marked: Marked, written: Written) -> Says:
    row, column = marked.cell
    extract = item.extract
    value = cell_text(extract.rows[row - 1][extract.columns.index(column)], written)
    label = extract.labels[column]
    return both(Text(*(
        form.format(row=row, column=name.strip(), value=said)
        for form, name, said in zip(CELL, label, value, strict=True)
    )))  # fmt: skip


def _head(item: Item, form: Form) -> tuple[str, Form, list[str], Says]:
    return item.id, form, labels_of(item), both(item.stem)


def _choices(options: Sequence[Option], share: float = 0) -> list[Choice]:
    """Return options with their weights; a share is what each right one earns, wrong ones cost."""
    return [
        Choice(both(option.text), (share or 1) if option.key else -share, both(option.feedback),
               option.id)
        for option in options
    ]  # fmt: skip


WAYS: dict[type, Callable[[Any, Written], Made]] = {
    Single: _single,
    Multiple: _multiple,
    TrueFalse: _true_false,
    Ordering: _ordering,
    Matching: _matching,
    Sort: _sort,
    Numeric: _numeric,
    ShortAnswer: _short,
    FindMistake: _find,
}
