"""Changed and new items in the items files, comments and layout kept where they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from salestrain.language import LANGUAGES
from salestrain.playbook.exchange.known import with_references
from salestrain.playbook.exchange.question import shortest
from salestrain.playbook.fields import typed
from salestrain.playbook.sheets.text import VALUE, fields_of, rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.exchange.plain import Plain
    from salestrain.playbook.sheets.text import Field

    Path = tuple[str, ...]
    Changes = Sequence[tuple[Path, Any]]

INDENT = "  "


class Quoted(Exception):  # noqa: N818 (told as a fault by who knows the place)
    """A changed text quotes a figure by reference, and it isn't clear where."""


def with_changes(text: str, id_: str, changes: Changes, known: Plain) -> str:
    """Return an items file with an item changed.

    Where each change has a field of its own, only that is written anew; else the whole item is,
    without the comments in it.

    Args:
        text: Of the file.
        id_: The item.
        changes: What differs, each with its way.
        known: The item as the bank has it, its references filled in.

    Raises:
        Quoted: If a text to change holds a reference that can't be put back.
    """
    fields = {field.name: field for field in fields_of(text) if field.item == id_}
    edits = [_edit(path, value, fields, known) for path, value in changes]
    if all(edit is not None for edit in edits):
        return rewritten(text, [edit for edit in edits if edit])
    return _with_block(text, id_, changes, known)


def _edit(
    path: Path,
    value: Any,  # noqa: ANN401 (of any shape)
    fields: dict[str, Field],
    known: Plain,
) -> tuple[yaml.Node, str] | None:
    """Return the node to write anew; None if there is none, or it takes more than that."""
    spoken = path[-1] in LANGUAGES
    name = ".".join(path[:-1] if spoken else path)
    field = fields.get(name)
    node = field.nodes.get(path[-1] if spoken else VALUE) if field else None
    if (
        node is None
        or isinstance(value, dict)
        or not isinstance(node, yaml.ScalarNode | yaml.SequenceNode)
    ):
        return None
    if isinstance(node, yaml.SequenceNode):
        plain = isinstance(value, list) and all(
            isinstance(each, str) and "," not in each for each in value
        )
        return (node, ", ".join(value)) if plain else None
    if isinstance(value, list):
        return None
    return node, _put_back(_scalar(value), path, str(node.value), known)


def _put_back(new: str, path: Path, written: str, known: Plain) -> str:
    at: Any = known
    for name in path:
        at = _step(at, name)
    found = with_references(new, str(at), written.strip()) if "{{" in written else new
    if found is None:
        raise Quoted(".".join(path))
    return found


def _step(at: Any, name: str) -> Any:  # noqa: ANN401 (of any shape)
    if isinstance(at, list):
        named = (each for each in at if isinstance(each, dict) and each.get("id") == name)
        at_number = at[int(name) - 1] if name.isdecimal() and int(name) <= len(at) else None
        return next(named, at_number)
    return at.get(name) if isinstance(at, dict) else None


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(shortest(value)) if isinstance(value, float) else str(value)


def _with_block(text: str, id_: str, changes: Changes, known: Plain) -> str:
    root: Any = yaml.compose(text, yaml.CBaseLoader)
    data = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 (texts only)
    (items,) = (value for key, value in root.value if key.value == "items")
    number = next(n for n, each in enumerate(data["items"]) if each.get("id") == id_)
    item, node = data["items"][number], items.value[number]
    for path, value in changes:
        _put(item, path, value, known)
    lines = text.splitlines(keepends=True)
    first, last = node.start_mark.line, node.end_mark.line
    while last > first + 1 and _is_between(lines[last - 1]):
        last -= 1
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    return "".join([*lines[:first], block([item], indent), *lines[last:]])


def _is_between(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _put(item: Any, path: Path, value: Any, known: Plain) -> None:  # noqa: ANN401 (of any shape)
    at = item
    for name in path[:-1]:
        at = _step(at, name) if isinstance(at, list) else at.setdefault(name, {})
    last = path[-1]
    before = _step(at, last)
    if isinstance(value, list) and isinstance(before, list):
        value = [_blended(each, before, (*path, str(n)), known) for n, each in enumerate(value, 1)]
    if isinstance(value, str) and isinstance(before, str):
        value = _put_back(value, path, before, known)
    if isinstance(at, list):
        at[_index(at, last)] = value
    elif value is False and before is None:
        pass  # an option is wrong unless it says otherwise
    else:
        at[last] = value


def _index(parts: list[Any], name: str) -> int:
    named = (n for n, each in enumerate(parts) if isinstance(each, dict) and each.get("id") == name)
    return next(named, int(name) - 1 if name.isdecimal() else 0)


def _blended(part: Any, before: list[Any], path: Path, known: Plain) -> Any:  # noqa: ANN401
    """Return a part of a list that gained or lost some, over what was written of it."""
    if not isinstance(part, dict) or "id" not in part:
        return part
    same = next(
        (each for each in before if isinstance(each, dict) and each.get("id") == part["id"]), None
    )
    if same is None:
        return {name: said for name, said in part.items() if said is not False}
    found = {**same}
    way = (*path[:-1], part["id"])
    for name, said in part.items():
        old: Any = known
        for step in (*way, name):
            old = _step(old, step)
        if said != old:
            _put(found, (name,), said, _step_all(known, way))
    return found


def _step_all(at: Any, way: Path) -> Any:  # noqa: ANN401 (of any shape)
    for name in way:
        at = _step(at, name)
    return at


def block(items: Sequence[Plain], indent: str = INDENT) -> str:
    """Return items as YAML, as they stand in a file's list."""
    text = yaml.safe_dump(_for_yaml(list(items)), allow_unicode=True, sort_keys=False, width=1000)
    return "".join(f"{indent}{line}" for line in text.splitlines(keepends=True))


def _for_yaml(value: Any) -> Any:  # noqa: ANN401 (of any shape)
    if isinstance(value, dict):
        return {key: _for_yaml(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_for_yaml(each) for each in value]
    if isinstance(value, float):
        return shortest(value)
    if value in {"true", "false"}:
        return value == "true"
    number = typed(value)
    return number if isinstance(number, int | float) and str(number) == value else value
