"""Bad items planted in a bank: how many are found, and how many sound ones are named with them.

python benchmarks/suspicion.py [--people 12 30 100] [--seeds 100]

Each bank has 40 items of four options with slopes around 1.2 and facilities around 0.7; authors
guess the facility with an error of 0.7 logits. Eight are spoilt: two keys are wrong, two items have
a second right option, two are guessed, two nearly everybody gets right.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from salestrain.playbook.items import Item
from salestrain.training.quizzes.responses import Responses
from salestrain.training.statistics.suspicion import suspicions

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
OPTIONS = ("a", "b", "c", "d")
SPOILT = {0: "key_wrong", 1: "key_wrong", 2: "two_keys", 3: "two_keys"}
SPOILT |= {4: "guessed", 5: "guessed", 6: "too_easy", 7: "too_easy"}
COUNT = 40
MISLEADING = {"key_wrong", "two_keys", "good_miss_it", "guessed"}


def item(number: int, facility: float) -> Item:
    """Return an item with the key ``a``."""
    text = {"zh": "题", "en": "item"}
    options = [{"id": one, "key": one == "a", **text, "feedback": text} for one in OPTIONS]
    head = {"id": f"2.2.i.item{number}", "kind": "single", "level": "apply", "stem": text}
    more = {"expected_facility": facility, "cites": ["2.2.trade"], "options": options}
    return ITEM.validate_python({**head, **more})


class Bank(NamedTuple):
    """A class's answers, the items, and each item's true facility and rarest distractor's share."""

    found: Responses
    items: dict[str, Item]
    facility: list[float]
    rarest: list[float]


def bank(people: int, rng: np.random.Generator) -> Bank:
    """Return a bank and how a class answered it."""
    wide, facility, rarest = np.linspace(-3, 3, 61), [], []
    weight = np.exp(-(wide**2) / 2) / np.exp(-(wide**2) / 2).sum()
    able = rng.standard_normal(people)
    chosen = np.empty((people, COUNT), "<U1")
    items = {}
    for number in range(COUNT):
        kind, place = SPOILT.get(number, ""), rng.normal(0.8, 0.9)
        slope = 1.2 * np.exp(rng.normal(0, 0.3))
        guess = 1 / (1 + np.exp(-(place + rng.normal(0, 0.7))))
        if kind == "too_easy":
            place = 4.5
        share = 1 / (1 + np.exp(-(place + slope * able)))
        knows = rng.random(people) < share
        facility.append(float(weight @ (1 / (1 + np.exp(-(place + slope * wide))))))
        lure = rng.dirichlet([1.0, 1.0, 1.0])
        chosen[:, number] = np.where(knows, "a", rng.choice(list("bcd"), people, p=lure))
        rarest.append(float(lure.min() * (1 - facility[-1])))
        column = chosen[:, number]
        if kind == "key_wrong":  # what the able choose is written as the distractor b
            column[:] = np.where(knows, "b", np.where(column == "b", "a", column))
        elif kind == "two_keys":
            column[:] = np.where(knows & (rng.random(people) < 0.5), "b", column)
        elif kind == "guessed":
            column[:] = rng.choice(list(OPTIONS), people)
        one = item(number, float(np.clip(guess, 0.1, 0.95)))
        items[one.id] = one
    answers = tuple(tuple((each,) for each in row) for row in chosen)
    names = tuple(f"p{n}" for n in range(people))
    found = (chosen == "a").astype(float)
    told = Responses(names, tuple(items), found, answers, np.zeros(found.shape))
    return Bank(told, items, facility, rarest)


def untrue(made: Bank, cause: str, column: int) -> bool:
    """Return whether a sound item doesn't deserve what it is named for."""
    facility = made.facility[column]
    apart = abs(facility - made.items[made.found.items[column]].expected_facility)
    off = {"too_easy": facility < 0.85, "too_hard": facility > 0.25, "off_guess": apart < 0.1}
    return {**off, "unused": made.rarest[column] > 0.05}.get(cause, True)


def tried(people: int, seeds: int) -> dict[str, Any]:
    """Return how often each kind was found, and how many sound items were named in a bank."""
    hit: Counter[str] = Counter()
    named: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    start = time.perf_counter()
    for seed in range(seeds):
        made = bank(people, np.random.default_rng([people, seed]))
        for one in suspicions(made.found, made.items):
            column = made.found.items.index(one.item)
            kind = SPOILT.get(column, "sound")
            exact[kind] += one.cause == kind
            hit[kind] += one.cause == kind or (kind != "too_easy" and one.cause in MISLEADING)
            named[one.cause] += kind == "sound" and untrue(made, one.cause, column)
    took = (time.perf_counter() - start) / seeds
    kinds = dict.fromkeys(SPOILT.values())
    return {
        "found": {kind: hit[kind] / 2 / seeds for kind in kinds},
        "cause": {kind: exact[kind] / 2 / seeds for kind in kinds},
        "false": {cause: n / seeds for cause, n in sorted(named.items())},
        "seconds": took,
    }


def main() -> None:
    """Print a table for each size of class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", nargs="+", type=int, default=[12, 30, 100])
    parser.add_argument("--seeds", type=int, default=100)
    asked = parser.parse_args()
    for people in asked.people:
        shown = tried(people, asked.seeds)
        print(f"{people} people, {asked.seeds} banks, {shown['seconds']:.3f} s each")
        for kind, share in shown["found"].items():
            print(f"  {kind:12} found {share:4.0%}, with its cause {shown['cause'][kind]:4.0%}")
        sound = COUNT - len(SPOILT)
        told = ", ".join(f"{cause} {n:.2f}" for cause, n in shown["false"].items()) or "none"
        print(f"  of {sound} sound items named without cause in a bank: {told}")


if __name__ == "__main__":
    main()
