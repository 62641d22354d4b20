"""What is new in a playbook: items whose ground has shifted, and what has changed since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from salestrain.playbook.history import carried_on, hashes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salestrain.playbook.history import History
    from salestrain.playbook.items import Item
    from salestrain.playbook.whole import Playbook


@dataclass(frozen=True)
class News:
    """When each rule and product fact last changed, and the items that rest on them.

    Attributes:
        items: By id.
        changed: By id of a rule or fact the day of its last change; only those that have changed
            since they were first written.
        written: By id of a rule or fact the day of its first or last change.
    """

    items: Mapping[str, Item]
    changed: Mapping[str, date]
    written: Mapping[str, date]

    @property
    def stale(self) -> frozenset[str]:
        """Items nobody has reviewed since something they cite has changed: no exam asks them."""
        return frozenset(id_ for id_, item in self.items.items() if self._is_stale(item))

    def items_since(self, day: date) -> frozenset[str]:
        """Return the sound items on what is new or different since a day."""
        found = (id_ for id_, item in self.items.items() if self._last(item) > day)
        return frozenset(found) - self.stale

    def reasons(self, item: Item) -> Iterator[str]:
        """Yield the rules and facts for which an item is stale."""
        for cite in item.cites:
            day = self.changed.get(cite)
            if day and (item.reviewed is None or item.reviewed < day):
                yield cite

    def _is_stale(self, item: Item) -> bool:
        return any(self.reasons(item))

    def _last(self, item: Item) -> date:
        return max((self.written.get(cite, date.min) for cite in item.cites), default=date.min)


def news_of(playbook: Playbook, history: History, today: date) -> News:
    """Return what is new; a change no `check` has seen yet counts as of today.

    Args:
        playbook: As it is now.
        history: As `salestrain check` last kept it; an empty one knows of no change.
        today: The day that a change not yet kept is put down to.
    """
    days = carried_on(history, hashes(playbook), today)
    last = {id_: date.fromisoformat(found[-1][0]) for id_, found in days.items()}
    changed = {id_: last[id_] for id_, found in days.items() if len(found) > 1}
    first = {date.fromisoformat(found[0][0]) for found in history.values()}
    begun = min(first, default=today)  # what stood there on the first day isn't new
    written = {id_: day for id_, day in last.items() if id_ in changed or day > begun}
    return News(playbook.items, changed, written)
