"""Scorecards: what raters saw of the skills in a talk, folded from the steps that were kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from salestrain.playbook.standards.growing import Skill
    from salestrain.training.steps import Step

RATINGS, RATED, CALIBRATING = "ratings", "rated", "calibrating"
"""The thread in which people rate talks, and its two kinds of steps."""
CALL = "call"
"""What a rating is about that is about no run but a real call."""
LEAST_FITTING, MOST_FITTING = 3, 5
RUN = re.compile(r"([^-]+)-(.+)-([1-9]\d{0,5})")


class RunName(NamedTuple):
    """Which run: of which scenario, whose, and which of theirs, from 1."""

    scenario: str
    person: str
    number: int

    def __str__(self) -> str:
        """Return it as addresses and steps have it."""
        return f"{self.scenario}-{self.person}-{self.number}"

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Return the run a text names, None if it names none.

        >>> RunName.of("2.2.s.quote-R02-3")
        RunName(scenario='2.2.s.quote', person='R02', number=3)
        """
        found = RUN.fullmatch(text)
        return cls(found[1], found[2], int(found[3])) if found else None


class Call(NamedTuple):
    """A real talk with a customer: the day (ISO 8601), with whom, and what kind it was."""

    day: str
    customer: str
    kind: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater gave for one talk.

    Attributes:
        about: The run, as ``RunName`` writes it, or ``call``.
        person: Who was rated.
        levels: Skill → level of its rubric, from 1; a skill that didn't show is left out.
        call: Which call, if it was one.
    """

    rater: str
    about: str
    person: str
    levels: Mapping[str, int]
    comment: str
    at: datetime
    call: Call | None = None

    @property
    def talk(self) -> tuple[str, ...]:
        """What is rated, the same for all who rate it."""
        return (self.about, self.person, *(self.call[:2] if self.call else ()))


def ratings(threads: Mapping[str, Sequence[Step]]) -> tuple[Rating, ...]:
    """Return what was rated, the oldest first; of one rater and talk the last counts.

    Args:
        threads: What each person did in the thread ``ratings``, in order, by person.
    """
    found: dict[tuple[str, ...], Rating] = {}
    for rater, steps in threads.items():
        for step in steps:
            if step.kind == RATED:
                one = _rating(rater, step)
                found[rater, *one.talk] = one
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.rater, one.talk)))


def calibrating(threads: Mapping[str, Sequence[Step]]) -> tuple[str, ...]:
    """Return the runs marked for calibration, in the order of their marks; the last mark counts.

    Args:
        threads: As in ``ratings``; anybody's mark can be taken back by anybody who may mark.
    """
    marks = [
        (step.at, person, at, step.data)
        for person, steps in threads.items()
        for at, step in enumerate(steps)
        if step.kind == CALIBRATING
    ]
    found: dict[str, bool] = {}
    for *_, data in sorted(marks, key=lambda one: one[:3]):
        found.pop(data["about"], None)
        found[data["about"]] = bool(data["on"])
    return tuple(about for about, on in found.items() if on)


def cards(every: Iterable[Rating], runs: Iterable[str]) -> dict[str, dict[str, dict[str, int]]]:
    """Return run → rater → skill → level, of these runs; one that nobody rated has no rater."""
    found: dict[str, dict[str, dict[str, int]]] = {run: {} for run in runs}
    for one in every:
        if one.about in found:
            found[one.about][one.rater] = dict(one.levels)
    return found


def fitting(skills: Sequence[Skill], cites: Iterable[str]) -> tuple[Skill, ...]:
    """Return the three to five skills a talk is likely to show, those it is about first.

    Args:
        skills: All there are.
        cites: The rules and facts that the talk's scenario rests on: a skill itself, a rule that
            the skill's sentence names, or one of a stage in which the skill decides.
    """
    cited = [*cites]
    worth = {skill.id: _fit(skill, cited) for skill in skills}
    ranked = sorted(skills, key=lambda skill: -worth[skill.id])
    there = sum(each > 0 for each in worth.values())
    return tuple(ranked[: min(max(there, LEAST_FITTING), MOST_FITTING)])


def _fit(skill: Skill, cited: Sequence[str]) -> int:
    named = re.findall(r"[\w.-]*\w", f"{skill.text.zh} {skill.text.en}")
    staged = [stage for stage in skill.stages if any(_lies_in(cite, stage) for cite in cited)]
    itself = 9 if skill.id in cited else 0
    return itself + 3 * len({*cited} & {*named}) + len(staged)


def _lies_in(cite: str, stage: str) -> bool:
    return cite == stage or cite.startswith(f"{stage}.")


def _rating(rater: str, step: Step) -> Rating:
    data: Mapping[str, Any] = step.data
    call = None
    if data["about"] == CALL:
        call = Call(data["day"], data["customer"], data["kind"])
    return Rating(
        rater, data["about"], data["person"], dict(data["levels"]), data["comment"], step.at, call
    )
