"""A rubric as lines that people can read and that read back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salestrain.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.exchange.plain import Plain, Says
    from salestrain.playbook.items.writing import RubricLine

WRITTEN = re.compile(r"([+-]?\d+) (\S+) (.*?) \[(.*)\]")
BETWEEN = " | "


def rubric_text(rubric: Sequence[RubricLine]) -> Says:
    """Return a rubric with a line for each point: marks, id, words, what to look for."""
    return {
        language: "\n".join(
            f"{line.marks:+d} {line.id} {line.text.in_(language).strip()} "
            f"[{BETWEEN.join(line.look_for.in_(language))}]"
            for line in rubric
        )
        for language in LANGUAGES
    }


def read_rubric(said: Says) -> list[Plain]:
    """Return the lines of a rubric as plain data; nothing if it is in another form."""
    found: dict[str, Plain] = {}
    for language, text in said.items():
        for each in text.split("\n"):
            if (line := WRITTEN.fullmatch(each.strip())) is None:
                return []
            point = found.setdefault(line[2], {"id": line[2], "marks": int(line[1])})
            point[language] = line[3]
            point.setdefault("look_for", {})[language] = line[4].split(BETWEEN)
    return list(found.values())
