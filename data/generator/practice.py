"""Write ``data/practice.tsv``: how the sample company's reps might have answered the quiz.

``python -m data.generator.practice``. It reads the playbook's items as they are, so it is run again
when those change. Three things are planted, see ``data/README.md``.
"""

from __future__ import annotations

import csv
import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from data.generator.chance import stream
from salestrain.playbook.items import FindMistake, Numeric, Ordering, ShortAnswer, TrueFalse
from salestrain.playbook.items.asked import BESIDE, STATEMENT, cell_id
from salestrain.playbook.load import open_playbook
from salestrain.training.marking import mark
from salestrain.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from salestrain.playbook.items import Item

HERE = Path(__file__).parents[1]
SECTIONS = ("2.1", "2.2", "2.3", "4.2", "4.3", "5.1", "5.2", "6.1")
FIRST, LAST = date(2026, 1, 5), date(2026, 9, 25)
HEAD = ("person", "item", "answered_at", "answer", "earned")
BETWEEN, APART = "|", 6
ASKED, AGAIN = 0.45, 0.3
FEW = {"R15": 8, "R28": 5}
"""Who has only begun, and how many answers they have given."""
ABLE = {"叶知遥": 1.6, "邱一帆": -1.2}
WEAK = ("S1", "2.2", -3.0)
LURED = ("2.3.i.which_cause", "product")
EASY = "2.1.i.gift_hint"


class Learner(NamedTuple):
    """Somebody who practises: how able (logits), from when on."""

    id: str
    team: str
    able: float
    since: date


def main() -> None:
    """Write the file and say how many answers it holds."""
    items = [
        item
        for item in open_playbook(Workspace.at(HERE.parent), prove=False).items.values()
        if item.section in SECTIONS and not isinstance(item, ShortAnswer)
        and not (isinstance(item, Numeric) and item.reads)
    ]  # fmt: skip
    rows = sorted(row for one in _learners() for row in _answers(one, items))
    rows.sort(key=lambda row: row[2])
    with (HERE / "practice.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows([HEAD, *rows])
    print(f"practice.tsv {len(rows):6}")


def _learners() -> Iterator[Learner]:
    with (HERE / "people.csv").open(encoding="utf-8", newline="") as file:
        people = [row for row in csv.DictReader(file) if row["role"] == "rep"]
    for row in people:
        if not row["left_on"]:
            able = ABLE.get(row["name"], stream("able", row["person_id"]).gauss(0, 0.9))
            joined = date.fromisoformat(row["joined_on"])
            yield Learner(row["person_id"], row["team_id"], able, max(joined, FIRST))


def _answers(one: Learner, items: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    rng = stream("practice", one.id)
    asked = [item for item in items if rng.random() < ASKED or item.id in (LURED[0], EASY)]
    rng.shuffle(asked)
    asked = asked[: FEW.get(one.id, len(asked))]
    days = sorted(rng.randint(0, (LAST - one.since).days) for _ in range(-(-len(asked) // APART)))
    for place, item in enumerate(asked):
        at = datetime.combine(one.since, datetime.min.time(), UTC)
        at += timedelta(days=days[place // APART], hours=1, minutes=7 + 2 * (place % APART))
        knows = rng.random() < _chance(one, item)
        yield _row(one, item, at, _answer(item, knows, rng))
        if not knows and rng.random() < AGAIN and at.date() < LAST - timedelta(days=9):
            yield _row(one, item, at + timedelta(days=8), _answer(item, rng.random() < 0.7, rng))


def _chance(one: Learner, item: Item) -> float:
    """How likely somebody knows it: the author's guess, a little off, and how able they are."""
    guess = 0.998 if item.id == EASY else item.expected_facility
    place = math.log(guess / (1 - guess)) + 0.2 + stream("item", item.id).gauss(0, 0.35)
    team, section, less = WEAK
    weak = less if (one.team, item.section) == (team, section) else 0.0
    return 1 / (1 + math.exp(-(place + 1.3 * one.able + weak)))


def _answer(item: Item, knows: bool, rng: Random) -> tuple[str, ...]:
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


def _row(one: Learner, item: Item, at: datetime, answer: tuple[str, ...]) -> tuple[str, ...]:
    earned = f"{mark(item, answer).earned:.4g}"
    return one.id, item.id, f"{at:%Y-%m-%dT%H:%MZ}", BETWEEN.join(answer), earned


if __name__ == "__main__":
    main()
