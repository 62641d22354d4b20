"""jupyterquiz's JSON: one language a file; it knows choices and numbers, nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salestrain.errors import ContentError, Fault, Place
from salestrain.language import Text
from salestrain.playbook.exchange.fuller import items_of
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.question import Choice, Figure, Question, shortest
from salestrain.playbook.exchange.simpler import questions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import PurePath

    from salestrain.playbook.exchange.plain import Brought, Says
    from salestrain.playbook.exchange.speech import Ear, Pen
    from salestrain.playbook.items import Item

Json = dict[str, Any]
OURS = "salestrain"
"""A key that jupyterquiz passes over: the id and the labels of an item of ours."""
FORMS = {"single": "multiple_choice", "multiple": "many_choice", "numeric": "numeric"}
NONE_OF_ITS = {"matching", "ordering", "essay"}
LEFT_OUT = Text("jupyterquiz 没有这种题，没有写进去", "left out: jupyterquiz has no such question")
EDGE = Text("容差的上限那一点不算对", "an answer just at the tolerance's upper end doesn't count")
PART = Text("多选不分部分得分", "no marks for partly right answers")
LOOKS = {
    "answer_cols": Text("分几列显示", "in how many columns answers stand"),
    "precision": Text("按几位有效数字比", "to how many digits answers are compared"),
}
LARGEST_NUMBER = 1e15


def write_jupyterquiz(items: Iterable[Item], pen: Pen) -> tuple[str, list[Loss]]:
    """Return items as jupyterquiz reads them, in the pen's first language; and what that loses."""
    found, losses = list[Json](), list[Loss]()
    for item in items:
        questions, lost = questions_of(item, pen.written)
        if any(each.form in NONE_OF_ITS for each in questions):
            losses.append(Loss(item.id, ("item",), LEFT_OUT))
            continue
        # options keep their ids
        losses += [each for each in lost if not each.fields or not each.fields[0].endswith(".id")]
        for question in questions:
            found.append(_written(question, pen))
            if any(figure.margin for figure in question.figures):
                losses.append(Loss(item.id, (), EDGE))
            if question.form == "multiple":
                losses.append(Loss(item.id, (), PART))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n", losses


def _written(question: Question, pen: Pen) -> Json:
    if question.form == "true_false":
        verdicts = [Choice({"zh": zh, "en": en}, 0.0, {}, id_) for zh, en, id_ in VERDICTS]
        right = VERDICT_IDS.index(str(question.verdict).lower())
        verdicts[right].weight, verdicts[1 - right].feedback = 1.0, question.told_wrong
        answers = [_answer(each, pen) for each in verdicts]
    elif question.form == "numeric":
        answers = [_figure(each, pen) for each in question.figures]
        answers.append({"type": "default", "feedback": pen.html(question.other)})
    else:
        answers = [_answer(each, pen) for each in question.choices]
    return {
        "question": pen.stem(question),
        "type": FORMS.get(question.form, "multiple_choice"),
        "answers": answers,
        OURS: {"id": question.id, "labels": question.labels, "by": pen.note},
    }


VERDICTS = (("对", "True", "true"), ("错", "False", "false"))
VERDICT_IDS = [id_ for *_, id_ in VERDICTS]


def _answer(choice: Choice, pen: Pen) -> Json:
    ours = {OURS: choice.id} if choice.id else {}
    told = pen.html(choice.feedback) if choice.feedback else ""
    return {"answer": pen.html(choice.says), "correct": choice.weight > 0, "feedback": told, **ours}


def _figure(figure: Figure, pen: Pen) -> Json:
    said = {"correct": figure.weight > 0, "feedback": pen.html(figure.feedback)}
    if not figure.margin:
        return {"type": "value", "value": shortest(figure.value), **said}
    value, margin = figure.value, figure.margin
    ends = [shortest(value - margin), shortest(value + margin)]
    return {"type": "range", "range": ends, **said, OURS: [value, margin]}


def read_json(text: str, path: PurePath) -> list[tuple[int, Json]]:
    """Return the questions of a JSON list, each with its line.

    Raises:
        ContentError: If it is no JSON, or no list of questions.
    """
    scan = _Scan(text, path)
    try:
        return scan.questions()
    except json.JSONDecodeError as error:
        mend = "mend the comma, quote or bracket there"
        raise scan.fault(f"not JSON: {error.msg}", mend, error.pos) from error
    except RecursionError as error:
        raise scan.fault("nested too deep", "close its brackets") from error
    except ValueError as error:
        raise scan.fault(str(error), "write each key once, and numbers in figures") from error


class _Scan:
    """Reads a list element by element, so that each has its line."""

    def __init__(self, text: str, path: PurePath) -> None:
        self.text, self.path, self.at = text, path, 0
        self.decoder = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse)

    def fault(self, what: str, mend: str, at: int | None = None) -> ContentError:
        line = self.text.count("\n", 0, self.at if at is None else at) + 1
        return ContentError([Fault(Place(self.path, line), what, mend)])

    def next(self) -> str:
        """Return the next sign that is no space."""
        while self.text[self.at : self.at + 1] in {" ", "\n", "\t"}:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def questions(self) -> list[tuple[int, Json]]:
        if self.next() != "[":
            raise self.fault("no list of questions", "begin it with [")
        self.at += 1
        found = []
        while self.next() != "]":
            value, end = self.decoder.raw_decode(self.text, self.at)
            if not isinstance(value, dict):
                raise self.fault(f"{str(value)[:40]!r} is no question", "write it in { }")
            found.append((self.text.count("\n", 0, self.at) + 1, value))
            self.at = end
            if self.next() not in {",", "]"}:
                raise self.fault("the list goes on without a comma", "write , or ]")
            self.at += self.next() == ","
        self.at += 1
        if self.next():
            raise self.fault("something follows the list", "end the file with ]")
        return found


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        message = f"key {twice!r} comes twice in a question"
        raise ValueError(message)
    return found


