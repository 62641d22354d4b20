"""Today's topics: what is nearly forgotten, then what is new, mixed; and what is known by a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from salestrain.training.memory.reviews import recall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from salestrain.training.memory.reviews import Memory


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to remember: what it is worth beside others (any scale), where it belongs."""

    worth: float = 1.0
    section: str = ""

    def __post_init__(self) -> None:
        if not (isfinite(self.worth) and self.worth > 0):
            raise ValueError(f"a topic is worth {self.worth}; give it a number above 0")


class Forecast(NamedTuple):
    """Expected recall (0–1) of each topic, 0 if never seen, and the worth-weighted mean."""

    recall: dict[str, float]
    mean: float


def forecast(memories: Mapping[str, Memory], topics: Mapping[str, Topic], day: date) -> Forecast:
    """Return what is remembered on a day without any further review; all, if there is nothing."""
    known = {
        topic: recall(memories[topic], day) if topic in memories else 0.0
        for topic in sorted(topics)
    }
    worth = sum(one.worth for one in topics.values())
    mean = sum(topics[topic].worth * left for topic, left in known.items())
    return Forecast(known, mean / worth if topics else 1.0)


def daily_queue(
    memories: Mapping[str, Memory],
    topics: Mapping[str, Topic],
    today: date,
    most: int = 30,
    new: int = 10,
) -> tuple[str, ...]:
    """Return the topics to answer today, neighbours of different sections where possible.

    Those due come first, with most of their worth forgotten, then new ones by worth. What was
    answered today already counts towards both limits, so asking again in the evening adds nothing.

    Args:
        memories: What the person remembers (``memories``).
        topics: What there is to remember.
        today: The day, where the person is.
        most: How many topics a day.
        new: How many of them may be new.
    """
    here = {topic: memories[topic] for topic in topics if topic in memories}
    done = [one for one in here.values() if one.last >= today]
    due = {
        topic: topics[topic].worth * (1 - recall(one, today))
        for topic, one in here.items()
        if one.due <= today and one.last < today
    }
    fresh = {topic: one.worth for topic, one in topics.items() if topic not in here}
    begun = sum(one.first == today for one in done)
    chosen = (*_highest(due), *_highest(fresh)[: max(new - begun, 0)])
    return interleaved(chosen[: max(most - len(done), 0)], topics)


def interleaved(chosen: Iterable[str], topics: Mapping[str, Topic]) -> tuple[str, ...]:
    """Return topics with as few neighbours of one section as can be, else in the order given."""
    left, found = list(chosen), list[str]()
    count = Counter(topics[topic].section for topic in left)
    last = None
    while left:
        most, times = count.most_common(1)[0]
        # a section with over half of what is left must come now, or two of it meet at the end
        must = most if most != last and 2 * times > len(left) else None
        topic = next((one for one in left if _fits(topics[one].section, must, last)), left[0])
        left.remove(topic)
        found.append(topic)
        last = topics[topic].section
        count[last] -= 1
    return tuple(found)


def _fits(section: str, must: str | None, last: str | None) -> bool:
    return section == must if must is not None else section != last


def _highest(score: Mapping[str, float]) -> list[str]:
    return sorted(score, key=lambda topic: (-score[topic], topic))
