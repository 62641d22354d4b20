"""Marks of what was typed: a number, a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.items.writing import length
from salestrain.training.marking.marks import Mark, NotAnAnswer, Part, Verdict
from salestrain.training.marking.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.items import Numeric, ShortAnswer

ROUNDING = 1e-9
MOST_SIGNS = 3000
FOUND: dict[tuple[bool, bool], Verdict] = {  # by whether it earns marks, and whether it is there
    (True, True): "right",
    (True, False): "missed",
    (False, True): "wrong",
    (False, False): "rest",
}
A_NUMBER = Text(
    "没读出数来。请只写一个数，比如 87216、87,216、8.7 万或 5%",
    "No number could be read. Write one number, like 87216, 87,216, 87.2k or 5%",
)
WRITE = Text("请写几句", "Write a sentence or two")
TOO_LONG = Text("写了 {} 字，最多 {} 字，删短一点", "That is {} words; {} at most, shorten it")


def mark_number(item: Numeric, answer: Sequence[str]) -> Mark:
    """Return 1 within the tolerance of the key, else 0 with what the number shows."""
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


def mark_words(item: ShortAnswer, answer: Sequence[str]) -> Mark:
    """Return what a rubric finds: marks earned less marks lost, of those that can be earned."""
    text = answer[0].strip()[:MOST_SIGNS] if len(answer) == 1 else ""
    if not text:
        raise NotAnAnswer(WRITE)
    size, language = length(text)
    if size > (most := getattr(item.max_length, language)):
        raise NotAnAnswer(Text(*(said.format(size, most) for said in TOO_LONG)))
    parts, earned = [], 0
    for line in item.rubric:
        there = line.is_in(text)
        earned += line.marks * there
        verdicts: tuple[Verdict, Verdict] = (
            ("missed", "right") if line.marks > 0 else ("rest", "wrong")
        )
        parts.append(Part(line.id, verdicts[there], feedback=line.text))
    most = sum(max(line.marks, 0) for line in item.rubric)
    return Mark(max(0, earned) / most, tuple(parts))
