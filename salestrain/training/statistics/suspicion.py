"""Items to look at: what is likely wrong with them, on what evidence, and how sure that is.

False alarms are held down over all items looked at together. A wrong key, two keys and guessing are
named where that is likelier than ``SURE``; items that good people miss, and guesses of the author
that are far off, where at most one in twenty of those named may be chance (false discovery rate);
what is too easy or too hard where the facility is that high or low with nine chances in ten; and a
distractor is called unused once an option that takes one in twenty would have been chosen with
nine chances in ten, which needs 45 answers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from salestrain.training.statistics.choices import LEFT_OUT, TAKEN, choices_of
from salestrain.training.statistics.intervals import discoveries, normal_tail, share_above
from salestrain.training.statistics.item import (
    GUESS_WEIGHT,
    ItemStatistics,
    item_statistics,
    rest_scores,
)
from salestrain.training.statistics.verdicts import abilities, chance_of_negative, judged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salestrain.playbook.items import Item
    from salestrain.training.quizzes.responses import Floats, Responses
    from salestrain.training.statistics.choices import Choice

Cause = Literal[
    "key_wrong", "two_keys", "good_miss_it", "guessed",
    "too_hard", "too_easy", "off_guess", "unused",
]  # fmt: skip
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""The gravest first; an item is named for its gravest one."""
SURE, RATE, LIKELY = 0.5, 0.05, 0.9
FEWEST, FEWEST_TO_MOVE = 8, 10
EASY, HARD = 0.9, 0.2
FAR = 0.2
UNUSED_FROM = 45
"""1 - 0.95^45 = 0.9. Source: Haladyna and Downing (1993), a distractor works if 5 % choose it."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """An item to look at, and why.

    Attributes:
        likely: How likely it is so (0–1), by the assumptions in ``verdicts``; NaN where the cause
            is a plain fact or was held to a false alarm rate instead.
        choice: The part of the item; empty if it is all.
        option: The option that draws people, or the ones nobody takes.
        n: How many answered, of whom ``chose`` took the option and ``keyed`` the key.
        best: How many of them are the best third by their other answers, of whom ``best_chose``
            took the option and ``best_keyed`` the key.
        expected: The author's guess as it stands for these people, where the facility is far off.
    """

    item: str
    cause: Cause
    statistics: ItemStatistics
    likely: float = math.nan
    choice: str = ""
    option: str = ""
    chose: int = 0
    keyed: int = 0
    best: int = 0
    best_chose: int = 0
    best_keyed: int = 0
    expected: float = math.nan

    @property
    def n(self) -> int:
        """How many people's answers it rests on."""
        return self.statistics.n


def suspicions(found: Responses, items: Mapping[str, Item]) -> tuple[Suspicion, ...]:
    """Return the items to look at, the gravest cause first, then the surest.

    Args:
        found: First answers; an item is looked at from eight of them on.
        items: By id.
    """
    every = [one for one in item_statistics(found, items) if one.n >= FEWEST]
    named = [*_misleading(found, items, every), *_missed(every), *_off(every, items)]
    named += [suspect for one in every for suspect in _plain(one, items[one.item])]
    gravest: dict[str, Suspicion] = {}
    for suspect in sorted(named, key=_gravity):
        gravest.setdefault(suspect.item, suspect)
    return tuple(sorted(gravest.values(), key=_gravity))


def _gravity(suspect: Suspicion) -> tuple[int, float, str]:
    likely = 0.0 if math.isnan(suspect.likely) else suspect.likely
    return CAUSES.index(suspect.cause), -likely, suspect.item


