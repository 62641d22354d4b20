"""From ``--for each-team`` to jobs: whom a review is made for, and what its file is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.batch.run import Job
from salestrain.errors import UsageError, did_you_mean
from salestrain.language import Text
from salestrain.sales.entities import there_in
from salestrain.workspace import report_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from salestrain.batch.notebook import Value
    from salestrain.periods import Period

LEVELS = ("company", "region", "team", "rep")


def chosen(entities: pd.DataFrame, wanted: Iterable[str], period: Period) -> list[tuple[str, str]]:
    """Return the (level, entity) pairs that ``--for`` names, company first, each once.

    Args:
        entities: The table of ``entities.entities_of``.
        wanted: ``company``, ``region:ID``, ``team:ID``, ``rep:ID`` or ``each-region``,
            ``each-team``, ``each-rep``.
        period: ``each-rep`` leaves out those who left before it or joined after it.

    Raises:
        UsageError: For a word or an id that isn't known; all of them at once.
    """
    found: list[tuple[str, str]] = []
    wrong: list[str] = []
    for word in wanted:
        pairs, fault = _one(entities, word, period)
        found += pairs
        wrong += [fault] if fault else []
    if wrong:
        raise UsageError("\n".join(wrong))
    return sorted(dict.fromkeys(found), key=lambda pair: LEVELS.index(pair[0]))


def _one(entities: pd.DataFrame, word: str, period: Period) -> tuple[list[tuple[str, str]], str]:
    if word == "company":
        return [("company", "")], ""
    every = word.startswith("each-")
    level, _, entity = (word[5:], "", "") if every else word.partition(":")
    if level not in LEVELS[1:] or not (every or entity):
        forms = ("each-{}", "{}:ID")
        words = ["company", *(form.format(name) for form in forms for name in LEVELS[1:])]
        return [], f"--for {word!r} is not known; {did_you_mean(word, words)}"
    known = entities.loc[entities["level"] == level, "entity"].tolist()
    if every:
        there = there_in(entities[entities["level"] == level], period)
        return [(level, one) for one in there["entity"]], ""
    if entity in known:
        return [(level, entity)], ""
    return [], f"--for {word!r}: there is no {level} {entity!r}; {did_you_mean(entity, known)}"


def jobs(
    entities: pd.DataFrame,
    pairs: Sequence[tuple[str, str]],
    period: Period,
    shared: dict[str, Value],
) -> list[Job]:
    """Return a job for each pair; ``shared`` are the other parameters all of them have.

    A report links to others only of levels that are made as a whole in this batch.
    """
    names = {
        (row.level, row.entity): Text(str(row.name_zh), str(row.name_en))
        for row in entities.rename(columns={"name": "name_zh"}).itertuples()
    }
    have = set(pairs)
    rows = there_in(entities, period)[["level", "entity"]].itertuples(index=False, name=None)
    partly = {level for level, entity in rows if (level, entity) not in have}
    linked = ",".join(level for level in LEVELS if level not in partly)
    return [
        Job(
            key=report_name(*pair),
            title=names[pair] if pair[1] else Text("全公司", "Company"),
            group=pair[0],
            parameters={
                **shared,
                "period": str(period),
                "level": pair[0],
                "entity": pair[1],
                "linked": linked,
            },
        )
        for pair in pairs
    ]
