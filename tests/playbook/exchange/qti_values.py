"""What the attributes of an item may say, and what its XSD asks beyond that.

Sources: IMS QTI 2.1 XSD (2012), 1EdTech; IMS QTI ITEM 3.0.1 XSD (2024), 1EdTech, with the
Schematron rules in both. Where they differ the stricter one is kept, but for ``use`` (3.0 only).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from salestrain.playbook.exchange.qti_names import FORMS, Form
from salestrain.playbook.exchange.xml import Node

NAME = r"[A-Za-z_][A-Za-z0-9_.-]*"
"""An NCName, in the signs that we use."""
DOUBLE = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
"""A number of XML without its INF and NaN, which no mark is."""
BOOLEAN, COUNT = "true|false", r"\d+"
VALUES = {
    "identifier": NAME,
    "responseIdentifier": NAME,
    "outcomeIdentifier": NAME,
    "n": rf"{NAME}|[+-]?\d+",
    "adaptive": BOOLEAN,
    "timeDependent": BOOLEAN,
    "shuffle": BOOLEAN,
    "maxChoices": COUNT,
    "maxAssociations": COUNT,
    "matchMax": COUNT,
    "expectedLength": COUNT,
    "normalMaximum": rf"(?!-){DOUBLE}",
    "lowerBound": DOUBLE,
    "upperBound": DOUBLE,
    "defaultValue": DOUBLE,
    "mappedValue": DOUBLE,
    "tolerance": rf"{DOUBLE}(?: {DOUBLE})?",
    "toleranceMode": "absolute|exact|relative",
    "cardinality": "multiple|ordered|record|single",
    "baseType": (
        "boolean|directedPair|duration|file|float|identifier|integer|pair|point|string|uri"
    ),
    "showHide": "hide|show",
    "view": "(?:(?:author|candidate|proctor|scorer|testConstructor|tutor)(?: (?!$)|$))+",
    "use": r"instructions|scoring|navigation|ext:[a-zA-Z0-9_.-]+",
    "title": r"[^\t\r\n]*",
    "toolName": r"[^\t\r\n]{0,256}",
    "xml:lang": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
}
"""The type of each attribute: none of them means two things in what we write."""
INTERACTIONS = (
    "choiceInteraction", "orderInteraction", "matchInteraction", "textEntryInteraction",
    "extendedTextInteraction", "hottextInteraction",
)  # fmt: skip
NO_NUMBER = {"match", "and", "or", "not", "member", "equal", "isNull"}
"""Expressions that are true or false, which a ``sum`` may not hold."""


def doubled(names: Iterable[str]) -> set[str]:
    """Return what comes more than once."""
    all_names = [*names]
    return {name for name in all_names if all_names.count(name) > 1}


def misspelt(node: Node) -> Iterator[str]:
    """Yield what the attributes of an element, or a number in it, may not say."""
    for key, said in node.attributes.items():
        if not re.fullmatch(VALUES.get(key, "(?s:.*)"), said):
            yield f"{node.line}: {node.name} has {key} {said!r}"
    if node.attributes.get("baseType") == "float":
        values = [node] if node.name == "baseValue" else node.within("value")
        for each in values:
            if not re.fullmatch(DOUBLE, each.text):
                yield f"{each.line}: {each.text!r} is no number"


def beyond(item: Node) -> Iterator[str]:
    """Yield what an item breaks that no one element shows."""
    form = next(
        (one for one in FORMS.values() if one.namespace == item.attributes.get("xmlns", "")), None
    )
    if form is None:
        yield f"{item.line}: no version has the namespace {item.attributes['xmlns']!r}"
    elif item.attributes.get("xsi:schemaLocation", "") != f"{form.namespace} {form.schema}":
        yield f"{item.line}: names another schema"
    yield from _rubrics(item, form)
    yield from _choosing(item)
    variables = (*item.all("responseDeclaration"), *item.all("outcomeDeclaration"))
    for name in doubled(node.attributes.get("identifier", "") for node in variables):
        yield f"{name} is declared twice"
    for node in item.within("sum"):
        yield from (f"{one.line}: sum of {one.name}" for one in node.children
                    if one.name in NO_NUMBER)  # fmt: skip


def _rubrics(item: Node, form: Form | None) -> Iterator[str]:
    for node in item.within("rubricBlock"):
        if form is FORMS["3.0"] and "use" not in node.attributes:
            yield f"{node.line}: rubricBlock without use"
        if form is FORMS["2.1"] and "use" in node.attributes:
            yield f"{node.line}: rubricBlock with a use that 2.1 has no words for"


def _choosing(item: Node) -> Iterator[str]:
    single = {node.attributes.get("identifier", "") for node in item.all("responseDeclaration")
              if node.attributes.get("cardinality", "") == "single"}  # fmt: skip
    for node in item.within(*INTERACTIONS):
        about = node.attributes
        if about.get("responseIdentifier", "") in single and about.get("maxChoices", "1") != "1":
            yield f"{node.line}: one answer, but more choices"
        if [*node.within(*INTERACTIONS)] != [node]:
            yield f"{node.line}: {node.name} holds another"
