"""An exam's attempts: what is drawn, until when it runs, what it came to; folded from steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from salestrain.playbook.exams import drawn_in_order
from salestrain.training.chance import token
from salestrain.training.marking import NotAnAnswer, mark
from salestrain.training.quizzes.sitting import Asked, Sitting
from salestrain.training.steps import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.exams.verdict import Verdict

GRACE = timedelta(seconds=5)
"""How much later an answer still counts: what was sent in time may take a moment on its way."""
BEGAN, ANSWERED, WENT_TO, FINISHED = "began", "answered", "went_to", "finished"
ASKED = "asked"
"""The step with each item that an adaptive exam chose."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at an exam.

    Attributes:
        run: Its items in the order asked, with the last answer to each; shuffles their options.
        began_at: When it was begun (aware); ``minutes`` is what it may take, extra time included.
        handed_in_at: When it was handed in; None while it runs, or if the time ran out.
        place: The question shown, from 1; one more than there are is the overview.
        count: How many items it asked, also of those the playbook no longer has.
        earned: What the last answers were worth when they were given, at most ``count``.
        difference: Whether it only asks what has changed since the last pass.
        verdict: What an adaptive attempt has found so far, an open question counted as wrong; None
            of one with a set draw.
    """

    exam: Exam
    run: Sitting
    began_at: datetime
    minutes: int
    handed_in_at: datetime | None
    place: int
    count: int
    earned: float
    difference: bool = False
    verdict: Verdict | None = None

    @property
    def ends_at(self) -> datetime:
        """When its time is up."""
        return self.began_at + timedelta(minutes=self.minutes)

    def is_open(self, now: datetime) -> bool:
        """Return whether an answer still counts."""
        return self.handed_in_at is None and now <= self.ends_at + GRACE

    def seconds_left(self, now: datetime) -> int:
        """Return the whole seconds left, 0 when the time is up."""
        return max(0, math.floor((self.ends_at - now).total_seconds()))

    @property
    def ended_at(self) -> datetime:
        """When it was over, or will be at the latest."""
        return self.handed_in_at or self.ends_at

    @property
    def share(self) -> float:
        """What was earned, as a share (0–1) of what could be; unanswered items earn nothing.

        Of an adaptive attempt it is the share of all the exam might have asked.
        """
        if self.verdict:
            return round(self.verdict.share, 9)
        return round(self.earned / self.count, 9) if self.count else 0.0

    @property
    def passed(self) -> bool:
        """Whether the share is enough, and time didn't run out before the least were answered."""
        if self.verdict is None:
            return self.share >= self.exam.pass_share
        least = self.exam.adaptive.least if self.exam.adaptive else 0
        enough = self.handed_in_at is not None or self.count - len(self.unanswered) >= least
        return self.verdict.passed and enough

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The places, from 1, of items without an answer."""
        return tuple(n for n, one in enumerate(self.run.asked, 1) if not one.answer)


def drawn(
    exam: Exam, items: Iterable[Item], seed: object, spared: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the items an attempt asks, in its order.

    Args:
        exam: Its blueprint says how many of which.
        items: The item bank, without what no exam may ask (stale items).
        seed: The same draws the same, on every machine.
        spared: Items to leave out as long as there are others: those of earlier attempts.
    """
    free = sorted(items, key=lambda item: (item.id in spared, token(seed, item.id)))
    found: list[str] = []
    for _, line in drawn_in_order(exam):
        taken = [item for item in free if line.takes(item)][: line.count]
        found += [item.id for item in taken]
        free = [item for item in free if item not in taken]
    return tuple(sorted(found, key=lambda one: token(seed, "order", one)))


def attempts(exam: Exam, steps: Iterable[Step], items: Mapping[str, Item]) -> tuple[Attempt, ...]:
    """Return a person's attempts at an exam, in order.

    Args:
        exam: The exam.
        steps: What they did in it: ``began`` (items, seed, minutes), ``answered`` (item, answer,
            earned), ``went_to`` (place), ``finished``; of an adaptive attempt ``began`` has a
            ``curve`` and no items, which come with ``asked`` (item, figures).
        items: By id, as the playbook has them today.
    """
    runs: list[list[Step]] = []
    for step in steps:
        if step.kind == BEGAN:
            runs.append([])
        if runs:
            runs[-1].append(step)
    return tuple(_attempt(exam, number, run, items) for number, run in enumerate(runs, 1))


def closings(taken: Iterable[Attempt], now: datetime) -> Iterator[Step]:
    """Yield for each attempt that is over the step that says how it ended, also if time ran out."""
    for one in taken:
        if not one.is_open(now):
            data = {"earned": one.earned, "of": one.count, "share": one.share, "passed": one.passed}
            yield Step(FINISHED, data, one.ended_at)


def _attempt(exam: Exam, number: int, run: Sequence[Step], items: Mapping[str, Item]) -> Attempt:
    began, data = run[0], run[0].data
    minutes = data["minutes"]
    until = began.at + timedelta(minutes=minutes) + GRACE
    counted = [step for step in run if step.at <= until]
    last = {step.data["item"]: step.data for step in counted if step.kind == ANSWERED}
    chosen = [step.data for step in counted if step.kind == ASKED]
    ids = [*data["items"], *(each["item"] for each in chosen)]
    asked = tuple(_asked(items[one], last.get(one)) for one in ids if one in items)
    return Attempt(
        exam=exam,
        run=Sitting(number, data["seed"], asked),
        began_at=began.at,
        minutes=minutes,
        handed_in_at=next((step.at for step in counted if step.kind == FINISHED), None),
        place=len(asked) if chosen else _place(run, asked),
        count=len(ids),
        earned=sum(each["earned"] for each in last.values()),
        difference=data.get("difference", False),
        verdict=_verdict(exam, data["curve"], chosen, last) if chosen else None,
    )


def _verdict(
    exam: Exam,
    curve: Sequence[float],
    chosen: Iterable[Mapping[str, Any]],
    last: Mapping[str, Mapping[str, Any]],
) -> Verdict:
    from salestrain.training.exams.verdict import verdict  # noqa: PLC0415 (numpy, for these exams alone)

    earned = (last.get(each["item"], {}).get("earned", 0.0) for each in chosen)
    return verdict(exam, curve, [(e["figures"], g) for e, g in zip(chosen, earned, strict=True)])


def _asked(item: Item, given: Mapping[str, Any] | None) -> Asked:
    if given is None:
        return Asked(item)
    answer = tuple(given["answer"])
    try:
        worth = mark(item, answer)
    except NotAnAnswer:  # the item has changed since; what it earned stands
        worth = None
    return Asked(item, answer, worth, given["earned"])


def _place(run: Sequence[Step], asked: Sequence[Asked]) -> int:
    """Return the question gone to last, or the next unanswered one after the one answered last."""
    places = {one.item.id: place for place, one in enumerate(asked, 1)}
    open_ = [place for place, one in enumerate(asked, 1) if not one.answer]
    last = run[-1]
    if last.kind == WENT_TO:
        return min(max(int(last.data["place"]), 1), len(asked) + 1)
    at = places.get(last.data.get("item", ""), 0)
    later = [place for place in open_ if place > at]
    return min(later or open_ or [len(asked) + 1])
