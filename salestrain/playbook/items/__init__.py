"""Items: one question, its key, and what each wrong answer has misunderstood."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from salestrain.playbook.content import Content
from salestrain.playbook.fields import Section  # noqa: TC001 (pydantic reads the annotations)
from salestrain.playbook.items.arranging import Matching, Ordering, Sort
from salestrain.playbook.items.asked import Extract, Named, Spoken
from salestrain.playbook.items.choosing import Multiple, Option, Single, TrueFalse
from salestrain.playbook.items.reckoning import Numeric, Query
from salestrain.playbook.items.writing import FindMistake, ShortAnswer

__all__ = [
    "Extract", "FindMistake", "Item", "ItemsFile", "Matching", "Multiple", "Named", "Numeric",
    "Option", "Ordering", "Query", "ShortAnswer", "Single", "Sort", "Spoken", "TrueFalse",
]  # fmt: skip

Item = Annotated[
    Single
    | Multiple
    | TrueFalse
    | Ordering
    | Matching
    | Sort
    | Numeric
    | ShortAnswer
    | FindMistake,
    Field(discriminator="kind"),
]


class ItemsFile(Content):
    """`items/*.yaml`: the items of a section, and the queries that compute their keys."""

    section: Section
    queries: tuple[Query, ...] = ()
    items: tuple[Item, ...]
