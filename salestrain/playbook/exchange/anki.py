"""Anki decks: a card for each item, with the question in front and what to know behind."""

from __future__ import annotations

import io
import zlib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from salestrain.errors import SalestrainError
from salestrain.language import Text
from salestrain.playbook.exchange.labels import labels_of
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.question import both, plain_number
from salestrain.playbook.exchange.simpler import questions_of
from salestrain.playbook.exchange.speech import Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.playbook.exchange.plain import Says
    from salestrain.playbook.exchange.question import Question
    from salestrain.playbook.items import Item

MODEL, NAME = 1_700_310_001, "salestrain"
FIELDS = ("Id", "Front", "Back")
FRONT = "{{Front}}"
BACK = "{{FrontSide}}<hr id=answer>{{Back}}"
CSS = """.card { font: 18px/1.5 system-ui, sans-serif; text-align: left; color: #1b2a26; }
table { border-collapse: collapse; } td, th { border: 1px solid #9aa5a0; padding: 2px 8px; }
[lang] + [lang] { border-top: 1px dashed #9aa5a0; margin-top: 1em; padding-top: 1em; }
.right::before { content: "✓ "; } .wrong::before { content: "✗ "; } .told { color: #5a6b65; }
.nightMode .card, .card.nightMode { color: #e8efec; }
"""
VERDICTS = {True: Text("对", "True"), False: Text("错", "False")}
RULES = Text("依据", "Rests on")
BY_ONESELF = Text("翻面自己判断，不记分", "a card to judge for oneself, without marks")
EPOCH = 1_700_000_000.0  # the same items give the same deck; Anki keeps its own dates of review


def write_anki(items: Sequence[Item], pen: Pen) -> tuple[bytes, list[Loss]]:
    """Return items as an Anki package with a deck for each section, and what that loses.

    A note keeps its identity (its guid) through later exports, and so what is remembered of it.

    Args:
        items: The items.
        pen: With both languages, a card says everything in both.

    Raises:
        SalestrainError: If genanki isn't installed.
    """
    try:
        genanki = import_module("genanki")
    except ImportError as error:
        what = "Anki decks need genanki; install 'salestrain[anki]'"
        raise SalestrainError(what) from error
    decks: dict[str, Any] = {}
    model = genanki.Model(
        MODEL,
        NAME,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": NAME, "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )
    for item in items:
        if item.section not in decks:
            number = MODEL + 1 + zlib.crc32(item.section.encode())
            decks[item.section] = genanki.Deck(number, f"{NAME}::{item.section}")
        front, back = _sides(item, pen)
        tags = [label.replace(" ", "_") for label in labels_of(item)]
        guid = genanki.guid_for(NAME, item.id)
        note = genanki.Note(model=model, fields=[item.id, front, back], tags=tags, guid=guid)
        decks[item.section].add_note(note)
    file = io.BytesIO()
    genanki.Package(list(decks.values())).write_to_file(file, timestamp=EPOCH)
    return file.getvalue(), [Loss(item.id, (), BY_ONESELF) for item in items]


def _sides(item: Item, pen: Pen) -> tuple[str, str]:
    """Return what stands in front and behind, each language by itself."""
    questions, _ = questions_of(item, pen.written)
    front, back = "", ""
    for language in pen.languages:
        side = _Side(Pen((language,), pen.written))
        asked = "".join(side.asked(question) for question in questions)
        told = "".join(side.told(question) for question in questions)
        rests = f"{RULES.in_(language)}: {', '.join(item.cites)}"
        front += f'<div lang="{language}">{asked}</div>'
        back += f'<div lang="{language}">{told}<p class="told">{rests}</p></div>'
    return front, back


class _Side:
    def __init__(self, pen: Pen) -> None:
        self.pen, self.say = pen, pen.html

    def asked(self, question: Question) -> str:
        """Return what is asked, and what there is to choose, in an order that tells nothing."""
        choices = [choice.says for choice in question.choices] or question.steps
        left = [one for one, _ in question.pairs if one]
        right = [other for _, other in question.pairs]
        lists = (_shuffled(each, question.id) for each in (choices, left, right))
        shown = "".join(self.listed(map(self.say, each)) for each in lists)
        return f"<div>{self.pen.stem(question)}</div>{shown}"

    def told(self, question: Question) -> str:
        """Return the answer, and why others are none."""
        return (
            self.listed(self.answers(question))
            + self.beside(question.told)
            + self.beside(question.guide)
        )

    def answers(self, question: Question) -> Iterator[str]:
        if question.form == "true_false":
            verdict = self.say(both(VERDICTS[question.verdict]))
            yield self.judged(verdict, question.told_wrong, right=True)
        for choice in sorted(question.choices, key=lambda each: -each.weight):
            yield self.judged(self.say(choice.says), choice.feedback, right=choice.weight > 0)
        for figure in question.figures:
            number = plain_number(round(figure.value, 6))
            yield self.judged(number, figure.feedback, right=figure.weight > 0)
        for one, other in question.pairs:
            if one:
                yield f"{self.say(one)} → {self.say(other)}"
        for place, step in enumerate(question.steps, 1):
            yield f"{place}. {self.say(step)}"

    def judged(self, said: str, told: Says, *, right: bool) -> str:
        return f'<span class="{"right" if right else "wrong"}">{said}</span>{self.beside(told)}'

    def beside(self, told: Says) -> str:
        return f'<div class="told">{self.say(told)}</div>' if told else ""

    def listed(self, each: Iterator[str] | map[str]) -> str:
        lines = "".join(f"<li>{one}</li>" for one in each)
        return f"<ul>{lines}</ul>" if lines else ""


def _shuffled(texts: Sequence[Says], seed: str) -> list[Says]:
    distinct = [says for number, says in enumerate(texts) if says not in texts[:number]]
    mixed = sorted(distinct, key=lambda says: zlib.crc32(f"{seed} {says.get('zh')}".encode()))
    return mixed[::-1] if mixed == distinct else mixed  # else an order would need no answer
