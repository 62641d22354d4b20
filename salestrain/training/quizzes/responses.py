"""Responses: who answered which item how, the first time, as a table of people and items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from salestrain.playbook.items import Numeric
from salestrain.training.exams.exam import ANSWERED, BEGAN, FINISHED, GRACE
from salestrain.training.marking import NotAnAnswer, mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import numpy.typing as npt

    from salestrain.playbook.items import Item
    from salestrain.training.paths.path import Deed
    from salestrain.training.steps import Step

    Floats = npt.NDArray[np.float64]
    Answers = tuple[tuple[tuple[str, ...], ...], ...]

QUIZ, LIVE = "quiz", "live"


@dataclass(frozen=True, slots=True)
class Responses:
    """Each person's first answer to each item; later ones show memory and not what an item asks.

    Attributes:
        people: Ids, the rows.
        items: Ids, the columns.
        earned: People × items, from 0 to 1; NaN where somebody hasn't answered.
        answers: What was answered, in ids or as typed; empty where nothing was.
        at: When, in seconds since 1970 (UTC); NaN likewise.
    """

    people: tuple[str, ...]
    items: tuple[str, ...]
    earned: Floats
    answers: Answers
    at: Floats

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Who has answered what (people × items)."""
        return ~np.isnan(self.earned)

    @property
    def count(self) -> int:
        """How many answers there are."""
        return int(self.answered.sum())

    def of(self, people: Collection[str]) -> Responses:
        """Return the rows of these people; who isn't there has answered nothing."""
        kept = [row for row, one in enumerate(self.people) if one in people]
        return self._cut(kept, range(len(self.items)))

    def among(self, items: Collection[str]) -> Responses:
        """Return the columns of these items."""
        kept = [column for column, one in enumerate(self.items) if one in items]
        return self._cut(range(len(self.people)), kept)

    def between(self, start: datetime | None = None, end: datetime | None = None) -> Responses:
        """Return what was answered from a time on and before another (both aware)."""
        after = -np.inf if start is None else start.timestamp()
        before = np.inf if end is None else end.timestamp()
        there = (self.at >= after) & (self.at < before)
        answers = tuple(
            tuple(one if seen else () for one, seen in zip(row, line, strict=True))
            for row, line in zip(self.answers, there, strict=True)
        )
        earned, at = (np.where(there, each, np.nan) for each in (self.earned, self.at))
        return replace(self, earned=earned, at=at, answers=answers)

    def _cut(self, rows: Sequence[int], columns: Sequence[int]) -> Responses:
        both = np.ix_(rows, columns)
        return Responses(
            tuple(self.people[row] for row in rows),
            tuple(self.items[column] for column in columns),
            self.earned[both],
            tuple(tuple(self.answers[row][column] for column in columns) for row in rows),
            self.at[both],
        )


class Given(NamedTuple):
    """An answer that counts, and whether it was given in an exam."""

    step: Step
    exam: bool

    @property
    def item(self) -> str:
        """Which item it answers."""
        return str(self.step.data["item"])


def given(deeds: Iterable[Deed], now: datetime) -> tuple[Given, ...]:
    """Return a person's answers that count, in the order of time.

    In practice each counts as it is given. In an exam (a run that began with so many minutes) an
    answer may be changed until it is handed in or the time is up: the last one counts, and none of
    an attempt that still runs. In a live session it is the last one of the first vote: what comes
    after a discussion tells of the neighbours too.
    """
    threads: dict[tuple[str, str], list[Step]] = {}
    for app, thread, step in deeds:
        if app in {QUIZ, LIVE}:
            threads.setdefault((app, thread), []).append(step)
    found = [
        one
        for (app, _), steps in threads.items()
        for one in (_of_class(steps) if app == LIVE else _of_runs(steps, now))
    ]
    return tuple(sorted(found, key=lambda one: one.step.at))


def _of_class(steps: Iterable[Step]) -> Iterator[Given]:
    answered = (step for step in steps if step.kind == ANSWERED and step.data["vote"] == 1)
    last = {step.data["item"]: step for step in answered}
    yield from (Given(step, exam=False) for step in last.values())


def _of_runs(steps: Iterable[Step], now: datetime) -> Iterator[Given]:
    yield from (one for run in _runs(steps) for one in _of_run(run, now))


def _runs(steps: Iterable[Step]) -> list[list[Step]]:
    runs: list[list[Step]] = [[]]
    for step in steps:
        if step.kind == BEGAN:
            runs.append([])
        runs[-1].append(step)
    return runs


def _of_run(run: Sequence[Step], now: datetime) -> Iterator[Given]:
    minutes = run[0].data.get("minutes") if run and run[0].kind == BEGAN else None
    answered = [step for step in run if step.kind == ANSWERED]
    if minutes is None:
        yield from (Given(step, exam=False) for step in answered)
        return
    until = run[0].at + timedelta(minutes=minutes) + GRACE
    if until < now or any(step.kind == FINISHED for step in run):
        last = {step.data["item"]: step for step in answered if step.at <= until}
        yield from (Given(step, exam=True) for step in last.values())


def responses(
    deeds: Mapping[str, Iterable[Deed]],
    items: Mapping[str, Item],
    now: datetime,
    *,
    exams_only: bool = False,
) -> Responses:
    """Return each person's first answer to each item, marked by today's key.

    Marked anew, an item whose key was mended is judged as it is now. Keys computed from the CRM
    data change with those, so there the answer keeps what it earned when it was given. What is no
    answer to today's item any more, because its options have changed, counts as not answered.

    Args:
        deeds: All that each person did, by id, as ``Steps.of_people`` returns it.
        items: By id, as the playbook has them today; other answers are left out.
        now: Says which exams are over (aware).
        exams_only: Leave practice out.
    """
    people, names = tuple(deeds), tuple(items)
    places = {id_: column for column, id_ in enumerate(names)}
    earned, at = np.full((2, len(people), len(names)), np.nan)
    answers = [[()] * len(names) for _ in people]  # type: list[list[tuple[str, ...]]]
    for row, who in enumerate(people):
        seen: set[str] = set()
        for one in given(deeds[who], now):
            if one.item not in places or one.item in seen or exams_only > one.exam:
                continue
            seen.add(one.item)
            column = places[one.item]
            earned[row, column] = worth = _worth(items[one.item], one.step.data)
            if not np.isnan(worth):
                answers[row][column] = tuple(one.step.data["answer"])
                at[row, column] = one.step.at.timestamp()
    return Responses(people, names, earned, tuple(map(tuple, answers)), at)


def _worth(item: Item, data: Mapping[str, Any]) -> float:
    if isinstance(item, Numeric) and item.reads:
        return float(data["earned"])
    try:
        return mark(item, data["answer"]).earned
    except NotAnAnswer:
        return float("nan")
