"""GIFT → items: as Moodle reads it, with the line of whatever is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.playbook.exchange.fuller import items_of
from salestrain.playbook.exchange.gift import ARROW
from salestrain.playbook.exchange.markup import SEEMS_MARKUP
from salestrain.playbook.exchange.question import Choice, Figure, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.playbook.exchange.plain import Brought, Says
    from salestrain.playbook.exchange.speech import Ear

HIDDEN = {f"\\{sign}": chr(0xE000 + number) for number, sign in enumerate("~=#{}:\\")}
SHOWN = {hidden: escaped[1] for escaped, hidden in HIDDEN.items()} | {"\ue010": "\n"}
ESCAPE = re.compile(r"\\([~=#{}:\\n])")
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORM = re.compile(r"\s*\[(html|plain|markdown|moodle)\]")
COMMENTED = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])*)\]")
VERDICT = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?:#(.*))?", re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?[0-9.]+)%")
BLANK = "_____"


def read_gift(text: str, ear: Ear) -> list[Brought]:
    """Return the items of a GIFT file; its faults are the ear's."""
    questions = list[Question]()
    comments, block = list[str](), list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            comments.append(line)
        elif line.strip().startswith("$CATEGORY:"):
            continue
        elif line.strip():
            block.append(line)
        elif block:
            reader = _Reader("\n".join(block), comments, number - len(block), ear)
            questions += reader.question()
            comments, block = [], []
    return items_of(questions, ear)


class _Unreadable(Exception):  # noqa: N818 (never leaves this module)
    pass


