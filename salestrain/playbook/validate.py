"""Nodes → models; what pydantic finds wrong becomes faults with file, line and mending."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from salestrain.errors import ContentError, Fault, did_you_mean
from salestrain.language import LANGUAGES
from salestrain.playbook.fields import CITE, CURRENCY, FACT, ID, SECTION
from salestrain.playbook.source import Keyed, Listed, place_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    Schema = dict[str, Any]

Model = TypeVar("Model", bound=BaseModel)
KINDS = {
    "int": "a whole number",
    "float": "a number",
    "finite": "a number",
    "bool": "true or false",
    "date": "a date like 2026-10-09",
    "string": "a text",
    "tuple": "a list",
    "list": "a list",
    "dict": "a mapping of keys",
    "model": "a mapping of keys",
}
LIKE = {
    ID: "an id like 2.2.stalled",
    SECTION: "a section like 2.2",
    FACT: "an id like D-20.price",
    CITE: "an id like 2.2.stalled or D-20.price",
    CURRENCY: "a currency like CNY",
}
BOUNDS = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}
SHOWN_AT_MOST = 40


def validated(model: type[Model], node: Keyed) -> Model:
    """Return the model a mapping describes.

    Raises:
        ContentError: With every fault in it.
    """
    try:
        return model.model_validate(node)
    except ValidationError as error:
        faulty = {each["loc"][:size] for each in error.errors() for size in range(len(each["loc"]))}
        raise ContentError(
            _fault(model, node, each)
            for each in error.errors()
            if each["type"] != "too_short" or each["loc"] not in faulty  # short of what is faulty
            if not _is_other_reading(each)
        ) from error


def _is_other_reading(error: ErrorDetails) -> bool:
    """Return whether a cell written in two languages is told off for being no figure."""
    plain = any("typed()" in str(part) for part in error["loc"])
    return plain and isinstance(error["input"], Keyed)


def _fault(model: type[BaseModel], node: Keyed, error: ErrorDetails) -> Fault:
    loc = error["loc"]
    if error["type"].startswith("union_tag"):
        loc = (*loc, "kind")
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if error["type"] in {"missing", "union_tag_not_found"}:
        what, mend = _missing(loc, key)
    elif error["type"] == "extra_forbidden":
        what, mend = f"unknown key {key!r}", _unknown(model, loc, key, error["input"])
    else:
        what, mend = _unfit(key, error, error.get("ctx", {}))
    return Fault(place_at(node, loc, node.place), what, mend)


def _unfit(key: str, error: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    kind, said = error["type"], f"{key!r} is {_shown(error['input'])}"
    if kind == "content":
        return context["what"], context["mend"]
    if kind == "union_tag_invalid":
        known = re.findall(r"'(.*?)'", context["expected_tags"])
        return f"{key!r} is {context['tag']!r}", did_you_mean(context["tag"], known)
    if kind == "literal_error":
        return said, did_you_mean(str(error["input"]), re.findall(r"'(.*?)'", context["expected"]))
    if kind == "string_too_short":
        said = f"missing translation: {key!r} is empty" if key in LANGUAGES else said
        return said, "write the text"
    if kind in BOUNDS:
        return said, f"write {BOUNDS[kind].format(**context)}"
    return said, f"write {_wanted(kind, context, error['msg'])}"


def _missing(loc: Sequence[str | int], key: str) -> tuple[str, str]:
    if key in LANGUAGES:
        of = next((part for part in reversed(loc[:-1]) if isinstance(part, str)), "")
        return f"missing translation: {of!r} has no {key!r}", f"write {key!r} beside the other"
    return f"key {key!r} is missing", f"add `{key}:`"


def _unknown(model: type[BaseModel], loc: Sequence[str | int], key: str, value: object) -> str:
    known = _keys_at(model, loc[:-1])
    if (not known or set(LANGUAGES) <= set(known)) and not value:
        return "quote the text: its comma ended it here"
    return did_you_mean(key, known)


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    root = model.model_json_schema()
    schema = _branch(root, root)
    for part in loc:
        if isinstance(part, int):
            below = schema["items"]
        elif "discriminator" in schema:
            below = {"$ref": schema["discriminator"]["mapping"][part]}
        else:
            below = schema.get("properties", {}).get(part) or schema.get("additionalProperties")
        if not isinstance(below, dict):
            return []  # one of several kinds of value: a cell of a table
        schema = _branch(below, root)
    return list(schema.get("properties", {}))


def _branch(schema: Schema, root: Schema) -> Schema:
    options = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    schema = options[0] if options else schema
    return root["$defs"][schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema


def _wanted(kind: str, context: dict[str, Any], message: str) -> str:
    if kind == "string_pattern_mismatch":
        return LIKE[context["pattern"]]
    if kind == "too_short":
        return f"at least {'one' if context['min_length'] == 1 else context['min_length']}"
    return KINDS.get(kind.partition("_")[0], message[:1].lower() + message[1:])


def _shown(value: object) -> str:
    if isinstance(value, Keyed):
        return "a mapping of keys"
    if isinstance(value, Listed):
        return "a list"
    text = repr(value)
    return text if len(text) <= SHOWN_AT_MOST else text[:SHOWN_AT_MOST] + "…'"
