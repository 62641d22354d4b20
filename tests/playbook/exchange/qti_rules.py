"""QTI's own rules for what we write, kept by hand: its schema isn't ours to pass on.

Source: IMS QTI 2.1 XSD (2012) and IMS QTI ITEM 3.0.1 XSD (2024), 1EdTech: the same tree with other
names. Where the schema leaves open what we always write (attributes with a default, text beside
blocks) the rule here is the narrower. ``test_qti_schema`` asks the XSDs themselves, where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from salestrain.playbook.exchange.xml import Node
from tests.playbook.exchange.qti_values import beyond, misspelt

EXPRESSION = (
    "(?:match|and|or|not|member|equal|index|sum|multiple|isNull|variable|correct|baseValue"
    "|mapResponse) "
)
RULE = "(?:responseCondition|setOutcomeValue) "
BLOCK = (
    "(?:p|table|rubricBlock|choiceInteraction|orderInteraction|matchInteraction"
    "|extendedTextInteraction|hottextInteraction) "
)
INLINE = "(?:br|hottext|textEntryInteraction) "
MIXED = {"p", "td", "th", "prompt", "simpleChoice", "simpleAssociableChoice", "hottext"}
TEXT = {"value", "baseValue"}
CHILDREN = {
    "assessmentItem": (
        "(responseDeclaration )*(outcomeDeclaration )*(itemBody )?(responseProcessing )?"
        "(modalFeedback )*"
    ),
    "responseDeclaration": "(correctResponse )?(mapping )?",
    "outcomeDeclaration": "(defaultValue )?",
    "correctResponse": "(value )+",
    "defaultValue": "(value )+",
    "mapping": "(mapEntry )+",
    "itemBody": f"({BLOCK})+",
    "p": f"({INLINE})*",
    "td": f"({INLINE})*",
    "th": f"({INLINE})*",
    "hottext": "(br )*",
    "prompt": "(br )*",
    "simpleChoice": "(br )*",
    "simpleAssociableChoice": "(br )*",
    "table": "thead tbody ",
    "thead": "(tr )+",
    "tbody": "(tr )+",
    "tr": "(?:(?:th )+|(?:td )+)",
    "choiceInteraction": "(prompt )?(simpleChoice )+",
    "orderInteraction": "(prompt )?(simpleChoice )+",
    "matchInteraction": "(prompt )?simpleMatchSet simpleMatchSet ",
    "simpleMatchSet": "(simpleAssociableChoice )+",
    "hottextInteraction": "(prompt )?(?:p |table )+",
    "rubricBlock": "(?:p |table )*",
    "modalFeedback": "(?:p |table )*",
    "responseProcessing": f"({RULE})*",
    "responseCondition": "responseIf (responseElseIf )*(responseElse )?",
    "responseIf": f"{EXPRESSION}({RULE})*",
    "responseElseIf": f"{EXPRESSION}({RULE})*",
    "responseElse": f"({RULE})*",
    "setOutcomeValue": EXPRESSION,
    "match": EXPRESSION * 2,
    "member": EXPRESSION * 2,
    "equal": EXPRESSION * 2,
    "not": EXPRESSION,
    "isNull": EXPRESSION,
    "index": EXPRESSION,
    "and": f"({EXPRESSION})+",
    "or": f"({EXPRESSION})+",
    "sum": f"({EXPRESSION})+",
    "multiple": f"({EXPRESSION})*",
}
"""What may stand in an element, in order; what isn't named holds no elements."""
HEAD = {"xmlns", "xmlns:xsi", "xsi:schemaLocation"}
ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    "assessmentItem": (
        {"identifier", "title", "adaptive", "timeDependent"},
        {"xml:lang", "toolName", *HEAD},
    ),
    "responseDeclaration": ({"identifier", "cardinality"}, {"baseType"}),
    "outcomeDeclaration": ({"identifier", "cardinality"}, {"baseType", "normalMaximum"}),
    "mapping": ({"defaultValue"}, {"lowerBound", "upperBound"}),
    "mapEntry": ({"mapKey", "mappedValue"}, set()),
    "choiceInteraction": ({"responseIdentifier", "shuffle", "maxChoices"}, set()),
    "orderInteraction": ({"responseIdentifier", "shuffle"}, set()),
    "matchInteraction": ({"responseIdentifier", "shuffle", "maxAssociations"}, set()),
    "textEntryInteraction": ({"responseIdentifier"}, {"expectedLength"}),
    "extendedTextInteraction": ({"responseIdentifier"}, {"expectedLength"}),
    "hottextInteraction": ({"responseIdentifier", "maxChoices"}, set()),
    "simpleChoice": ({"identifier"}, set()),
    "hottext": ({"identifier"}, set()),
    "simpleAssociableChoice": ({"identifier", "matchMax"}, set()),
    "rubricBlock": ({"view"}, {"use"}),
    "modalFeedback": ({"outcomeIdentifier", "identifier", "showHide"}, set()),
    "setOutcomeValue": ({"identifier"}, set()),
    "variable": ({"identifier"}, set()),
    "correct": ({"identifier"}, set()),
    "mapResponse": ({"identifier"}, set()),
    "baseValue": ({"baseType"}, set()),
    "equal": ({"toleranceMode"}, {"tolerance"}),
    "index": ({"n"}, set()),
    "th": ({"abbr"}, set()),
    "td": (set(), {"abbr"}),
}
WRAPPED = {"rubricBlock", "modalFeedback"}
"""What holds its blocks in a ``contentBody`` in 3.0."""
KINDS = {
    "choiceInteraction": {"identifier"},
    "orderInteraction": {"identifier"},
    "hottextInteraction": {"identifier"},
    "matchInteraction": {"directedPair"},
    "textEntryInteraction": {"float"},
    "extendedTextInteraction": {"string"},
}


