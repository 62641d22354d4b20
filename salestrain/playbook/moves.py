"""Kinds of moves in a talk: what a sentence does, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003 (pydantic reads the annotations)
from typing import Literal

from pydantic import Field

from salestrain.errors import Fault  # noqa: TC001
from salestrain.language import LANGUAGES
from salestrain.playbook.content import Placed
from salestrain.playbook.fields import Both, Words  # noqa: TC001
from salestrain.playbook.scenarios import Utterances  # noqa: TC001

Loc = tuple[str | int, ...]


class MoveKind(Placed):
    """What a move does in a talk.

    Attributes:
        general: Its wording doesn't depend on the matter at hand, so its examples also count for
            a scenario's own move of this kind.
        unwise: It seldom serves whoever says it; a longer message must be one as a whole.
    """

    id: Words
    side: Literal["ask", "tell"]
    general: bool = False
    unwise: bool = False
    name: Both
    means: Both
    says: Utterances


class MoveKinds(Placed):
    """`moves.yaml`: the kinds there are, with ways of saying them, and what is none of them."""

    kinds: tuple[MoveKind, ...] = Field(min_length=2)
    off_topic: Utterances

    def faults(self) -> Iterator[Fault]:
        """Yield an id that comes twice, and a sentence that is an example of two kinds."""
        for number, kind in enumerate(self.kinds):
            if kind.id in [one.id for one in self.kinds[:number]]:
                yield kind.fault(f"kind {kind.id!r} is there already", "give it another id", "id")
        first: dict[tuple[str, str], tuple[Placed, Loc]] = {}
        for key, holder, loc in self._said():
            if key in first:
                before, there = first[key]
                what = f"{key[1]!r} stands on line {before.place_of(*there).line} already"
                yield holder.fault(what, "write another", *loc)
            first.setdefault(key, (holder, loc))

    def _said(self) -> Iterator[tuple[tuple[str, str], Placed, Loc]]:
        """Yield every example with its language, and where it stands."""
        groups: list[tuple[Placed, str, Utterances]] = [
            (one, "says", one.says) for one in self.kinds
        ]
        for place, key, says in [*groups, (self, "off_topic", self.off_topic)]:
            for language in LANGUAGES:
                for nth, text in enumerate(says.in_(language)):
                    yield (language, text), place, (key, language, nth)
