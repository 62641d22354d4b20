"""``{{2.2.stalled.days}}``: one place of the playbook quotes another, so a figure is typed once.

A reference is a known id, then keys: ``{{2.2.quote.limit_days}}``, ``{{2.2.stalled.text}}``; the
``values`` of a rule need not be named. ``:percent``, ``:lower``, ``:list`` say how it is written.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from salestrain.errors import Fault, Place, did_you_mean
from salestrain.language import LANGUAGES, Language, day, number, percent
from salestrain.playbook.fields import FACT, typed
from salestrain.playbook.source import Keyed, Listed, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salestrain.playbook.products import Fact

REFERENCE = re.compile(r"\{\{\s*(?P<path>[^{}:]*?)\s*(?::\s*(?P<form>[^{}]*?)\s*)?\}\}")
MENTION = re.compile(r"(?<![\w.])\d\.\d(?:\.[a-z][a-z0-9_]*)+")
MARKUP = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
NOTEWORTHY = re.compile(r"[{<]|\.\w")
"""What every reference, id, fact and markup has in it; most sentences have none of it."""
CODE = re.compile(r"`[^`]*`")
LOCAL = re.compile(r"\{(\w+)\}")
SPOKEN: dict[str, Language] = {language: language for language in LANGUAGES}
FORMS = ("percent", "lower", "list")


class _Unresolved(Exception):  # noqa: N818 (never leaves this module)
    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend


class References:
    """Every entry by its id, and what was wrong with what quotes them."""

    def __init__(self, roots: Iterable[Keyed]) -> None:
        self.entries: dict[str, Keyed] = {}
        self.faults: list[Fault] = []
        self.figures: dict[str, float] | None = None
        """Those of the scenario at hand: its texts quote them as ``{name}``."""
        for entry in (each for root in roots for each in _entries(root)):
            self._add(entry)

    def _add(self, entry: Keyed) -> None:
        key, place = str(entry["id"]), entry.places["id"]
        if not MENTION.fullmatch(key):
            return  # known only within its own list, or a fact, which several versions have
        if key in self.entries:
            first = self.entries[key].places["id"]
            self.faults.append(Fault(place, f"id {key!r} is taken by {first}", "choose another id"))
        self.entries.setdefault(key, entry)

    def add_facts(self, facts: Iterable[Fact]) -> None:
        """Let product facts be quoted: those that are true now."""
        self.entries |= {fact.id: fact._node for fact in facts if fact._node}  # noqa: SLF001

    def _known(self, path: str) -> bool:
        with suppress(_Unresolved):
            return bool(self._find(path, ()))
        return False

    def settle(self, node: Keyed | Listed, language: Language | None = None) -> None:
        """Replace every reference in a tree by what it stands for, and look up every id named."""
        if isinstance(node, Listed):
            for number, value in enumerate(node):
                node[number] = self._settled(value, language, node.places[number])
            return
        for key, value in node.items():
            if key != "id":
                node[key] = self._settled(value, SPOKEN.get(key, language), node.places[key])

    def _settled(self, value: Node, language: Language | None, place: Place) -> Node:
        if isinstance(value, str):
            return self.written(value, language, place)
        self.settle(value, language)
        return value

    def written(self, text: str, language: Language | None, place: Place) -> str:
        """Return a text with its references filled in; what can't be found becomes a fault.

        Args:
            text: What was written.
            language: The reader's; None for SQL, where figures stay as they were typed.
            place: The line the text begins on.
        """
        if not NOTEWORTHY.search(text):
            return text
        if language and (markup := MARKUP.search(CODE.sub("", text))):
            what, mend = f"HTML: {markup[0]}", "write plain text or Markdown; HTML is never run"
            self.faults.append(Fault(place, what, mend))
        named = MENTION.findall(REFERENCE.sub("", text))
        for found in [*named, *re.findall(FACT, text)]:
            if not self._known(found):
                mend = did_you_mean(found, self.entries)
                self.faults.append(Fault(place, f"unknown id {found!r}", mend))
        return self._local(self._filled(text, language, place, ()), language, place)

    def _local(self, text: str, language: Language | None, place: Place) -> str:
        if self.figures is None or language is None:
            return text
        figures = self.figures

        def fill(match: re.Match[str]) -> str:
            value = figures.get(match[1])
            if value is not None:
                return _spoken(f"{value:.{0 if value == int(value) else 2}f}", "", language)
            mend = did_you_mean(match[1], figures)
            self.faults.append(Fault(place, f"unknown figure {match[0]}", mend))
            return match[0]

        return LOCAL.sub(fill, text)

    def _filled(
        self, text: str, language: Language | None, place: Place, within: tuple[str, ...]
    ) -> str:
        def fill(match: re.Match[str]) -> str:
            path = match["path"]
            try:
                written = _write(self._find(path, within), match["form"] or "", language)
            except _Unresolved as error:
                self.faults.append(Fault(place, f"reference {match[0]} {error.what}", error.mend))
                return match[0]
            return self._filled(written, language, place, (*within, path))

        return REFERENCE.sub(fill, text)

    def _find(self, path: str, within: tuple[str, ...]) -> Node:
        if path in within:
            raise _Unresolved("leads back to itself", "break the circle")
        parts = path.split(".")
        for size in range(len(parts), 1, -1):
            node: Node | None = self.entries.get(".".join(parts[:size]))
            if node is not None:
                break
        else:
            raise _Unresolved("is unknown", did_you_mean(path, self.entries))
        for part in parts[size:]:
            known = _fields(node)
            if part not in known:
                raise _Unresolved("is unknown", did_you_mean(part, known))
            node = known[part]
        return node


def _entries(node: Node) -> Iterator[Keyed]:
    if isinstance(node, str):
        return
    if isinstance(node, Keyed) and isinstance(node.get("id"), str):
        yield node
    for child in node.values() if isinstance(node, Keyed) else node:
        yield from _entries(child)


def _fields(node: Node) -> dict[str, Node]:
    if not isinstance(node, Keyed):
        return {}
    values = node.get("values")
    return {**node, **(values if isinstance(values, Keyed) else {})}


def _write(node: Node, form: str, language: Language | None) -> str:
    if form and form not in FORMS:
        raise _Unresolved(f"has an unknown form {form!r}", did_you_mean(form, FORMS))
    if isinstance(node, Keyed) and language and SPOKEN.keys() & node.keys():
        node = node.get(language, "")  # the one that is missing is a fault where it is written
    if isinstance(node, Keyed) and isinstance(node.get("value"), str | Listed):
        node = node["value"]  # of a product fact
    if node == "null":
        raise _Unresolved("has no value", "name another fact")
    if isinstance(node, Listed):
        if form == "list":
            return "\n".join(f"- {_criterion(item, language)}" for item in node)
        return ("、" if language == "zh" else ", ").join(_write(i, form, language) for i in node)
    if isinstance(node, Keyed):
        raise _Unresolved("is no single text or figure", did_you_mean("", node))
    return _spoken(node, form, language) if language else node


def _criterion(node: Node, language: Language | None) -> str:
    if not isinstance(node, Keyed) or "text" not in node:
        return _write(node, "", language)
    named = f" `{node['id']}`" if "id" in node else ""
    return _write(node["text"], "", language) + named


@cache
def _spoken(text: str, form: str, language: Language) -> str:
    value = typed(text)
    if form == "lower":
        return text[:1].lower() + text[1:]
    if isinstance(value, date):
        return day(value, language)
    if not isinstance(value, int | float):
        return text
    if form == "percent":
        return percent(value, language, 0 if round(value * 100, 6) % 1 == 0 else 1)
    return number(value, language, len(text.partition(".")[2]))
