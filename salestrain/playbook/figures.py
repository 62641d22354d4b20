"""The figures of a scenario: sums over prices, rules and each other, so that no total is typed."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING

from salestrain.errors import ContentError, Fault

if TYPE_CHECKING:
    from salestrain.playbook.source import Keyed

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def figures_of(sums: Keyed) -> dict[str, float]:
    """Return figures by name; each is a sum of numbers and of figures above it.

    Raises:
        ContentError: If one of them can't be computed.
    """
    figures: dict[str, float] = {}
    for name, text in sums.items():
        try:
            figures[name] = round(_value(ast.parse(str(text), mode="eval").body, figures), 6)
        except (ValueError, SyntaxError, ZeroDivisionError) as error:
            what = f"figure {name!r} can't be computed: {error}"
            mend = "add, subtract, multiply or divide numbers and figures above it"
            raise ContentError([Fault(sums.places[name], what, mend)]) from error
    return figures


def _value(node: ast.expr, known: dict[str, float]) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = _value(node.left, known), _value(node.right, known)
        return float(OPERATORS[type(node.op)](left, right))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.Name) and node.id in known:
        return known[node.id]
    message = f"{ast.unparse(node)!r} is no number"
    raise ValueError(message)
