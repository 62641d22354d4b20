"""The texts in a QTI item, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from salestrain.playbook.exchange.xml import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE = {
    "customOperator", "customInteraction", "portableCustomInteraction", "templateProcessing",
    "templateDeclaration", "include", "stylesheet", "responseProcessingFragment", "script",
    "interactionModules", "interactionMarkup",
}  # fmt: skip
UNSEEN = {"hottext", "contentBody", "modalFeedback", "simpleChoice", "simpleAssociableChoice"}
APART = {"feedbackInline", "feedbackBlock", "rubricBlock", "prompt"}
"""What stands within a text and is no part of it."""


def below(node: Node) -> Iterator[Node]:
    """Yield every element within another, in order."""
    for each in node.children:
        yield each
        yield from below(each)


def without(node: Node, these: set[int]) -> Node:
    """Return a tree with some of its nodes, and paragraphs that only hold such, left out."""
    inside: list[Node | str] = []
    for each in node.inside:
        if isinstance(each, str):
            inside.append(each)
        elif id(each) not in these and not any(id(child) in these for child in each.children):
            inside.append(without(each, these))
    return Node(node.name, node.line, node.attributes, inside)


def markup_of(inside: Sequence[Node | str]) -> str:
    """Return what is in an element as HTML, without what is apart from its text."""
    return "".join(
        escape(each) if isinstance(each, str) else _element(each)
        for each in inside
        if isinstance(each, str) or each.name not in APART
    )


def _element(node: Node) -> str:
    body = markup_of(node.inside)
    if node.name in UNSEEN:
        return body
    said = "".join(f" {key}={quoteattr(value)}" for key, value in node.attributes.items())
    return (
        f"<{node.name}{said}>" if node.name == "br" else f"<{node.name}{said}>{body}</{node.name}>"
    )
