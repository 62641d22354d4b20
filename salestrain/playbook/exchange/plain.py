"""Items as plain data, in the shape they are written in YAML: what every format is read into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticUndefined

from salestrain.language import LANGUAGES, Text
from salestrain.playbook.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.errors import Place
    from salestrain.playbook.items import Item

Plain = dict[str, Any]
"""An item, or a part of one; a text is ``{"zh": …, "en": …}``, or only the language brought."""
Says = dict[str, str]
UNNAMED = "?"
"""Before the number of a part whose id the file doesn't tell."""


class Loss(NamedTuple):
    """What a format can't say of an item.

    Attributes:
        item: Its id.
        fields: What differs after a round trip, as patterns over the names that ``fields_of``
            gives (``options.*.id``); ``item`` if all of it is left out; empty if nothing is lost
            but the marking differs.
        how: What was written instead.
    """

    item: str
    fields: tuple[str, ...]
    how: Text


@dataclass(frozen=True)
class Brought:
    """An item read from a file of another system: what is known of it, and where it stands."""

    plain: Plain
    place: Place
    sound: bool = True
    """Whether nothing was wrong with it; else it is not looked at further."""


def plain_of(item: Item) -> Plain:
    """Return an item as plain data, what is left at its default left out."""
    plain: Plain = _plain(item)
    return {"id": plain.pop("id"), "kind": plain.pop("kind"), **plain}


def _plain(value: object) -> Any:  # noqa: ANN401 (data of any shape)
    if isinstance(value, Text):
        return {"zh": value.zh.strip(), "en": value.en.strip()}
    if isinstance(value, Content):
        return {
            field.alias or name: _plain(getattr(value, name))
            for name, field in type(value).model_fields.items()
            if field.default is PydanticUndefined or getattr(value, name) != field.default
        }
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def fields_of(plain: Plain) -> dict[str, object]:
    """Return an item's fields by name, parts by their number, so that two can be compared.

    Pairs and classes are named by what they say, and the side that is only chosen from is sorted:
    its order says nothing, as it is shuffled when it is asked.
    """
    plain = {**plain}
    for lines, to in (("left", "right"), ("cards", "classes")):
        if lines in plain and to in plain:
            named = {each["id"]: each for each in plain[to]}
            key = plain.pop("key", {})
            plain[lines] = [_joined(each, key, named) for each in plain[lines]]
            plain[to] = sorted(plain[to], key=says)
    return dict(_leaves(plain, ""))


def _joined(line: Plain, key: Plain, named: dict[str, Plain]) -> Plain:
    """Return a line with the words of what belongs to it."""
    line = {**line}
    belongs = key.get(line["id"], line.pop("class", None))
    return {**line, "to": says(named[belongs])} if belongs in named else line


def says(part: Plain) -> str:
    """Return what a part says, in the first language it is there in."""
    return next((part[language] for language in LANGUAGES if language in part), "")


def _leaves(value: object, name: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{name}.{key}".strip("."))
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value, 1):
            yield from _leaves(each, f"{name}.{number}")
    else:
        yield name, tuple(value) if isinstance(value, list) else value


def merged(one: Any, other: Any) -> Any:  # noqa: ANN401 (data of any shape)
    """Return two readings of the same item, one in each language, as one; the first one counts."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = dict.fromkeys((*one, *other))
        return {
            key: merged(one[key], other[key]) if key in one and key in other
            else one.get(key, other.get(key))
            for key in keys
        }  # fmt: skip
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [merged(each, its) for each, its in zip(one, other, strict=True)]
    return one
