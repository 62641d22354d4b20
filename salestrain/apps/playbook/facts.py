"""What is true of the products today, sheet by sheet; a fact can be linked to as a rule can."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from salestrain.language import Text, day, number
from salestrain.views.components import book

if TYPE_CHECKING:
    from salestrain.language import Language
    from salestrain.playbook.products import Fact
    from salestrain.playbook.whole import Playbook

LIST_PRICE = Text("目录价", "List price")
COSTS = Text("{what}（{price} 元）", "{what} (CNY {price})")
SINCE = Text("{what}（{since}起）", "{what} (from {since})")


def product_sheets(playbook: Playbook, language: Language) -> str:
    """Return each product's facts as finished HTML, those of the versions sold today."""
    sheets = ""
    for product in playbook.products.values():
        facts = (one for id_, one in playbook.facts.items() if id_.startswith(f"{product.id}."))
        rows = [book.Rule(one.id, said) for one in facts if (said := _said(one, language))]
        sheets += f"<h2>{escape(product.name.in_(language))}</h2>{book.rules(rows)}"
    return sheets


def _said(fact: Fact, language: Language) -> str:
    """Return a fact as a sentence; nothing for what a product does not have."""
    what = fact.text.in_(language) if fact.text else ""
    if fact.id.endswith(".price"):
        what = what or LIST_PRICE.in_(language)
    if what and fact.unit == "CNY" and isinstance(fact.value, int | float):
        what = COSTS.in_(language).format(what=what, price=number(fact.value, language))
    if what and fact.since:
        what = SINCE.in_(language).format(what=what, since=day(fact.since, language))
    return what
