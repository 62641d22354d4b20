"""A sitting: a set's items asked one after the other, folded from what a person did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salestrain.playbook.items import Ordering, TrueFalse
from salestrain.playbook.items.asked import BESIDE, STATEMENT
from salestrain.training.chance import token
from salestrain.training.marking import Mark, NotAnAnswer, mark
from salestrain.training.steps import Step, last_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from salestrain.playbook.items import Item, Named


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
        """Return what there is to choose or to order, as shown: tokens that tell nothing, and ids.

        Of pairs and classes it is the right side; ``lines`` gives the left.
        """
        return self._shuffled(item, item.chosen_from)

    def lines(self, item: Item) -> dict[str, str]:
        """Return what is to be given a partner or a class, as shown: tokens and ids."""
        return self._shuffled(item, item.given_to)

    def _shuffled(self, item: Item, each: Sequence[Named]) -> dict[str, str]:
        ids = [one.id for one in each]
        shown = sorted((token(self.seed, item.id, one), one) for one in ids)
        if isinstance(item, Ordering) and [one for _, one in shown] == ids:
            shown.reverse()  # else it would need no answer
        return dict(shown)

    def read(self, item: Item, sent: Sequence[str]) -> tuple[str, ...]:
        """Return an answer in ids, given in the tokens of ``options`` and ``lines``.

        What is typed stays as typed, and so do ``true``, ``false`` and cells, which tell nothing.
        What isn't offered becomes an empty id, which ``mark`` refuses.
        """
        ids, lines = self.options(item), self.lines(item)
        if lines:
            pairs = (each.partition(BESIDE)[::2] for each in sent)
            return tuple(f"{lines.get(one, '')}{BESIDE}{ids.get(two, '')}" for one, two in pairs)
        if not ids:
            return tuple(sent)
        plain = STATEMENT if isinstance(item, TrueFalse) else ()
        return tuple(each if each in plain else ids.get(each, "") for each in sent)

    def sent(self, item: Item, answer: Sequence[str]) -> tuple[str, ...]:
        """Return an answer given in ids as it would be sent: the other way round than ``read``."""
        tokens = {id_: each for each, id_ in self.options(item).items()}
        lines = {id_: each for each, id_ in self.lines(item).items()}
        if not lines:
            return tuple(tokens.get(each, each) for each in answer)
        pairs = (each.partition(BESIDE)[::2] for each in answer)
        return tuple(f"{lines[one]}{BESIDE}{tokens[two]}" for one, two in pairs)


def draw(ids: Iterable[str], steps: Iterable[Step], seed: object, most: int) -> tuple[str, ...]:
    """Return at most so many items, in the order a seed draws.

    Those never answered come first, then those last not wholly right, then the others.

    Args:
        ids: The items there are.
        steps: What the person did in this set so far.
        seed: The same draws the same.
        most: How many at most.
    """
    last = {step.data["item"]: step.data["earned"] for step in steps if step.kind == "answered"}
    wanting = sorted(ids, key=lambda one: (_known(last.get(one)), token(seed, one)))
    return tuple(sorted(wanting[:most], key=lambda one: token(seed, one)))


def _known(earned: float | None) -> int:
    return 0 if earned is None else 1 if earned < 1 else 2


def sitting(steps: Iterable[Step], items: Mapping[str, Item], fresh: Callable[[], Step]) -> Sitting:
    """Return the run a person is in or has last finished.

    Args:
        steps: What they did in this set: ``began``, ``answered``, ``went_on``, ``finished``; and
            ``asked`` with each item that was added to the run, where that depends on the answers.
        items: By id, as the playbook has them today.
        fresh: Makes the step that would begin a run, where there is none whose items still exist.
    """
    steps = tuple(steps)
    run = last_run(steps)
    if not run or not items.keys() & {*run[0].data["items"]}:
        begins = fresh()
        steps, run = (*steps, begins), (begins,)
    number, began = sum(step.kind == "began" for step in steps), run[0].data
    grown = (step.data["item"] for step in run if step.kind == "asked")
    asked = (_asked(items[each], run) for each in (*began["items"], *grown) if each in items)
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
