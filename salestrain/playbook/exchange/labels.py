"""What no format has a place for and all can carry: level, facility, citations, as labels."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salestrain.playbook.items import FindMistake, Numeric, Ordering, ShortAnswer
from salestrain.playbook.items.asked import cell_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.exchange.plain import Plain
    from salestrain.playbook.items import Item

SEPARATOR = ":"
DISGUISES = {
    "matching": ("matching", "sort", "ordering"),
    "multiple": ("multiple", "find_mistake"),
}
"""What a question may be that another system knows as something simpler."""


def labels_of(item: Item, *, rules: bool = False) -> list[str]:
    """Return an item's tags, and what else is said of it as ``name:value``.

    Args:
        item: The item.
        rules: Also the rule that each fault in a table breaks; such a label may be long.
    """
    said = {"kind": item.kind, "level": item.level, "facility": f"{item.expected_facility:g}"}
    if item.reviewed:
        said["reviewed"] = item.reviewed.isoformat()
    if isinstance(item, Numeric):
        said["unit"] = item.key.unit
    elif isinstance(item, ShortAnswer):
        said["max"] = f"{item.max_length.zh}/{item.max_length.en}"
    elif isinstance(item, Ordering):
        said["scoring"] = item.scoring
    found = [*item.tags, *(f"{name}:{value}" for name, value in said.items())]
    found += [f"cite:{cite}" for cite in item.cites]
    if rules and isinstance(item, FindMistake):
        found += [f"rule:{cell_id(fault.cell)}={fault.rule}" for fault in item.faults]
    return found


def read_labels(labels: Iterable[str], kind: str) -> Plain:
    """Return what labels say of an item; what is no ``name:value`` of ours is a tag.

    Args:
        labels: As the file has them.
        kind: What the file's own form makes of the question.
    """
    found: dict[str, Any] = {"kind": kind}
    for label in labels:
        name, _, value = label.partition(SEPARATOR)
        put = READERS.get(name) if value else None
        if put:
            put(found, value)
        else:
            found.setdefault("tags", []).append(label)
    if found.get("scoring") == "adjacent_pairs":  # as if nothing were said
        del found["scoring"]
    return found


def _kind(found: Plain, value: str) -> None:
    if value in DISGUISES.get(found["kind"], ()):
        found["kind"] = value


def _facility(found: Plain, value: str) -> None:
    try:
        found["expected_facility"] = float(value)
    except ValueError:
        found["expected_facility"] = value  # the check says what it should be


def _reviewed(found: Plain, value: str) -> None:
    try:
        found["reviewed"] = date.fromisoformat(value)
    except ValueError:
        found["reviewed"] = value  # the check says what it should be


def _max(found: Plain, value: str) -> None:
    zh, _, en = value.partition("/")
    found["max_length"] = {"zh": _whole(zh), "en": _whole(en)}


def _whole(value: str) -> int | str:
    return int(value) if value.isdecimal() and len(value) < 9 else value


def _rule(found: Plain, value: str) -> None:
    cell, _, rule = value.partition("=")
    found.setdefault("rules", {})[cell] = rule


READERS = {
    "kind": _kind,
    "level": lambda found, value: found.update(level=value),
    "facility": _facility,
    "reviewed": _reviewed,
    "unit": lambda found, value: found.setdefault("key", {}).update(unit=value),
    "max": _max,
    "scoring": lambda found, value: found.update(scoring=value),
    "cite": lambda found, value: found.setdefault("cites", []).append(value),
    "rule": _rule,
}
