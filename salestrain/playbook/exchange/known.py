"""What a file brings of an item that the bank has: its ids found again, and what differs."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from salestrain.language import LANGUAGES
from salestrain.playbook.exchange.plain import UNNAMED, plain_of
from salestrain.playbook.items import Numeric
from salestrain.playbook.references import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.playbook.exchange.plain import Plain
    from salestrain.playbook.items import Item

    Path = tuple[str, ...]

PARTS = ("options", "steps", "left", "right", "cards", "classes", "rubric")
UNSORTED = ("right", "classes", "options")
"""Lists whose order says nothing."""


def recognised(brought: Plain, known: Plain | None) -> Plain:
    """Return what was brought with the ids its parts have in the bank, else with new ones.

    Args:
        brought: As read; parts may be without ids.
        known: The bank's item of that id, if it has one.
    """
    found = {**brought}
    ids: dict[str, dict[str, str]] = {}
    for name in PARTS:
        if name in found:
            before = (known or {}).get(name, [])
            found[name], ids[name] = _matched(found[name], before, sort=name in UNSORTED)
    if "reason" in found and "options" in found["reason"]:
        before = (known or {}).get("reason", {}).get("options", [])
        options, _ = _matched(found["reason"]["options"], before, sort=True)
        found["reason"] = {**found["reason"], "options": options}
    if "left" in ids and "right" in ids:
        key = found.get("key", {})
        found["key"] = {
            ids["left"].get(one, one): ids["right"].get(to, to) for one, to in key.items()
        }
    if "classes" in ids:
        named = ids["classes"]
        found["cards"] = [{**card, "class": named.get(card["class"], card["class"])}
                          for card in found.get("cards", [])]  # fmt: skip
    return found


def _matched(
    parts: Sequence[Plain], known: Sequence[Plain], *, sort: bool
) -> tuple[list[Plain], dict[str, str]]:
    """Return parts with the ids of the bank's that say the same, and the ids by those read."""
    ids = {part["id"]: part["id"] for part in parts if not part["id"].startswith(UNNAMED)}
    free = [part for part in known if part["id"] not in ids]
    for part in (part for part in parts if part["id"] not in ids):
        same = next((each for each in free if _says_same(part, each)), None)
        if same:
            ids[part["id"]] = same["id"]
            free.remove(same)
    rest = [part["id"] for part in parts if part["id"] not in ids]
    if len(rest) == len(free):  # a text was changed: it is still in its place
        ids |= dict(zip(rest, (each["id"] for each in free), strict=True))
        rest = []
    taken = {*ids.values(), *(part["id"] for part in known)}
    fresh = (f"p{number}" for number in range(1, 10_000))
    ids |= {id_: next(new for new in fresh if new not in taken) for id_ in rest}
    order = [part["id"] for part in known]
    named = [{**part, "id": ids[part["id"]]} for part in parts]
    if sort and {part["id"] for part in named} == set(order):
        named.sort(key=lambda part: order.index(part["id"]))
    return named, ids


def _says_same(one: Plain, other: Plain) -> bool:
    spoken = [language for language in LANGUAGES if language in one]
    return bool(spoken) and all(one[language] == other.get(language) for language in spoken)


def known_as(item: Item) -> Plain:
    """Return the bank's item as plain data, a wrong option's key written out."""
    return with_keys(plain_of(item))


def with_keys(plain: Plain) -> Plain:
    """Return plain data in which every option says whether it is right."""
    found = {**plain}
    if "options" in found:
        found["options"] = [{"key": False, **option} for option in found["options"]]
    if "reason" in found:
        found["reason"] = with_keys(found["reason"])
    return found


def without_todays(brought: Plain, item: Item) -> Plain:
    """Return what was brought without figures that a query gives, or a share of the key makes up.

    They came from the bank's own query or tolerance, which stays.
    """
    if not isinstance(item, Numeric):
        return brought
    found = {**brought}
    key = {**found.get("key", {})}
    if item.key.query and _same(key.get("value"), item.answer):
        del key["value"]
    margin = key.get("tolerance", {}).get("absolute")
    if item.key.tolerance.relative and _same(margin, item.key.tolerance.margin(item.answer)):
        del key["tolerance"]
    found["key"] = key
    slips = found.get("mistakes", [])
    if len(slips) == len(item.slips):
        found["mistakes"] = [
            {name: said for name, said in slip.items() if name != "value"}
            if own.query and _same(slip.get("value"), value) else slip
            for slip, own, (value, _) in zip(slips, item.slips, item.mistakes, strict=True)
        ]  # fmt: skip
    return found


def _same(one: object, other: float) -> bool:
    return isinstance(one, int | float) and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def differences(brought: Any, known: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401
    """Yield what differs, with its way; of a list that gained or lost parts, all of it."""
    if isinstance(brought, dict) and isinstance(known, dict):
        there = [name for name in brought if name in known and name != "id"]
        for name in there:
            yield from differences(brought[name], known[name], (*path, name))
        yield from (((*path, name), brought[name]) for name in brought if name not in known)
    elif _nested(brought) and _nested(known):
        names = [_names(brought), _names(known)]
        if names[0] != names[1]:
            yield path, brought
            return
        for name, part, before in zip(names[0], brought, known, strict=True):
            yield from differences(part, before, (*path, name))
    elif brought != known:
        yield path, brought


def _nested(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict | list) for each in value)


def _names(parts: Sequence[Any]) -> list[str]:
    return [
        str(part["id"]) if isinstance(part, dict) and "id" in part else str(number)
        for number, part in enumerate(parts, 1)
    ]


def with_references(new: str, filled: str, written: str) -> str | None:
    """Return a changed text with the references of what was written put back.

    Args:
        new: The text brought.
        filled: What the bank says now.
        written: The same as it is written, with its references.

    Returns:
        The new text as it is to be written; None if it isn't clear what was quoted.
    """
    named = [found[0] for found in REFERENCE.finditer(written)]
    if not named:
        return new
    around = [re.escape(part) for part in REFERENCE.split(written)[:: REFERENCE.groups + 1]]
    quoted = re.fullmatch("(.+?)".join(around), filled, re.DOTALL)
    if quoted is None:
        return None
    found, at = list[str](), 0
    for reference, said in zip(named, quoted.groups(), strict=True):
        if new.count(said) != filled.count(said):
            return None
        start = new.find(said, at)
        if start < 0:
            return None
        found += [new[at:start], reference]
        at = start + len(said)
    return "".join(found) + new[at:]
