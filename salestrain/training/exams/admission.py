"""Who may begin an exam now, and what a pass is good for; with what a trainer has granted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from salestrain.playbook.exams import Exam
    from salestrain.training.exams.exam import Attempt
    from salestrain.training.steps import Step

Why = Literal["running", "free", "difference", "passed", "not_yet", "closed", "wait", "used_up"]
RENEW_DAYS = 30
"""So long before a pass runs out it may be renewed."""
GRANTS, GRANTED = "grants", "granted"
"""The thread in which a trainer grants someone more time or another attempt, and the step."""


class Pass(NamedTuple):
    """A pass that holds.

    Attributes:
        attempt: The attempt that earned it.
        until: The last day it holds, None for good.
        as_of: The day whose playbook was known: of the attempt, or of a later one on what changed.
    """

    attempt: Attempt
    until: date | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Grants:
    """What a trainer has granted one person: time beyond the usual (share), further attempts."""

    extra_share: float = 0.0
    attempts: int = 0

    def minutes(self, exam: Exam) -> int:
        """Return how long an attempt may take, in whole minutes."""
        return math.ceil(exam.minutes * (1 + self.extra_share) - 1e-9)


NOTHING_GRANTED = Grants()


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether an exam may be begun (``why`` is free or difference), or why not, and when it may.

    Attributes:
        left: How many attempts are left.
        day: The day it may be begun again, opens, or closed.
    """

    why: Why
    left: int
    day: date | None = None

    @property
    def may(self) -> bool:
        """Whether it may be begun now."""
        return self.why in {"free", "difference"}


def grants(steps: Iterable[Step], exam: str) -> Grants:
    """Return what was granted for an exam: the last word on time, the sum of further attempts.

    Args:
        steps: Of kind ``granted`` with ``exam`` (empty for all), ``extra_share`` or ``attempts``.
        exam: Its id.
    """
    mine = [s.data for s in steps if s.kind == GRANTED and s.data.get("exam") in {"", exam}]
    extra = [data["extra_share"] for data in mine if "extra_share" in data]
    return Grants(extra[-1] if extra else 0.0, sum(data.get("attempts", 0) for data in mine))


def passed(exam: Exam, taken: Sequence[Attempt], now: datetime) -> Pass | None:
    """Return the pass a person holds now; None if there is none, or it has run out.

    A day is one of the zone of ``now``.
    """
    over = [one for one in taken if not one.is_open(now) and one.passed]
    whole = [one for one in over if not one.difference]
    if not whole:
        return None
    first = whole[-1].ended_at.astimezone(now.tzinfo).date()
    until = first + timedelta(days=exam.valid_days) if exam.valid_days else None
    if until and now.date() > until:
        return None
    as_of = max(one.ended_at.astimezone(now.tzinfo).date() for one in over)
    return Pass(whole[-1], until, as_of)


def admission(
    exam: Exam,
    taken: Sequence[Attempt],
    now: datetime,
    *,
    granted: Grants = NOTHING_GRANTED,
    changed: bool = False,
) -> Admission:
    """Return whether a person may begin an exam.

    Args:
        exam: The exam.
        taken: Their attempts so far.
        now: The time, aware, in the zone that says where a day begins.
        granted: What a trainer granted them.
        changed: Whether something the exam asks has changed since they passed.
    """
    held, today = passed(exam, taken, now), now.date()
    failed = _failed_lately(taken)
    left = max(0, exam.attempts + granted.attempts - len(failed))
    if taken and taken[-1].is_open(now):
        return Admission("running", left)
    if shut := _shut(exam, today):
        return Admission(shut[0], left, shut[1])
    renews = held and held.until and today >= held.until - timedelta(days=RENEW_DAYS)
    if held and not renews and not changed:
        return Admission("passed", left, held.until)
    free = _day(failed[-1], now) + timedelta(days=exam.wait_days) if failed else today
    if left and free <= today:
        return Admission("difference" if held and not renews else "free", left)
    return Admission("wait", left, free) if left else Admission("used_up", 0)


def _shut(exam: Exam, today: date) -> tuple[Why, date] | None:
    if exam.opens and today < exam.opens:
        return "not_yet", exam.opens
    return ("closed", exam.closes) if exam.closes and today > exam.closes else None


def _failed_lately(taken: Sequence[Attempt]) -> list[Attempt]:
    """Return the attempts that count: those since the last one that passed."""
    last = max((n for n, one in enumerate(taken, 1) if one.passed), default=0)
    return list(taken[last:])


def _day(attempt: Attempt, now: datetime) -> date:
    return attempt.ended_at.astimezone(now.tzinfo).date()
