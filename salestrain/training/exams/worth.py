"""What remembering a topic is worth for an exam."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from salestrain.training.memory import Topic, topic_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salestrain.playbook.exams import Exam
    from salestrain.playbook.items import Item


def worths(exam: Exam, items: Iterable[Item]) -> dict[str, Topic]:
    """Return each topic an exam may ask, worth the marks expected to be asked of it.

    A line that draws 5 of 40 items makes each of them worth an eighth of a mark. Recall weighted by
    it is the share of the exam that is remembered.

    Args:
        exam: Its blueprint.
        items: The item bank.
    """
    bank, worth, sections = list(items), defaultdict[str, float](float), dict[str, str]()
    for line in exam.blueprint:
        fitting = [item for item in bank if line.takes(item)]
        for item in fitting:
            worth[topic_of(item)] += min(1.0, line.count / len(fitting))
            sections[topic_of(item)] = item.section
    return {topic: Topic(worth[topic], sections[topic]) for topic in worth}
