"""What every screen of a live session is drawn from: the session, its questions, its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from salestrain.apps.quiz.scaling import Scale
from salestrain.training.live import propose
from salestrain.training.quizzes.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salestrain.apps.visit import Visit
    from salestrain.language import Language
    from salestrain.playbook.items import Item
    from salestrain.training.ability import Bank
    from salestrain.training.live import Proposed, Session


@dataclass
class Hall:
    """A session and what its screens need beside it.

    Attributes:
        code: What people type to join.
        visits: For each language the visit of the trainer who opened it; screens of others take
            from it nothing but the playbook and the language.
        ranking: Whether the leaderboard is shown for now.
    """

    code: str
    session: Session
    visits: Mapping[Language, Visit]
    ranking: bool = False
    sitting: Sitting = field(init=False)

    def __post_init__(self) -> None:
        self.sitting = Sitting(1, self.code, ())  # everybody sees the options in one order

    def item(self, id_: str) -> Item:
        """Return a question as it stood when the session was opened here."""
        return self.any_visit.playbook.items[id_]

    @property
    def any_visit(self) -> Visit:
        """A visit, where the language is of no matter."""
        return next(iter(self.visits.values()))

    @property
    def current(self) -> Item | None:
        """The question that was asked last."""
        now = self.session.now
        return self.item(now.item) if now else None

    @cached_property
    def known(self) -> tuple[tuple[str, ...], Bank]:
        """The questions and how hard they are; it takes a moment to work out."""
        scale = Scale.of(self.any_visit)
        items = tuple(one for one in self.session.settings.items if one in scale.places)
        return items, scale.bank.part([scale.places[one] for one in items])

    def proposed(self) -> tuple[Proposed, ...]:
        """Return what to ask next, the most telling first."""
        return propose(self.session, *self.known)

    @property
    def at(self) -> str:
        """Names the vote: an answer to another one no longer counts."""
        now = self.session.now
        return f"{self.code}/{now.number}.{now.vote}" if now else self.code
