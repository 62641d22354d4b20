"""GIFT, the text format of Moodle: one language a file, ids and labels in comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.exchange.markup import SEEMS_MARKUP
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.question import plain_number
from salestrain.playbook.exchange.simpler import questions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.exchange.plain import Says
    from salestrain.playbook.exchange.question import Choice, Figure, Question
    from salestrain.playbook.exchange.speech import Pen
    from salestrain.playbook.items import Item

SPECIAL = re.compile(r"([~=#{}:\\])")
ARROW = "->"
NUMBERS = Text(
    "GIFT 没有排序题，写成给每一步配序号", "GIFT has no ordering: steps are matched to numbers"
)
RUBRIC = Text("GIFT 没有地方放评分要点", "GIFT has no place for a rubric")


def write_gift(items: Iterable[Item], pen: Pen) -> tuple[str, list[Loss]]:
    """Return items as GIFT, in the pen's first language, and what that loses."""
    lines, losses, section = [f"// {pen.note}"], list[Loss](), ""
    for item in items:
        questions, lost = questions_of(item, pen.written)
        losses += lost
        if section != item.section:
            section = item.section
            lines += ["", f"$CATEGORY: {section}"]
        for question in questions:
            if question.form == "ordering":
                losses.append(Loss(item.id, (), NUMBERS))
            if question.guide:
                losses.append(Loss(item.id, ("rubric.*",), RUBRIC))
            lines += ["", *_Writer(pen, question).lines()]
    return "\n".join(lines) + "\n", losses


class _Writer:
    def __init__(self, pen: Pen, question: Question) -> None:
        self.pen, self.question = pen, question
        said = [question.stem, *(each.says for each in question.choices), question.told]
        said += [each for pair in question.pairs for each in pair] + question.steps
        said += [each.feedback for each in question.choices]
        said += [each.feedback for each in question.figures] + [question.other]
        texts = "".join(each.get(pen.languages[0], "") for each in said)
        # a sign that GIFT can't escape, or that would be read as HTML, is written as HTML
        self.as_html = bool(question.table) or ARROW in texts or bool(SEEMS_MARKUP.search(texts))

    def say(self, said: Says) -> str:
        html = self.pen.html(said) if self.as_html else said.get(self.pen.languages[0], "")
        return _escaped(html)

    def told(self, said: Says) -> str:
        return f"#{self.say(said)}" if said else ""

    def lines(self) -> list[str]:
        question = self.question
        labels = "".join(f" [tag:{_bracketed(label)}]" for label in question.labels)
        stem = _escaped(self.pen.stem(question)) if self.as_html else self.say(question.stem)
        form = "[html]" if self.as_html else "[plain]"
        general = f"####{self.say(question.told)}" if question.told else ""
        inside = [*self.inside(), *([general] if general else [])]
        return [
            f"// [id:{_bracketed(question.id)}]{labels}",
            f"::{_escaped(question.id)}::{form}{stem}{{",
            *(f"\t{line}" for line in inside),
            "}",
        ]

    def inside(self) -> list[str]:
        question = self.question
        if question.form == "true_false":
            verdict = "TRUE" if question.verdict else "FALSE"
            return [verdict + self.told(question.told_wrong)]
        if question.form == "numeric":
            other = [f"~{self.told(question.other)}"] if question.other else []
            return ["#", *map(self.figure, question.figures), *other]
        pairs = question.pairs or [
            (dict.fromkeys(step, str(number)), step)
            for number, step in enumerate(question.steps, 1)
        ]
        if pairs:
            return [f"={self.say(left)} {ARROW} {self.say(right)}" for left, right in pairs]
        return [self.choice(each) for each in question.choices]

    def choice(self, choice: Choice) -> str:
        alone = self.question.form == "single"
        said = f"{self.say(choice.says)}{self.told(choice.feedback)}"
        if alone and choice.weight > 0:
            return f"={said}"
        if alone and not said.startswith("%"):
            return f"~{said}"
        return f"~%{_share(choice.weight)}%{said}"

    def figure(self, figure: Figure) -> str:
        weight = "" if figure.weight >= 1 else f"%{_share(figure.weight)}%"
        number, margin = plain_number(figure.value), plain_number(figure.margin)
        return f"={weight}{number}:{margin}{self.told(figure.feedback)}"


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _bracketed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _share(weight: float) -> str:
    return f"{weight * 100:.5f}".rstrip("0").rstrip(".")
