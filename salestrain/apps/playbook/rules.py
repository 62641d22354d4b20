"""The rules of a section: what each says, and what rests on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.products import Fact
from salestrain.views.components import book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.language import Language
    from salestrain.playbook.content import Entry
    from salestrain.playbook.whole import Playbook

USES = (
    Text("{} 道题", "questions: {}"),
    Text("{} 个对练", "role-plays: {}"),
    Text("{} 个 KPI", "KPIs: {}"),
)


def rule_list(
    playbook: Playbook, section: str, language: Language, *, with_uses: bool = False
) -> str:
    """Return the rules of a section as finished HTML, for who writes them with what rests on it."""
    sources = playbook.items, playbook.scenarios, playbook.kpis
    uses = [_cited(source.values()) for source in sources]
    rows = []
    for entry, said in _rules_of(playbook, section):
        counts = zip(USES, (use[entry.id] for use in uses), strict=True)
        used = " · ".join(
            words.in_(language).format(count) for words, count in counts if count and with_uses
        )
        rows.append(book.Rule(entry.id, said.in_(language), used))
    return book.rules(rows) if rows else ""


def _rules_of(playbook: Playbook, section: str) -> list[tuple[Entry, Text]]:
    """Return what can be cited of a section, a stage's criteria right after the stage."""
    here = [entry for entry in playbook.index.values() if entry.id.startswith(f"{section}.")]
    order = {entry.id: place for place, entry in enumerate(here)}

    def place(rule: tuple[Entry, Text]) -> int:
        return order.get(rule[0].id.rpartition(".")[0], order[rule[0].id])

    return sorted(((entry, said) for entry in here if (said := _said(entry))), key=place)


def _said(entry: Entry) -> Text | None:
    """Return what an entry says, after its name if it has one; nothing for what is no rule."""
    name, says = getattr(entry, "name", None), entry.says
    if isinstance(entry, Fact) or not (name and says):
        return None if isinstance(entry, Fact) else says
    return Text(f"{name.zh}：{says.zh}", f"{name.en}: {says.en}")


def _cited(entries: Iterable[object]) -> Counter[str]:
    """Return how many of the entries cite each id."""
    return Counter(cite for entry in entries for cite in set(getattr(entry, "cites", ())))
