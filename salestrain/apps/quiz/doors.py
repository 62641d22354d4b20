"""What practice may be opened at by whom."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from salestrain.apps.quiz.deciding import Deciding
from salestrain.apps.quiz.proposing import Proposing
from salestrain.training.proposals.proposals import PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salestrain.apps.visit import Visit


class Doors(Collection[str]):
    """What practice opens at: sets and exams by name, and what is or could be proposed."""

    def __init__(self, names: Sequence[str], visit: Visit) -> None:
        self.names, self.visit = names, visit

    def __contains__(self, name: object) -> bool:
        """Whether this person may open it."""
        if name in self.names:
            return True
        named = str(name)
        if named.startswith(PROPOSALS):
            return Deciding(self.visit).may
        return Proposing(self.visit, named).there

    def __iter__(self) -> Iterator[str]:
        """Go through sets and exams."""
        return iter(self.names)

    def __len__(self) -> int:
        """How many sets and exams there are."""
        return len(self.names)
