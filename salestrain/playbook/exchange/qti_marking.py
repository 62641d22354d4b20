"""QTI's response processing: our marking in its words, so that other systems mark alike."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from salestrain.playbook.exchange.qti_names import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salestrain.playbook.exchange.qti_names import Form
    from salestrain.playbook.items import Ordering

RESPONSE, REASON, SCORE, FEEDBACK = "RESPONSE", "REASON", "SCORE", "FEEDBACK"
VERDICT, OTHER, MODEL, SLIP = "verdict", "other", "model", "slip"
"""Ids of what is told: of a wrong verdict, an unlisted number, the model answer, a mistake."""


class Marking:
    """Writes conditions and what they set."""

    def __init__(self, form: Form) -> None:
        self.el = form.el

    def all(self, *rules: str) -> str:
        """Return the whole of it."""
        return self.el("responseProcessing", {}, *rules)

    def when(self, *clauses: tuple[str, Sequence[str]], otherwise: Sequence[str] = ()) -> str:
        """Return a condition: the first clause that holds sets what stands beside it."""
        names = ["responseIf", *["responseElseIf"] * (len(clauses) - 1)]
        said = [self.el(name, {}, test, *then)
                for name, (test, then) in zip(names, clauses, strict=True)]  # fmt: skip
        if otherwise:
            said.append(self.el("responseElse", {}, *otherwise))
        return self.el("responseCondition", {}, *said)

    def set(self, outcome: str, value: str) -> str:
        """Return a rule that gives an outcome a value."""
        return self.el("setOutcomeValue", {"identifier": outcome}, value)

    def score(self, value: float) -> str:
        """Return a rule that gives the mark."""
        return self.set(SCORE, self.base("float", f"{value:g}"))

    def base(self, kind: str, value: str) -> str:
        """Return a constant."""
        return self.el("baseValue", {"baseType": kind}, value)

    def variable(self, name: str = RESPONSE) -> str:
        """Return what was answered, or an outcome."""
        return self.el("variable", {"identifier": name})

    def mapped(self) -> str:
        """Return the rule for a mark by the mapping, nothing for no answer."""
        mapped = self.set(SCORE, self.el("mapResponse", {"identifier": RESPONSE}))
        nothing = self.el("isNull", {}, self.variable())
        return self.when((nothing, [self.score(0)]), otherwise=[mapped])

    def tell(self, *ids: str) -> str:
        """Return the rule that adds to what is told."""
        told = (self.base("identifier", identifier(id_)) for id_ in ids)
        return self.set(FEEDBACK, self.el("multiple", {}, self.variable(FEEDBACK), *told))

    def tell_chosen(self, name: str = RESPONSE, *ids: str) -> str:
        """Return the rule that tells of what was chosen, and of some more."""
        more = (self.base("identifier", identifier(id_)) for id_ in ids)
        return self.set(FEEDBACK, self.el("multiple", {}, self.variable(name), *more))

    def correct(self, name: str = RESPONSE) -> str:
        """Return the test for the key."""
        return self.el("match", {}, self.variable(name), self.el("correct", {"identifier": name}))

    def put_together(self, one: str, other: str) -> str:
        """Return the test for a pair."""
        pair = self.base("directedPair", f"{identifier(one)} {identifier(other)}")
        return self.el("member", {}, pair, self.variable())

    def neither(self, test: str) -> str:
        """Return the opposite of a test."""
        return self.el("not", {}, test)

    def near(self, value: str, margin: float) -> str:
        """Return the test for a number."""
        said: dict[str, object] = {"toleranceMode": "exact"}
        if margin:
            said = {"toleranceMode": "absolute", "tolerance": f"{margin!r} {margin!r}"}
        return self.el("equal", said, self.variable(), value)

    def in_order(self, item: Ordering) -> list[str]:
        """Return the rules for an order: a share for each neighbouring pair, or all at once."""
        steps = [step.id for step in item.steps]
        places = range(1, len(steps) + 1)
        if item.scoring == "all":
            rules = [self.when((self.correct(), [self.score(1)]))]
        else:
            share = self.base("float", repr(1 / (len(steps) - 1)))
            more = self.set(SCORE, self.el("sum", {}, self.variable(SCORE), share))
            rules = [
                self.when((self._one_of(one, other, pairwise(places)), [more]))
                for one, other in pairwise(steps)
            ]
        for pair in item.feedback_pairs:
            before = self._one_of(*pair.wrong, combinations(places, 2))
            rules.append(self.when((before, [self.tell("=".join(pair.wrong))])))
        return rules

    def _one_of(self, one: str, other: str, places: Iterable[tuple[int, int]]) -> str:
        tests = (
            self.el("and", {}, self._stands(one, first), self._stands(other, second))
            for first, second in places
        )
        return self.el("or", {}, *tests)

    def _stands(self, step: str, place: int) -> str:
        at = self.el("index", {"n": place}, self.variable())
        return self.el("match", {}, at, self.base("identifier", identifier(step)))


def mapping(form: Form, marks: Mapping[str, float], otherwise: float = 0) -> str:
    """Return what each answer is worth, the sum kept within 0 and 1."""
    entries = (
        form.el("mapEntry", {"mapKey": key, "mappedValue": repr(value)})
        for key, value in marks.items()
    )
    bounds: dict[str, object] = {"lowerBound": 0, "upperBound": 1, "defaultValue": repr(otherwise)}
    return form.el("mapping", bounds, *entries)