def _misleading(
    found: Responses, items: Mapping[str, Item], every: Sequence[ItemStatistics]
) -> Iterator[Suspicion]:
    able, rest = abilities(found.earned), rest_scores(found.earned)
    for one in every:
        column, item = found.items.index(one.item), items[one.item]
        answers, earned = [row[column] for row in found.answers], found.earned[:, column]
        choices = choices_of(item, answers, earned)
        expected = item.expected_facility ** (1 / max(len(choices), 1))
        for choice in choices:
            verdict = judged(choice, able[:, column], expected, len(choices))
            if verdict.way != "sound" and verdict.likely >= SURE:
                evidence = _evidence(choice, verdict.option, rest[:, column])
                found_so = verdict.likely, choice.name, verdict.option
                yield Suspicion(one.item, verdict.way, one, *found_so, *evidence)


def _evidence(choice: Choice, option: str, rest: Floats) -> tuple[int, int, int, int, int]:
    chose = np.array([one == option for one in choice.chosen], bool)
    keyed = np.array([one == choice.key for one in choice.chosen], bool)
    known = np.array([one is not None for one in choice.chosen], bool) & ~np.isnan(rest)
    size = -(-int(known.sum()) // 3)
    best = np.zeros(len(rest), bool)
    if size:
        best = known & (rest >= np.sort(rest[known])[-size])
    counts = (chose, keyed, best, best & chose, best & keyed)
    return tuple(int(each.sum()) for each in counts)  # type: ignore[return-value]


def _missed(every: Sequence[ItemStatistics]) -> Iterator[Suspicion]:
    chances = [chance_of_negative(one.discrimination, one.rested) for one in every]
    for one, stands in zip(every, discoveries(chances, RATE), strict=True):
        if stands:
            yield Suspicion(one.item, "good_miss_it", one)


def _off(every: Sequence[ItemStatistics], items: Mapping[str, Item]) -> Iterator[Suspicion]:
    found = np.array([one.facility for one in every])
    guesses = meant(found, np.array([items[one.item].expected_facility for one in every]))
    spread = np.sqrt(guesses * (1 - guesses) / np.array([one.n for one in every]))
    chances = [2 * normal_tail(abs(z)) for z in (found - guesses) / spread]
    for one, guess, stands in zip(every, guesses, discoveries(chances, RATE), strict=True):
        if stands and abs(one.facility - guess) >= FAR:
            yield Suspicion(one.item, "off_guess", one, expected=float(guess))


def meant(found: Floats, guesses: Floats) -> Floats:
    """Return the author's guesses as they stand for these people.

    A class better or weaker than the author had in mind is off on every item: all guesses are
    moved by as many logits as make their mean that of the facilities. Under ten items they stay.

    Args:
        found: Facilities (0-1).
        guesses: The author's (0-1).
    """
    logits = np.log(np.clip(guesses, 0.02, 0.98) / (1 - np.clip(guesses, 0.02, 0.98)))
    low, high = (-4.0, 4.0) if len(found) >= FEWEST_TO_MOVE else (0.0, 0.0)
    for _ in range(30):
        shift = (low + high) / 2
        over = (1 / (1 + np.exp(-logits - shift))).mean() > found.mean() if len(found) else False
        low, high = (low, shift) if over else (shift, high)
    moved: Floats = 1 / (1 + np.exp(-logits - (low + high) / 2))
    return moved


def _plain(one: ItemStatistics, item: Item) -> Iterator[Suspicion]:
    guess, right = item.expected_facility, one.facility * one.n
    counted = right + guess * GUESS_WEIGHT, one.n - right + (1 - guess) * GUESS_WEIGHT
    if share_above(EASY, *counted) >= LIKELY:
        yield Suspicion(one.item, "too_easy", one)
    if 1 - share_above(HARD, *counted) >= LIKELY:
        yield Suspicion(one.item, "too_hard", one)
    idle = [each for each in one.options if not each.n and each.option not in (LEFT_OUT, TAKEN)]
    idle = [each for each in idle if not each.key and each.choice in ("", "reason")]
    if idle and one.n >= UNUSED_FROM:
        names = " ".join(each.option for each in idle)
        yield Suspicion(one.item, "unused", one, choice=idle[0].choice, option=names)
