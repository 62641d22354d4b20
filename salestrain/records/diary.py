"""One person's steps kept at hand: the log only grows, so a look reads only what was added."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salestrain.records.steps import Entry, Steps
    from salestrain.training.steps import Step


@dataclass
class Diary:
    """What one person did; whoever asks is told what the log holds at that moment.

    Attributes:
        steps: The log.
        person_id: Whose steps these are.
        last: The number of the last of them that was read, 0 if there is none.
    """

    steps: Steps
    person_id: str
    last: int = 0
    _deeds: tuple[tuple[str, str, Step], ...] = ()
    _threads: dict[tuple[str, str], list[Step]] = field(default_factory=lambda: defaultdict(list))
    _ids: set[str] = field(default_factory=set)
    _held: bool = False

    @property
    def deeds(self) -> tuple[tuple[str, str, Step], ...]:
        """All they did, in order, each with its app and thread; the same object until more is."""
        self._look()
        return self._deeds

    def thread(self, app: str, thread: str) -> tuple[Step, ...]:
        """Return what they did in a thread, in order."""
        self._look()
        return tuple(self._threads.get((app, thread), ()))

    def has(self, step_id: str) -> bool:
        """Whether a step of this id is one of theirs."""
        self._look()
        return step_id in self._ids

    @contextmanager
    def held(self) -> Iterator[None]:
        """Read now and no more until the block ends, so that all that is asked in it fits."""
        self._look()
        was, self._held = self._held, True
        try:
            yield
        finally:
            self._held = was

    def _look(self) -> None:
        """Read what was added; all of it anew if the last one is gone, as of who was forgotten."""
        if self._held:
            return
        found = self.steps.since(self.person_id, self.last)
        if self.last and (not found or found[0].number != self.last):
            self.last, self._deeds = 0, ()
            self._threads.clear()
            self._ids.clear()
            found = self.steps.since(self.person_id, 0)
        self._add([entry for entry in found if entry.number > self.last])

    def _add(self, new: list[Entry]) -> None:
        for entry in new:
            self.last = entry.number
            self._threads[entry.app, entry.thread].append(entry.step)
            self._ids.add(entry.id)
        if new:
            self._deeds += tuple((entry.app, entry.thread, entry.step) for entry in new)
