"""Moodle XML: both languages in one file, ids as id numbers, what else is said as tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.exchange.fuller import items_of
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.question import Choice, Figure, Question, plain_number
from salestrain.playbook.exchange.simpler import questions_of
from salestrain.playbook.exchange.xml import Node, cdata, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salestrain.playbook.exchange.plain import Brought, Says
    from salestrain.playbook.exchange.speech import Ear, Pen
    from salestrain.playbook.items import Item

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "matching": "matching",
    "ordering": "ordering",
    "numeric": "numerical",
    "essay": "essay",
}
OTHER_NUMBER = "*"
BY_PAIRS, AS_A_WHOLE = "RELATIVE_NEXT_EXCLUDE_LAST", "ALL_OR_NOTHING"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OUTCOMES = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
GENERAL = Text("通用反馈", "general feedback")
COMBINED = Text("按对错给的整题反馈", "feedback on the whole by outcome")
HINTS = Text("提示", "hints")
UNITS = Text("单位换算", "units with factors")


def write_moodle(items: Iterable[Item], pen: Pen) -> tuple[str, list[Loss]]:
    """Return items as Moodle XML, and what that loses."""
    found, losses, section = list[str](), list[Loss](), ""
    for item in items:
        if section != item.section:
            section = item.section
            name = tag("category", {}, tag("text", {}, f"$course$/{section}"))
            found.append(tag("question", {"type": "category"}, name))
        questions, lost = questions_of(item, pen.written)
        losses += lost
        found += [_Writer(pen, question).xml() for question in questions]
    return f"{HEAD}<!-- {pen.note} -->\n<quiz>\n" + "\n".join(found) + "\n</quiz>\n", losses


class _Writer:
    def __init__(self, pen: Pen, question: Question) -> None:
        self.pen, self.question = pen, question

    def xml(self) -> str:
        question = self.question
        labels = "".join(tag("tag", {}, tag("text", {}, cdata(each))) for each in question.labels)
        parts = [
            tag("name", {}, tag("text", {}, cdata(question.id))),
            _spoken("questiontext", self.pen.stem(question)),
            self.spoken("generalfeedback", question.told),
            *(tag(name, {}, value) for name, value in (
                ("defaultgrade", "1"), ("penalty", "0"), ("hidden", "0"))),
            tag("idnumber", {}, cdata(question.id)),
            *self.inside(),
            tag("tags", {}, labels),
        ]  # fmt: skip
        return tag("question", {"type": TYPES[question.form]}, "\n  ", "\n  ".join(parts), "\n")

    def spoken(self, name: str, said: Says, **attributes: object) -> str:
        return _spoken(name, self.pen.html(said) if said else "", **attributes)

    def inside(self) -> list[str]:
        question = self.question
        if question.form == "true_false":
            return list(self.verdicts())
        if question.form == "numeric":
            return list(self.figures())
        if question.form == "essay":
            guide = self.spoken("graderinfo", question.guide)
            return [tag("responseformat", {}, "plain"), tag("responserequired", {}, "1"), guide]
        if question.steps:
            return list(self.steps())
        if question.pairs:
            return [tag("shuffleanswers", {}, "true"), *map(self.pair, question.pairs)]
        alone = "true" if question.form == "single" else "false"
        shown = [("single", alone), ("shuffleanswers", "true"), ("answernumbering", "none")]
        return [*(tag(name, {}, value) for name, value in shown),
                *map(self.choice, question.choices)]  # fmt: skip

    def choice(self, choice: Choice) -> str:
        return self.answer(self.pen.html(choice.says), choice.weight, choice.feedback)

    def answer(self, said: str, weight: float, told: Says, *more: str) -> str:
        inside = tag("text", {}, cdata(said)), self.spoken("feedback", told), *more
        share = f"{weight * 100:.5f}".rstrip("0").rstrip(".")
        return tag("answer", {"fraction": share, "format": "html"}, *inside)

    def verdicts(self) -> Iterator[str]:
        for verdict in (True, False):
            right = verdict == self.question.verdict
            told = {} if right else self.question.told_wrong
            yield self.answer(str(verdict).lower(), float(right), told)

    def figures(self) -> Iterator[str]:
        for each in self.question.figures:
            margin = tag("tolerance", {}, plain_number(each.margin))
            yield self.answer(plain_number(each.value), each.weight, each.feedback, margin)
        if self.question.other:
            margin = tag("tolerance", {}, "0")
            yield self.answer(OTHER_NUMBER, 0, self.question.other, margin)
        yield tag("showunits", {}, "3")

    def steps(self) -> Iterator[str]:
        whole = "scoring:all" in self.question.labels
        shown = {
            "layouttype": "VERTICAL",
            "selecttype": "ALL",
            "selectcount": str(len(self.question.steps)),
            "gradingtype": AS_A_WHOLE if whole else BY_PAIRS,
            "showgrading": "SHOW",
            "numberingstyle": "none",
        }
        yield from (tag(name, {}, value) for name, value in shown.items())
        for number, step in enumerate(self.question.steps, 1):
            text = tag("text", {}, cdata(self.pen.html(step)))
            yield tag("answer", {"fraction": f"{number}.0000000", "format": "html"}, text)

    def pair(self, pair: tuple[Says, Says]) -> str:
        left, right = (self.pen.html(said) if said else "" for said in pair)
        answer = tag("answer", {}, tag("text", {}, cdata(right)))
        inside = tag("text", {}, cdata(left)), answer
        return tag("subquestion", {"format": "html"}, *inside)


def _spoken(name: str, html: str, **attributes: object) -> str:
    text = tag("text", {}, cdata(html)) if html else tag("text")
    return tag(name, {"format": "html", **attributes}, text)


def read_moodle(root: Node, ear: Ear) -> list[Brought]:
    """Return the items of a Moodle XML file; its faults are the ear's."""
    if root.name != "quiz":
        ear.fault(root.line, f"<{root.name}> is no <quiz>", "export it from Moodle as Moodle XML")
    questions = []
    for node in root.all("question"):
        form = node.attributes.get("type", "")
        if form == "category":
            continue
        if form not in READERS:
            mend = f"turn it into one of {', '.join(READERS)}, or remove it"
            ear.fault(node.line, f"question type {form!r} is none of ours", mend)
            continue
        before = len(ear.faults)
        reader = _Reader(node, ear)
        READERS[form](reader)
        reader.question.sound = len(ear.faults) == before
        questions.append(reader.question)
    return items_of(questions, ear)


