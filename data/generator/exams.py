"""Who took which exam when, and what they answered, for ``practice.py``."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from data.generator.chance import stream
from data.generator.learners import HERE, answer, chance, earned_by, row
from salestrain.playbook.load import open_playbook
from salestrain.training.chance import token
from salestrain.training.exams.exam import drawn
from salestrain.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from data.generator.learners import Learner, Row
    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item


class Round(NamedTuple):
    """When an exam was held, who of those there had sat it by now (share), how well prepared."""

    first: date
    last: date
    share: float
    prepared: float


ROUNDS = {
    "6.2.e.customer_data": Round(date(2026, 2, 9), date(2026, 6, 26), 0.8, 2.2),
    "4.3.e.products": Round(date(2026, 4, 13), date(2026, 9, 25), 0.75, 1.7),
    "2.2.e.selling": Round(date(2026, 9, 7), date(2026, 9, 25), 0.5, 1.9),
}
EARLY = {("R01", "6.2.e.customer_data"): date(2025, 10, 15)}
"""Who passed so long ago that it soon runs out."""
LEARNT, RETAKES, END = 0.7, 0.9, date(2026, 9, 30)
"""What another try adds (logits); how likely it is made; the day the books end."""


def taken(one: Learner, practised: Sequence[Row], bank: Sequence[Item]) -> Iterator[Row]:
    """Yield what somebody answered in exams, until they passed or left it at that.

    What they have practised is drawn first, so that few first answers are those of an exam.
    """
    for id_, held in ROUNDS.items():
        rng = stream("exam", one.id, id_)
        first = max(held.first, one.since + timedelta(days=45))
        sits = rng.random() < held.share and first <= held.last
        day = first + timedelta(days=rng.randint(0, max((held.last - first).days, 0)))
        day = EARLY.get((one.id, id_), day)
        if sits or (one.id, id_) in EARLY:
            met = {each[1] for each in practised if each[2] < day.isoformat()}
            new = {item.id for item in bank} - met
            yield from _tries(one, _exams()[id_], bank, (day, new), rng)


@cache
def _exams() -> dict[str, Exam]:
    return open_playbook(Workspace.at(HERE.parent), prove=False).exams


def _tries(
    one: Learner, exam: Exam, bank: Sequence[Item], at_first: tuple[date, set[str]], rng: Random
) -> Iterator[Row]:
    day, spared = at_first
    for number in range(1, exam.attempts + 1):
        seed = token("sample", one.id, exam.id, number)
        more = ROUNDS[exam.id].prepared + LEARNT * (number - 1)
        asked = [item for id_ in drawn(exam, bank, seed, spared) for item in bank if item.id == id_]
        share = 0.0
        for place, item in enumerate(asked):
            at = datetime.combine(day, time(6, 5 + place), UTC)
            said = answer(item, rng.random() < chance(one, item, more), rng)
            share += earned_by(item, said) / len(asked)
            yield row(one.id, item, at, said, f"{exam.id}/{number}")
        spared = spared | {item.id for item in asked}
        day += timedelta(days=exam.wait_days + rng.randint(0, 9))
        if round(share, 9) >= exam.pass_share or rng.random() > RETAKES or day > END:
            return
