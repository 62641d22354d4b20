"""What single values of a playbook are: ids, texts in both languages, shares, days, figures."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    WithJsonSchema,
)
from pydantic_core import core_schema

from salestrain.language import Text

DAY = re.compile(r"\d{4}-\d\d-\d\d")
Words = Annotated[str, Field(min_length=1)]
ID, SECTION, CURRENCY = r"^\d\.\d(\.[a-z][a-z0-9_]*){1,2}$", r"^\d\.\d$", r"^[A-Z]{3}$"
FACT = r"^[A-Z][A-Za-z0-9-]*\.[a-z][A-Za-z0-9_-]*$"
CITE = f"({ID})|({FACT})"
Id = Annotated[str, Field(pattern=ID)]
Cite = Annotated[str, Field(pattern=CITE)]
Section = Annotated[str, Field(pattern=SECTION)]
Share = Annotated[float, Field(ge=0, le=1)]
QuotedShare = Annotated[
    Share,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^\{\{.+\}\}$"},
            ]
        }
    ),
]
"""A share that may quote a rule's: ``"{{4.3.exam.pass_share}}"``."""
Days = Annotated[int, Field(ge=1, le=3650)]
QuotedCount = Annotated[
    int,
    Field(ge=1, le=1000),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 1000},
                {"type": "string", "pattern": r"^\{\{.+\}\}$"},
            ]
        }
    ),
]
"""A number of times that may quote a rule's, as ``QuotedShare`` does."""


class Written(BaseModel):
    """A text in each language."""

    model_config = ConfigDict(extra="forbid")

    zh: Words
    en: Words


Both = Annotated[
    Text,
    GetPydanticSchema(
        lambda _source, handler: core_schema.no_info_before_validator_function(
            lambda text: text._asdict() if isinstance(text, Text) else text,
            core_schema.no_info_after_validator_function(
                lambda pair: Text(pair.zh, pair.en), handler(Written)
            ),
        )
    ),
]


def typed(value: object) -> object:
    """Read a bare text as a whole number, a decimal, an ISO date, or leave it a text.

    >>> typed("14"), typed("0.05"), typed("3:1"), typed("012"), typed("No")
    (14, 0.05, '3:1', '012', 'No')
    """
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})", value):
        return int(value)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", value):
        return float(value)
    try:
        return date.fromisoformat(value) if DAY.fullmatch(value) else value
    except ValueError:
        return value  # 2026-02-30


Value = Annotated[int | float | date | str, BeforeValidator(typed)]
