"""A sitting: a set's items asked one after the other, folded from what a person did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.playbook.items import Numeric, Ordering
from salestrain.training.chance import token
from salestrain.training.marking import Mark, NotAnAnswer, mark
from salestrain.training.steps import Step, last_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salestrain.playbook.items import Item


@dataclass(frozen=True, slots=True)
class Asked:
    """An item of a sitting.

    Attributes:
        mark: What its answer is worth by today's key; None while there is no answer.
        earned: What the answer was worth when it was given (0–1).
    """

    item: Item
    answer: tuple[str, ...] = ()
    mark: Mark | None = None
    earned: float = 0.0
    left: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A run through a set: the how many-th, what shuffled it, its items in the order asked."""

    number: int
    seed: object
    asked: tuple[Asked, ...]

    @property
    def current(self) -> Asked | None:
        """The item shown: to answer, or judged and not yet left; None at the end."""
        return next((asked for asked in self.asked if not asked.left), None)

    @property
    def place(self) -> int:
        """Which item is shown, from 1."""
        return min(sum(asked.left for asked in self.asked) + 1, len(self.asked))

    @property
    def earned(self) -> float:
        """What the answers so far are worth, at most one for each item."""
        return sum(asked.earned for asked in self.asked)

    @property
    def to_read(self) -> tuple[str, ...]:
        """Rules and facts that answers not fully right rest on, those most often missed first."""
        short = (asked for asked in self.asked if asked.mark and asked.earned < 1)
        return tuple(dict(Counter(c for one in short for c in one.item.cites).most_common()))

    def options(self, item: Item) -> dict[str, str]:
        """Return an item's options or steps as shown: tokens that tell nothing, and their ids."""
        if isinstance(item, Numeric):
            return {}
        each = item.steps if isinstance(item, Ordering) else item.options
        ids = [one.id for one in each]
        shown = sorted((token(self.seed, item.id, one), one) for one in ids)
        if isinstance(item, Ordering) and [one for _, one in shown] == ids:
            shown.reverse()  # else it would need no answer
        return dict(shown)

    def read(self, item: Item, sent: Sequence[str]) -> tuple[str, ...]:
        """Return an answer in ids, given in the tokens of ``options``; a number stays as typed.

        What isn't offered becomes an empty id, which ``mark`` refuses.
        """
        ids = self.options(item)
        return tuple(sent) if isinstance(item, Numeric) else tuple(ids.get(o, "") for o in sent)


def asking_order(ids: Iterable[str], seed: object) -> tuple[str, ...]:
    """Return items in the order a seed draws."""
    return tuple(sorted(ids, key=lambda each: token(seed, each)))


def sitting(steps: Iterable[Step], items: Mapping[str, Item], fresh: Step) -> Sitting:
    """Return the run a person is in or has last finished.

    Args:
        steps: What they did in this set: ``began``, ``answered``, ``went_on``, ``finished``.
        items: By id, as the playbook has them today.
        fresh: The step that would begin a run, for when there is none whose items still exist.
    """
    steps = tuple(steps)
    run = last_run(steps)
    if not run or not items.keys() & {*run[0].data["items"]}:
        steps, run = (*steps, fresh), (fresh,)
    number, began = sum(step.kind == "began" for step in steps), run[0].data
    asked = (_asked(items[each], run) for each in began["items"] if each in items)
    return Sitting(number, began["seed"], tuple(asked))


def _asked(item: Item, run: Sequence[Step]) -> Asked:
    mine = [step for step in run if step.data.get("item") == item.id]
    left = run[-1].kind == "finished" or any(step.kind == "went_on" for step in mine)
    for data in (step.data for step in mine if step.kind == "answered"):
        try:
            worth = mark(item, data["answer"])
        except NotAnAnswer:  # the item has changed since; it is asked again
            continue
        return Asked(item, tuple(data["answer"]), worth, data["earned"], left)
    return Asked(item, left=left)
