"""Ready by a day: which topics to review on which days, so that enough is remembered on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from salestrain.errors import UsageError
from salestrain.training.memory.outlook import reviewed, starts, unreviewed
from salestrain.training.memory.queue import interleaved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from salestrain.training.memory.fsrs6 import Array
    from salestrain.training.memory.queue import Topic
    from salestrain.training.memory.reviews import Memory

FULL_DAY_DISCOUNT = 0.5
"""How much less a review is worth on a day that is nearly full, so that days fill evenly."""
AT_ONCE, ALIKE = 16, 0.8
"""So many topics get a further review at a time, if each gains so much of what the best gains."""
LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class Target:
    """A day to be ready on, and what may be spent until then.

    Attributes:
        goal: Worth-weighted mean recall to reach on the day (over 0, under 1).
        minutes_each: What a review of one topic takes.
        most_per_day: How many topics a day at most.
    """

    day: date
    goal: float = 0.9
    minutes_each: float = 1.0
    most_per_day: int = 30

    def __post_init__(self) -> None:
        wrong = []
        if not 0 < self.goal < 1:
            wrong.append(f"goal is {self.goal}; give a share over 0 and under 1")
        if not 0 < self.minutes_each < float("inf"):
            wrong.append(f"minutes_each is {self.minutes_each}; give a number over 0")
        if self.most_per_day < 1:
            wrong.append(f"most_per_day is {self.most_per_day}; give 1 or more")
        if wrong:
            raise UsageError("\n".join(wrong))


@dataclass(frozen=True, slots=True)
class PlanDay:
    """What to review on a day, mixed, and the minutes it takes."""

    day: date
    topics: tuple[str, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The reviews until a day, and what they lead to.

    Attributes:
        days: Every day from today until the day before, some with nothing to review.
        recall: Predicted worth-weighted mean recall on the day (0–1) if the plan is kept.
        unreviewed: The same without any review.
    """

    target: Target
    days: tuple[PlanDay, ...]
    recall: float
    unreviewed: float

    @property
    def enough(self) -> bool:
        """Whether the goal is reached; if not, this is the best within the daily limit."""
        return self.recall >= self.target.goal

    @property
    def minutes(self) -> float:
        """All its minutes."""
        return sum(day.minutes for day in self.days)


def plan(
    memories: Mapping[str, Memory], topics: Mapping[str, Topic], today: date, target: Target
) -> Plan:
    """Return the reviews that reach a goal by a day in few minutes, spread over the days.

    One review after the other is added where it gains most: the topic and the day that raise the
    expected worth-weighted recall on the target day most, given all reviews planned so far. A day
    counts less the fuller it is: left alone, late days would take all, since a late review gains
    most. That costs nothing where the limit is tight and up to a seventh more where it is loose
    (``FULL_DAY_DISCOUNT``). The choice is greedy; nothing proves that no plan is shorter.

    Topics never seen are taken to be answered wrong at first. What was answered today counts
    towards today's limit. Make the plan anew each day; it then knows which reviews went right.

    Args:
        memories: What the person remembers (``memories``).
        topics: What there is to remember.
        today: The first day of the plan.
        target: The day, the goal and the limits.

    Raises:
        UsageError: If the day is past.
    """
    draft = _Draft(memories, topics, today, target)
    before = draft.mean
    draft.fill()
    days = []
    for day in range(draft.horizon):
        chosen = [n for n, each in zip(draft.names, draft.reviews, strict=True) if day in each]
        minutes = len(chosen) * target.minutes_each
        mixed = interleaved(chosen, topics)
        days.append(PlanDay(today + timedelta(days=day), mixed, minutes))
    return Plan(target, tuple(days), draft.mean, before)


def needed_per_day(
    memories: Mapping[str, Memory], topics: Mapping[str, Topic], today: date, target: Target
) -> int | None:
    """Return the daily limit that would do, at most a tenth too high; None if none would.

    It plans several times, so ask only when a plan isn't enough.

    Args:
        memories: What the person remembers (``memories``).
        topics: What there is to remember.
        today: The first day of the plan.
        target: The day and the goal; its own limit isn't looked at.
    """

    def enough(most: int) -> bool:
        drawn = _Draft(memories, topics, today, replace(target, most_per_day=most))
        drawn.fill()
        return drawn.mean >= target.goal

    few, many = 0, max(len(topics), 1)
    if not enough(many):
        return None
    while many - few > max(many // 10, 1):
        half = (few + many) // 2
        few, many = (few, half) if enough(half) else (half, many)
    return many


class _Draft:
    """A plan in the making; arrays are by topic, or topics x days from today."""

    def __init__(
        self,
        memories: Mapping[str, Memory],
        topics: Mapping[str, Topic],
        today: date,
        target: Target,
    ) -> None:
        self.names, self.target, self.horizon = sorted(topics), target, (target.day - today).days
        if self.horizon < 0:
            raise UsageError(f"the day {target.day} is past; choose {today} or later")
        self.start = starts([memories.get(name) for name in self.names], today)
        worth = np.array([topics[name].worth for name in self.names])
        self.worth = worth / worth.sum()
        self.recall = unreviewed(self.start, self.horizon)
        self.reviews: list[list[int]] = [[] for _ in self.names]
        # a topic has one review a day at most; what was answered today has had it
        self.open = np.ones((len(worth), self.horizon), bool)
        self.open[:, :1] = self.start.last[:, None] != 0
        self.load = np.sum(~self.open, axis=0)
        self.gain = np.zeros(self.open.shape)

    @property
    def mean(self) -> float:
        """Worth-weighted mean recall; all is known where there is nothing to know."""
        return float(self.worth @ self.recall) if self.names else 1.0

    def fill(self) -> None:
        """Add reviews until the goal is reached or nothing more can be gained."""
        changed = [*range(len(self.names))] if self.horizon else []
        while self.mean < self.target.goal and changed:
            self._weigh(changed)
            changed = [*self._added()]

    def _weigh(self, rows: list[int]) -> None:
        """Work out what one more review of these topics would gain, on each day."""
        longest = max(len(self.reviews[row]) for row in rows)
        days = np.full((len(rows), self.horizon, longest + 1), float(self.horizon))
        for days_of, row in zip(days, rows, strict=True):
            days_of[:, : len(self.reviews[row])] = self.reviews[row]
        days[:, :, -1] = np.arange(self.horizon)
        days.sort(axis=2)
        more = reviewed(self.start.of(rows), days, self.horizon) - self.recall[rows, None]
        self.gain[rows] = np.where(self.open[rows], more * self.worth[rows, None], 0)

    def _added(self) -> Iterator[int]:
        """Add the reviews that gain most, at most one of a topic, and yield their topics."""
        top = np.max(self.gain * self._price(), axis=1)
        least = max(top.max() * ALIKE, LEAST_GAIN)
        for row in np.argsort(-top, kind="stable")[:AT_ONCE].tolist():
            score = self.gain[row] * self._price()
            day = int(score.argmax())
            if self.mean < self.target.goal and score[day] >= least:
                self._add(row, day)
                yield row

    def _price(self) -> Array:
        """Return how much of a gain counts on each day: less on a fuller one, none on a full."""
        fullness = self.load / self.target.most_per_day
        return np.where(fullness < 1, 1 - FULL_DAY_DISCOUNT * fullness, 0)

    def _add(self, row: int, day: int) -> None:
        self.recall[row] += self.gain[row, day] / self.worth[row]
        self.reviews[row] = sorted([*self.reviews[row], day])
        self.open[row, day] = False
        self.load[day] += 1
