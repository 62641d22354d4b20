"""Review notebooks by name, and the typed parameters each of them takes."""

from __future__ import annotations

import ast
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from salestrain.errors import ContentError, Fault, Place, UsageError, did_you_mean
from salestrain.playbook.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Value = str | int | float | bool
KINDS: dict[str, type[Value]] = {"str": str, "int": int, "float": float, "bool": bool}
WORDS = {"str": "a text", "int": "a whole number", "float": "a number", "bool": "true or false"}
FORM = 'write each as a literal with its type, such as period: str = "2026-Q3"'


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as the notebook declares it."""

    name: str
    kind: str
    default: Value

    def takes(self, value: object) -> bool:
        """Whether the value is of this kind; a whole number is also a number."""
        wanted = (int, float) if self.kind == "float" else KINDS[self.kind]
        return isinstance(value, wanted) and (self.kind == "bool" or not isinstance(value, bool))


def find_review(workspace: Path, name: str) -> Path:
    """Return the path of ``notebooks/reviews/NAME.ipynb``.

    Raises:
        UsageError: If the workspace has no such review; names the nearest and lists them all.
    """
    paths = (workspace / "notebooks" / "reviews").glob("*.ipynb")
    found = {path.stem: path for path in paths if path.is_file()}
    if name in found:
        return found[name]
    known = ", ".join(sorted(found)) or "none"
    close = did_you_mean(name, found)
    hint = f"; {close}" if close.startswith("did") else ""
    raise UsageError(f"there is no review {name!r}{hint} (reviews here: {known})")


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """Read the cell tagged ``parameters``.

    Raises:
        ContentError: If the file is no notebook, has no such cell, or the cell holds anything but
            literals with a type.
    """
    source = _tagged_source(notebook)
    faults: list[Fault] = []
    found: dict[str, Parameter] = {}
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise _content_error(notebook, f"the parameters cell is not Python: {error.msg}") from None
    for statement in statements:
        parameter = _parameter(statement)
        if parameter:
            found[parameter.name] = parameter
        elif not _is_text(statement):
            what = f"the parameters cell holds {ast.unparse(statement)!r}"
            faults.append(Fault(Place(notebook), what, FORM))
    if faults:
        raise ContentError(faults)
    return found


def read_sections(notebook: Path) -> tuple[str, ...]:
    """Return the sections a review serves: ``salestrain.sections`` in the notebook's metadata.

    Raises:
        ContentError: If the file is no notebook, or names a section there isn't.
    """
    named = _read(notebook).get("metadata", {}).get("salestrain", {}).get("sections", [])
    for section in named:
        if section not in SECTIONS:
            what, mend = f"unknown section {section!r}", did_you_mean(str(section), SECTIONS)
            raise ContentError([Fault(Place(notebook), what, mend)])
    return tuple(named)


def check_parameters(notebook: Path, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return every parameter with its value, given or default.

    Raises:
        UsageError: If a name is unknown or a value of the wrong type: all of them, one a line.
    """
    known = read_parameters(notebook)
    wrong = [
        f"{notebook.stem} has no parameter {name!r}; {did_you_mean(name, known)}"
        if name not in known
        else f"{notebook.stem}: {name} takes {WORDS[known[name].kind]}, not {value!r}; "
        f"such as {known[name].default!r}"
        for name, value in given.items()
        if name not in known or not known[name].takes(value)
    ]
    if wrong:
        raise UsageError("\n".join(wrong))
    return {parameter.name: parameter.default for parameter in known.values()} | dict(given)


def typed(notebook: Path, given: Iterable[str]) -> dict[str, Value]:
    """Return parameters written as ``NAME=VALUE``, each as the notebook's own kind of value.

    What fits no kind stays a text, for ``check_parameters`` to name.

    Raises:
        UsageError: If one is not written so.
    """
    known, found = read_parameters(notebook), dict[str, Value]()
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError(
                f"{one!r} sets nothing; write NAME=VALUE, with a name of {notebook.stem}"
            )
        found[name] = value
        if name in known and known[name].kind != "str":
            with suppress(ValueError, SyntaxError):
                found[name] = ast.literal_eval(
                    value.title() if known[name].kind == "bool" else value
                )
    return found


def _read(notebook: Path) -> dict[str, Any]:
    if not notebook.is_file():
        raise _content_error(notebook, "this is not a file")
    try:
        read = json.loads(notebook.read_text(encoding="utf-8"))
        return {**read, "cells": read["cells"]}
    except (ValueError, KeyError, TypeError):
        raise _content_error(notebook, "this is not a Jupyter notebook") from None


def _tagged_source(notebook: Path) -> str:
    for cell in _read(notebook)["cells"]:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return "".join(cell["source"])
    raise _content_error(notebook, "no cell is tagged 'parameters'")


def _content_error(notebook: Path, what: str) -> ContentError:
    return ContentError([Fault(Place(notebook), what, "see how the shipped reviews do it")])


def _parameter(statement: ast.stmt) -> Parameter | None:
    match statement:
        case ast.AnnAssign(ast.Name(name), ast.Name(kind), value) if kind in KINDS and value:
            try:
                parameter = Parameter(name, kind, ast.literal_eval(value))
            except ValueError:
                return None
            return parameter if parameter.takes(parameter.default) else None
    return None


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
