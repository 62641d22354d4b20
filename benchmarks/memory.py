"""A simulated class over 30 days: is what memory predicts what people remember, in fewer minutes?

    python benchmarks/memory.py                      # 20 classes of 20 people, 80 topics
    python benchmarks/memory.py --seeds 3            # a quick look
    python benchmarks/memory.py --forgetting 2       # a class that forgets twice as fast
    python benchmarks/memory.py --guessing 0.25      # a quarter of what isn't known is guessed

Everyone learns a tenth of the topics on each of the first ten days and reviews until the last day;
the day after is the exam. True memories are the fsrs library's, with every one of its parameters
made wrong for each person (log-normal, spread 0.25); salestrain knows only the default parameters
and the answers. A topic is answered right with the chance its true memory has; the first answer
with 0.3. Ways to review:

    plan GOAL   what `plan` says each morning, anew
    kept GOAL   the plan made on the eleventh morning, kept to the letter
    queue       what `daily_queue` says is due
    every N     each topic N days after its last answer
    ladder      after 1, 3, 7, 14 days, from the start again after a wrong answer

Prints the answers a person gave, learning included, which cost alike whichever way they came
about; worth-weighted recall on the day: the true one, that predicted on the eve (`forecast`), their
gap, its mean size by person and in ten bins of topics; for plans the prediction of the eleventh
morning and its gap; how many answers our plan needs for the same true recall (between its goals),
and what it saves. Then what a plan of 250 topics and 60 days, all new, and the fold of 2,500
answers take.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from salestrain.training.memory import Memory, Review, Topic, daily_queue, forecast, memories
from salestrain.training.memory.readiness import Plan, Target, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

START, DAYS, LEARNING = date(2026, 11, 2), 30, 10
EXAM = START + timedelta(days=DAYS)
MOST, FIRST_RIGHT, SPREAD = 40, 0.3, 0.25
GOALS = (0.8, 0.85, 0.9, 0.94, 0.96)
LADDER = (1, 3, 7, 14)
Topics = dict[str, Topic]


@dataclass
class Person:
    """Someone with a true memory, and the answers that are all we see of it."""

    rng: random.Random
    forgetting: int
    guessing: float
    pace: float | None
    log: list[Review] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    rungs: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    drawn: Plan | None = None

    def __post_init__(self) -> None:
        """Make every parameter of the true memory wrong."""
        wrong = (w * self.rng.lognormvariate(0, SPREAD) for w in DEFAULT_PARAMETERS)
        bounds = zip(wrong, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        self.truth = Scheduler(
            [min(max(w, low), high) for w, low, high in bounds], 0.9, (), (), enable_fuzzing=False
        )

    def remembers(self, topic: str, day: int) -> float:
        """Return the true chance to answer right on a day."""
        if topic not in self.cards:
            return FIRST_RIGHT
        return self.truth.get_card_retrievability(self.cards[topic], self._at(day))

    def answer(self, topic: str, day: int) -> None:
        """Answer once, which changes the true memory and the log."""
        recalled = self.remembers(topic, day)
        right = self.rng.random() < recalled + (1 - recalled) * self.guessing
        card = self.cards.get(topic) or Card(card_id=0, due=self._at(0))
        rated = Rating.Good if right else Rating.Again
        self.cards[topic], _ = self.truth.review_card(card, rated, self._at(day))
        self.rungs[topic] = min(self.rungs.get(topic, -1) + 1, len(LADDER) - 1) if right else 0
        self.last[topic] = day
        at = datetime.combine(START, datetime.min.time(), UTC) + timedelta(days=day, hours=9)
        self.log.append(Review(topic, float(right), at))

    def memories(self) -> dict[str, Memory]:
        """Return what salestrain makes of the answers."""
        return memories(self.log, pace=self.pace)

    def _at(self, day: int) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day * self.forgetting)


def by_plan(goal: float, *, kept: bool = False) -> Callable[[Person, Topics, int], Sequence[str]]:
    """Return the way that plans each morning; or from the eleventh on keeps that day's plan."""

    def chosen(person: Person, topics: Topics, day: int) -> Sequence[str]:
        today = START + timedelta(days=day)
        if not (kept and person.drawn and day > LEARNING):
            # on learning days what is new takes its part of the day
            most = MOST - (len(topics) // LEARNING if day < LEARNING else 0)
            begun = {topic: topics[topic] for topic in person.cards}
            person.drawn = plan(person.memories(), begun, today, Target(EXAM, goal, 1, most))
        return next(each.topics for each in person.drawn.days if each.day == today)

    return chosen


def by_queue(person: Person, topics: Topics, day: int) -> Sequence[str]:
    """Return what is due."""
    return daily_queue(person.memories(), topics, START + timedelta(days=day), MOST, new=0)


def every(days: int) -> Callable[[Person, Topics, int], Sequence[str]]:
    """Return the way that asks again after so many days, right or wrong."""
    return lambda person, _, day: [t for t, last in person.last.items() if day - last >= days]


def by_ladder(person: Person, _: Topics, day: int) -> Sequence[str]:
    """Return what has waited as long as its rung says."""
    last = person.last.items()
    return [topic for topic, at in last if day - at >= LADDER[person.rungs[topic]]]


WAYS: dict[str, Callable[[Person, Topics, int], Sequence[str]]] = {
    **{f"plan {goal:.2f}": by_plan(goal) for goal in GOALS},
    "kept 0.90": by_plan(0.9, kept=True),
    "queue": by_queue,
    "every 3": every(3),
    "every 7": every(7),
    "ladder": by_ladder,
}


class Result(NamedTuple):
    """How it went for one person.

    Attributes:
        reviews: Answers given, learning included.
        true: Worth-weighted recall on the day; ``eve`` and ``early`` predicted it.
        seen, known: Predicted on the eve and true, for each topic.
    """

    reviews: int
    true: float
    eve: float
    early: float
    seen: list[float]
    known: list[float]


def month(way: str, person: Person, topics: Topics) -> Result:
    """Return how a person's month went."""
    names, early = list(topics), float("nan")
    batch = len(names) // LEARNING
    for day in range(DAYS):
        asked = [t for t in WAYS[way](person, topics, day) if t in person.cards]
        if day == LEARNING and person.drawn:
            early = person.drawn.recall
        fresh = names[day * batch : (day + 1) * batch] if day < LEARNING else []
        for topic in (*asked, *fresh):
            person.answer(topic, day)
    known = [person.remembers(topic, DAYS) for topic in names]
    seen = forecast(person.memories(), topics, EXAM)
    worth = [topics[topic].worth for topic in names]
    true = float(np.average(known, weights=worth))
    return Result(len(person.log), true, seen.mean, early, [seen.recall[t] for t in names], known)


def bins_gap(results: Iterable[Result]) -> float:
    """Return the mean absolute gap between predicted and true over ten bins of the predicted."""
    pairs = [pair for one in results for pair in zip(one.seen, one.known, strict=True)]
    bins = defaultdict(list)
    for seen, known in pairs:
        bins[int(seen * 10)].append(seen - known)
    return sum(abs(sum(gaps)) for gaps in bins.values()) / len(pairs)


def reviews_for(true: float, table: dict[str, list[Result]]) -> float:
    """Return the reviews our plan needs for a true recall, between those of its goals."""
    plans = [table[f"plan {goal:.2f}"] for goal in GOALS]
    points = sorted((fmean(r.true for r in each), fmean(r.reviews for r in each)) for each in plans)
    xs, ys = zip(*points, strict=True)
    return float(np.interp(true, xs, ys, left=np.nan, right=np.nan))


def main() -> None:
    """Simulate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--topics", type=int, default=80)
    parser.add_argument("--forgetting", type=int, default=1, help="times as fast as most people")
    parser.add_argument("--guessing", type=float, default=0.0, help="share guessed right (0–1)")
    parser.add_argument("--no-pace", action="store_true", help="don't estimate a person's pace")
    chosen = parser.parse_args()
    table: dict[str, list[Result]] = {way: [] for way in WAYS}
    for seed in range(chosen.seeds):
        worths = random.Random(seed).choices((1, 2, 3), k=chosen.topics)  # noqa: S311 (no secret)
        topics = {f"t{n:03}": Topic(worth, f"s{n % 9}") for n, worth in enumerate(worths)}
        for number in range(chosen.people):
            for way, results in table.items():
                rng = random.Random(f"{seed} {number}")  # noqa: S311 (no secret)
                pace = 1.0 if chosen.no_pace else None
                person = Person(rng, chosen.forgetting, chosen.guessing, pace)
                results.append(month(way, person, topics))
    print(f"{chosen.seeds} classes of {chosen.people}, {chosen.topics} topics, {DAYS} days")
    print("way        reviews   true    eve    gap  person    bins  day 10    gap   plan  saved")
    for way, results in table.items():
        print(row(way, results, table))
    print(f"plan {1000 * seconds(planned):.0f} ms, memories {1000 * seconds(folded):.0f} ms (CPU)")


def row(way: str, results: list[Result], table: dict[str, list[Result]]) -> str:
    """Return a way's line of figures."""
    reviews, true, eve, early = (
        fmean(getattr(one, key) for one in results) for key in ("reviews", "true", "eve", "early")
    )
    person = fmean(abs(one.eve - one.true) for one in results)
    line = f"{way:10} {reviews:7.1f} {true:6.3f} {eve:6.3f} {eve - true:+6.3f} {person:7.3f}"
    line += f" {bins_gap(results):7.3f} {early:7.3f} {early - true:+6.3f}"
    ours = reviews_for(true, table)
    return f"{line} {ours:6.1f} {1 - ours / reviews:6.1%}"


def planned() -> None:
    """Plan a long way from nothing."""
    topics = {f"t{n:03}": Topic(1 + n % 3, f"s{n % 9}") for n in range(250)}
    plan({}, topics, START, Target(START + timedelta(days=60), most_per_day=40))


def folded() -> None:
    """Fold a busy year's log."""
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    memories(
        Review(f"t{n % 250}", float(n % 7 > 0), noon + timedelta(days=(n // 250) ** 2))
        for n in range(2500)
    )


def seconds(work: Callable[[], None]) -> float:
    """Return the CPU seconds a piece of work takes, the middle of five times."""
    times = []
    for _ in range(5):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return median(times)


if __name__ == "__main__":
    main()
