"""What one person knows: memories folded from their answers, today's review, and each section."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.quiz import asking
from salestrain.training.chance import token
from salestrain.training.exam import ANSWERED, attempts
from salestrain.training.memory import (
    Review,
    Topic,
    daily_queue,
    forecast,
    interleaved,
    memories,
    topic_of,
)
from salestrain.training.readiness import Target, plan
from salestrain.training.worth import worths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from salestrain.apps.visit import Visit
    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item
    from salestrain.training.memory import Memory
    from salestrain.training.path import Deed
    from salestrain.training.readiness import Plan
    from salestrain.training.steps import Step

MOST_A_DAY, NEW_A_DAY = 20, 8
"""Topics to review on a day, and how many of them may be new: about a quarter of an hour."""
MINUTES_EACH, GOAL = 0.75, 0.9
AIM, AIMED = "aim", "aimed"
"""The thread in which somebody names the day they want to be ready on, and the step."""
WEEK = timedelta(days=7)


def minutes_for(topics: int) -> int:
    """Return about how long so many topics take, in whole minutes; none take none."""
    return math.ceil(topics * MINUTES_EACH)


class Aim(NamedTuple):
    """The day on which somebody wants to be ready for an exam."""

    exam: str
    day: date


class Section(NamedTuple):
    """How far a person is with a section.

    Attributes:
        topics: How many rules and facts it asks for; ``met`` were answered at least once.
        recall: The share (0–1) of those met that will be remembered in a week without review; None
            while there is none. Right after an answer everything is, so today would tell little.
    """

    section: str
    topics: int
    met: int
    recall: float | None


@dataclass(frozen=True)
class Knowing:
    """One person's knowledge at a time, by what they did until then.

    Attributes:
        deeds: All this person did.
        now: The time, in the zone that says where a day begins.
    """

    visit: Visit
    deeds: tuple[Deed, ...]
    now: datetime

    @classmethod
    def of(cls, visit: Visit) -> Knowing:
        """Return the knowledge of a visit's person; the same again until they do something."""
        kept: Knowing | None = visit.kept.get(cls.__name__)
        now = visit.now().astimezone().replace(second=0, microsecond=0)  # exams run out meanwhile
        deeds = visit.diary.deeds
        if kept is None or kept.deeds is not deeds or kept.now != now:
            visit.kept[cls.__name__] = kept = cls(visit, deeds, now)
        return kept

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @cached_property
    def items(self) -> dict[str, tuple[Item, ...]]:
        """The items of each topic that rest on nothing that has changed."""
        stale = self.visit.news.stale
        found: dict[str, tuple[Item, ...]] = {}
        for item in self.visit.playbook.items.values():
            if item.id not in stale:
                topic = topic_of(item)
                found[topic] = (*found.get(topic, ()), item)
        return found

    @cached_property
    def memories(self) -> dict[str, Memory]:
        """What is remembered, by topic."""
        zone = self.now.tzinfo
        return memories(self._reviews(), zone) if zone else {}

    def _reviews(self) -> Iterator[Review]:
        """Yield every answer; those of an exam once it is over, so that nothing is told early."""
        items, exams = self.visit.playbook.items, self.visit.playbook.exams
        for app, thread, step in self.deeds:
            if app == "quiz" and step.kind == ANSWERED and thread not in exams:
                item = items.get(step.data["item"])
                if item:
                    yield Review(topic_of(item), step.data["earned"], step.at)
        for exam in exams.values():
            for attempt in attempts(exam, self.steps(exam.id), items):
                for one in attempt.run.asked:
                    if one.answer and not attempt.is_open(self.now):
                        yield Review(topic_of(one.item), one.earned, attempt.ended_at)

    @cached_property
    def begun(self) -> frozenset[str]:
        """The sections this person has read or answered something of."""
        read = {
            thread for app, thread, step in self.deeds if (app, step.kind) == ("playbook", "read")
        }
        return frozenset(
            read | {one.section for topic in self.memories for one in self.items[topic]}
        )

    @cached_property
    def aim(self) -> Aim | None:
        """The exam and the day named last; none once the day has come."""
        aimed = [step.data for step in self.steps(AIM) if step.kind == AIMED]
        last = aimed[-1] if aimed else None
        if last is None or last["exam"] not in self.visit.playbook.exams:
            return None
        named = date.fromisoformat(last["day"])
        return Aim(last["exam"], named) if named > self.today else None

    @cached_property
    def plan(self) -> Plan | None:
        """The reviews until the day somebody named."""
        if self.aim is None:
            return None
        topics = self.exam_topics(self.visit.playbook.exams[self.aim.exam])
        target = Target(self.aim.day, GOAL, MINUTES_EACH, MOST_A_DAY)
        return plan(self.memories, topics, self.today, target)

    def exam_topics(self, exam: Exam) -> dict[str, Topic]:
        """Return what an exam may ask, with its worth."""
        return worths(exam, (item for items in self.items.values() for item in items))

    @cached_property
    def queue(self) -> tuple[str, ...]:
        """Today's topics: those of the plan, then what is due, and new ones of sections begun.

        What an exam asks is left to its plan: that knows when each topic is best reviewed.
        """
        plan_ = self.plan
        planned = self.exam_topics(self.visit.playbook.exams[self.aim.exam]) if self.aim else {}
        topics = {
            topic: Topic(1.0, items[0].section)
            for topic, items in self.items.items()
            if topic not in planned and (topic in self.memories or items[0].section in self.begun)
        }
        today = plan_.days[0].topics if plan_ and plan_.days else ()
        left = max(0, MOST_A_DAY - len(today))
        due = daily_queue(self.memories, topics, self.today, left, 0 if plan_ else NEW_A_DAY)
        return interleaved([*today, *due], {**topics, **planned})

    def chosen(self, topics: Iterable[str], seed: str) -> tuple[str, ...]:
        """Return an item for each topic, one not asked lately: nobody shall learn the words."""
        last = {
            step.data["item"]: number
            for number, (app, _, step) in enumerate(self.deeds)
            if app == "quiz" and step.kind == ANSWERED
        }

        def long_ago(item: Item) -> tuple[int, str]:
            return last.get(item.id, -1), token(seed, item.id)

        ranked = (sorted(self.items[topic], key=long_ago) for topic in topics)
        asked = (next(filter(asking.can_be_asked, items), None) for items in ranked)
        return tuple(item.id for item in asked if item)

    def steps(self, thread: str) -> tuple[Step, ...]:
        """Return what they did in a thread of this app."""
        return tuple(step for app, name, step in self.deeds if (app, name) == ("quiz", thread))

    def back_on(self, item: Item) -> date | None:
        """Return the day on which what an item asks comes back."""
        memory = self.memories.get(topic_of(item))
        return memory.due if memory else None

    def sections(self) -> tuple[Section, ...]:
        """Return how far each section is, in the order of the playbook."""
        found = defaultdict[str, list[str]](list)
        for topic, items in self.items.items():
            found[items[0].section].append(topic)
        return tuple(self._section(one, topics) for one, topics in sorted(found.items()))

    def _section(self, section: str, topics: list[str]) -> Section:
        met = {topic: Topic(1.0, section) for topic in topics if topic in self.memories}
        known = forecast(self.memories, met, self.today + WEEK).mean if met else None
        return Section(section, len(topics), len(met), known)
