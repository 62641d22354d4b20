"""Talks that were held to the end, each replayed by the scenario as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.talks.runs import runs_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from salestrain.playbook.scenarios import Scenario
    from salestrain.training.paths.path import Deed
    from salestrain.training.steps import Step
    from salestrain.training.talks.play import Play
    from salestrain.training.talks.runs import Run

ROLEPLAY = "roleplay"


@dataclass(frozen=True)
class Talk:
    """One run that came to an end.

    Attributes:
        time: Which of this person's runs of the scenario that count, from 1.
    """

    person: str
    run: Run
    play: Play
    time: int

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self.play.scenario

    @property
    def tested(self) -> bool:
        """Whether it was a test."""
        return self.run.mode == "test"

    @property
    def verdict(self) -> str:
        """How it ended: pass, partial or fail; a critical mistake is a fail however it ended."""
        if self.play.critical or self.play.ending is None:
            return "fail"
        return self.play.ending.verdict


class Unread(NamedTuple):
    """How many sentences were typed, and how many of them were not understood."""

    typed: int
    unread: int


@dataclass(frozen=True)
class Held:
    """Everybody's talks, by person and in the order of time, and what was left out.

    Attributes:
        open: Runs that came to no end.
        explored: Runs in which help was given.
        gone: Runs that today's scenario no longer allows.
    """

    talks: tuple[Talk, ...] = ()
    open: int = 0
    explored: int = 0
    gone: int = 0

    def of(self, people: Collection[str]) -> tuple[Talk, ...]:
        """Return the talks of these people."""
        return tuple(talk for talk in self.talks if talk.person in people)

    @cached_property
    def people(self) -> frozenset[str]:
        """Who held a talk to the end."""
        return frozenset(talk.person for talk in self.talks)


def held(
    deeds: Mapping[str, Iterable[Deed]],
    scenarios: Mapping[str, Scenario],
    before: datetime | None = None,
) -> Held:
    """Return the talks that were held to the end.

    Args:
        deeds: All that each person did, by id.
        scenarios: By id, as the playbook has them today; other runs are left out.
        before: What began then or later is left out (aware).
    """
    talks, left_out = list[Talk](), {"open": 0, "explored": 0, "gone": 0}
    for person, scenario, runs in _played(deeds, scenarios):
        time = 0
        for run in (run for run in runs if before is None or run.began < before):
            play = run.play(scenario)
            why = _left_out(run, play)
            if why or play is None:
                left_out[why] += 1
                continue
            time += 1
            talks.append(Talk(person, run, play, time))
    talks.sort(key=lambda talk: (talk.person, talk.run.began, talk.scenario.id, talk.time))
    return Held(tuple(talks), **left_out)


def _left_out(run: Run, play: Play | None) -> str:
    if run.mode == "explore":
        return "explored"
    if play is None:
        return "gone"
    return "" if play.ends else "open"


def _played(
    deeds: Mapping[str, Iterable[Deed]], scenarios: Mapping[str, Scenario]
) -> Iterator[tuple[str, Scenario, tuple[Run, ...]]]:
    for person, done in deeds.items():
        threads: dict[str, list[Step]] = {}
        for app, thread, step in done:
            if app == ROLEPLAY and thread in scenarios:
                threads.setdefault(thread, []).append(step)
        for thread, steps in threads.items():
            yield person, scenarios[thread], runs_of(steps)


def unread(talks: Iterable[Talk]) -> Unread:
    """Return how many typed sentences made no move that the scenario knows."""
    turns = [
        turn
        for talk in talks
        for kept, turn in zip(talk.run.turns, talk.play.turns, strict=False)
        if not kept.said.chosen
    ]
    return Unread(len(turns), sum(not turn.made and not turn.missed for turn in turns))