def _refuse(word: str) -> float:
    message = f"{word} is no number"
    raise ValueError(message)


def read_jupyterquiz(questions: Iterable[tuple[int, Json]], ear: Ear) -> list[Brought]:
    """Return the items of jupyterquiz's questions; their faults are the ear's."""
    found = [_Reader(line, said, ear) for line, said in questions]
    return items_of([each.question for each in found if each.read()], ear)


class _Reader:
    def __init__(self, line: int, said: Json, ear: Ear) -> None:
        self.line, self.said, self.ear = line, said, ear
        ours = said.get(OURS)
        ours = ours if isinstance(ours, dict) else {}
        labels = ours.get("labels")
        listed = (
            [each for each in labels if isinstance(each, str)] if isinstance(labels, list) else []
        )
        self.question = Question(str(ours.get("id", "")), "essay", listed, {}, line)

    def fault(self, what: str, mend: str) -> bool:
        self.ear.fault(self.line, what, mend)
        return False

    def read(self) -> bool:
        form = self.said.get("type")
        read = READERS.get(form) if isinstance(form, str) else None
        if form == "string":
            return self.fault("an answer typed word for word (string)", "make it a choice")
        if read is None:
            return self.fault(f"question type {form!r} is none of ours", f"use one of {KNOWN}")
        before = len(self.ear.faults)
        for key in self.said.keys() - {"question", "type", "answers", OURS}:
            self.unknown(key)
        stem, answers = self.said.get("question"), self.said.get("answers")
        if not isinstance(stem, str) or not stem.strip():
            return self.fault("a question that asks nothing", 'write its "question"')
        if not isinstance(answers, list) or not all(isinstance(each, dict) for each in answers):
            return self.fault("a question without answers", 'write a list of "answers"')
        self.question.stem, self.question.table = self.ear.stem(stem, self.line)
        read(self, answers)
        return len(self.ear.faults) == before

    def unknown(self, key: str) -> None:
        if key in LOOKS:
            self.ear.leave_out(LOOKS[key])
        else:
            what = f"{key!r}, which items have no place for"
            self.fault(what, "say it in the question's words, or take it out")

    def says(self, answer: Json, key: str) -> Says:
        said = answer.get(key, "")
        if not isinstance(said, str):
            self.fault(f"{key!r} is {str(said)[:40]}", "write a text")
            return {}
        return self.ear.html(said, self.line) if said.strip() else {}

    def right(self, answer: Json) -> float:
        said = answer.get("correct")
        if not isinstance(said, bool):
            self.fault(f"'correct' is {str(said)[:40]}", "write true or false")
        return float(said is True)

    def choices(self, answers: list[Json]) -> None:
        self.question.form = "single" if self.said["type"] == "multiple_choice" else "multiple"
        before = len(self.ear.faults)
        for answer in answers:
            if "code" in answer:
                self.fault("an answer that is code", "say it in words")
                continue
            says = self.says(answer, "answer")
            if not says:
                self.fault("an answer that says nothing", 'write its "answer"')
            id_ = answer.get(OURS)
            told = self.says(answer, "feedback")
            choice = Choice(says, self.right(answer), told, id_ if isinstance(id_, str) else "")
            self.question.choices.append(choice)
        sound = len(self.ear.faults) == before
        if sound and not any(each.weight for each in self.question.choices):
            self.fault("no answer is right", 'write "correct": true at the right one')
        if [each.id for each in self.question.choices] == VERDICT_IDS:
            self.verdict()

    def verdict(self) -> None:
        true, false = self.question.choices
        self.question.form, self.question.verdict = "true_false", true.weight > 0
        self.question.told_wrong = (false if true.weight else true).feedback
        self.question.choices = []

    def figures(self, answers: list[Json]) -> None:
        self.question.form = "numeric"
        for answer in answers:
            told = self.says(answer, "feedback")
            if answer.get("type") == "default":
                self.question.other = told
            elif number := self.number(answer):
                self.question.figures.append(Figure(*number, self.right(answer), told))

    def number(self, answer: Json) -> tuple[float, float] | None:
        ends = answer.get("range", [answer.get("value")] * 2)
        if not isinstance(ends, list) or len(ends) != 2 or not all(map(_is_number, ends)):
            self.fault(f"{str(ends)[:40]} is no number or range", "write figures, the lower first")
            return None
        middle, margin = sum(ends) / 2, (ends[1] - ends[0]) / 2
        kept = answer.get(OURS)
        if isinstance(kept, list) and len(kept) == 2 and all(map(_is_number, kept)):
            near = 1e-9 * max(1.0, abs(middle))
            if abs(kept[0] - middle) <= near and abs(kept[1] - margin) <= near:
                return float(kept[0]), float(kept[1])
        if margin < 0:
            self.fault(f"{ends} is no range", "write the lower number first")
        return float(middle), abs(margin)


def _is_number(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return abs(value) < LARGEST_NUMBER


READERS: dict[str, Callable[[_Reader, list[Json]], None]] = {
    "multiple_choice": _Reader.choices,
    "many_choice": _Reader.choices,
    "numeric": _Reader.figures,
}
KNOWN = ", ".join(READERS)
