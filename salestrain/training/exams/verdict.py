"""What an adaptive exam has found: on which side of the pass mark, and how likely that is wrong.

Everything it rests on is in the attempt's own steps, so that it comes to the same for ever: the
scale the attempt began with, and what each item asked was known to demand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salestrain.training.ability import Ability, Bank, Rule, ability, decide, expected_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salestrain.playbook.exams import Exam

THETAS = np.linspace(-5, 5, 41)
"""The abilities at which a scale is noted; between them it is taken as straight."""


class Figures(NamedTuple):
    """What is known of an item, as ``Bank`` has it."""

    a: float
    b: float
    se_a: float
    se_b: float


class Verdict(NamedTuple):
    """What an attempt has found out.

    Attributes:
        share: Of all that the exam might have asked, what the person would get right (0–1);
            ``low`` and ``high`` are one standard error away.
        passed: The side of the pass mark on which the person more likely is.
        error: How likely it is the other side (0–0.5).
    """

    share: float
    low: float
    high: float
    passed: bool
    error: float


def curve_of(bank: Bank) -> list[float]:
    """Return the share of a bank (0–1) that people of each of ``THETAS`` get right; it rises."""
    return [round(expected_share(theta, bank), 6) for theta in THETAS]


def figures_of(bank: Bank, item: int) -> Figures:
    """Return what is known of a bank's item, rounded as it is kept."""
    known = np.broadcast_arrays(bank.a, bank.b, bank.se_a, bank.se_b)
    return Figures(*(round(float(each[item]), 4) for each in known))


def cut_of(exam: Exam, curve: Sequence[float]) -> float:
    """Return the ability at which the pass mark is reached."""
    return float(np.interp(exam.pass_share, curve, THETAS))


def rule_of(exam: Exam, curve: Sequence[float]) -> Rule | None:
    """Return when an attempt ends: once it is decided, or when as many are asked as it may.

    None if the exam is adaptive no more; it then ends with the next answer.
    """
    adaptive = exam.adaptive
    if adaptive is None:
        return None
    return Rule(0.0, adaptive.least, exam.count, cut_of(exam, curve), adaptive.error)


def known_of(answered: Sequence[tuple[Sequence[float], float]]) -> Ability:
    """Return a person's ability from the figures of each item and what it earned (0–1)."""
    columns = [np.array([figures[n] for figures, _ in answered], dtype=float) for n in range(4)]
    return ability([earned for _, earned in answered], Bank(*columns))


def verdict(
    exam: Exam, curve: Sequence[float], answered: Sequence[tuple[Sequence[float], float]]
) -> Verdict:
    """Return what so many answers have found.

    Args:
        exam: Its pass mark is a share of what it might ask.
        curve: What ``curve_of`` gave when the attempt began.
        answered: Of each item its ``Figures``, and what was earned (0–1).
    """
    known = known_of(answered)
    at = (known.theta + by * known.se for by in (0, -1, 1))
    share, low, high = (float(np.interp(theta, THETAS, curve)) for theta in at)
    passed, error = decide(known, cut_of(exam, curve), error=0.5)
    return Verdict(share, low, high, bool(passed), error)
