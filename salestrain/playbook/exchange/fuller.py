"""Questions as other systems know them → items as plain data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.errors import Place
from salestrain.language import Text
from salestrain.playbook.exchange.labels import read_labels
from salestrain.playbook.exchange.plain import UNNAMED, Brought, says
from salestrain.playbook.exchange.rubric import read_rubric
from salestrain.playbook.exchange.simpler import CELL, REASON

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.exchange.question import Choice, Figure, Question
    from salestrain.playbook.exchange.speech import Ear

ROW = {"zh": re.compile(r"第 (\d+) 行「"), "en": re.compile(r"Row (\d+), ")}
PARTIAL = Text("部分得分", "marks for partly right answers")
RIGHT = Text("对答对的数的点评", "what is told of the right number")
RANGE = Text("一段范围的错数", "a range of wrong numbers")
MORE_NUMBERS = Text("第二个正确的数", "a second right number")


def items_of(questions: Iterable[Question], ear: Ear) -> list[Brought]:
    """Return questions as items; what can be none is a fault of the ear's."""
    found: list[Brought] = []
    known: dict[str, Brought] = {}
    for question in questions:
        if question.id.endswith(REASON):
            _give_reason(known.get(question.id.removesuffix(REASON)), question, ear)
            continue
        before = len(ear.faults)
        plain = _plain(question, ear)
        sound = question.sound and len(ear.faults) == before
        item = Brought(plain, Place(ear.path, question.line), sound)
        if question.id in known:
            what = f"{question.id} comes twice, first on line {known[question.id].place.line}"
            ear.fault(question.line, what, "keep one of them")
        if question.id:
            known[question.id] = item
        found.append(item)
    return found


def _plain(question: Question, ear: Ear) -> Plain:
    kind = "short_answer" if question.form == "essay" else question.form
    plain: Plain = {"id": question.id} if question.id else {}
    plain |= read_labels(question.labels, kind) | {"stem": question.stem}
    if question.table:
        plain["extract"] = question.table
    FILLERS[plain["kind"]](plain, question, ear)
    return plain


def _give_reason(item: Brought | None, question: Question, ear: Ear) -> None:
    if item is None or item.plain["kind"] != "true_false":
        what = f"{question.id} is the reason of no statement"
        ear.fault(question.line, what, "put the true-or-false question of that id before it")
        return
    item.plain["reason"] = {"stem": question.stem, "options": _options(question.choices)}


def _options(choices: Sequence[Choice]) -> list[Plain]:
    return [
        {
            "id": choice.id or f"{UNNAMED}{number}",
            **choice.says,
            **({"key": True} if choice.weight > 0 else {}),
            **({"feedback": choice.feedback} if choice.feedback else {}),
        }
        for number, choice in enumerate(choices, 1)
    ]


def _chosen(plain: Plain, question: Question, ear: Ear) -> None:
    alone = plain["kind"] == "single"
    if alone and any(0 < choice.weight < 1 for choice in question.choices):
        ear.leave_out(PARTIAL)
        question.choices = [
            type(each)(each.says, float(each.weight >= 1), each.feedback, each.id)
            for each in question.choices
        ]
    plain["options"] = _options(question.choices)


def _true_false(plain: Plain, question: Question, _ear: Ear) -> None:
    plain["key"] = question.verdict
    if question.told_wrong:
        plain["feedback"] = question.told_wrong


def _found(plain: Plain, question: Question, ear: Ear) -> None:
    rules = plain.pop("rules", {})
    for choice in question.choices:
        cell = _cell(choice.says, question.table)
        if cell is None:
            what = f"{says(choice.says)[:40]!r} names no cell of the table"
            ear.fault(
                question.line,
                what,
                f"begin it as in {CELL.en.format(row=2, column='Stage', value='…')!r}",
            )
            continue
        judged = {"cell": cell, **choice.feedback}
        if choice.weight > 0 and (rule := rules.get(f"{cell[0]}:{cell[1]}")):
            judged["rule"] = rule
        plain.setdefault("faults" if choice.weight > 0 else "innocent", []).append(judged)


