"""Small classes whose figures one can work out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from salestrain.playbook.items import Item
from salestrain.training.quizzes.responses import Responses

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
TEXT = {"zh": "一", "en": "one"}


def single(name: str, facility: float = 0.7, options: str = "abcd") -> Item:
    """An item whose key is its first option."""
    each = [
        {"id": one, "key": one == options[0], "zh": f"选项{one}", "en": f"option {one}",
         "feedback": TEXT}
        for one in options
    ]  # fmt: skip
    head: dict[str, Any] = {"id": f"2.2.i.{name}", "kind": "single", "level": "apply"}
    more = {"expected_facility": facility, "cites": ["2.2.trade"], "stem": TEXT, "options": each}
    return ITEM.validate_python(head | more)


def table(rows: list[str], *items: Item) -> Responses:
    """Responses from a row for each person, a letter for each item; ``.`` is no answer."""
    earned = np.array(
        [[np.nan if one == "." else float(one == "a") for one in row] for row in rows]
    )
    answers = tuple(tuple(() if one == "." else (one,) for one in row) for row in rows)
    people = tuple(f"p{n}" for n in range(len(rows)))
    names = tuple(item.id for item in items)
    return Responses(people, names, earned.reshape(len(rows), -1), answers, np.zeros(earned.shape))


@pytest.fixture(scope="session")
def bank() -> dict[str, Item]:
    """Twelve items, expected to be right at seven in ten."""
    items = [single(f"item{chr(97 + number)}") for number in range(12)]
    return {item.id: item for item in items}
