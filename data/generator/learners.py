"""Who practises in the simulated answers, how likely each knows an item, and what they answer."""

from __future__ import annotations

import csv
import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from data.generator.chance import stream
from salestrain.playbook.items import FindMistake, Numeric, Ordering, TrueFalse
from salestrain.playbook.items.asked import BESIDE, STATEMENT, cell_id
from salestrain.training.marking import mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from random import Random

    from salestrain.playbook.items import Item

HERE = Path(__file__).parents[1]
FIRST, LAST = date(2026, 1, 5), date(2026, 9, 25)
BETWEEN = "|"
ABLE = {"叶知遥": 1.6, "邱一帆": -1.2}
WEAK = ("S1", "2.2", -3.0)
LURED = ("2.3.i.which_cause", "product")
EASY = "2.1.i.gift_hint"

Row = tuple[str, str, str, str, str, str]


class Learner(NamedTuple):
    """Somebody who practises: how able (logits), from when on."""

    id: str
    team: str
    able: float
    since: date


def learners() -> Iterator[Learner]:
    """The reps who are still there."""
    with (HERE / "people.csv").open(encoding="utf-8", newline="") as file:
        people = [row for row in csv.DictReader(file) if row["role"] == "rep"]
    for row in people:
        if not row["left_on"]:
            able = ABLE.get(row["name"], stream("able", row["person_id"]).gauss(0, 0.9))
            joined = date.fromisoformat(row["joined_on"])
            yield Learner(row["person_id"], row["team_id"], able, max(joined, FIRST))


def chance(one: Learner, item: Item, more: float = 0.0) -> float:
    """How likely somebody knows it: the author's guess, a little off, how able; ``more`` logits."""
    guess = 0.998 if item.id == EASY else item.expected_facility
    place = math.log(guess / (1 - guess)) + 0.2 + stream("item", item.id).gauss(0, 0.35)
    team, section, less = WEAK
    weak = less if (one.team, item.section) == (team, section) else 0.0
    return 1 / (1 + math.exp(-(place + 1.3 * one.able + weak + more)))


def answer(item: Item, knows: bool, rng: Random) -> tuple[str, ...]:
    """What is answered by who knows an item, or doesn't."""
    key = item.solution("zh")
    if item.id == LURED[0]:  # those who know most add up the money, which the stem leaves open
        return (LURED[1],) if knows else (rng.choice([key[0], "warehouse", "transport"]),)
    return key if knows else _slip(item, key, rng)


def _slip(item: Item, key: tuple[str, ...], rng: Random) -> tuple[str, ...]:
    """An answer that is wrong, or right in part."""
    match item:
        case Numeric():
            known = [value for value, _ in item.mistakes] or [item.answer * 1.2]
            return (f"{rng.choice(known):.6g}",)
        case Ordering():
            at = rng.randrange(len(key) - 1)
            return (*key[:at], key[at + 1], key[at], *key[at + 2 :])
        case FindMistake():
            return (*key[1:], cell_id(item.innocent[0].cell))
        case TrueFalse() if rng.random() < 0.4:
            return (STATEMENT[not item.key], key[1])
    wrong = [one.id for one in item.chosen_from if not getattr(one, "key", False)]
    weights = [stream("lure", item.id, one).random() + 0.1 for one in wrong]
    other = rng.choices(wrong, weights)[0]
    if not item.given_to:
        return (*key[:-1], other)
    at = rng.randrange(len(key))
    line = key[at].partition(BESIDE)[0]
    return (*key[:at], f"{line}{BESIDE}{other}", *key[at + 1 :])


def earned_by(item: Item, answered: tuple[str, ...]) -> float:
    """What an answer earns, rounded as it is written."""
    return float(f"{mark(item, answered).earned:.4g}")


def row(who: str, item: Item, at: datetime, answered: tuple[str, ...], attempt: str = "") -> Row:
    """An answer as it is written; ``attempt`` says which exam, the how many-th time."""
    earned = f"{earned_by(item, answered):g}"
    return who, item.id, f"{at:%Y-%m-%dT%H:%MZ}", BETWEEN.join(answered), earned, attempt