class _Reader:
    def __init__(self, node: Node, ear: Ear) -> None:
        self.node, self.ear = node, ear
        labels = [each.text for each in node.within("tag")]
        id_ = node.text_of("idnumber") or node.text_of("name", "text")
        self.question = Question(id_, "essay", labels, {}, node.line)
        stem, before = node.first("questiontext"), len(ear.faults)
        if stem:
            markup = stem.text_of("text")
            self.pictures(stem)
            plain = stem.attributes.get("format", "html") not in {"html", ""}
            self.question.stem, self.question.table = (
                (self.says(stem), None) if plain else ear.stem(markup, stem.line)
            )
        if not self.question.stem and len(ear.faults) == before:
            ear.fault(node.line, "a question that asks nothing", "write its <questiontext>")
        self.question.told = self.says(node.first("generalfeedback"))
        self.extras()

    def extras(self) -> None:
        for name, what in (*((each, COMBINED) for each in OUTCOMES), ("hint", HINTS)):
            if any(each.text for each in self.node.all(name)):
                self.ear.leave_out(what)
        if any(each.text for each in self.node.within("unit")):
            self.ear.leave_out(UNITS)
        if self.node.attributes["type"] in {"multichoice", "numerical"} and self.question.told:
            self.ear.leave_out(GENERAL)

    def pictures(self, node: Node) -> None:
        for each in node.all("file"):
            what = f"a file, {each.attributes.get('name', '')!r}"
            self.ear.fault(each.line, what, "items hold no pictures or sound; say it in words")

    def says(self, node: Node | None) -> Says:
        if node is None:
            return {}
        self.pictures(node)
        text = node.text_of("text")
        form = node.attributes.get("format", "html")
        hear = self.ear.html if form == "html" else self.ear.plain
        return hear(text, node.line) if text else {}

    def weight(self, answer: Node) -> float:
        said = answer.attributes.get("fraction", "0")
        try:
            weight = float(said) / 100
        except ValueError:
            weight = 2.0
        if not abs(weight) <= 1:
            self.ear.fault(answer.line, f"fraction {said!r}", "write a number from -100 to 100")
        return weight

    def choices(self) -> None:
        single = self.node.text_of("single").lower() in {"true", "1", ""}
        self.question.form = "single" if single else "multiple"
        for answer in self.node.all("answer"):
            told = self.says(answer.first("feedback"))
            choice = Choice(self.says(answer), self.weight(answer), told)
            self.question.choices.append(choice)
            if not choice.says:
                mend = "write its <text>, or remove it"
                self.ear.fault(answer.line, "an answer that says nothing", mend)
        if not any(each.weight > 0 for each in self.question.choices):
            mend = 'write fraction="100" at the right one'
            self.ear.fault(self.node.line, "no answer is right", mend)

    def verdict(self) -> None:
        self.question.form = "true_false"
        for answer in self.node.all("answer"):
            said = answer.text_of("text").lower()
            if said not in {"true", "false"}:
                self.ear.fault(answer.line, f"{said[:40]!r} is no verdict", "write true or false")
            elif self.weight(answer) >= 1:
                self.question.verdict = said == "true"
            else:
                self.question.told_wrong = self.says(answer.first("feedback"))

    def figures(self) -> None:
        self.question.form = "numeric"
        for answer in self.node.all("answer"):
            said, told = answer.text_of("text"), self.says(answer.first("feedback"))
            if said == OTHER_NUMBER:
                self.question.other = told
                continue
            margin = answer.text_of("tolerance") or "0"
            try:
                figure = Figure(_number(said), abs(_number(margin)), self.weight(answer), told)
            except ValueError:
                what = f"{said[:40]!r} within {margin[:40]!r} is no number"
                self.ear.fault(answer.line, what, "write figures, such as 4.5")
            else:
                self.question.figures.append(figure)

    def pairs(self) -> None:
        self.question.form = "matching"
        for each in self.node.all("subquestion"):
            answer = each.first("answer")
            right = self.says(answer)
            if not right:
                self.ear.fault(each.line, "a line without a partner", "write its <answer>")
            self.question.pairs.append((self.says(each), right))

    def steps(self) -> None:
        self.question.form = "ordering"
        self.question.steps = [self.says(answer) for answer in self.node.all("answer")]
        if (
            self.node.text_of("gradingtype") == AS_A_WHOLE
            and "scoring:all" not in self.question.labels
        ):
            self.question.labels.append("scoring:all")

    def essay(self) -> None:
        self.question.guide = self.says(self.node.first("graderinfo"))

    def typed(self) -> None:
        mend = "make it a choice (multichoice) or an essay"
        self.ear.fault(self.node.line, "an answer typed word for word (shortanswer)", mend)


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) < 1e15:
        raise ValueError(text)
    return value


READERS: dict[str, Callable[[_Reader], None]] = {
    "multichoice": _Reader.choices,
    "truefalse": _Reader.verdict,
    "numerical": _Reader.figures,
    "matching": _Reader.pairs,
    "ordering": _Reader.steps,
    "essay": _Reader.essay,
    "shortanswer": _Reader.typed,
}
