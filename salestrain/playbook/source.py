"""Authored YAML → plain mappings, lists and texts that remember file and line.

Every scalar is read as text, so ``No``, ``3:1`` and ``012`` stay what was typed; the model that the
text is meant for decides its type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from salestrain.errors import ContentError, Fault, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path, PurePath


LARGEST = 1_000_000  # bytes; the sample company's longest file has a tenth of it
DEEPEST = 40  # the composer calls itself for each level and would end the process
TOO_DEEP = "nested too deep", "close its brackets"
TAB = re.compile(r" *\t")
UNSEEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML and no page may hold; YAML lets it in by escapes such as ``"\\x01"``."""
MEND = "mend its indentation, or quote the text"


class Keyed(dict[str, "Node"]):
    """A YAML mapping; ``places`` holds the place of each key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}


class Listed(list["Node"]):
    """A YAML list; ``places`` holds the place of each item."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place] = []


Node = Keyed | Listed | str


def read_text(path: Path, shown: PurePath, within: Path | None = None) -> str:
    """Return a UTF-8 file's text.

    Args:
        path: The file.
        shown: The path as messages name it.
        within: The folder a link must not lead out of.

    Raises:
        ContentError: If the file can't be read, is too large, lies elsewhere, or is not UTF-8.
    """
    if path.is_fifo():  # reading would wait forever
        raise ContentError([Fault(Place(shown), "can't be read: a pipe", "put the file there")])
    if within and not path.resolve().is_relative_to(within.resolve()):
        fault = Fault(Place(shown), "a link out of the playbook", "put the file itself there")
        raise ContentError([fault])
    try:
        if (size := path.stat().st_size) > LARGEST:
            what = f"has {size / 1e6:.1f} MB"
            raise ContentError([Fault(Place(shown), what, "split it into files of at most 1 MB")])
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = error.object[error.start]
        fault = Fault(Place(shown, line), f"not UTF-8: byte 0x{byte:02x}", "save it as UTF-8")
    except OSError as error:
        fault = Fault(Place(shown), f"can't be read: {error.strerror}", "put the file there")
    raise ContentError([fault])


def read_yaml(text: str, shown: PurePath, first_line: int = 1) -> Keyed:
    """Read a YAML mapping.

    Args:
        text: The YAML.
        shown: Its file, as messages name it.
        first_line: The line of the file on which the text begins.

    Raises:
        ContentError: If it is malformed, no mapping, or has a key twice.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except _DepthError as error:
        raise ContentError([Fault(Place(shown, first_line), *TOO_DEEP)]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        what = f"not YAML: {error.problem or error.context}"
        told = TOO_DEEP if what.endswith("nesting depth") else (what, MEND)  # by newer libyaml
        if TAB.match(text.split("\n")[line - first_line]):
            told = "a tab", "indent with spaces"
        raise ContentError([Fault(Place(shown, line), *told)]) from error
    except yaml.YAMLError as error:
        what = f"not YAML: {str(error).splitlines()[0]}"
        raise ContentError([Fault(Place(shown, first_line), what, "remove it")]) from error
    reader = _Reader(shown, first_line)
    node = reader.node(root) if root else ""
    if not isinstance(node, Keyed):
        reader.faults.append(Fault(Place(shown, first_line), "no keys", "write `key: value` lines"))
    if reader.faults or not isinstance(node, Keyed):
        raise ContentError(reader.faults)
    return node


def place_at(node: Node, loc: Sequence[str | int], otherwise: Place) -> Place:
    """Return the place of a key or item by its path; the nearest one above if it isn't there."""
    place = otherwise
    for part in loc:
        if isinstance(node, Keyed) and isinstance(part, str) and part in node:  # noqa: SIM114 (types)
            place, node = node.places[part], node[part]
        elif isinstance(node, Listed) and isinstance(part, int) and part < len(node):
            place, node = node.places[part], node[part]
        elif not (isinstance(node, Keyed) and part == node.get("kind")):
            break  # the kind stands in pydantic's paths where a list holds several
    return place


class _DepthError(Exception):
    pass


class _Loader(yaml.CBaseLoader):
    """Composes nodes, up to a depth; leaves their types alone, which would take half the time."""

    depth = 0

    def descend_resolver(self, *_: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST + 1:  # a scalar stands one below its collection
            raise _DepthError

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, *_: object) -> str:
        return ""


class _Reader:
    def __init__(self, shown: PurePath, first_line: int) -> None:
        self.shown, self.first_line = shown, first_line
        self.faults: list[Fault] = []
        self.seen: set[int] = set()

    def place(self, node: yaml.Node) -> Place:
        return Place(self.shown, node.start_mark.line + self.first_line)

    def fault(self, node: yaml.Node, what: str, mend: str) -> None:
        self.faults.append(Fault(self.place(node), what, mend))

    def node(self, node: yaml.Node) -> Node:
        if id(node) in self.seen:
            self.fault(node, "a YAML anchor is used again", "write the part out twice")
            return ""
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.keyed(node)
        if isinstance(node, yaml.SequenceNode):
            return self.listed(node)
        text = str(node.value)
        if hidden := UNSEEN.search(text):
            self.fault(node, f"a control character, U+{ord(hidden[0]):04X}", "remove it")
        return text

    def listed(self, node: yaml.SequenceNode) -> Listed:
        found = Listed(self.place(node))
        for item in node.value:
            found.places.append(self.place(item))
            found.append(self.node(item))
        return found

    def keyed(self, node: yaml.MappingNode) -> Keyed:
        found = Keyed(self.place(node))
        for key_node, value in node.value:
            key, place = str(key_node.value), self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault(key_node, "a key is not a word", "write a plain key")
            elif key in found:
                what = f"key {key!r} comes twice, first on line {found.places[key].line}"
                self.fault(key_node, what, "keep one of them")
            else:
                found.places[key] = place
                found[key] = self.node(value)
        return found
