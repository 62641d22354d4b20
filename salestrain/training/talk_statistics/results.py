"""How a class did in each scenario: who passed at the first go, the scores, how the talks ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from salestrain.training.statistics.classes import FEW_PEOPLE
from salestrain.training.statistics.intervals import Interval, of_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salestrain.training.talk_statistics.held import Talk


@dataclass(frozen=True, slots=True)
class Result:
    """One scenario, as a class played it.

    Attributes:
        runs: How many runs, by so many ``people``; ``tests`` of them were tests.
        first: How many passed at the first go: people, not runs, so that who tries often doesn't
            count often.
        interval: Of the share that did (0–1).
        passed: How many have passed by now.
        score: Median of all runs (0–100).
        verdicts: How many runs ended in pass, partial and fail, in that order; with a critical
            mistake it is a fail.
        failures: Endings of the runs that failed, the most frequent first; a talk ended by a
            mistake has that for its ending too.
    """

    scenario: str
    people: int
    runs: int
    tests: int
    first: int
    interval: Interval
    passed: int
    score: float
    verdicts: tuple[int, int, int]
    failures: tuple[tuple[str, int], ...]

    @property
    def few(self) -> bool:
        """Whether too few people played it to say how it goes."""
        return self.people < FEW_PEOPLE

    @property
    def first_share(self) -> float:
        """Share of the people who passed at the first go (0–1)."""
        return self.first / self.people


def results(talks: Iterable[Talk]) -> tuple[Result, ...]:
    """Return each scenario that was played, the one with fewest first passes first.

    Those that too few people played come last.
    """
    by: dict[str, list[Talk]] = defaultdict(list)
    for talk in talks:
        by[talk.scenario.id].append(talk)
    found = [_result(id_, own) for id_, own in by.items()]
    return tuple(sorted(found, key=lambda one: (one.few, one.first_share, one.scenario)))


def _result(id_: str, talks: Sequence[Talk]) -> Result:
    people = {talk.person for talk in talks}
    first = sum(talk.play.passed for talk in talks if talk.time == 1)
    ended = Counter(talk.verdict for talk in talks)
    lost = Counter(talk.play.ends for talk in talks if talk.verdict == "fail")
    return Result(
        id_,
        *(len(people), len(talks), sum(talk.tested for talk in talks)),
        *(first, of_share(first / len(people), len(people))),
        len({talk.person for talk in talks if talk.play.passed}),
        median(talk.play.score for talk in talks),
        (ended["pass"], ended["partial"], ended["fail"]),
        tuple(sorted(lost.items(), key=lambda each: (-each[1], each[0]))),
    )