def broken_rules(item: Node) -> list[str]:
    """Return which rules an item (with the names of 2.1) breaks."""
    found = [each for node in item.within(*_names(item)) for each in _broken(node)]
    return [*found, *_unanswered(item), *_doubled(item), *_undeclared(item), *beyond(item)]


def unwrapped(node: Node) -> Node:
    """Return a tree of 3.0 (with the names of 2.1) without what 3.0 wraps around blocks."""
    inside = [each if isinstance(each, str) else unwrapped(each) for each in node.inside]
    if node.name in WRAPPED:
        (body,) = node.children
        assert body.name == "contentBody"
        inside = [*unwrapped(body).inside]
    return Node(node.name, node.line, node.attributes, inside)


def _unanswered(item: Node) -> Iterator[str]:
    declared = {
        node.attributes.get("identifier", ""): node for node in item.all("responseDeclaration")
    }
    for node in item.within(*KINDS):
        about = declared.get(node.attributes.get("responseIdentifier", ""))
        if about is None or about.attributes.get("baseType") not in KINDS[node.name]:
            yield f"{node.line}: {node.name} answers no fitting declaration"


def _doubled(item: Node) -> Iterator[str]:
    parts = item.within("simpleChoice", "simpleAssociableChoice", "hottext")
    choices = [node.attributes.get("identifier", "") for node in parts]
    told = [node.attributes.get("identifier", "") for node in item.all("modalFeedback")]
    for names in (choices, told):
        yield from (f"{name} comes twice" for name in {*names} if names.count(name) > 1)
    for key in item.within("correctResponse"):
        named = [part for value in key.children for part in value.text.split() if choices]
        yield from (f"no choice {part!r}" for part in named if part not in choices)


def _undeclared(item: Node) -> Iterator[str]:
    outcomes = {node.attributes.get("identifier", "") for node in item.all("outcomeDeclaration")}
    known = outcomes | {
        node.attributes.get("identifier", "") for node in item.all("responseDeclaration")
    }
    for node in item.within("variable", "correct", "mapResponse", "setOutcomeValue"):
        if node.attributes.get("identifier", "") not in known:
            yield f"{node.line}: {node.name} of nothing declared"
    for node in item.all("modalFeedback"):
        if node.attributes.get("outcomeIdentifier", "") not in outcomes:
            yield f"{node.line}: feedback of no outcome"


def _names(node: Node) -> set[str]:
    return {node.name, *(name for each in node.children for name in _names(each))}


def _broken(node: Node) -> list[str]:
    said = "".join(f"{each.name} " for each in node.children)
    needed, allowed = ATTRIBUTES.get(node.name, (set(), set()))
    given = set(node.attributes)
    own = "".join(each for each in node.inside if isinstance(each, str)).strip()
    found = []
    if not re.fullmatch(CHILDREN.get(node.name, ""), said):
        found.append(f"{node.line}: {node.name} holds {said}")
    if not needed <= given <= needed | allowed:
        found.append(f"{node.line}: {node.name} has {sorted(given)}")
    if own and node.name not in MIXED | TEXT:
        found.append(f"{node.line}: {node.name} says {own[:20]!r}")
    return [*found, *misspelt(node)]
