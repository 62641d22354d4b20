"""What the person of a visit knows now, worked out once until they do something."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from salestrain.apps.quiz import asking
from salestrain.training.chance import token
from salestrain.training.exams.exam import ANSWERED
from salestrain.training.memory import Topic, forecast, topic_of
from salestrain.training.memory.knowledge import Ground, Knowledge
from salestrain.training.quizzes.responses import QUIZ

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salestrain.apps.visit import Visit
    from salestrain.playbook.items import Item

WEEK = timedelta(days=7)


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
class Knowing(Knowledge):
    """One person's knowledge, and what of it to ask next."""

    @classmethod
    def of(cls, visit: Visit) -> Knowing:
        """Return the knowledge of a visit's person; the same again until they do something."""
        kept: Knowing | None = visit.kept.get(cls.__name__)
        now = visit.now().astimezone().replace(second=0, microsecond=0)  # exams run out meanwhile
        deeds = visit.diary.deeds
        if kept is None or kept.deeds is not deeds or kept.now != now:
            playbook = visit.playbook
            ground = Ground(playbook.items, playbook.exams, visit.news.stale)
            visit.kept[cls.__name__] = kept = cls(kept.ground if kept else ground, deeds, now)
        return kept

    def chosen(self, topics: Iterable[str], seed: str) -> tuple[str, ...]:
        """Return an item for each topic, one not asked lately: nobody shall learn the words."""
        last = {
            step.data["item"]: number
            for number, (app, _, step) in enumerate(self.deeds)
            if app == QUIZ and step.kind == ANSWERED
        }

        def long_ago(item: Item) -> tuple[int, str]:
            return last.get(item.id, -1), token(seed, item.id)

        ranked = (sorted(self.ground.topics[topic], key=long_ago) for topic in topics)
        asked = (next(filter(asking.can_be_asked, items), None) for items in ranked)
        return tuple(item.id for item in asked if item)

    def back_on(self, item: Item) -> date | None:
        """Return the day on which what an item asks comes back."""
        memory = self.memories.get(topic_of(item))
        return memory.due if memory else None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """How far each section is, in the order of the playbook."""
        found = defaultdict[str, list[str]](list)
        for topic in self.ground.topics:
            found[self.ground.section(topic)].append(topic)
        return tuple(self._section(one, topics) for one, topics in sorted(found.items()))

    def _section(self, section: str, topics: list[str]) -> Section:
        met = {topic: Topic(1.0, section) for topic in topics if topic in self.memories}
        known = forecast(self.memories, met, self.today + WEEK).mean if met else None
        return Section(section, len(topics), len(met), known)
