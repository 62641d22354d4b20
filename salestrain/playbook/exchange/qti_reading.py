"""QTI items → plain data; what no item can be is a fault, and code is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.errors import Place
from salestrain.language import Text
from salestrain.playbook.exchange.labels import read_labels
from salestrain.playbook.exchange.plain import Brought
from salestrain.playbook.exchange.qti_marking import (
    FEEDBACK,
    MODEL,
    OTHER,
    REASON,
    RESPONSE,
    VERDICT,
)
from salestrain.playbook.exchange.qti_names import as_2_1, id_of
from salestrain.playbook.exchange.qti_package import TOOL
from salestrain.playbook.exchange.qti_text import CODE, below, markup_of, without
from salestrain.playbook.exchange.rubric import read_rubric
from salestrain.playbook.exchange.xml import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.exchange.speech import Ear

NO_CODE = "take it out; items hold no code and read no other files"
MARKING = Text("自带的判分规则", "marking rules of its own")
BLOCK_FEEDBACK = Text("整段的反馈", "feedback in blocks")
STANDARD = ("match_correct", "map_response", "map_response_point", "cc2_match_basic", "cc2_match")


def read_item(root: Node, ear: Ear, labels: Sequence[str]) -> Brought | None:
    """Return the item of an ``assessmentItem`` of either version; its faults are the ear's.

    Args:
        root: The item.
        ear: Reads its texts.
        labels: What the package says of it.
    """
    node = as_2_1(root)
    if node.name != "assessmentItem":
        what = f"<{root.name}> is no question"
        ear.fault(root.line, what, "name a package, or a file with an assessmentItem")
        return None
    before = len(ear.faults)
    for each in node.within(*CODE):
        ear.fault(each.line, f"code: <{each.name}>", NO_CODE)
    reader = _Reader(node, ear)
    form = reader.form() if len(ear.faults) == before else ""
    if not form:
        return None
    plain = {"id": reader.id, **read_labels(labels, form), "stem": {}}
    reader.stem(plain)
    FILLERS[plain["kind"]](reader, plain)
    if node.attributes.get("toolName") != TOOL and reader.own_rules():
        ear.leave_out(MARKING)
    return Brought(plain, Place(ear.path, root.line), len(ear.faults) == before)


class _Reader:
    def __init__(self, node: Node, ear: Ear) -> None:
        self.node, self.ear = node, ear
        self.body = node.first("itemBody") or Node("itemBody", node.line)
        said = node.attributes.get("identifier", "")
        self.id = id_of(said.removesuffix(f".{ear.language}"))
        self.told = {
            id_of(each.attributes.get("identifier", "")): self.says(each)
            for each in node.all("modalFeedback")
        }
        if any(each for each in node.within("feedbackBlock")):
            ear.leave_out(BLOCK_FEEDBACK)

    @property
    def interactions(self) -> list[Node]:
        return [each for each in below(self.body) if each.name.endswith("Interaction")]

    def form(self) -> str:
        """Return what kind of item it can be, or say why it can be none."""
        asked = self.interactions
        names = [each.name for each in asked]
        if len(asked) == 2 and names == ["choiceInteraction"] * 2 and self.verdicts():
            return "true_false"
        if len(asked) != 1:
            what = f"{len(asked)} places to answer" if asked else "nothing to answer"
            self.ear.fault(self.node.line, what, "make each a question of its own")
            return ""
        if names[0] not in FORMS:
            mend = f"turn it into one of {', '.join(FORMS)}, or remove it"
            self.ear.fault(asked[0].line, f"<{names[0]}> is none of our kinds", mend)
            return ""
        if names[0] == "textEntryInteraction" and self.declared().get("baseType") not in {
            "float", "integer",
        }:  # fmt: skip
            mend = "make it a choice, or an extendedTextInteraction"
            self.ear.fault(asked[0].line, "an answer typed word for word", mend)
            return ""
        alone = asked[0].attributes.get("maxChoices", "1") == "1"
        form = FORMS[names[0]]
        return "single" if form == "multiple" and alone else form

    def verdicts(self) -> bool:
        ids = [id_of(each.attributes.get("identifier", "")) for each in self.choices(0)]
        return sorted(ids) == ["false", "true"]

    def declared(self, name: str = RESPONSE) -> dict[str, str]:
        node = self.declaration(name)
        return node.attributes if node else {}

    def declaration(self, name: str = RESPONSE) -> Node | None:
        known = self.node.all("responseDeclaration")
        named = (each for each in known if each.attributes.get("identifier") == name)
        first = known[0] if known and name == RESPONSE else None
        return next(named, first)

    def right(self, name: str = RESPONSE) -> list[str]:
        node = self.declaration(name)
        key = node.first("correctResponse") if node else None
        found = [each.text for each in key.all("value")] if key else []
        if not found:
            mend = "write its correctResponse"
            self.ear.fault(self.node.line, "no answer is right", mend)
        return found

    def own_rules(self) -> bool:
        node = self.node.first("responseProcessing")
        template = node.attributes.get("template", "") if node else ""
        return bool(node and node.children) or (
            bool(template) and not template.removesuffix(".xml").endswith(STANDARD)
        )

    def says(self, node: Node | None) -> Says:
        if node is None:
            return {}
        markup = markup_of(node.inside)
        return self.ear.html(markup, node.line) if markup.strip() else {}

    def stem(self, plain: Plain) -> None:
        first = self.interactions[0]
        outside = markup_of(without(self.body, set(map(id, self.interactions))).inside)
        within = markup_of([each for each in first.inside if isinstance(each, Node)
                          and each.name == "table"])  # fmt: skip
        prompt = first.first("prompt")
        asked = markup_of(prompt.inside) if prompt else ""
        said, table = self.ear.stem(f"{outside}<p>{asked}</p>{within}", self.body.line)
        plain["stem"] = said
        if table:
            plain["extract"] = table
        if not said:
            self.ear.fault(self.body.line, "a question that asks nothing", "write its text")

    def choices(self, which: int) -> list[Node]:
        return self.interactions[which].all("simpleChoice")

    def options(self, which: int = 0, name: str = RESPONSE) -> list[Plain]:
        right, found = self.right(name), []
        for node in self.choices(which):
            said = node.attributes.get("identifier", "")
            inline = self.says(node.first("feedbackInline"))
            told = self.told.get(id_of(said)) or inline
            key = {"key": True} if said in right else {}
            option = {"id": id_of(said), **self.says(node), **key}
            found.append({**option, **({"feedback": told} if told else {})})
        return found


def _chosen(reader: _Reader, plain: Plain) -> None:
    plain["options"] = reader.options()


def _true_false(reader: _Reader, plain: Plain) -> None:
    prompt = reader.interactions[1].first("prompt")
    plain["key"] = [id_of(each) for each in reader.right()] == ["true"]
    if VERDICT in reader.told:
        plain["feedback"] = reader.told[VERDICT]
    second = reader.interactions[1].attributes.get("responseIdentifier", REASON)
    plain["reason"] = {"stem": reader.says(prompt), "options": reader.options(1, second)}


def _ordered(reader: _Reader, plain: Plain) -> None:
    parts = {each.attributes.get("identifier", ""): each for each in reader.choices(0)}
    right = reader.right()
    if sorted(right) != sorted(parts):
        reader.ear.fault(reader.node.line, "the right order names other steps", "name each once")
        return
    plain["steps"] = [{"id": id_of(each), **reader.says(parts[each])} for each in right]
    if pairs := [{"wrong": id_.split("="), **told} for id_, told in reader.told.items()]:
        plain["feedback_pairs"] = pairs


def _paired(reader: _Reader, plain: Plain) -> None:
    sets = reader.interactions[0].all("simpleMatchSet")
    pairs = [[id_of(each) for each in pair.split()] for pair in reader.right()]
    if len(sets) != 2 or any(len(pair) != 2 for pair in pairs):
        what = "the pairs are not two sets and what belongs together"
        reader.ear.fault(reader.node.line, what, "write two simpleMatchSet, and pairs of their ids")
        return
    left, right = (
        [{"id": id_of(each.attributes.get("identifier", "")), **reader.says(each)}
         for each in one.all("simpleAssociableChoice")]
        for one in sets
    )  # fmt: skip
    key = {one: other for one, other in pairs}  # noqa: C416 (pairs are lists of two)
    if plain["kind"] == "sort":
        plain["classes"] = right
        plain["cards"] = [
            {**card, "class": key.get(card["id"], ""), "feedback": reader.told.get(card["id"], {})}
            for card in left
        ]
        return
    plain |= {"left": left, "right": right, "key": key}
    if told := [{"pair": id_.split("="), **said} for id_, said in reader.told.items()]:
        plain["feedback"] = told


def _numeric(reader: _Reader, plain: Plain) -> None:
    key = plain.setdefault("key", {})
    for said in reader.right()[:1]:
        key["value"] = _number(reader, said)
    mistakes = []
    conditions = reader.node.within("responseCondition")
    for clause in (each for condition in conditions for each in condition.children):
        near = clause.first("equal")
        id_ = next((id_of(each.text) for rule in clause.all("setOutcomeValue")
                    if rule.attributes.get("identifier") == FEEDBACK
                    for each in rule.within("baseValue")), "")  # fmt: skip
        if near and near.first("baseValue"):
            value = _number(reader, near.text_of("baseValue"))
            told = {"feedback": reader.told[id_]} if id_ in reader.told else {}
            mistakes.append({"value": value, **told})
        elif near and (margins := near.attributes.get("tolerance", "0").split()):
            margin = abs(_number(reader, margins[0]))
            key |= {"tolerance": {"absolute": margin}} if margin else {}
    if mistakes:
        plain["mistakes"] = mistakes
    if OTHER in reader.told:
        plain["feedback_other"] = reader.told[OTHER]


def _number(reader: _Reader, said: str) -> float:
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e15:
        reader.ear.fault(reader.node.line, f"{said[:40]!r} is no number", "write figures")
        return 0.0
    return value


def _short(reader: _Reader, plain: Plain) -> None:
    if MODEL in reader.told:
        plain["model_answer"] = reader.told[MODEL]
    guide = reader.body.first("rubricBlock")
    if rubric := read_rubric(reader.says(guide)):
        plain["rubric"] = rubric


def _found(reader: _Reader, plain: Plain) -> None:
    rules = plain.pop("rules", {})
    right = [id_of(each) for each in reader.right()]
    for cell, told in reader.told.items():
        row, _, column = cell.partition(":")
        if not row.isdecimal():
            what = f"{cell[:40]!r} names no cell"
            reader.ear.fault(reader.node.line, what, "name the row and the column, as in 2:stage")
            continue
        judged: Plain = {"cell": [int(row), column], **told}
        if cell in right and cell in rules:
            judged["rule"] = rules[cell]
        plain.setdefault("faults" if cell in right else "innocent", []).append(judged)
    if lost := set(right) - set(reader.told):
        what = f"nothing is told of the wrong cell {min(lost)!r}"
        reader.ear.fault(reader.node.line, what, "write a modalFeedback for it")


FORMS = {
    "choiceInteraction": "multiple",
    "orderInteraction": "ordering",
    "matchInteraction": "matching",
    "textEntryInteraction": "numeric",
    "extendedTextInteraction": "short_answer",
    "hottextInteraction": "find_mistake",
}
FILLERS: dict[str, Callable[[_Reader, Plain], None]] = {
    "single": _chosen,
    "multiple": _chosen,
    "true_false": _true_false,
    "ordering": _ordered,
    "matching": _paired,
    "sort": _paired,
    "numeric": _numeric,
    "short_answer": _short,
    "find_mistake": _found,
}
