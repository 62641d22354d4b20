"""One person's steps kept at hand: the log only grows, so a look reads only what was added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salestrain.records.steps import Steps
    from salestrain.training.steps import Step


@dataclass
class Diary:
    """What one person did; whoever asks is told what the log holds at that moment.

    Attributes:
        steps: The log.
        person_id: Whose steps these are.
    """

    steps: Steps
    person_id: str
    _last: int = 0
    _deeds: tuple[tuple[str, str, Step], ...] = ()
    _threads: dict[tuple[str, str], list[Step]] = field(default_factory=lambda: defaultdict(list))

    @property
    def deeds(self) -> tuple[tuple[str, str, Step], ...]:
        """All they did, in order, each with its app and thread; the same object until more is."""
        self._look()
        return self._deeds

    def thread(self, app: str, thread: str) -> tuple[Step, ...]:
        """Return what they did in a thread, in order."""
        self._look()
        return tuple(self._threads.get((app, thread), ()))

    def _look(self) -> None:
        """Read what is new; all of it if that isn't the rest, as when somebody was forgotten.

        PostgreSQL may also commit a step after one that was numbered later.
        """
        there = self.steps.how_far(self.person_id)
        if there == (len(self._deeds), self._last):
            return
        new = self.steps.between(self.person_id, self._last, there[1])
        if len(self._deeds) + len(new) != there[0]:
            self._last, self._deeds, new = 0, (), self.steps.between(self.person_id)
            self._threads.clear()
        for number, app, thread, step in new:
            self._last = number
            self._threads[app, thread].append(step)
        self._deeds += tuple((app, thread, step) for _, app, thread, step in new)