class _Reader:
    def __init__(self, block: str, comments: Sequence[str], line: int, ear: Ear) -> None:
        self.block = ESCAPE.sub(
            lambda found: "\ue010" if found[1] == "n" else HIDDEN[found[0]], block
        )
        self.comments, self.line, self.ear, self.form = comments, line, ear, ""
        self.here = line
        """The line that is being read."""
        self.faults_before = len(ear.faults)

    def fault(self, what: str, mend: str) -> None:
        self.ear.fault(self.here, what, mend)

    def says(self, text: str) -> Says:
        text = text.strip()
        for hidden, shown in SHOWN.items():
            text = text.replace(hidden, shown)
        hear = self.ear.html if self.form == "html" else self.ear.plain
        return hear(text, self.here) if text else {}

    def question(self) -> list[Question]:
        rest, name = self.block, ""
        if found := NAME.match(rest):
            name, rest = "".join(SHOWN.get(sign, sign) for sign in found[1]), rest[found.end() :]
        if found := FORM.match(rest):
            self.form, rest = found[1], rest[found.end() :]
        opened, closed = rest.find("{"), rest.rfind("}")
        if opened < 0 or closed < opened:
            self._unclosed(opened, closed)
            return []
        before, inside, after = rest[:opened], rest[opened + 1 : closed], rest[closed + 1 :]
        if "{" in inside or "}" in inside:
            what = "a second { or } in one question"
            self.fault(what, "leave a blank line between questions, or write \\{ and \\}")
            return []
        marks = [(key, re.sub(r"\\(.)", r"\1", value)) for line in self.comments
                 for key, value in COMMENTED.findall(line)]  # fmt: skip
        question = Question("", "essay", [value for key, value in marks if key == "tag"], {})
        question.id = next((value for key, value in marks if key == "id"), name.strip())
        question.line = self.line
        self._stem(question, f"{before}{BLANK}{after}" if after.strip() else before)
        self.here = line = self.line + self.block[: self.block.find("{")].count("\n")
        self._answers(question, inside)
        self.here = line
        question.sound = len(self.ear.faults) == self.faults_before
        return [question]

    def _unclosed(self, opened: int, closed: int) -> None:
        if opened < 0 and closed < 0:
            self.fault("a question without answers in { }", "add them, or remove the text")
        else:
            what = "the answers' { is never closed" if opened >= 0 else "a } closes nothing"
            self.fault(what, "write { before the answers and } behind, no blank line between")

    def _stem(self, question: Question, text: str) -> None:
        text = text.strip()
        for hidden, shown in SHOWN.items():
            text = text.replace(hidden, shown)
        if self.form == "html" or SEEMS_MARKUP.search(text):
            question.stem, question.table = self.ear.stem(text, self.line)
        else:
            question.stem = self.ear.plain(text, self.line)
        if not question.stem:
            self.fault("a question that asks nothing", "write its text before the {")

    def _answers(self, question: Question, inside: str) -> None:
        inside, _, general = inside.partition("####")
        question.told = self.says(general)
        if verdict := VERDICT.fullmatch(inside):
            question.form, question.verdict = "true_false", verdict[1].startswith("T")
            question.told_wrong = self.says((verdict[2] or "").partition("#")[0])
        elif inside.lstrip().startswith("#"):
            question.form = "numeric"
            self._figures(question, inside.replace("#", "", 1))
        elif ARROW in inside:
            question.form = "matching"
            self._pairs(question, inside)
        elif inside.strip():
            self._choices(question, inside)

    def _pairs(self, question: Question, inside: str) -> None:
        for sign, text in self._parts(inside):
            left, arrow, right = text.partition(ARROW)
            if sign != "=" or not arrow or not right.strip():
                what = f"{_short(sign + text)!r} is no pair"
                self.fault(what, "write `=one -> other`")
            else:
                question.pairs.append((self.says(left), self.says(right)))

    def _choices(self, question: Question, inside: str) -> None:
        signs = set()
        for sign, text in self._parts(inside):
            weight, said = (1.0, text) if sign == "=" else self._weight(text, 0.0)
            words, _, told = said.partition("#")
            question.choices.append(Choice(self.says(words), weight, self.says(told)))
            signs.add(sign)
            if not words.strip():
                self.fault("an answer that says nothing", "write its text, or remove it")
        question.form = "single" if "=" in signs else "multiple"
        if signs == {"="}:
            what = "an answer typed word for word"
            self.fault(what, "make it a choice by adding `~wrong` answers, or an essay: {}")
        elif not any(each.weight > 0 for each in question.choices):
            self.fault("no answer is right", "write = before the right one")

    def _figures(self, question: Question, inside: str) -> None:
        inside, _, other = inside.partition("~")
        question.other = self.says(other.partition("#")[2])
        parts = self._parts(inside) if "=" in inside else [("=", inside)]
        for _, part in parts:
            weight, said = self._weight(part, 1.0)
            number, _, told = said.partition("#")
            try:
                value, margin = _number(number)
            except ValueError:
                what = f"{_short(number)!r} is no number"
                self.fault(what, "write 5, 5:0.1 (within 0.1) or 4..6 (a range)")
                continue
            question.figures.append(Figure(value, margin, weight, self.says(told)))

    def _parts(self, inside: str) -> Iterator[tuple[str, str]]:
        found, line = re.split(r"([=~])", inside), self.here
        if found[0].strip():
            self.fault(f"{_short(found[0])!r} is no answer", "begin each answer with = or ~")
        for number in range(1, len(found), 2):
            self.here = line + "".join(found[:number]).count("\n")
            yield found[number], found[number + 1]
        self.here = line

    def _weight(self, text: str, otherwise: float) -> tuple[float, str]:
        found = WEIGHT.match(text)
        if not found:
            return otherwise, text.lstrip()
        try:
            weight = float(found[1]) / 100
        except ValueError:
            weight = 2.0
        if abs(weight) > 1:
            self.fault(f"a weight of {found[1]} %", "write -100 to 100")
        return weight, text[found.end() :]


def _number(text: str) -> tuple[float, float]:
    low, dots, high = text.partition("..")
    value, _, margin = text.partition(":")
    if dots:
        ends = float(low), float(high)
        found = sum(ends) / 2, abs(ends[1] - ends[0]) / 2
    else:
        found = float(value), float(margin or 0)
    if not all(abs(each) < 1e15 for each in found) or found[1] < 0:
        raise ValueError(text)
    return found


def _short(text: str) -> str:
    text = " ".join("".join(SHOWN.get(sign, sign) for sign in text).split())
    return text if len(text) <= 40 else text[:40] + "…"
