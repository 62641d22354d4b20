"""Which option of a choice behaves like its key: the one written, another, two of them, or none.

Answers are few, so each way is judged by all there is to see at once: how many chose an option,
how good those are elsewhere, and how many the author thought would know it. Each explains the
answers so well (the likelihood of them, averaged over what isn't known), and was so likely before
any were seen: 93 in 100 choices are sound, 3 have a wrong key, 3 two, and 1 is guessed. What comes
out is how likely each is now. Because the ways of being unsound are unlikely beforehand, looking at
dozens of items raises no more false alarms than the probabilities say (Scott and Berger 2006).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from salestrain.training.statistics.intervals import normal_tail
from salestrain.training.statistics.item import rest_scores
from salestrain.training.statistics.reliability import pooled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.training.quizzes.responses import Floats
    from salestrain.training.statistics.choices import Choice

Way = Literal["sound", "key_wrong", "two_keys", "guessed"]
BEFORE: dict[Way, float] = {"sound": 0.93, "key_wrong": 0.03, "two_keys": 0.03, "guessed": 0.01}
GUESS_SPREAD = 1.0
"""How far an author's guess is usually off, in logits: 0.7 may be 0.46 or 0.86."""
TYPICAL_SHARED, TYPICAL_WEIGHT = 0.12, 10
"""Covariance of two items as a share of their variance, where ten people's answers say as much."""
PLACES = np.linspace(-3, 3, 25)
PLACE_WEIGHTS = np.exp(-(PLACES**2) / 2) / np.exp(-(PLACES**2) / 2).sum()


class Verdict(NamedTuple):
    """What a choice most likely is, if it isn't sound: with which option, and how likely (0–1)."""

    way: Way
    option: str
    likely: float
    sound: float


def abilities(earned: Floats) -> Floats:
    """Return how able each person is by their answers to the other items (people × items).

    In standard deviations of true ability, held back as far as the answers are few; 0 where there
    are none to speak of.
    """
    there = ~np.isnan(earned)
    known = earned[:, there.sum(axis=0) > 1]
    variance, shared = pooled(known) if known.size and len(known) > 1 else (0.0, 0.0)
    if not variance > 0:
        return np.zeros(earned.shape)
    weighed = len(earned) * shared + TYPICAL_WEIGHT * TYPICAL_SHARED * variance
    shared = max(weighed / (len(earned) + TYPICAL_WEIGHT), 0.02 * variance)
    others = there.sum(axis=1, keepdims=True) - there
    reliable = others * shared / (variance + (others - 1) * shared)
    able: Floats = np.nan_to_num(rest_scores(earned)) * reliable / math.sqrt(shared)
    return able


def judged(choice: Choice, ability: Floats, expected: float, parts: int = 1) -> Verdict:
    """Return what a choice most likely is, and how likely it is sound.

    Args:
        choice: What was chosen.
        ability: Of each person, by their answers to other items.
        expected: The share the author thought would choose right (0–1).
        parts: Into how many choices the item divides: an item is as likely unsound as any other.
    """
    fits = _fits(choice, ability, expected)
    before = {
        **{pair: BEFORE[pair[0]] / parts / _ways(fits, pair[0]) for pair in fits},
        ("sound", choice.key): 1 - (1 - BEFORE["sound"]) / parts,
    }
    best = max(fits.values())
    odds = {pair: before[pair] * math.exp(fit - best) for pair, fit in fits.items()}
    total = sum(odds.values())
    sound = odds.pop(("sound", choice.key)) / total
    (way, option), likely = max(odds.items(), key=lambda each: each[1])
    return Verdict(way, option, likely / total, sound)


def _ways(fits: Mapping[tuple[Way, str], float], way: Way) -> int:
    return sum(each == way for each, _ in fits)


def _fits(choice: Choice, ability: Floats, expected: float) -> dict[tuple[Way, str], float]:
    """Return the log likelihood of the answers under each way."""
    chosen = np.array([one if one is not None else "" for one in choice.chosen])
    there = np.array([one is not None for one in choice.chosen], bool)
    chosen, able = chosen[there], ability[there]
    counts = {option: int((chosen == option).sum()) for option in choice.options}
    share = min(max(expected, 0.05), 0.95)
    middle = math.log(share / (1 - share))

    def like_key(*options: str) -> float:
        knew = np.isin(chosen, options)
        others = [n for option, n in counts.items() if option not in options]
        among = [counts[option] for option in options]
        return _known(knew, able, middle) + _spread(others, 1.0) + _spread(among, 2.0)

    wrong = [option for option in choice.options if option != choice.key]
    found: dict[tuple[Way, str], float] = {("sound", choice.key): like_key(choice.key)}
    found |= {("key_wrong", option): like_key(option) for option in wrong}
    if len(wrong) > 1:
        found |= {("two_keys", option): like_key(choice.key, option) for option in wrong}
    return found | {("guessed", ""): _spread(list(counts.values()), 4.0)}


def _known(knew: np.ndarray[tuple[int], np.dtype[np.bool_]], able: Floats, middle: float) -> float:
    """Return the log likelihood that these knew and those didn't, the better ones more likely."""
    logits = (middle + GUESS_SPREAD * PLACES)[:, None] + able[None, :]
    sign = np.where(knew, -1.0, 1.0)
    each = -np.logaddexp(0, sign[None, :] * logits).sum(axis=1)
    most = each.max()
    return float(most + math.log(float((PLACE_WEIGHTS * np.exp(each - most)).sum())))


def _spread(counts: list[int], even: float) -> float:
    """Return the log likelihood of choices among options of which no more is known.

    Source: the Dirichlet-multinomial; ``even`` is how alike their shares are thought to be.
    """
    size, total = len(counts), sum(counts)
    if size < 2:
        return 0.0
    return (
        math.lgamma(size * even)
        - math.lgamma(total + size * even)
        + sum(math.lgamma(n + even) - math.lgamma(even) for n in counts)
    )


def chance_of_negative(correlation: float, n: int) -> float:
    """Return how likely a correlation as low as this is where the true one is zero."""
    if n <= 3 or math.isnan(correlation):
        return 1.0
    z = math.atanh(max(min(correlation, 0.999999), -0.999999)) * math.sqrt(n - 3)
    return normal_tail(-z)
