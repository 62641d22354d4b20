"""What people knew before a module, soon after it, and weeks later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.exams.exam import FINISHED
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from salestrain.training.effects.modules import Module
    from salestrain.training.paths.path import Deed
    from salestrain.training.quizzes.responses import Floats

LATER = timedelta(days=14)
"""What is known so long after the first run that followed the module is called kept."""


class Learnt(NamedTuple):
    """The share of the marks (0–1) that each person earned, NaN where they weren't asked.

    Attributes:
        people: In the order of the figures.
        later: At least ``LATER`` after ``after``.
    """

    people: tuple[str, ...]
    before: Floats
    after: Floats
    later: Floats


def learnt(module: Module, deeds: Mapping[str, Iterable[Deed]], zone: tzinfo | None) -> Learnt:
    """Return what those who take a module earned in runs of its set.

    Before is the last run that ended before the day it began, or else the first of all; after is
    the next one from that day on.

    Args:
        module: Whose set.
        deeds: All that each person did, by id.
        zone: Where a day begins.
    """
    found = [
        _of(_runs(module.id, deeds.get(one, ()), zone), module.begins[one]) for one in module.who
    ]
    columns = np.array(found, np.float64).reshape(-1, 3).T
    return Learnt(module.who, columns[0], columns[1], columns[2])


def _runs(set_: str, deeds: Iterable[Deed], zone: tzinfo | None) -> list[tuple[date, float]]:
    return [
        (step.at.astimezone(zone).date(), step.data["earned"] / (step.data["of"] or 1))
        for app, thread, step in deeds
        if (app, thread, step.kind) == (QUIZ, set_, FINISHED)
    ]


def _of(runs: list[tuple[date, float]], begins: date) -> tuple[float, float, float]:
    if not runs:
        return (np.nan, np.nan, np.nan)
    at = max((n for n, (day, _) in enumerate(runs) if day < begins), default=0)
    nexts = [run for run in runs[at + 1 :] if run[0] >= begins]
    if not nexts:
        return (runs[at][1], np.nan, np.nan)
    kept = [share for day, share in nexts if day >= nexts[0][0] + LATER]
    return (runs[at][1], nexts[0][1], kept[0] if kept else np.nan)
