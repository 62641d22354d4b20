"""What one person knows at a time: memories folded from all they answered, and today's review.

The quiz app shows it to that person, the quiz review to who looks after them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.exams.exam import ANSWERED, attempts
from salestrain.training.exams.worth import worths
from salestrain.training.memory import (
    Review,
    Topic,
    daily_queue,
    interleaved,
    memories,
    recall,
    topic_of,
)
from salestrain.training.memory.readiness import Target, plan
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.memory import Memory
    from salestrain.training.memory.readiness import Plan
    from salestrain.training.paths.path import Deed
    from salestrain.training.steps import Step

MOST_A_DAY, NEW_A_DAY = 20, 8
"""Topics to review on a day, and how many of them may be new: about a quarter of an hour."""
MINUTES_EACH, GOAL = 0.75, 0.9
AIM, AIMED = "aim", "aimed"
"""The thread in which somebody names the day they want to be ready on, and the step."""
NEARLY_FORGOTTEN = 0.7
"""Below this chance to be recalled a topic counts as nearly forgotten."""


def minutes_for(topics: int) -> int:
    """Return about how long so many topics take, in whole minutes; none take none.

    >>> minutes_for(0), minutes_for(1), minutes_for(20)
    (0, 1, 15)
    """
    return math.ceil(topics * MINUTES_EACH)


class Aim(NamedTuple):
    """The day on which somebody wants to be ready for an exam."""

    exam: str
    day: date


class Weak(NamedTuple):
    """A topic that is due: the chance (0–1) to recall it today, and the marks exams ask of it."""

    topic: str
    section: str
    recall: float
    worth: float


@dataclass(frozen=True)
class Ground:
    """What there is to know, the same for everybody.

    Attributes:
        items: By id, as the playbook has them today.
        exams: By id.
        stale: Items that rest on something that has changed; no review asks them.
    """

    items: Mapping[str, Item]
    exams: Mapping[str, Exam]
    stale: frozenset[str] = frozenset()
    _of_exams: dict[str, dict[str, Topic]] = field(default_factory=dict, repr=False)

    @cached_property
    def topics(self) -> dict[str, tuple[Item, ...]]:
        """The items of each topic that rest on nothing that has changed."""
        found: dict[str, tuple[Item, ...]] = {}
        for id_, item in self.items.items():
            if id_ not in self.stale:
                topic = topic_of(item)
                found[topic] = (*found.get(topic, ()), item)
        return found

    def section(self, topic: str) -> str:
        """Return where a topic belongs."""
        return self.topics[topic][0].section

    def asked_by(self, exam: str) -> dict[str, Topic]:
        """Return what an exam may ask, with its worth."""
        if exam not in self._of_exams:
            sound = (item for items in self.topics.values() for item in items)
            self._of_exams[exam] = worths(self.exams[exam], sound)
        return self._of_exams[exam]


@dataclass(frozen=True)
class Knowledge:
    """One person's knowledge at a time, by what they did until then.

    Attributes:
        deeds: All this person did.
        now: The time, in the zone that says where a day begins.
    """

    ground: Ground
    deeds: tuple[Deed, ...]
    now: datetime

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @cached_property
    def memories(self) -> dict[str, Memory]:
        """What is remembered, by topic."""
        zone = self.now.tzinfo
        return memories(self._reviews(), zone) if zone else {}

    def _reviews(self) -> Iterator[Review]:
        """Yield every answer; those of an exam once it is over, so that nothing is told early."""
        items, exams = self.ground.items, self.ground.exams
        for app, thread, step in self.deeds:
            if app == QUIZ and step.kind == ANSWERED and thread not in exams:
                item = items.get(step.data["item"])
                if item:
                    yield Review(topic_of(item), step.data["earned"], step.at)
        for exam in exams.values():
            for attempt in attempts(exam, self.steps(exam.id), items):
                for one in attempt.run.asked:
                    if one.answer and not attempt.is_open(self.now):
                        yield Review(topic_of(one.item), one.earned, attempt.ended_at)

    def steps(self, thread: str) -> tuple[Step, ...]:
        """Return what they did in a thread of the quiz."""
        return tuple(step for app, name, step in self.deeds if (app, name) == (QUIZ, thread))

    @cached_property
    def met(self) -> dict[str, Memory]:
        """The memories of topics that can still be asked."""
        return {topic: one for topic, one in self.memories.items() if topic in self.ground.topics}

    @cached_property
    def begun(self) -> frozenset[str]:
        """The sections this person has read or answered something of."""
        read = {
            thread for app, thread, step in self.deeds if (app, step.kind) == ("playbook", "read")
        }
        met = (item for topic in self.met for item in self.ground.topics[topic])
        return frozenset(read | {item.section for item in met})

    @cached_property
    def aim(self) -> Aim | None:
        """The exam and the day named last; none once the day has come."""
        aimed = [step.data for step in self.steps(AIM) if step.kind == AIMED]
        last = aimed[-1] if aimed else None
        if last is None or last["exam"] not in self.ground.exams:
            return None
        named = date.fromisoformat(last["day"])
        return Aim(last["exam"], named) if named > self.today else None

    @cached_property
    def plan(self) -> Plan | None:
        """The reviews until the day somebody named."""
        if self.aim is None:
            return None
        target = Target(self.aim.day, GOAL, MINUTES_EACH, MOST_A_DAY)
        return plan(self.memories, self.ground.asked_by(self.aim.exam), self.today, target)

    @cached_property
    def queue(self) -> tuple[str, ...]:
        """Today's topics: those of the plan, then what is due, and new ones of sections begun.

        What an exam asks is left to its plan: that knows when each topic is best reviewed.
        """
        plan_ = self.plan
        planned = self.ground.asked_by(self.aim.exam) if self.aim else {}
        topics = {
            topic: Topic(1.0, items[0].section)
            for topic, items in self.ground.topics.items()
            if topic not in planned and (topic in self.memories or items[0].section in self.begun)
        }
        today = plan_.days[0].topics if plan_ and plan_.days else ()
        left = max(0, MOST_A_DAY - len(today))
        due = daily_queue(self.memories, topics, self.today, left, 0 if plan_ else NEW_A_DAY)
        return interleaved([*today, *due], {**topics, **planned})

    @cached_property
    def due(self) -> tuple[str, ...]:
        """The topics met whose day has come, the least remembered first."""
        there = [topic for topic, one in self.met.items() if one.due <= self.today]
        return tuple(sorted(there, key=lambda topic: (self.recall(topic), topic)))

    @property
    def nearly_forgotten(self) -> tuple[str, ...]:
        """Those of them with less than ``NEARLY_FORGOTTEN`` chance to be recalled."""
        return tuple(topic for topic in self.due if self.recall(topic) < NEARLY_FORGOTTEN)

    def recall(self, topic: str) -> float:
        """Return the chance (0–1) that a topic met is recalled today."""
        return recall(self.met[topic], self.today)

    def weakest(self, exams: Iterable[str]) -> tuple[Weak, ...]:
        """Return the topics due, those first by which exams would lose most marks today.

        Args:
            exams: Those that this person is meant to pass. What none of them asks is left out,
                unless there are none: then every topic is worth one mark.
        """
        asked = [self.ground.asked_by(exam) for exam in exams]
        worth = {
            topic: sum(each[topic].worth for each in asked if topic in each) if asked else 1.0
            for topic in self.due
        }
        found = [
            Weak(topic, self.ground.section(topic), self.recall(topic), worth[topic])
            for topic in self.due
            if worth[topic]
        ]
        return tuple(sorted(found, key=lambda one: (-one.worth * (1 - one.recall), one.topic)))
