"""Runs QTI response processing, as another system would: what we write, by its specification."""
# ruff: noqa: ANN401, N802 (values of any type; methods named as QTI names its expressions)

from __future__ import annotations

from typing import Any

from salestrain.playbook.exchange.xml import Node


def outcomes_of(item: Node, responses: dict[str, Any]) -> tuple[float, set[str]]:
    """Return the score and what is told, by an item's own response processing."""
    run = _Run(item, responses)
    processing = item.first("responseProcessing")
    for rule in processing.children if processing else ():
        run.rule(rule)
    return float(run.values["SCORE"]), set(run.values["FEEDBACK"])


class _Run:
    def __init__(self, item: Node, responses: dict[str, Any]) -> None:
        self.declared = {
            node.attributes["identifier"]: node for node in item.all("responseDeclaration")
        }
        self.values: dict[str, Any] = {"SCORE": 0.0, "FEEDBACK": [], **responses}

    def rule(self, node: Node) -> None:
        if node.name == "setOutcomeValue":
            self.values[node.attributes["identifier"]] = self.value(node.children[0])
            return
        for clause in node.children:
            otherwise = clause.name == "responseElse"
            if otherwise or self.value(clause.children[0]):
                for rule in clause.children[0 if otherwise else 1 :]:
                    self.rule(rule)
                return

    def value(self, node: Node) -> Any:
        return getattr(self, f"_{node.name}")(node, [self.value(each) for each in node.children])

    def _variable(self, node: Node, _: list[Any]) -> Any:
        return self.values[node.attributes["identifier"]]

    def _correct(self, node: Node, _: list[Any]) -> Any:
        about = self.declared[node.attributes["identifier"]]
        key = about.first("correctResponse")
        values = [each.text for each in key.children] if key else []
        kind = about.attributes["baseType"]
        found = [float(each) if kind == "float" else each for each in values]
        return found[0] if about.attributes["cardinality"] == "single" else found

    def _baseValue(self, node: Node, _: list[Any]) -> Any:
        return float(node.text) if node.attributes["baseType"] == "float" else node.text

    def _mapResponse(self, node: Node, _: list[Any]) -> float:
        name = node.attributes["identifier"]
        mapping = self.declared[name].first("mapping")
        assert mapping is not None
        worth = {
            each.attributes["mapKey"]: float(each.attributes["mappedValue"])
            for each in mapping.children
        }
        otherwise = float(mapping.attributes["defaultValue"])
        given = self.values[name]
        given = given if isinstance(given, list) else [given]
        total = sum(worth.get(each, otherwise) for each in given)
        low, high = (float(mapping.attributes[each]) for each in ("lowerBound", "upperBound"))
        return min(high, max(low, total))

    def _match(self, _: Node, values: list[Any]) -> bool:
        return bool(values[0] == values[1])

    def _and(self, _: Node, values: list[Any]) -> bool:
        return all(values)

    def _or(self, _: Node, values: list[Any]) -> bool:
        return any(values)

    def _not(self, _: Node, values: list[Any]) -> bool:
        return not values[0]

    def _isNull(self, _: Node, values: list[Any]) -> bool:
        return values[0] in (None, [])

    def _member(self, _: Node, values: list[Any]) -> bool:
        return values[0] in values[1]

    def _sum(self, _: Node, values: list[Any]) -> float:
        return float(sum(values))

    def _index(self, node: Node, values: list[Any]) -> Any:
        return values[0][int(node.attributes["n"]) - 1]

    def _multiple(self, _: Node, values: list[Any]) -> list[Any]:
        return [one for each in values for one in (each if isinstance(each, list) else [each])]

    def _equal(self, node: Node, values: list[Any]) -> bool:
        if node.attributes["toleranceMode"] == "exact":
            return bool(values[0] == values[1])
        below, above = map(float, node.attributes["tolerance"].split())
        return bool(values[1] - below <= values[0] <= values[1] + above)
