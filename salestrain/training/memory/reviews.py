"""What a person's answers say they remember: one memory for each topic."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from fsrs import Card, Rating, Scheduler

from salestrain.training.memory.fsrs6 import recall_after

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from salestrain.playbook.items import Item

RIGHT, PARTLY = 1.0, 0.5
LONGEST_DAYS = 36500
DAILY = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
PACES = np.exp(np.linspace(-2, 2, 81))
PACE_SPREAD = 0.5
"""Spread of ``log(pace)`` among people before anything is known of them."""


class Review(NamedTuple):
    """One answer: on what it rests, what it earned (0–1), when (aware)."""

    topic: str
    earned: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What a person remembers of a topic.

    Attributes:
        stability_days: Days after the last review until the chance to recall is 0.9.
        difficulty: From 1 to 10; of the memory, not of the items.
        first: The day of the first review; ``last`` of the last.
        due: The day on which the chance to recall has fallen to about 0.9.
        reviews: How many answers; ``lapses`` are wrong ones on a later day than the first.
        pace: How many times as long as most people this person remembers; in the stability.
    """

    stability_days: float
    difficulty: float
    first: date
    last: date
    due: date
    reviews: int
    lapses: int
    pace: float = 1.0


class _Trial(NamedTuple):
    """A test of a memory a day or more after the last: its days, its stability, how it went."""

    days: int
    stability: float
    recalled: bool


def topic_of(item: Item) -> str:
    """Return the rule or fact that an item rests on first; items with the same are one memory."""
    return item.cites[0]


def rating(earned: float) -> Rating:
    """Return how well an answer shows that its topic is remembered.

    Less than half is forgotten (Again): chance alone earns up to about half. A part is remembered
    with trouble (Hard). All is Good, never Easy: a mark can't tell easy from just right, and the
    time taken isn't used, because reading a table on a phone isn't remembering slowly.

    >>> [rating(earned).name for earned in (0.25, 0.5, 1.0)]
    ['Again', 'Hard', 'Good']
    """
    share = round(earned, 9)  # thirds add up to a bit less
    if not 0 <= share <= 1:
        raise ValueError(f"an answer earned {earned}; marks are from 0 to 1")
    return Rating.Good if share >= RIGHT else Rating.Hard if share >= PARTLY else Rating.Again


def memories(
    reviews: Iterable[Review], zone: tzinfo = UTC, pace: float | None = None
) -> dict[str, Memory]:
    """Return a person's memories by topic, folded from all they ever answered.

    Time counts in whole days of the calendar. The first answer of a day tells what was remembered.
    For more answers on the same day FSRS has a formula of its own: right ones hardly move the
    memory, since it was just refreshed, wrong ones weaken it.

    Args:
        reviews: In any order; the same in another order gives the same.
        zone: Says where a day begins.
        pace: How many times as long as most people they remember; ``None`` estimates it from these
            answers, shrunk to 1 where they are few.

    Raises:
        ValueError: If a time has no zone or a mark isn't from 0 to 1.
    """
    days: dict[str, list[tuple[date, Rating]]] = defaultdict(list)
    for review in sorted(reviews, key=lambda one: (one.at, one.topic, one.earned)):
        days[review.topic].append((_day(review.at, zone), rating(review.earned)))
    folded = {topic: _folded(answers) for topic, answers in days.items()}
    if pace is None:
        pace = _pace([trial for _, trials in folded.values() for trial in trials])
    return {
        topic: _memory(card, [day for day, _ in days[topic]], trials, pace)
        for topic, (card, trials) in sorted(folded.items())
    }


def recall(memory: Memory, day: date) -> float:
    """Return the chance (0–1) that a topic is remembered on a day, its last review's or later."""
    return float(recall_after(max((day - memory.last).days, 0), memory.stability_days))


def _day(at: datetime, zone: tzinfo) -> date:
    if at.utcoffset() is None:
        raise ValueError(f"the time {at} has no zone; give it one, UTC in the log")
    return at.astimezone(zone).date()


def _folded(answers: Iterable[tuple[date, Rating]]) -> tuple[Card, list[_Trial]]:
    card, trials = Card(card_id=0, due=datetime.min.replace(tzinfo=UTC)), []
    for day, rated in answers:
        at = datetime.combine(day, time(), UTC)
        if card.last_review and card.stability and at > card.last_review:
            days = (at - card.last_review).days
            trials.append(_Trial(days, card.stability, rated is not Rating.Again))
        card, _ = DAILY.review_card(card, rated, at)
    return card, trials


def _memory(card: Card, days: list[date], trials: list[_Trial], pace: float) -> Memory:
    stability = (card.stability or 0.0) * pace
    return Memory(
        stability_days=stability,
        difficulty=card.difficulty or 0.0,
        first=days[0],
        last=days[-1],
        due=days[-1] + timedelta(days=min(max(round(stability), 1), LONGEST_DAYS)),
        reviews=len(days),
        lapses=sum(not trial.recalled for trial in trials),
        pace=pace,
    )


def _pace(trials: list[_Trial]) -> float:
    """Return how many times as long as most people someone remembers, shrunk to 1.

    The mean of ``log(pace)`` given the answers, where each was right with the chance
    ``recall_after(days, pace x stability)`` and ``log(pace)`` was normal around 0 before.
    """
    if not trials:
        return 1.0
    days, stability, recalled = np.array(trials, float).T
    chance = recall_after(days[:, None], stability[:, None] * PACES)
    right = recalled[:, None] > 0
    fit = np.log(np.where(right, chance, 1 - chance)).sum(axis=0)
    fit -= (np.log(PACES) / PACE_SPREAD) ** 2 / 2
    weight = np.exp(fit - fit.max())
    return float(np.exp((weight * np.log(PACES)).sum() / weight.sum()))
