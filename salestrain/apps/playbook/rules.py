"""The rules of a section: what each says, what rests on it, and links from every mention of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from salestrain.language import Text
from salestrain.playbook.products import Fact
from salestrain.playbook.references import MENTION
from salestrain.views.components import book
from salestrain.views.components.ground import rule_link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salestrain.language import Language
    from salestrain.playbook.content import Entry
    from salestrain.playbook.whole import Playbook

MARKUP = re.compile(r"""(<a\b.*?</a>|<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>)""", re.DOTALL)
USES = (
    Text("{} 道题", "questions: {}"),
    Text("{} 个对练", "role-plays: {}"),
    Text("{} 个 KPI", "KPIs: {}"),
)


def rule_list(playbook: Playbook, section: str, language: Language) -> str:
    """Return the rules of a section as finished HTML, each with how much rests on it."""
    sources = playbook.items, playbook.scenarios, playbook.kpis
    uses = [_cited(source.values()) for source in sources]
    rows = []
    for entry, said in _rules_of(playbook, section):
        counts = zip(USES, (use[entry.id] for use in uses), strict=True)
        used = " · ".join(words.in_(language).format(count) for words, count in counts if count)
        rows.append(book.Rule(entry.id, said.in_(language), used))
    return book.rules(rows) if rows else ""


def with_links(html: str, known: Iterable[str], href: Callable[[str], str]) -> str:
    """Return a page's sanitised HTML with every mention of a known id made a link."""
    ids = frozenset(known)

    def chip(mention: re.Match[str]) -> str:
        return rule_link(mention[0], href(mention[0])) if mention[0] in ids else mention[0]

    parts = MARKUP.split(html)  # every second one is markup
    return "".join(part if n % 2 else MENTION.sub(chip, part) for n, part in enumerate(parts))


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
