"""An items file as fields that can be changed one by one, its comments and its layout kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import yaml

from salestrain.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VALUE = "value"
COLUMNS = (*LANGUAGES, VALUE)
"""What a field holds: the same in both languages, or one value."""
LISTED = ", "


class Field(NamedTuple):
    """A field of an item, such as ``options.first.feedback``, by column, with its place."""

    item: str
    name: str
    line: int
    nodes: dict[str, yaml.Node]

    @property
    def cells(self) -> dict[str, str]:
        """What each column says, as text."""
        return {column: as_text(node) for column, node in self.nodes.items()}


def fields_of(text: str) -> list[Field]:
    """Return the fields of every item of a file, in the order written."""
    root = yaml.compose(text, yaml.CSafeLoader)
    items = _keyed(root).get("items") if isinstance(root, yaml.MappingNode) else None
    found = []
    for item in items.value if isinstance(items, yaml.SequenceNode) else ():
        id_ = _id_of(item)
        found += [Field(id_, name, line, nodes) for name, line, nodes in _fields(item, "")]
    return found


def rewritten(text: str, changes: Iterable[tuple[yaml.Node, str]]) -> str:
    """Return the text with some nodes written anew and every other sign as it was."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(mark: yaml.Mark) -> int:
        return starts[mark.line] + mark.column

    places = [(offset(node.start_mark), offset(node.end_mark), node, new) for node, new in changes]
    for start, end, node, new in sorted(places, key=lambda place: place[0], reverse=True):
        block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
        text = text[:start] + _written(node, new) + ("\n" if block else "") + text[end:]
    return text


def as_text(node: yaml.Node) -> str:
    """Return a scalar as it reads, a list with its parts joined."""
    if isinstance(node, yaml.SequenceNode):
        return LISTED.join(as_text(each) for each in node.value)
    return str(node.value).rstrip("\n")


def _written(node: yaml.Node, new: str) -> str:
    if isinstance(node, yaml.SequenceNode):
        parts = [part.strip() for part in new.split(LISTED.strip())]
        return f"[{', '.join(_scalar(part) for part in parts if part)}]"
    return _scalar(new) if node.tag.endswith(":str") else new


def _scalar(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _fields(node: yaml.Node, name: str) -> Iterator[tuple[str, int, dict[str, yaml.Node]]]:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        keyed = _keyed(node)
        both: dict[str, yaml.Node] = {each: keyed[each] for each in LANGUAGES if each in keyed}
        if all(_plain(each) for each in both.values()) and both:
            yield name, line, both
        for key, value in keyed.items():
            if key not in {*both, "id"}:
                yield from _fields(value, f"{name}.{key}".strip("."))
    elif isinstance(node, yaml.SequenceNode) and not _plain(node):
        for number, each in enumerate(node.value, 1):
            yield from _fields(each, f"{name}.{_id_of(each) or number}")
    else:
        yield name, line, {VALUE: node}


def _plain(node: yaml.Node) -> bool:
    """Return whether a node fits one cell: a scalar, or a list of scalars."""
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return all(isinstance(part, yaml.ScalarNode) for part in parts)


def _keyed(node: yaml.Node) -> dict[str, yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): value for key, value in pairs}


def _id_of(node: yaml.Node) -> str:
    found = _keyed(node).get("id")
    return str(found.value) if found else ""
