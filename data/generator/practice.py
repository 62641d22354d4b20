"""Write ``data/practice.tsv``: how the sample company's reps practised, sat exams and role-played.

``python -m data.generator.practice``. It reads the playbook's items and scenarios as they are, so
it is run again when those change. What is planted stands in ``data/README.md``.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from data.generator.chance import stream
from data.generator.exams import taken
from data.generator.learners import (
    EASY,
    HERE,
    LAST,
    LURED,
    answer,
    chance,
    earned_by,
    learners,
    row,
)
from data.generator.talks import in_order, talks
from salestrain.playbook.items import Numeric, ShortAnswer
from salestrain.playbook.load import open_playbook
from salestrain.training.memory import Review, Topic, daily_queue, memories, topic_of
from salestrain.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.generator.learners import Learner, Row
    from salestrain.playbook.items import Item

SECTIONS = ("2.1", "2.2", "2.3", "4.2", "4.3", "5.1", "5.2", "6.1")
HEAD = ("person", "item", "answered_at", "answer", "earned", "attempt")
APART = 6
ASKED, AGAIN = 0.45, 0.3
FEW = {"R15": 8, "R28": 5}
"""Who has only begun, and how many answers they have given."""
REVIEWERS = ("R04", "R09", "R14", "R18", "R25", "R40")
"""Who keeps the daily review since ``REVIEWS_FROM``, on some days a week."""
REVIEWS_FROM, REVIEWS_END = date(2026, 7, 20), date(2026, 9, 30)
REVIEW_DAYS, A_DAY = 0.35, 6


def main() -> None:
    """Write the file, answers first, and say how many rows it holds."""
    playbook = open_playbook(Workspace.at(HERE.parent), prove=False)
    bank = [
        item
        for item in playbook.items.values()
        if not isinstance(item, ShortAnswer) and not (isinstance(item, Numeric) and item.reads)
    ]
    items = [item for item in bank if item.section in SECTIONS]
    rows: list[Row] = []
    for one in learners():
        practised = [*_answers(one, items)]
        rows += practised
        if one.id in REVIEWERS:
            rows += _reviews(one, practised, {item.id: item for item in items})
        if one.id not in FEW:
            rows += taken(one, practised, bank)
    held = [run for one in learners() for run in talks(one, playbook.scenarios)]
    with (HERE / "practice.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows([HEAD, *in_order(rows), *in_order(held)])
    print(f"practice.tsv {len(rows):6} answers {len(held):6} talks")


def _answers(one: Learner, items: Sequence[Item]) -> Iterator[Row]:
    rng = stream("practice", one.id)
    asked = [item for item in items if rng.random() < ASKED or item.id in (LURED[0], EASY)]
    rng.shuffle(asked)
    asked = asked[: FEW.get(one.id, len(asked))]
    days = sorted(rng.randint(0, (LAST - one.since).days) for _ in range(-(-len(asked) // APART)))
    for place, item in enumerate(asked):
        at = datetime.combine(one.since, datetime.min.time(), UTC)
        at += timedelta(days=days[place // APART], hours=1, minutes=7 + 2 * (place % APART))
        knows = rng.random() < chance(one, item)
        yield row(one.id, item, at, answer(item, knows, rng))
        if not knows and rng.random() < AGAIN and at.date() < LAST - timedelta(days=9):
            again = answer(item, rng.random() < 0.7, rng)
            yield row(one.id, item, at + timedelta(days=8), again)


def _reviews(one: Learner, practised: Sequence[Row], items: dict[str, Item]) -> Iterator[Row]:
    """Yield the daily reviews of somebody who keeps them: of what they have met, what is due."""
    rng = stream("review", one.id)
    met = [(datetime.fromisoformat(each[2]), items[each[1]], float(each[4])) for each in practised]
    for number in range((REVIEWS_END - REVIEWS_FROM).days):
        today = REVIEWS_FROM + timedelta(days=number)
        if rng.random() >= REVIEW_DAYS:
            continue
        before = [each for each in met if each[0].date() < today]
        known = memories(Review(topic_of(item), earned, at) for at, item, earned in before)
        asked = {topic_of(item): item for _, item, _ in before}
        topics = {topic: Topic(1.0, item.section) for topic, item in asked.items()}
        for place, topic in enumerate(daily_queue(known, topics, today, A_DAY, 0)):
            at = datetime.combine(today, datetime.min.time(), UTC)
            at += timedelta(minutes=20 + 2 * place)
            said = answer(asked[topic], rng.random() < chance(one, asked[topic], 2.0), rng)
            met.append((at, asked[topic], earned_by(asked[topic], said)))
            yield row(one.id, asked[topic], at, said)


if __name__ == "__main__":
    main()
