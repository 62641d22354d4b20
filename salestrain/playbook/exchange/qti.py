"""QTI 2.1 and 3.0: a package with a file for each item and language, and what marks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salestrain.language import LANGUAGES, Text
from salestrain.playbook import items as kinds
from salestrain.playbook.exchange.files import packed
from salestrain.playbook.exchange.markup import as_html
from salestrain.playbook.exchange.plain import Loss
from salestrain.playbook.exchange.qti_marking import (
    FEEDBACK,
    MODEL,
    OTHER,
    REASON,
    RESPONSE,
    SCORE,
    SLIP,
    VERDICT,
    Marking,
)  # fmt: skip
from salestrain.playbook.exchange.qti_marking import mapping as mapped
from salestrain.playbook.exchange.qti_names import FORMS, USE, XSI, identifier
from salestrain.playbook.exchange.qti_package import HEAD, MANIFEST, TOOL, manifest, resource
from salestrain.playbook.exchange.question import plain_number
from salestrain.playbook.exchange.rubric import rubric_text
from salestrain.playbook.exchange.simpler import BY_HAND, number_losses
from salestrain.playbook.exchange.tables import table_html, untouched
from salestrain.playbook.items.asked import STATEMENT, cell_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from salestrain.language import Language
    from salestrain.playbook.exchange.qti_names import Form, Version
    from salestrain.playbook.exchange.tables import Written
    from salestrain.playbook.items import Item, Named, Option

VERDICTS = {"true": Text("对", "True"), "false": Text("错", "False")}


def write_qti(
    items: Iterable[Item], languages: Sequence[Language], written: Written, version: Version
) -> tuple[bytes, list[Loss]]:
    """Return items as a QTI package, and what that loses.

    Args:
        items: The items.
        languages: A folder of files for each.
        written: Writes a cell of a table as people read it.
        version: Of QTI.
    """
    form, files = FORMS[version], dict[str, str]()
    resources, losses = list[str](), list[Loss]()
    for item in items:
        losses += number_losses(item) if isinstance(item, kinds.Numeric) else ()
        losses += [Loss(item.id, (), BY_HAND)] if isinstance(item, kinds.ShortAnswer) else ()
        for language in languages:
            name = f"{language}/{identifier(item.id)}.xml"
            files[name] = f"{HEAD}{_Writer(form, item, language, written).xml()}\n"
            resources.append(resource(form, item, language, name))
    files = {MANIFEST: manifest(form, resources), **files}
    return packed(files), losses


class _Writer:
    def __init__(self, form: Form, item: Item, language: Language, written: Written) -> None:
        self.form, self.el, self.item = form, form.el, item
        self.language, self.written, self.marking = language, written, Marking(form)

    def xml(self) -> str:
        item, form = self.item, self.form
        about: dict[str, object] = {
            "xmlns": form.namespace,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{form.namespace} {form.schema}",
            "identifier": f"{identifier(item.id)}.{self.language}",
            "title": item.id,
            "adaptive": "false",
            "timeDependent": "false",
            "xml:lang": self.language,
            "toolName": TOOL,
        }
        declared, body, rules, told = WAYS[type(item)](self, item)
        outcomes = (
            self.el("outcomeDeclaration", {
                "identifier": SCORE, "cardinality": "single", "baseType": "float",
                "normalMaximum": 1,
            }, self.el("defaultValue", {}, self.el("value", {}, "0"))),
            self.el("outcomeDeclaration", {
                "identifier": FEEDBACK, "cardinality": "multiple", "baseType": "identifier",
            }),
        )  # fmt: skip
        shown = (
            form.told("modalFeedback", {
                "outcomeIdentifier": FEEDBACK, "identifier": identifier(id_), "showHide": "show",
            }, self.paragraph(text))
            for id_, text in told.items()
        )  # fmt: skip
        parts = [*declared, *outcomes, self.el("itemBody", {}, *body),
                 self.marking.all(*rules), *shown]  # fmt: skip
        return self.el("assessmentItem", about, "\n", "\n".join(parts), "\n")

    def say(self, text: Text) -> str:
        return as_html(text.in_(self.language).strip()).replace("<br>", "<br/>")

    def paragraph(self, text: Text) -> str:
        return self.el("p", {}, self.say(text))

    def stem(self, in_cell: Callable[[int, str, str], str] = untouched) -> list[str]:
        found = [self.paragraph(self.item.stem)]
        if self.item.extract:
            said = table_html(self.item.extract, self.say, self.written, in_cell=in_cell)
            found.append(said)
        return found

    def declared(
        self,
        kind: str,
        cardinality: str,
        right: Iterable[str],
        name: str = RESPONSE,
        worth: str = "",
    ) -> str:
        about: dict[str, object] = {
            "identifier": name,
            "cardinality": cardinality,
            "baseType": kind,
        }
        values = [self.el("value", {}, each) for each in right]
        key = self.el("correctResponse", {}, *values) if values else ""
        return self.el("responseDeclaration", about, key, worth)

    def choices(self, parts: Iterable[Named], name: str = "simpleChoice", **more: object) -> str:
        return "".join(
            self.el(name, {"identifier": identifier(each.id), **more}, self.say(each.text))
            for each in parts
        )

    def interaction(self, name: str, *inside: str, response: str = RESPONSE, **more: object) -> str:
        return self.el(name, {"responseIdentifier": response, **more}, *inside)


Way = tuple[list[str], list[str], list[str], dict[str, Text]]
"""Declarations, the body, the rules of marking, and what is told, by its id."""


def _keys(options: Iterable[Option]) -> list[str]:
    return [identifier(option.id) for option in options if option.key]


def _told(options: Iterable[Option]) -> dict[str, Text]:
    return {option.id: option.feedback for option in options}


def _chosen(to: _Writer, item: kinds.Single | kinds.Multiple) -> Way:
    alone, keys = isinstance(item, kinds.Single), _keys(item.options)
    wrong = 0.0 if alone else -1 / len(keys)
    marks = {key: 1 / len(keys) for key in keys}
    cardinality = "single" if alone else "multiple"
    worth = mapped(to.form, marks, wrong)
    asked = to.interaction("choiceInteraction", to.choices(item.options), shuffle="true",
                           maxChoices=int(alone))  # fmt: skip
    rules = [to.marking.mapped(), to.marking.tell_chosen()]
    declared = to.declared("identifier", cardinality, keys, worth=worth)
    return [declared], [*to.stem(), asked], rules, _told(item.options)


def _true_false(to: _Writer, item: kinds.TrueFalse) -> Way:
    keys, key = _keys(item.reason.options), STATEMENT[item.key]
    declared = [
        to.declared("identifier", "single", [identifier(key)]),
        to.declared("identifier", "single", keys, name=REASON),
    ]
    verdicts = "".join(
        to.el("simpleChoice", {"identifier": identifier(id_)}, to.say(text))
        for id_, text in VERDICTS.items()
    )
    prompt = to.el("prompt", {}, to.say(item.reason.stem))
    body = [
        *to.stem(),
        to.interaction("choiceInteraction", verdicts, shuffle="false", maxChoices=1),
        to.interaction("choiceInteraction", prompt, to.choices(item.reason.options),
                       response=REASON, shuffle="true", maxChoices=1),
    ]  # fmt: skip
    marking = to.marking
    half = marking.when(
        (marking.correct(REASON), [marking.score(1)]), otherwise=[marking.score(0.5)]
    )
    rules = [
        marking.tell_chosen(REASON),
        marking.when((marking.correct(), [half]), otherwise=[marking.tell(VERDICT)]),
    ]
    return declared, body, rules, {**_told(item.reason.options), VERDICT: item.feedback}


def _ordering(to: _Writer, item: kinds.Ordering) -> Way:
    right = [identifier(step.id) for step in item.steps]
    asked = to.interaction("orderInteraction", to.choices(item.steps), shuffle="true")
    told = {"=".join(pair.wrong): pair.text for pair in item.feedback_pairs}
    declared = to.declared("identifier", "ordered", right)
    return [declared], [*to.stem(), asked], to.marking.in_order(item), told


def _matching(to: _Writer, item: kinds.Matching) -> Way:
    pairs = [(one.id, item.key[one.id]) for one in item.left]
    told = {"=".join(each.pair): each.text for each in item.mismatches}
    rules = [
        to.marking.when(
            (to.marking.put_together(*each.pair), [to.marking.tell("=".join(each.pair))])
        )
        for each in item.mismatches
    ]
    return _paired(to, item.left, item.right, pairs, 0.0, rules, told)


def _sort(to: _Writer, item: kinds.Sort) -> Way:
    pairs = [(card.id, card.belongs) for card in item.cards]
    marking = to.marking
    rules = [
        marking.when((marking.neither(marking.put_together(*pair)), [marking.tell(pair[0])]))
        for pair in pairs
    ]
    # right - wrong / (classes - 1), of all cards: what guessing would give is taken off
    wrong = -1 / (len(item.cards) * (len(item.classes) - 1))
    told = {card.id: card.feedback for card in item.cards}
    return _paired(to, item.cards, item.classes, pairs, wrong, rules, told)


def _paired(  # noqa: PLR0913, PLR0917 (what both kinds of pairs come down to)
    to: _Writer, lines: Sequence[Named], others: Sequence[Named], pairs: Sequence[tuple[str, str]],
    wrong: float, rules: list[str], told: dict[str, Text],
) -> Way:  # fmt: skip
    right = [f"{identifier(one)} {identifier(other)}" for one, other in pairs]
    worth = mapped(to.form, dict.fromkeys(right, 1 / len(right)), wrong)
    sets = (
        to.el("simpleMatchSet", {}, to.choices(parts, "simpleAssociableChoice", matchMax=most))
        for parts, most in ((lines, 1), (others, len(lines)))
    )
    asked = to.interaction("matchInteraction", *sets, shuffle="true", maxAssociations=len(lines))
    declared = to.declared("directedPair", "multiple", right, worth=worth)
    return [declared], [*to.stem(), asked], [to.marking.mapped(), *rules], told


def _numeric(to: _Writer, item: kinds.Numeric) -> Way:
    marking, tolerance = to.marking, item.key.tolerance
    right = to.el("correct", {"identifier": RESPONSE})
    clauses = [(marking.near(right, tolerance.margin(item.answer)), [marking.score(1)])]
    told = {}
    for number, (value, says) in enumerate(item.mistakes, 1):
        given = marking.base("float", plain_number(value))
        id_ = f"{SLIP}{number}"
        clauses.append((marking.near(given, tolerance.margin(value)), [marking.tell(id_)]))
        told[id_] = says
    told[OTHER] = item.feedback_other
    asked = to.interaction("textEntryInteraction", expectedLength=12)
    unit = f" {as_html(item.key.unit_name.in_(to.language))}"
    rules = [marking.when(*clauses, otherwise=[marking.tell(OTHER)])]
    declared = to.declared("float", "single", [plain_number(item.answer)])
    return [declared], [*to.stem(), to.el("p", {}, asked, unit)], rules, told


def _short(to: _Writer, item: kinds.ShortAnswer) -> Way:
    asked = to.interaction("extendedTextInteraction", expectedLength=item.max_length.zh * 2)
    guide = Text(*(rubric_text(item.rubric)[language] for language in LANGUAGES))
    rubric = to.form.told("rubricBlock", {"view": "scorer", **USE[to.form.version]},
                          to.paragraph(guide))  # fmt: skip
    declared, told = to.declared("string", "single", []), {MODEL: item.model_answer}
    return [declared], [*to.stem(), asked, rubric], [to.marking.tell(MODEL)], told


def _find(to: _Writer, item: kinds.FindMistake) -> Way:
    faults = [cell_id(each.cell) for each in item.faults]
    right = [identifier(cell) for cell in faults]
    worth = mapped(to.form, dict.fromkeys(right, 1 / len(right)), -1 / len(right))

    def in_cell(row: int, column: str, said: str) -> str:
        return to.el("hottext", {"identifier": identifier(cell_id((row, column)))}, said)

    stem, table = to.stem(in_cell)
    asked = to.interaction("hottextInteraction", table, maxChoices=0)
    told = {cell_id(each.cell): each.text for each in (*item.faults, *item.innocent)}
    rules = [to.marking.mapped(), to.marking.tell_chosen(RESPONSE, *faults)]
    declared = to.declared("identifier", "multiple", right, worth=worth)
    return [declared], [stem, asked], rules, told


WAYS: dict[type, Callable[[_Writer, Any], Way]] = {
    kinds.Single: _chosen,
    kinds.Multiple: _chosen,
    kinds.TrueFalse: _true_false,
    kinds.Ordering: _ordering,
    kinds.Matching: _matching,
    kinds.Sort: _sort,
    kinds.Numeric: _numeric,
    kinds.ShortAnswer: _short,
    kinds.FindMistake: _find,
}
