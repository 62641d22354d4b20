"""What was handed in and waits for a signature, whose it is, and which mentor is slow."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.effects.estimate import Estimate, added, mean_of
from salestrain.training.mentoring.mentors import MENTORS, TRAINER, mentor_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from salestrain.training.paths.path import Deed
    from salestrain.training.steps import Step

HANDED_IN, SIGNED = ("noted", "evidence"), "signed"
DAY, AN_HOUR = timedelta(days=1), 1 / 24
TIMES_AS_LONG, LEADS_FROM = 2.0, 1.5
"""A mentor is called slow whose signatures surely take longer than the others', at least twice as
long; surely is 1.5 times as far from equal as the interval reaches, since all are looked at."""


class HandIn(NamedTuple):
    """Something handed in: by whom, whose signature it waits for, since when, until when."""

    person: str
    mentor: str
    step: str
    at: datetime
    signed: datetime | None

    def days(self, now: datetime) -> float:
        """Return how long it waited, or has waited by now."""
        return ((self.signed or now) - self.at) / DAY


class Pace(NamedTuple):
    """How long a mentor lets hand-ins wait.

    Attributes:
        days: Median; what is still open counts as long as it has waited.
        times: By how many times longer than the other mentors', with its interval; ``n`` counts
            hand-ins.
    """

    mentor: str
    people: int
    signed: int
    open: int
    days: float
    times: Estimate

    @property
    def slow(self) -> bool:
        """Whether it surely is much longer than with the others."""
        if not self.times.known or self.times.few:
            return False
        middle, low = math.log(self.times.value), math.log(self.times.interval.low)
        return self.times.value >= TIMES_AS_LONG and middle > LEADS_FROM * (middle - low)


def mentors(deeds: Mapping[str, Iterable[Deed]]) -> dict[str, str]:
    """Return each newcomer's mentor; the pairing saved last counts."""
    return mentor_of(
        step
        for done in deeds.values()
        for app, thread, step in done
        if (app, thread) == (TRAINER, MENTORS)
    )


def hand_ins(deeds: Mapping[str, Iterable[Deed]], people: Collection[str]) -> tuple[HandIn, ...]:
    """Return what these people handed in, in the order of time, each until its first signature.

    Only steps count of which anybody's has ever been signed: the others need no signature. Nobody
    signs their own.
    """
    every = [
        (who, thread, step) for who, done in deeds.items() for app, thread, step in done
        if app == "onboarding" and step.kind in (*HANDED_IN, SIGNED)
    ]  # fmt: skip
    every.sort(key=lambda one: one[2].at)
    needed = {(thread, step.data["step"]) for _, thread, step in every if step.kind == SIGNED}
    whose, open_ = mentors(deeds), dict[tuple[str, str, str], datetime]()
    found: list[HandIn] = []
    for who, thread, step in every:
        person, name = _about(who, step)
        key = person, thread, name
        if person not in people or (thread, name) not in needed:
            continue
        if step.kind in HANDED_IN:
            open_.setdefault(key, step.at)
        elif key in open_ and who != person:
            since = open_.pop(key)
            found.append(HandIn(person, whose.get(person, who), name, since, step.at))
    still = [
        HandIn(one, whose.get(one, ""), name, at, None) for (one, _, name), at in open_.items()
    ]
    return tuple(sorted([*found, *still], key=lambda one: (one.at, one.person)))


def _about(who: str, step: Step) -> tuple[str, str]:
    return (step.data["person"] if step.kind == SIGNED else who), step.data["step"]


def paces(found: Sequence[HandIn], now: datetime) -> tuple[Pace, ...]:
    """Return how long each mentor lets things wait, the slowest first.

    Source: the ratio of geometric means, Welch's interval of the difference of logarithms; waits
    are skewed, and their logarithms much less. An open wait counts as if it ended now, which makes
    a slow mentor look faster, never slower.
    """
    logs = [math.log(max(one.days(now), AN_HOUR)) for one in found]
    told = []
    for mentor in sorted({one.mentor for one in found} - {""}):
        own = [one for one in found if one.mentor == mentor]
        mine, theirs = (
            [log for one, log in zip(found, logs, strict=True) if (one.mentor == mentor) is ours]
            for ours in (True, False)
        )
        gap = added([(1.0, mean_of(mine)), (-1.0, mean_of(theirs))], (len(mine), len(theirs)))
        times = Estimate(
            math.exp(gap.value), type(gap.interval)(*map(math.exp, gap.interval)), gap.n
        )
        signed = sum(one.signed is not None for one in own)
        days = median(one.days(now) for one in own)
        people = len({one.person for one in own})
        told.append(Pace(mentor, people, signed, len(own) - signed, days, times))
    return tuple(sorted(told, key=lambda one: (-one.days, one.mentor)))