def _cell(said: Says, table: object) -> list[object] | None:
    labels = table["labels"] if isinstance(table, dict) else {}
    for language, text in said.items():
        if row := ROW[language].match(text):
            for column, label in labels.items():
                named = CELL._asdict()[language].partition("：" if language == "zh" else ": ")
                begins = (named[0] + named[1]).format(row=row[1], column=label.get(language, ""))
                if f"{text} ".startswith(begins):  # an empty cell leaves no space behind the colon
                    return [int(row[1]), column]
    return None


def _matched(plain: Plain, question: Question, ear: Ear) -> None:
    right: list[Says] = []
    for _, other in question.pairs:
        if other not in right:
            right.append(other)
    left = [(one, right.index(other)) for one, other in question.pairs if one]
    if plain["kind"] == "sort":
        plain["classes"] = _unnamed(right)
        plain["cards"] = [
            {**card, "class": f"{UNNAMED}{to + 1}"}
            for card, (_, to) in zip(_unnamed([one for one, _ in left]), left, strict=True)
        ]
    elif plain["kind"] == "ordering":
        _ordered_by_number(plain, question, ear)
    else:
        plain["left"] = _unnamed([one for one, _ in left])
        plain["right"] = _unnamed(right)
        plain["key"] = {f"{UNNAMED}{n}": f"{UNNAMED}{to + 1}" for n, (_, to) in enumerate(left, 1)}


def _ordered_by_number(plain: Plain, question: Question, ear: Ear) -> None:
    numbered = {says(one): other for one, other in question.pairs}
    if sorted(numbered) != sorted(map(str, range(1, len(question.pairs) + 1))):
        what = f"the places of the steps are {', '.join(numbered)}"
        ear.fault(question.line, what, "number them from 1, each number once")
    plain["steps"] = _unnamed([numbered[each] for each in sorted(numbered, key=int)])


def _unnamed(parts: Sequence[Says]) -> list[Plain]:
    return [{"id": f"{UNNAMED}{number}", **part} for number, part in enumerate(parts, 1)]


def _ordered(plain: Plain, question: Question, _ear: Ear) -> None:
    plain["steps"] = _unnamed(question.steps)


def _number(plain: Plain, question: Question, ear: Ear) -> None:
    right = next((each for each in question.figures if each.weight >= 1), None)
    if right is None:
        if question.sound:
            ear.fault(question.line, "no number is right", "give one of them the whole mark")
        return
    key = plain.setdefault("key", {})
    key["value"] = right.value
    if right.margin:
        key["tolerance"] = {"absolute": right.margin}
    slips = _slips(question.figures, right, ear)
    if slips:
        plain["mistakes"] = [
            {"value": each.value, **({"feedback": each.feedback} if each.feedback else {})}
            for each in slips
        ]
    if question.other:
        plain["feedback_other"] = question.other


def _slips(figures: Sequence[Figure], right: Figure, ear: Ear) -> list[Figure]:
    """Return the wrong numbers an item can name, and tell what it has no place for."""
    wrong = [each for each in figures if each.weight < 1]
    slips = [each for each in wrong if each.margin <= max(right.margin, abs(each.value) / 10)]
    left_out = {
        MORE_NUMBERS: len(figures) - len(wrong) > 1,
        PARTIAL: any(each.weight > 0 for each in wrong),
        RIGHT: bool(right.feedback),
        RANGE: len(slips) < len(wrong),
    }
    for what in (what for what, lost in left_out.items() if lost):
        ear.leave_out(what)
    return slips


def _written(plain: Plain, question: Question, _ear: Ear) -> None:
    if rubric := read_rubric(question.guide):
        plain["rubric"] = rubric
    if question.told:
        plain["model_answer"] = question.told


FILLERS = {
    "single": _chosen,
    "multiple": _chosen,
    "true_false": _true_false,
    "find_mistake": _found,
    "matching": _matched,
    "sort": _matched,
    "ordering": lambda plain, question, ear: (
        _ordered(plain, question, ear) if question.steps else _matched(plain, question, ear)
    ),
    "numeric": _number,
    "short_answer": _written,
}
